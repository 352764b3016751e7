"""Amendments of what is approved: only the gates that they touch, and money that follows."""

from datetime import UTC, date, datetime
from itertools import combinations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from pulih.budget.actions.funding import reserve_for, suggested_lines
from pulih.budget.actions.promises import unreserve
from pulih.budget.models import Promise, PromisedLine
from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from pulih.proposals import promised
from pulih.proposals.actions import amending
from pulih.proposals.actions.deciding import Cut
from pulih.proposals.amended import approved_content, row_content
from pulih.proposals.contents import content_of, fingerprint
from pulih.proposals.models import Amendment, CostRow, DecidedRow, Outcome
from pulih.proposals.rules.factors import Factor
from pulih.proposals.rules.gates import AMENDMENT, TOPICS, gates_of, is_way
from pulih.workflow import clock
from pulih.workflow.models import Notice
from pulih.workflow.reads import last_step
from tests.make import areas, budget, ledger
from tests.make import impact as make_impact
from tests.make import proposals as make
from tests.people import cast

DAY = date(2020, 6, 12)
LINE = "3038.001.051.A.522151"
NEXT_YEAR = datetime(2021, 1, 4, tzinfo=UTC)


def test_every_mixture_passes_the_gates_of_what_is_in_it_and_no_other():
    for size in range(1, len(TOPICS) + 1):
        for topics in combinations(TOPICS, size):
            alone = frozenset().union(*(gates_of([one]) for one in topics))
            assert gates_of(topics) == alone
            assert is_way("check", topics) != is_way("accept", topics)
    assert gates_of(["words", "dates"]) == {"verify"}
    with pytest.raises(KeyError):
        gates_of(["weather"])


def state(amendment):
    return last_step(AMENDMENT, amendment.pk).to_state


def act(action, amendment, by, **values):
    with speaking_for(by):
        return action(Amendment.objects.get(pk=amendment.pk), by=by, **values)


def with_hours(proposal, hours, unit_cost=900_000):
    """Return what is approved, its one row with other hours and unit cost."""
    content = approved_content(proposal)
    (row,) = content["rows"]
    return {**content, "rows": [row_content(row, (Factor(hours, "OJ"),), unit_cost)]}


def reserved(ceiling=40_000_000):
    proposal, by = make.decided(make.complete(people=1)), make.second_planner()
    line = budget.line(budget.unit(), LINE, ceiling=ceiling)
    amounts, _missing = suggested_lines(proposal)
    with speaking_for(by):
        reserve_for(proposal, amounts, number="KEP-1", effective_on=DAY, by=by)
    return make.again(proposal), line


@pytest.mark.django_db
def test_words_alone_pass_a_verifier_and_become_a_version():
    proposal = make.decided(make.complete(people=1))
    amendment = make.amendment(proposal)
    assert amendment.topics == ["words"]
    with pytest.raises(Refusal, match="needs no decider"):
        act(amending.check, amendment, cast.planner())
    version = act(amending.accept, amendment, cast.planner())
    now = make.again(proposal)
    assert now.method == "Tatap muka."
    assert (version.number, now.state) == (2, "approved")
    assert version.fingerprint == fingerprint(content_of(now))
    assert state(amendment) == "granted"
    told = Notice.objects.filter(machine="amendment", person=proposal.made_by)
    assert "in force" in told.get().text_english


@pytest.mark.django_db
def test_words_leave_the_decided_rows_in_force():
    proposal = make.decided(make.complete(people=1))
    (decided,) = DecidedRow.objects.in_force(proposal.pk)
    act(amending.accept, make.amendment(proposal), cast.planner())
    assert list(DecidedRow.objects.in_force(proposal.pk)) == [decided]
    more = make.amendment(make.again(proposal), with_hours(make.again(proposal), 40))
    act(amending.check, more, cast.planner())
    act(amending.grant, more, make.second_planner())
    (amended,) = DecidedRow.objects.in_force(proposal.pk)
    assert (amended.rupiah, amended.amendment) == (36_000_000, more)
    content = make.content(make.again(proposal), method="Daring.")
    act(amending.accept, make.amendment(make.again(proposal), content), cast.planner())
    assert list(DecidedRow.objects.in_force(proposal.pk)) == [amended]


