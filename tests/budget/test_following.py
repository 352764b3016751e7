"""What becomes of a proposal whose money is released: it waits again, its office is told."""

from datetime import date

import pytest
from django.urls import reverse

from pulih.budget.actions import reverse as take_back
from pulih.budget.actions import unreserve
from pulih.budget.actions.funding import reserve_for, suggested_lines
from pulih.budget.models import Promise
from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from pulih.proposals.actions.sending import advance
from pulih.proposals.models import Outcome
from pulih.workflow.models import Duty, Notice
from tests.make import budget, ledger
from tests.make import proposals as make
from tests.once import made_once

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 12)
WHOLE = 28_800_000


@made_once
def line():
    return budget.line(budget.unit(), "3038.001.051.A.522151", ceiling=90_000_000)


@made_once
def reserved(line):
    return fund(make.decided())


def fund(proposal, number="KEP-1"):
    by = make.second_planner()
    amounts, missing = suggested_lines(proposal)
    with speaking_for(by):
        reserve_for(proposal, amounts, number=number, effective_on=DAY, by=by)
    assert missing == 0
    return make.again(proposal)


def release(line, rupiah, number="LP-1", reason="Dipakai untuk vaksin."):
    by, promise = make.second_planner(), Promise.objects.get()
    with speaking_for(by):
        unreserve(promise, {line.pk: rupiah}, number=number, effective_on=DAY, reason=reason, by=by)


def schedule(proposal, move="schedule"):
    with speaking_for(proposal.made_by):
        advance(make.again(proposal), move, by=proposal.made_by)


def test_a_release_leaves_a_proposal_approved_and_unfunded_and_tells_its_office(
    client, line, reserved
):
    release(line, 800_000)
    assert make.again(reserved).state == "approved"
    duty = Duty.objects.open().get(machine="proposal", subject_id=reserved.pk)
    assert duty.post.key == "proposals_decider"
    told = Notice.objects.filter(person=reserved.made_by, title_english__contains="released").get()
    assert reserved.number in told.title_indonesian
    assert "Rp800,000 was released by document LP-1" in told.text_english
    assert "Reason: Dipakai untuk vaksin." in told.text_english
    assert "Rp800,000 of the Rp28,800,000 approved is missing now" in told.text_english
    assert "Yang kurang sekarang Rp800.000 dari Rp28.800.000" in told.text_indonesian
    client.force_login(reserved.made_by)
    page = client.get(reverse("budget:money-of-proposal", args=[reserved.pk])).content.decode()
    assert "Rp800.000 dari Rp28.800.000 yang disetujui belum dicadangkan." in page
    with pytest.raises(Refusal, match="cannot be taken"):
        schedule(reserved)


def test_what_is_missing_is_reserved_again_and_no_more(line, reserved):
    release(line, 800_000)
    assert suggested_lines(reserved) == ({line.pk: 800_000}, 0)
    assert fund(reserved, "KEP-2").state == "reserved"
    line.refresh_from_db()
    assert line.reserved == WHOLE
    schedule(reserved)
    release(line, WHOLE, "LP-2")
    assert make.again(reserved).state == "approved"


def test_a_part_waits_as_a_part(line):
    proposal = fund(make.decided(outcome=Outcome.PARTLY, people={1: 10}))
    release(line, 1)
    assert make.again(proposal).state == "partly_approved"


def test_a_proposal_that_runs_goes_on_and_its_office_is_told(line, reserved):
    schedule(reserved)
    schedule(reserved, "run")
    release(line, 300_000)
    assert make.again(reserved).state == "running"
    assert Notice.objects.filter(text_english__contains="Rp300,000 was released").exists()


def test_what_a_contract_did_not_need_is_released_without_a_step_back(line, reserved):
    ledger.contract(line, WHOLE - 300_000, promise=Promise.objects.get())
    release(line, 300_000)
    assert make.again(reserved).state == "reserved"
    schedule(reserved)


def test_taking_a_reservation_or_a_release_back_moves_the_proposal_as_well(line, reserved):
    by = make.second_planner()
    release(line, 800_000)
    with speaking_for(by):
        last = Promise.objects.get().postings.latest("pk")
        take_back(last, number="KOR-1", effective_on=DAY, reason="salah baris", by=by)
    assert make.again(reserved).state == "reserved"
    with speaking_for(by):
        first = Promise.objects.get().postings.earliest("pk")
        take_back(first, number="KOR-2", effective_on=DAY, reason="salah usulan", by=by)
    assert make.again(reserved).state == "approved"
    assert Notice.objects.filter(text_english__contains="Rp28,800,000 was released").exists()


def test_nothing_is_scheduled_whose_money_is_gone_whatever_its_state_says(line, reserved):
    """Released by an earlier version, which left the state as it was."""
    from pulih.budget.actions.promises import take_off

    by = make.second_planner()
    with speaking_for(by):
        take_off(
            Promise.objects.get(), {line.pk: WHOLE}, number="L", effective_on=DAY, reason="x", by=by
        )
    with pytest.raises(Refusal, match=r"is short of Rp28,800,000"):
        schedule(reserved)
