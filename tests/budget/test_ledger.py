"""Posting: the same document once, the law at every moment, one writer, everybody's reach."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from pulih.budget import actions
from pulih.budget.actions import Movement
from pulih.budget.models import BudgetLine, Entry, Posting
from pulih.common.errors import Refusal
from pulih.common.periods import WIT
from pulih.people.scope import speaking_for
from tests.make import budget as make
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 15)


def post(line, movements, number="SP2D 1", by=None, **values):
    usual = {"kind": "sp2d", "fiscal_year": 2020, "effective_on": DAY}
    return actions.post(
        number=number,
        unit=line.unit,
        movements=[Movement(line.pk, kind, rupiah) for kind, rupiah in movements],
        by=by or make.system(),
        **{**usual, **values},
    )


def test_a_posting_moves_the_balances_and_leaves_entries():
    line = make.line(ceiling=1_000)
    posted = post(line, [("commitment", 300), ("realisation", 200)])
    line.refresh_from_db()
    assert posted.is_new
    assert (line.ceiling, line.committed, line.realised) == (1_000, 300, 200)
    entries = Entry.objects.filter(posting_id=posted.posting_id)
    assert sorted(entries.values_list("amount_kind", "rupiah")) == [
        ("commitment", 300),
        ("realisation", 200),
    ]


def test_the_same_document_twice_is_one_document():
    line = make.line(ceiling=1_000)
    first = post(line, [("commitment", 300)])
    second = post(line, [("commitment", 300)])
    line.refresh_from_db()
    assert second == (first.posting_id, False)
    assert line.committed == 300


def test_a_changed_document_is_refused():
    line = make.line(ceiling=1_000)
    post(line, [("commitment", 300)])
    with pytest.raises(Refusal, match="SP2D 1"):
        post(line, [("commitment", 301)])


def test_a_changed_document_is_told_exactly_what_differs():
    line = make.line(ceiling=1_000)
    other = make.line(key="3038.001.051.A.522151", ceiling=1_000)
    post(line, [("commitment", 300)], party="CV Sagu")
    with pytest.raises(Refusal) as refused:
        actions.post(
            kind="sp2d",
            number="SP2D 1",
            unit=line.unit,
            fiscal_year=2020,
            effective_on=date(2020, 6, 16),
            movements=[Movement(line.pk, "commitment", 301), Movement(other.pk, "commitment", 5)],
            by=make.system(),
            party="CV Aren",
        )
    said = refused.value.message
    assert "effective date 15 Jun 2020, now 16 Jun 2020" in said.en
    assert f"line {line.line_key} commitment Rp300, now Rp301" in said.en
    assert f"line {other.line_key} commitment Rp0, now Rp5" in said.en
    assert "party CV Sagu, now CV Aren" in said.en
    assert f"baris {line.line_key} komitmen Rp300, sekarang Rp301" in said.id
    assert "tanggal berlaku 15 Jun 2020, sekarang 16 Jun 2020" in said.id


def test_what_one_of_two_copies_leaves_blank_is_no_contradiction():
    line = make.line(ceiling=1_000)
    first = post(line, [("commitment", 300)], party="CV Sagu", method="LS")
    assert post(line, [("commitment", 300)], reason="again") == (first.posting_id, False)


@pytest.mark.parametrize(
    ("movements", "words"),
    [
        ([("commitment", 1_001)], "commitment Rp1,001 is above"),
        ([("realisation", 1)], "realisation Rp1 is above"),
        ([("block", 1_001)], "by Rp1"),
        ([("ceiling", -1_001)], "by Rp1"),
        ([("commitment", -1)], "above the commitment"),
        ([("block", -1)], "negative"),
    ],
)
def test_what_would_break_the_law_is_refused_by_name_and_amount(movements, words):
    line = make.line(ceiling=1_000)
    with pytest.raises(Refusal) as refused:
        post(line, movements, kind="correction")
    assert line.line_key in refused.value.message.en
    assert words in refused.value.message.en
    assert "Belum ada yang disimpan." in refused.value.message.id
    line.refresh_from_db()
    assert (line.ceiling, line.committed) == (1_000, 0)
    assert not Posting.objects.filter(document_kind="correction").exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"fiscal_year": None}, "fiscal year"),
        ({"effective_on": None}, "date is blank"),
        ({"effective_on": date(2021, 1, 4)}, "not open"),
        ({"fiscal_year": 2019}, "not open"),
        ({"number": "  "}, "number"),
    ],
)
def test_a_control_that_cannot_be_evaluated_blocks(values, words):
    line = make.line(ceiling=1_000)
    with pytest.raises(Refusal) as refused:
        post(line, [("commitment", 1)], **values)
    message = refused.value.message
    assert words in message.en or "nomor" in message.id


def test_the_database_refuses_an_expired_year_by_itself():
    line = make.line(ceiling=1_000)
    with pytest.raises(DatabaseError, match="not open"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT budget_post('sp2d','x',%s,2020,'2021-01-01','',NULL,%s,%s,%s)",
            [line.unit_id, [line.pk], ["commitment"], [1]],
        )


def test_a_line_of_another_unit_or_year_is_refused():
    line = make.line(ceiling=1_000)
    stranger = make.line(make.unit("Bali", "220001"), ceiling=1_000)
    with pytest.raises(Refusal, match="another unit or year"):
        actions.post(
            kind="sp2d",
            number="x",
            unit=line.unit,
            fiscal_year=2020,
            effective_on=DAY,
            movements=[Movement(stranger.pk, "commitment", 1)],
            by=make.system(),
        )


WRITES = [
    "UPDATE budget_budgetline SET ceiling = ceiling + 1",
    "UPDATE budget_budgetline SET realised = 1, committed = 1",
    "UPDATE budget_entry SET rupiah = 1",
    "DELETE FROM budget_entry",
    "DELETE FROM budget_posting",
    "INSERT INTO budget_entry (posting_id, line_id, province_id, amount_kind, rupiah, effective_on,"
    " recorded_at, sequence, hash) SELECT posting_id, line_id, province_id, amount_kind, 1,"
    " effective_on, recorded_at, 2, hash FROM budget_entry",
    "UPDATE budget_budgetline SET head = NULL",
    "UPDATE budget_budgetline SET sequence = 7",
    "UPDATE budget_budgetline SET latest_on = NULL",
    "UPDATE budget_budgetline SET ceiling = ceiling, detail = 'x'",
]


@pytest.mark.parametrize("statement", WRITES)
def test_nobody_else_writes_balances_or_the_ledger(statement):
    line = make.line(ceiling=1_000)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    line.refresh_from_db()
    assert line.ceiling == 1_000
    assert Entry.objects.count() == 1


def test_a_line_is_born_empty():
    unit = make.unit()
    with pytest.raises(DatabaseError, match="Only budget_post"), transaction.atomic():
        BudgetLine.objects.create(
            unit=unit, province=unit.province, fiscal_year=2020, line_key="x", ceiling=5
        )


def test_a_block_needs_a_reason_and_a_release_takes_it_back():
    line = make.line(ceiling=1_000)
    values = {"rupiah": 400, "effective_on": DAY, "by": make.system(), "office": "DJA"}
    with pytest.raises(Refusal):
        actions.block(line, number="S-1", reason=" ", **values)
    actions.block(line, number="S-1", reason="Menunggu data dukung", **values)
    values |= {"rupiah": 150, "blocked_by": Posting.objects.get(document_kind="block")}
    actions.release(line, number="S-2", reason="Data lengkap", **values)
    line.refresh_from_db()
    assert line.blocked == 250


def test_an_officer_posts_in_her_own_province_alone():
    line = make.line(ceiling=1_000)
    stranger = cast.provincial_officer("Bali")
    with speaking_for(stranger), pytest.raises(PermissionDenied):
        post(line, [("commitment", 1)], by=stranger)
    assert not BudgetLine.objects.visible_to(stranger).exists()
    with (
        speaking_for(stranger),
        pytest.raises(DatabaseError, match="out of reach"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT budget_post('sp2d','x',%s,2020,'2020-06-15','',NULL,%s,%s,%s)",
            [line.unit_id, [line.pk], ["commitment"], [1]],
        )


@pytest.mark.parametrize("person", [cast.auditor, cast.administrator, cast.regency_officer])
def test_who_may_not_write_budgets_posts_nothing(person):
    line = make.line(ceiling=1_000)
    by = person()
    with speaking_for(by), pytest.raises(PermissionDenied):
        post(line, [("commitment", 1)], by=by)


def test_balances_rebuilt_from_entries_match_and_a_difference_is_found():
    make.line(ceiling=1_000, committed=300, realised=100)
    assert actions.check_balances() == []


def test_amounts_as_of_a_day_come_from_the_entries_until_then():
    line = make.line(ceiling=1_000)
    post(line, [("commitment", 300)], "K-1", effective_on=date(2020, 3, 1))
    post(line, [("commitment", 200)], "K-2", effective_on=date(2020, 6, 1))
    on = Entry.objects.amounts_by("line_id", date(2020, 4, 1))[line.pk]
    assert (on.ceiling, on.committed) == (1_000, 300)
    assert Entry.objects.amounts_by("line_id", date(2019, 12, 1)) == {}


def test_what_is_paid_or_ordered_is_not_dated_after_today():
    now = timezone.now()
    tomorrow = now.astimezone(WIT).date() + timedelta(days=1)
    year = tomorrow.year
    line = make.line(ceiling=1_000, fiscal_year=year)
    asked = {"fiscal_year": year, "effective_on": tomorrow}
    with pytest.raises(Refusal, match="dated after today"):
        post(line, [("commitment", 300), ("realisation", 200)], **asked)
    with pytest.raises(Refusal, match="dated after today"):
        post(line, [("commitment", 300)], number="SPK 1", kind="commitment", **asked)
    post(line, [("ceiling", 100)], number="R-1", kind="revision", **asked)  # Known beforehand.