@pytest.mark.django_db
def test_money_passes_two_people_and_the_reservation_follows():
    proposal, line = reserved()
    amendment = make.amendment(proposal, with_hours(proposal, 40))
    assert amendment.topics == ["money"]
    with pytest.raises(Refusal, match="what a decider decides"):
        act(amending.accept, amendment, cast.planner())
    act(amending.check, amendment, cast.planner())
    with pytest.raises(Refusal, match="somebody else decides"):
        act(amending.grant, amendment, cast.planner())
    act(amending.grant, amendment, make.second_planner(), effective_on=DAY)
    line.refresh_from_db()
    assert line.reserved == 36_000_000
    assert make.again(proposal).asked_rupiah == 28_800_000
    assert promised.approved([proposal]) == {proposal.pk: 36_000_000}
    assert [row.rupiah for row in DecidedRow.objects.in_force(proposal.pk)] == [36_000_000]
    assert [row.rupiah for row in proposal.decision.rows.all()] == [28_800_000]
    less = make.amendment(make.again(proposal), with_hours(make.again(proposal), 10))
    act(amending.check, less, cast.planner())
    act(amending.grant, less, make.second_planner(), effective_on=DAY)
    line.refresh_from_db()
    assert line.reserved == 9_000_000


@pytest.mark.django_db
def test_money_that_is_not_free_or_is_drawn_changes_nothing():
    proposal, line = reserved(ceiling=30_000_000)
    amendment = make.amendment(proposal, with_hours(proposal, 40))
    act(amending.check, amendment, cast.planner())
    with pytest.raises(Refusal, match="Rp6,000,000 is not free"):
        act(amending.grant, amendment, make.second_planner(), effective_on=DAY)
    line.refresh_from_db()
    assert (line.reserved, state(amendment)) == (28_800_000, "checked")
    assert make.again(proposal).asked_rupiah == 28_800_000
    promise = PromisedLine.objects.get().promise
    ledger.contract(line, 1_000_000, promise=promise)
    with pytest.raises(Refusal, match="Rp1,000,000 is committed"):
        act(amending.grant, amendment, make.second_planner())


def moved(proposal, hours):
    """Amend the hours of a proposal, and grant it."""
    amendment = make.amendment(make.again(proposal), with_hours(make.again(proposal), hours))
    act(amending.check, amendment, cast.planner())
    act(amending.grant, amendment, make.second_planner(), effective_on=DAY)


@pytest.mark.django_db
def test_what_was_released_by_hand_is_not_told_as_drawn_and_the_rest_follows():
    proposal, line = reserved()
    by = make.second_planner()
    with speaking_for(by):
        unreserve(
            Promise.objects.get(), {line.pk: 1_000_000}, number="L-1", effective_on=DAY,
            reason="Sisa.", by=by,
        )  # fmt: skip
    for hours in (30, 31, 10):
        moved(proposal, hours)
        line.refresh_from_db()
        assert line.reserved == hours * 900_000


@pytest.mark.django_db
def test_what_was_drawn_and_given_back_in_full_can_be_amended():
    proposal, line = reserved()
    drawn = ledger.contract(line, 1_000_000, promise=Promise.objects.get())
    amendment = make.amendment(proposal, with_hours(proposal, 10))
    act(amending.check, amendment, cast.planner())
    with pytest.raises(Refusal, match="Rp1,000,000 is committed"):
        act(amending.grant, amendment, make.second_planner(), effective_on=DAY)
    ledger.reversed_by(drawn)
    act(amending.grant, amendment, make.second_planner(), effective_on=DAY)
    line.refresh_from_db()
    assert line.reserved == 9_000_000


@pytest.mark.django_db
def test_money_of_a_second_unit_is_counted_too():
    proposal, line = reserved()
    other = budget.line(budget.unit(code="019998"), LINE, ceiling=5_000_000)
    second = ledger.reserved(other, 2_000_000, proposal.number, effective_on=DAY)
    moved(proposal, 33)
    line.refresh_from_db()
    other.refresh_from_db()
    assert line.reserved + other.reserved == 33 * 900_000
    ledger.contract(other, 500_000, promise=second)
    with pytest.raises(Refusal, match="Rp500,000 is committed"):
        moved(proposal, 10)


