"""SPP, SPM, SP2D and their commitment: none gives out more than it holds; mistakes are reversed."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from pulih.budget import actions
from pulih.budget.models import Posting
from pulih.common.errors import Refusal
from tests.make import budget as make
from tests.make import ledger
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 15)


@made_once
def line():
    return make.line(ceiling=10_000)


def amounts(line):
    line.refresh_from_db()
    return line.committed, line.realised


def test_a_contract_is_requested_ordered_and_paid(line):
    signed = ledger.contract(line, 1_000, party="CV Sagu")
    order = ledger.ordered(ledger.asked(line, 600, commitment=signed, method="LS"))
    assert amounts(line) == (1_000, 0)
    payment = ledger.paid(line, 600, refers_to=order)
    assert amounts(line) == (1_000, 600)
    assert payment.settles_id == order.settles_id == signed.pk
    assert order.method == "LS"


def test_a_payment_without_a_commitment_commits_and_pays_in_one_posting(line):
    payment = ledger.paid(line, 250, method="UP")
    assert amounts(line) == (250, 250)
    assert payment.entries.count() == 2
    ordered = ledger.ordered(ledger.asked(line, 100, method="GUP"))
    ledger.paid(line, 100, refers_to=ordered)
    assert amounts(line) == (350, 350)


OVER = [
    (lambda line: ledger.asked(line, 1_001, commitment=ledger.contract(line, 1_000)), "Commitment"),
    (lambda line: ledger.paid(line, 1_001, refers_to=ledger.contract(line, 1_000)), "Commitment"),
    (lambda line: ledger.ordered(ledger.asked(line, 500), amounts={line.pk: 501}), "SPP"),
    (lambda line: ledger.paid(line, 501, refers_to=ledger.ordered(ledger.asked(line, 500))), "SPM"),
    (lambda line: ledger.returned(ledger.paid(line, 300), amounts={line.pk: 301}), "SP2D"),
]


@pytest.mark.parametrize(("attempt", "holder"), OVER)
def test_no_document_gives_out_more_than_it_holds(line, attempt, holder):
    ledger.contract(line, 2_000)  # There is room on the line itself.
    ledger.paid(line, 100)
    with pytest.raises(Refusal) as refused:
        attempt(line)
    said = refused.value.message
    assert said.en.startswith(holder)
    assert "Rp1 too much" in said.en
    assert "lebih Rp1." in said.id


def test_what_is_left_of_a_contract_can_be_paid_and_not_a_rupiah_more(line):
    signed = ledger.contract(line, 1_000)
    ledger.contract(line, 5_000)
    ledger.paid(line, 400, refers_to=signed)
    ledger.paid(line, 600, refers_to=signed)
    with pytest.raises(Refusal, match="holds Rp1,000"):
        ledger.paid(line, 1, refers_to=signed)


def test_an_addendum_raises_or_lowers_a_contract_but_not_below_what_was_paid(line):
    signed = ledger.contract(line, 1_000)
    ledger.contract(line, 500, addendum_to=signed)
    ledger.paid(line, 1_400, refers_to=signed)
    ledger.contract(line, -100, addendum_to=signed)
    assert amounts(line) == (1_400, 1_400)
    other = ledger.contract(line, 300)
    with pytest.raises(Refusal, match="too much"):
        ledger.contract(line, -1, addendum_to=signed)
    ledger.contract(line, 1)  # So that the line itself has room.
    with pytest.raises(Refusal, match="becomes negative, −Rp1"):
        ledger.contract(line, -301, addendum_to=other)
    with pytest.raises(Refusal, match="may not move the commitment by"):
        ledger.contract(line, -1)
    assert other.settles_id is None


def test_what_comes_back_of_a_contract_may_be_paid_again(line):
    signed = ledger.contract(line, 1_000)
    request = ledger.asked(line, 1_000, commitment=signed)
    payment = ledger.paid(line, 1_000, refers_to=ledger.ordered(request))
    ledger.returned(payment, amounts={line.pk: 200})
    assert amounts(line) == (1_000, 800)
    again = ledger.asked(line, 200, commitment=signed)
    ledger.paid(line, 200, refers_to=ledger.ordered(again))
    assert amounts(line) == (1_000, 1_000)


def test_what_comes_back_of_the_imprest_is_free_again(line):
    payment = ledger.paid(line, 300, method="UP")
    ledger.returned(payment)
    assert amounts(line) == (0, 0)


def test_a_mistake_is_reversed_once_by_a_document_that_names_it(line):
    payment = ledger.paid(line, 300)
    correction = ledger.reversed_by(payment)
    assert amounts(line) == (0, 0)
    assert correction.reverses_id == correction.refers_to_id == payment.pk
    with pytest.raises(
        Refusal, match=f"reversed before, by correction {correction.document_number}"
    ):
        ledger.reversed_by(payment)
    with pytest.raises(Refusal, match="is itself a reversal"):
        ledger.reversed_by(correction)


def test_the_same_reversal_twice_is_one(line):
    payment = ledger.paid(line, 300)
    first = ledger.reversed_by(payment, number="KOR")
    assert ledger.reversed_by(payment, number="KOR").pk == first.pk


def test_what_others_stand_on_is_not_reversed_before_they_are(line):
    signed = ledger.contract(line, 1_000)
    ledger.contract(line, 3_000)
    payment = ledger.paid(line, 400, refers_to=signed)
    with pytest.raises(Refusal, match="Other documents stand on"):
        ledger.reversed_by(signed)
    ledger.reversed_by(payment)
    ledger.reversed_by(signed)
    assert amounts(line) == (3_000, 0)


def test_reversing_respects_the_law_of_amounts(line):
    dipa = Posting.objects.get(document_kind="dipa")
    ledger.contract(line, 9_000)
    with pytest.raises(Refusal, match="above the ceiling"):
        ledger.reversed_by(dipa)


def test_a_reversed_document_is_posted_anew_only_with_other_content(line):
    ledger.reversed_by(ledger.paid(line, 300, number="SP2D-7"), number="KOR-7")
    with pytest.raises(Refusal, match="KOR-7 and still says the same"):
        ledger.paid(line, 300, number="SP2D-7")
    mended = ledger.paid(line, 30, number="SP2D-7")
    assert mended.edition == 2
    assert ledger.paid(line, 30, number="SP2D-7").pk == mended.pk
    assert amounts(line) == (30, 30)


def test_nothing_follows_what_was_reversed(line):
    request = ledger.asked(line, 300)
    ledger.reversed_by(request)
    with pytest.raises(Refusal, match="was reversed by correction"):
        ledger.ordered(request)


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (lambda line: ledger.paid(line, 1, refers_to=ledger.asked(line, 1)), "cannot follow SPP"),
        (
            lambda line: ledger.paid(
                line, 1, refers_to=ledger.contract(line, 1), effective_on=date(2020, 6, 14)
            ),
            "dated before Commitment",
        ),
        (lambda line: ledger.asked(line, -1), "may not move the payment requested"),
        (
            lambda line: ledger.paid(
                make.line(make.unit("Bali", "220001"), ceiling=9),
                1,
                refers_to=ledger.contract(line, 1),
            ),
            "not of this unit and year",
        ),
    ],
)
def test_a_document_follows_only_what_it_may(line, attempt, words):
    with pytest.raises(Refusal, match=words):
        attempt(line)


def test_a_payment_of_a_contract_does_not_commit_again(line):
    signed = ledger.contract(line, 100)
    movements = [actions.Movement(line.pk, kind, 5) for kind in ("commitment", "realisation")]
    with pytest.raises(Refusal, match="stands on a commitment already"):
        actions.post(
            kind="sp2d", number="x", unit=line.unit, fiscal_year=2020, effective_on=DAY,
            movements=movements, by=make.system(), refers_to=signed,
        )  # fmt: skip


def test_an_order_names_its_request_and_a_return_its_payment(line):
    for kind, amount, rupiah in (("spm", "order", 5), ("return", "realisation", -5)):
        with pytest.raises(Refusal, match="must name its"):
            actions.post(
                kind=kind, number="x", unit=line.unit, fiscal_year=2020, effective_on=DAY,
                movements=[actions.Movement(line.pk, amount, rupiah)], by=make.system(),
            )  # fmt: skip


def test_a_reversal_needs_its_reason_and_its_right(line):
    payment = ledger.paid(line, 300)
    with pytest.raises(Refusal):
        ledger.reversed_by(payment, reason=" ")
    with pytest.raises(PermissionDenied):
        ledger.reversed_by(payment, by=cast.auditor())
