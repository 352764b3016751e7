"""Money promised once: reserved, drawn by what commits it, released with a reason, taken back."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection

from pulih.budget import actions, reconcile
from pulih.budget.models import Posting, Promise
from pulih.budget.reads.promises import broken_by
from pulih.budget.rules.amounts import Amounts
from pulih.common.errors import Refusal
from pulih.revisions.actions import DraftLine
from pulih.workflow.models import Notice
from tests.make import budget as make
from tests.make import ledger, revisions
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 15)


@made_once
def line():
    return make.line(ceiling=10_000)


def amounts(line):
    line.refresh_from_db()
    return line.reserved, line.committed, line.realised


def test_what_is_reserved_is_not_free_for_anything_else(line):
    ledger.reserved(line, 7_000)
    assert amounts(line) == (7_000, 0, 0)
    assert line.amounts.free == 3_000
    with pytest.raises(Refusal, match=r"what is reserved, Rp10,001, are above .* by Rp1\."):
        ledger.contract(line, 3_001)
    with pytest.raises(Refusal, match="are above the ceiling"):
        ledger.reserved(line, 3_001, "P-2")
    ledger.contract(line, 3_000)
    assert list(reconcile.messages()) == []


def test_a_contract_draws_what_is_reserved_for_it_and_the_rest_is_free_money(line):
    promise = ledger.reserved(line, 500)
    signed = ledger.contract(line, 300, promise=promise)
    assert amounts(line) == (200, 300, 0)
    ledger.contract(line, 450, promise=promise)
    assert amounts(line) == (0, 750, 0)
    again = ledger.contract(line, 300, promise=promise, number=signed.document_number)
    assert again.pk == signed.pk  # Although nothing is left to draw.


def test_a_payment_out_of_the_imprest_draws_and_what_comes_back_is_reserved_again(line):
    promise = ledger.reserved(line, 500)
    payment = ledger.paid(line, 300, method="UP", promise=promise)
    assert amounts(line) == (200, 300, 300)
    ledger.returned(payment, amounts={line.pk: 100})
    assert amounts(line) == (300, 200, 200)


def test_lowering_a_contract_gives_back_what_it_drew_and_no_more(line):
    promise = ledger.reserved(line, 500)
    signed = ledger.contract(line, 800, promise=promise)
    ledger.contract(line, -600, addendum_to=signed)
    assert amounts(line) == (500, 200, 0)
    ledger.contract(line, 100, addendum_to=signed)
    assert amounts(line) == (400, 300, 0)


def test_a_chain_keeps_its_promise_to_the_payment(line):
    promise = ledger.reserved(line, 500)
    signed = ledger.contract(line, 500, promise=promise)
    order = ledger.ordered(ledger.asked(line, 500, commitment=signed))
    payment = ledger.paid(line, 500, refers_to=order)
    assert payment.promise_id == order.promise_id == promise.pk
    assert amounts(line) == (0, 500, 500)


def test_releasing_needs_a_reason_and_releases_no_more_than_stands(line):
    promise = ledger.reserved(line, 500)
    said = {"number": "LP-1", "effective_on": DAY, "by": make.system()}
    with pytest.raises(Refusal, match="perlu alasan"):
        actions.unreserve(promise, {line.pk: 100}, reason=" ", **said)
    with pytest.raises(Refusal, match=r"Rp500 is reserved for “Bimtek.*so Rp501 cannot") as refused:
        actions.unreserve(promise, {line.pk: 501}, reason="batal", **said)
    assert "dicadangkan Rp500" in refused.value.message.id
    actions.unreserve(promise, {line.pk: 100}, reason="kelas dikurangi", **said)
    assert amounts(line) == (400, 0, 0)


def test_no_promise_draws_on_the_money_of_another(line):
    ledger.reserved(line, 9_000, "P-1")
    other = ledger.reserved(line, 500, "P-2")
    with pytest.raises(Refusal, match="are above the ceiling"):
        ledger.contract(line, 1_001, promise=other)
    ledger.contract(line, 1_000, promise=other)
    assert amounts(line) == (9_000, 1_000, 0)


def test_what_was_drawn_is_not_taken_back_before_the_contract_is(line):
    promise = ledger.reserved(line, 500)
    decision = promise.postings.get()
    signed = ledger.contract(line, 400, promise=promise)
    with pytest.raises(Refusal, match="Rp100 is reserved for"):
        ledger.reversed_by(decision)
    ledger.reversed_by(signed)
    assert amounts(line) == (500, 0, 0)
    ledger.reversed_by(decision)
    assert amounts(line) == (0, 0, 0)
    assert list(reconcile.messages()) == []


def test_a_contract_dated_before_its_reservation_draws_nothing(line):
    promise = ledger.reserved(line, 500, effective_on=date(2020, 6, 20))
    ledger.contract(line, 300, promise=promise, effective_on=DAY)
    assert amounts(line) == (500, 300, 0)


def test_money_that_comes_later_is_not_promised_earlier(line):
    make_more = actions.Movement(line.pk, "ceiling", 5_000)
    actions.post(
        kind="revision", number="R1", unit=line.unit, fiscal_year=2020,
        effective_on=date(2020, 12, 1), movements=[make_more], by=make.system(),
    )  # fmt: skip
    with pytest.raises(Refusal, match=r"on 15 Jun 2020"):
        ledger.reserved(line, 10_001)


def test_money_is_reserved_on_a_unit_s_own_lines_of_its_year(line):
    other = make.line(make.unit("Bali", "220001"), ceiling=1_000)
    promise = ledger.reserved(line, 500)
    with pytest.raises(Refusal, match="a line of another unit or year"):
        ledger.reserved(line, 0, amounts={other.pk: 100})
    with pytest.raises(Refusal, match="not of this unit and year"):
        ledger.contract(other, 100, promise=promise)


def test_only_who_decides_reserves_releases_or_takes_back(line):
    promise = ledger.reserved(line, 500)
    officer = ledger.officer(line, "ppk")
    with pytest.raises(PermissionDenied):
        ledger.reserved(line, 100, by=officer)
    with pytest.raises(PermissionDenied):
        ledger.reversed_by(promise.postings.get(), by=officer)
    with pytest.raises(PermissionDenied):
        actions.unreserve(
            promise, {line.pk: 1}, number="LP", effective_on=DAY, reason="x", by=officer
        )


def test_no_document_moves_a_reserved_sum_by_the_way(line):
    promise = ledger.reserved(line, 500)
    movement = [actions.Movement(line.pk, "reservation", -100)]
    said = {"unit": line.unit, "fiscal_year": 2020, "effective_on": DAY, "by": make.system()}
    for kind in ("commitment", "revision", "pok", "sp2d"):
        with pytest.raises(Refusal, match="may not move the reserved sum"):
            actions.post(kind=kind, number="X", movements=movement, promise=promise, **said)
    with pytest.raises(Refusal, match="for a named proposal only"):
        actions.post(kind="unreserve", number="X", movements=movement, reason="x", **said)
    listed = actions.Document("correction", "K1", line.unit, 2020, DAY, movement)
    second = actions.Document("correction", "K2", line.unit, 2020, DAY, movement)
    answers = actions.post_many([listed, second], by=make.system())
    assert [one.is_new for one in answers] == [False, False]


def test_an_addendum_keeps_to_the_promise_of_its_contract(line):
    first, other = ledger.reserved(line, 500, "P-1"), ledger.reserved(line, 500, "P-2")
    signed = ledger.contract(line, 300, promise=first)
    with pytest.raises(Refusal, match="does not draw on"):
        ledger.contract(line, 100, addendum_to=signed, promise=other)


def test_the_same_contract_with_a_promise_that_it_did_not_have_is_not_the_same(line):
    promise = ledger.reserved(line, 500)
    signed = ledger.contract(line, 300)
    with pytest.raises(Refusal, match="another promise drawn on"):
        ledger.contract(line, 300, number=signed.document_number, promise=promise)


def test_a_proposal_without_a_number_gets_no_money(line):
    with pytest.raises(Refusal, match="tanpa nomor atau judul"):
        ledger.reserved(line, 500, " ")
    assert not Promise.objects.exists()
    assert not Posting.objects.filter(document_kind="reservation").exists()


def test_a_revision_in_force_releases_what_it_breaks_the_promise_made_last_first():
    office = cast.provincial_officer()
    one, other = revisions.two_lines()
    first = ledger.reserved(one, 300, "P-1")
    last = ledger.reserved(one, 400, "P-2")
    draft = revisions.draft(DraftLine(450, one.pk), DraftLine(1_050, other.pk))
    broken = broken_by({one.pk: 450, other.pk: 1_050})
    assert [(b.promise, b.rupiah) for b in broken] == [(last, 400), (first, 150)]
    revisions.in_force(draft)
    one.refresh_from_db()
    assert (one.ceiling, one.reserved) == (450, 150)
    released = Posting.objects.filter(document_kind="unreserve").order_by("pk")
    assert {(p.promise_id, p.entries.get().rupiah) for p in released} == {
        (last.pk, -400),
        (first.pk, -150),
    }
    assert all("revisi" in p.reason for p in released)
    told = Notice.objects.filter(person=office, title_english__contains="released")
    assert sorted(one.title_indonesian[:3] for one in told) == ["P-1", "P-2"]
    assert "Rp400 was released" in told.get(title_indonesian__startswith="P-2").text_english
    assert "is lowered by the revision" in told[0].text_english
    assert list(reconcile.messages()) == []


def test_a_pok_sheet_says_nothing_of_what_is_reserved(line):
    ledger.reserved(line, 500)
    line.refresh_from_db()
    lowered = Amounts(9_000, 0, 0, 0)
    assert line.amounts.entries_to(lowered) == [("ceiling", -1_000)]


def test_the_check_finds_a_promise_that_no_longer_is_what_its_entries_say(line):
    promise = ledger.reserved(line, 500)
    assert promise.lines.get().reserved == 500
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="Only budget_post"):
        cursor.execute("UPDATE budget_promisedline SET reserved = 9")


def test_a_list_that_tells_a_contract_again_finds_it_though_it_drew(line):
    promise = ledger.reserved(line, 500)
    signed = ledger.contract(line, 300, promise=promise)
    listed = [
        actions.Document(
            "commitment", number, line.unit, 2020, DAY,
            [actions.Movement(line.pk, "commitment", 300)],
        )
        for number in (signed.document_number, "K-BARU")
    ]  # fmt: skip
    answers = actions.post_many(listed, by=make.system())
    assert [(one.is_new, one.refusal) for one in answers] == [(False, None), (True, None)]
    assert amounts(line) == (200, 600, 0)