@pytest.mark.django_db
def test_what_was_cut_in_the_decision_stays_cut():
    cut = {1: Cut(800_000, "Diturunkan.")}
    proposal = make.decided(make.complete(people=1), Outcome.PARTLY, cuts=cut)
    amendment = make.amendment(proposal)
    assert amendment.topics == ["words"]
    act(amending.accept, amendment, cast.planner())
    assert proposal.rows.get().unit_cost == 800_000
    assert suggested_lines(make.again(proposal))[1] == 25_600_000


@pytest.mark.django_db
def test_a_ceiling_holds_for_amendments_too():
    proposal, _line = reserved()
    amendment = make.amendment(proposal, with_hours(proposal, 32, 950_000))
    act(amending.check, amendment, cast.planner())
    with pytest.raises(Refusal, match="above the ceiling"):
        act(amending.grant, amendment, make.second_planner())


@pytest.mark.django_db
def test_what_cannot_be_asked():
    proposal = make.decided(make.complete(people=1))
    for content, reason, words in (
        (make.content(proposal), "Banjir.", "Nothing is changed"),
        (make.content(proposal, method="x"), " ", "Write the reason"),
        (
            make.content(proposal, starts_on="2021-01-01", ends_on="2021-01-04"),
            "Banjir.",
            "cannot be sent",
        ),
        (make.content(proposal, classes=2), "Banjir.", "make them equal"),
    ):
        with pytest.raises(Refusal, match=words):
            make.amendment(proposal, content, reason)
    make.amendment(proposal)
    with pytest.raises(Refusal, match="still waits"):
        make.amendment(proposal)
    sent = make.sent(make.complete(people=1))
    with speaking_for(sent.made_by), pytest.raises(Refusal, match="does not stand approved"):
        amending.ask(sent, content_of(sent), reason="x", by=sent.made_by)
    other = cast.provincial_officer("Bali")
    with speaking_for(other), pytest.raises(PermissionDenied):
        amending.ask(proposal, make.content(proposal, method="x"), reason="x", by=other)


@pytest.mark.django_db
def test_words_alone_are_amended_after_the_year_and_whatever_was_counted_since():
    proposal = make.decided(make.complete())
    make_impact.report(make_impact.enterprise())  # Twenty places, and one firm that was hit.
    with pytest.raises(Refusal, match="Only its words can still be amended"):
        make.amendment(proposal, with_hours(proposal, 40), now=NEXT_YEAR)
    with pytest.raises(Refusal, match="is empty"):
        make.amendment(proposal, make.content(proposal, method=" "), now=NEXT_YEAR)
    amendment = make.amendment(proposal, now=NEXT_YEAR)
    act(amending.accept, amendment, cast.planner(), now=NEXT_YEAR)
    assert make.again(proposal).method == "Tatap muka."


@pytest.mark.django_db
def test_refused_and_withdrawn_leave_what_is_approved():
    proposal = make.decided(make.complete(people=1))
    first = make.amendment(proposal)
    with pytest.raises(Refusal, match="reason"):
        act(amending.refuse, first, cast.planner(), reason="")
    act(amending.refuse, first, cast.planner(), reason="Tidak perlu.")
    second = make.amendment(proposal, with_hours(proposal, 10))
    act(amending.check, second, cast.planner())
    act(amending.refuse, second, make.second_planner(), reason="Tetap.")
    third = make.amendment(proposal)
    act(amending.withdraw, third, proposal.made_by, reason="Batal.")
    assert [state(one) for one in (first, second, third)] == ["refused", "refused", "withdrawn"]
    assert make.again(proposal).method == make.SECTIONS["method"]
    assert proposal.versions.count() == 1


@pytest.mark.django_db
def test_postgresql_lets_no_office_put_its_own_amendment_in_force():
    proposal = make.decided(make.complete(people=1))
    amendment, by = make.amendment(proposal), proposal.made_by
    for values in ({"granted_in": 1, "granted_by": cast.planner()}, {"granted_in": 1}):
        with speaking_for(by), pytest.raises(IntegrityError), transaction.atomic():
            Amendment.objects.filter(pk=amendment.pk).update(is_open=False, **values)
    planner = cast.planner()
    with speaking_for(planner), pytest.raises(IntegrityError), transaction.atomic():
        CostRow.objects.filter(proposal=proposal).update(text="Lain")


