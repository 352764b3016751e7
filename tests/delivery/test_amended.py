"""Payment lists of a proposal that is amended: they stay payable, and nobody is on two of them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction

from pulih.common.errors import Refusal
from pulih.delivery.actions import payments
from pulih.delivery.models import PaymentList
from pulih.delivery.reads.payments import rows_of, state_of, with_money
from pulih.people.scope import speaking_for
from pulih.proposals.actions import amending
from pulih.proposals.amended import approved_content, row_content
from pulih.proposals.models import Amendment
from pulih.proposals.rules.factors import Factor
from tests.delivery.paying import DAY, committed, paid, requested
from tests.make import delivery as make
from tests.make import proposals as make_proposals
from tests.meanwhile import begun
from tests.once import made_once
from tests.people import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@made_once
def activity():
    return make.payable()


def again(activity):
    return type(activity).objects.get(pk=activity.pk)


def amended_words(activity, method="Tatap muka."):
    proposal = make_proposals.again(activity.proposal)
    content = make_proposals.content(proposal, method=method)
    amendment = make_proposals.amendment(proposal, content)
    with speaking_for(cast.planner()):
        amending.accept(amendment, by=cast.planner())


def amended_money(activity):
    """Ask for one day more of allowance, and check it; granting is left to the test."""
    proposal = make_proposals.again(activity.proposal)
    content = approved_content(proposal)
    rows = [
        row_content(one, (Factor(5, "orang"), Factor(3, "hari")), one["unit_cost"])
        if one["account"] == make.ALLOWANCE[1] else one
        for one in content["rows"]
    ]  # fmt: skip
    amendment = make_proposals.amendment(proposal, {**content, "rows": rows})
    with speaking_for(cast.planner()):
        amending.check(amendment, by=cast.planner())
    return amendment


def granted(amendment):
    by = make_proposals.second_planner()
    with speaking_for(by):
        amending.grant(Amendment.objects.get(pk=amendment.pk), by=by, effective_on=DAY)


def listed(activity, **values):
    row, _pay = rows_of(again(activity))[0]
    usual = {"number": "DN-lain", "by": cast.provincial_officer(), "today": make.LAST}
    return payments.make_list(again(activity), row, **usual | values)


def test_a_list_made_before_words_were_amended_is_paid_and_nobody_is_listed_again(activity):
    committed(activity)
    two = [one.pk for one in activity.participants.order_by("number")[:2]]
    first = make.payment_list(activity, only=two)
    amended_words(activity)
    first = PaymentList.objects.get(pk=first.pk)
    requested(first)
    amended_words(activity, "Daring.")
    paid(first)
    assert state_of(with_money(PaymentList.objects.filter(pk=first.pk)).get()) == "paid"
    with pytest.raises(Refusal, match="Cannot be paid: Peserta 1"):
        listed(activity, only=two)
    others = listed(activity)
    assert others.people == 3
    assert not set(two) & set(others.entries.values_list("participant", flat=True))


def test_money_is_not_amended_while_a_list_stands(activity):
    made = make.payment_list(activity)
    amendment = amended_money(activity)
    with pytest.raises(Refusal, match=f"Payment list {made.number} pays by"):
        granted(amendment)
    payments.withdraw_list(made, reason="diubah", by=cast.provincial_officer(), today=DAY)
    granted(amendment)
    assert listed(activity).row.amendment == amendment


@pytest.mark.django_db(transaction=True)
def test_no_list_is_made_by_rows_that_are_amended_meanwhile():
    activity = make.payable()
    amendment, row = amended_money(activity), rows_of(activity)[0][0]
    officer = cast.provincial_officer()

    def made():
        with speaking_for(officer):
            payments.make_list(activity, row, number="DN-1", by=officer, today=make.LAST)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            granted(amendment)
            answer = begun(pool, made)
        with pytest.raises(Refusal, match="tidak membayar peserta"):
            answer.result(60)
    assert not PaymentList.objects.exists()