@pytest.fixture
def in_2020():
    with clock.playing_at(make.SENT):
        yield


@pytest.mark.django_db
def test_an_amendment_is_checked_while_it_is_typed_as_a_draft_is(client, in_2020):
    proposal = make.decided(make.complete(people=1))
    client.force_login(proposal.made_by)
    amend, check = (
        reverse(f"proposals:{name}", args=[proposal.pk]) for name in ("amend", "check-amendment")
    )
    form = client.get(amend).context["form"]
    typed = {one.html_name: one.value() for one in form if one.value() is not None}

    def said(**other):
        return client.post(check, {**typed, **other}).content.decode()

    fine = said(factors_0="40 OJ")
    assert "Rp28.800.000 → <b>Rp36.000.000</b>" in fine
    for other, words in (
        ({"cost_0": "950.000"}, "Rp50.000"),
        ({"cost_0": "900"}, "ditulis dalam ribuan"),
        ({"factors_0": "1,5 orang"}, "bukan bilangan bulat"),
        ({"people_0": "21"}, "samakan keduanya"),
        ({"starts_on": "2020-05-20"}, "sebelum putaran usulan dibuka"),
        ({"starts_on": "2021-01-04", "ends_on": "2021-01-07"}, "pilih tanggal dalam 2020"),
        ({"place_regency": str(areas.regency("Kab. Badung").pk)}, "bukan bagian Jawa Barat"),
        (
            {"row_text": "mesin jahit", "row_account": "532111", "factors_1": "5 unit",
             "cost_1": "3.500.000"},
            "hanya untuk kegiatan nonfisik",
        ),
    ):  # fmt: skip
        assert words in said(**other), other
    with clock.playing_at(NEXT_YEAR):
        assert "Yang masih dapat diubah hanya redaksinya" in said(factors_0="40 OJ")
        assert "sudah berakhir" not in said(method="Tatap muka.")
    assert not Amendment.objects.exists()


@pytest.mark.django_db
def test_the_pages_ask_and_grant(client, in_2020):
    proposal = make.decided(make.complete(people=1))
    client.force_login(proposal.made_by)
    address = reverse("proposals:amend", args=[proposal.pk])
    form = client.get(address).context["form"]
    typed = {one.html_name: one.value() for one in form if one.value() is not None}
    typed |= {"why": "Dua kelas kurang jam.", "factors_0": "40 OJ", "cost_0": "900.000"}
    wrong = client.post(address, {**typed, "people_0": "21"})
    assert wrong.status_code == 200
    assert "samakan keduanya" in wrong.content.decode()
    done = client.post(address, typed)
    amendment = Amendment.objects.get()
    page = reverse("proposals:amendment", args=[amendment.pk])
    assert done.headers["Location"] == page
    shown = client.get(page).content.decode()
    assert "Tarik perubahan" in shown
    assert "Setujui perubahan" not in shown
    move = reverse("proposals:move-amendment", args=[amendment.pk])
    client.force_login(cast.planner())
    assert "Teruskan ke pemutus" in client.get(page).content.decode()
    assert "Nyatakan berlaku" not in client.get(page).content.decode()
    assert client.post(move, {"move": "check"}).status_code == 303
    assert "orang lain yang memutuskan" in client.post(move, {"move": "grant"}).content.decode()
    assert client.post(move, {"move": "nothing"}).status_code == 404
    client.force_login(make.second_planner())
    assert client.post(move, {"move": "grant"}).status_code == 303
    assert make.again(proposal).asked_rupiah == 28_800_000
    assert promised.approved([proposal]) == {proposal.pk: 36_000_000}
    shown = client.get(reverse("proposals:proposal", args=[proposal.pk])).content.decode()
    assert "Perubahan 1" in shown
    compared = client.get(reverse("proposals:compare", args=[proposal.pk, 1, 2])).content.decode()
    assert "Dana" in compared
