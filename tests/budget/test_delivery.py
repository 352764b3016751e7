"""From an office's POK sheet to the ledger, by the way that every upload takes."""

from datetime import date

import pytest

from pulih.budget.actions import check_balances
from pulih.budget.cash_plan import plan_of
from pulih.budget.models import BudgetLine, CashPlan
from pulih.inbox.actions import withdraw
from pulih.inbox.models import CellProblem, ImportBatch, State
from pulih.people.scope import speaking_for
from pulih.revisions.models import Revision
from tests.make import inbox
from tests.people import cast

pytestmark = pytest.mark.django_db
HEADS = (
    *("Tahun Anggaran", "Kode Satker", "Nama Satker", "Kewenangan", "Sumber Dana", "Kegiatan"),
    *("Output", "Komponen", "Subkomponen", "Akun", "Uraian", "Pagu", "Blokir", "Komitmen"),
    "Realisasi",
)


def row(account, ceiling, committed="0", realised="0"):
    return (
        *("2020", "029999", "Disperindag Jawa Barat", "DK", "RM", "3038", "001", "051", "A"),
        *(account, "Bahan", ceiling, "0", committed, realised),
    )


def deliver(*rows, by=None):
    by = by or cast.provincial_officer()
    with speaking_for(by):
        return inbox.read(*rows, kind="budget", heads=HEADS, by=by)


def test_a_pok_sheet_opens_lines_and_a_corrected_one_is_a_draft_until_it_is_withdrawn():
    first = deliver(
        row("521211", "600.000.000", "100.000.000", "50.000.000"), row("522151", "200.000.000")
    )
    assert first.state == State.DONE, (first.problem_en, first.effects)
    assert first.effects["budget_lines_new"] == 2
    second = deliver(
        row("521211", "550.000.000", "100.000.000", "50.000.000"), row("522151", "200.000.000")
    )
    assert second.state == State.DONE, second.problem_en
    line = BudgetLine.objects.get(account="521211")
    assert (line.ceiling, line.committed, line.realised) == (600_000_000, 100_000_000, 50_000_000)
    assert Revision.objects.get().movements.get().rupiah == -50_000_000
    officer = cast.provincial_officer()
    with speaking_for(officer):
        withdraw(ImportBatch.objects.get(pk=second.pk), by=officer)
        withdraw(ImportBatch.objects.get(pk=first.pk), by=officer)
    line.refresh_from_db()
    assert line.ceiling == 0
    third = deliver(
        row("521211", "550.000.000", "100.000.000", "50.000.000"), row("522151", "200000000")
    )
    assert third.state == State.DONE, third.problem_en
    line.refresh_from_db()
    assert line.ceiling == 550_000_000
    assert check_balances() == []


DAYS = (date(2020, 5, 29), date(2020, 5, 30), date(2020, 5, 31))
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)


def test_rows_below_lines_and_page_three_come_with_a_sheet_that_has_them():
    heads = (*HEADS, "Volume", "Satuan", "Harga Satuan", *(f"Rencana {m}" for m in MONTHS))
    plan = ["0"] * 11 + ["400.000.000"]
    one = (*row("522151", "300.000.000"), "300", "OJ", "1.000.000", *plan)
    two = (*row("522151", "100.000.000"), "100", "OJ", "1.000.000", *["0"] * 12)
    officer = cast.provincial_officer()
    with speaking_for(officer):
        batch = inbox.read(one, two, kind="budget", heads=heads, by=officer)
    assert batch.state == State.DONE, (batch.problem_en, batch.effects)
    line = BudgetLine.objects.get()
    kept = line.details.order_by("position").values_list("volume", "unit", "unit_cost", "rupiah")
    assert list(kept) == [(300, "OJ", 1_000_000, 300_000_000), (100, "OJ", 1_000_000, 100_000_000)]
    plan = plan_of(line.unit, 2020)
    assert (plan.source, plan.total()[12]) == ("sheet", 400_000_000)


def test_a_sheet_that_replaces_a_stated_page_three_says_so():
    heads = (*HEADS, *(f"Rencana {m}" for m in MONTHS))
    officer = cast.provincial_officer()
    january, december = ["600.000.000", *["0"] * 11], [*["0"] * 11, "600.000.000"]
    again = ["600000000", *["0"] * 11]  # The same months in another file.
    with speaking_for(officer):
        first, same, other = (
            inbox.read((*row("522151", "600.000.000"), *plan), heads=heads, kind="budget",
                       by=officer, as_of=day)
            for plan, day in zip((january, again, december), DAYS, strict=True)
        )  # fmt: skip
    told = CellProblem.objects.filter(rule="cash_plan_replaced").values_list("batch", flat=True)
    assert [one.state for one in (first, same, other)] == [State.DONE] * 3
    assert list(told) == [other.pk]
    assert plan_of(BudgetLine.objects.get().unit, 2020).total()[12] == 600_000_000


def test_months_that_do_not_add_up_are_left_and_said():
    heads = (*HEADS, *(f"Rencana {m}" for m in MONTHS))
    officer = cast.provincial_officer()
    with speaking_for(officer):
        short = (*row("522151", "300.000.000"), *["1"] * 12)
        batch = inbox.read(short, short, kind="budget", heads=heads, by=officer)
    assert batch.state == State.DONE, (batch.problem_en, batch.effects)
    assert not CashPlan.objects.exists()
    assert CellProblem.objects.filter(batch=batch, rule="cash_plan").count() == 1


def test_a_sheet_in_the_wrong_unit_of_money_is_refused_whole():
    batch = deliver(row("521211", "600.000.000.000"), row("522151", "200.000.000.000"))
    assert batch.state == State.REFUSED
    assert "Rp800.000.000?" in batch.problem_indonesian
    assert not BudgetLine.objects.exists()


def test_a_payment_above_its_commitment_is_refused_with_its_row():
    batch = deliver(row("521211", "600.000.000", "1", "2"), row("522151", "200.000.000"))
    assert batch.state == State.REFUSED
    assert "melebihi komitmen" in batch.problem_indonesian


def test_a_row_that_could_not_be_read_empties_no_line():
    rows = [row(f"52{n}111", "100.000.000") for n in range(1, 5)]
    assert deliver(*rows, row("522151", "200.000.000")).state == State.DONE
    second = deliver(*rows, row("522151", "-200.000.000"))
    assert (second.state, second.rejected) == (State.DONE, 1)
    assert second.supersedes is not None
    assert BudgetLine.objects.get(account="522151").ceiling == 200_000_000
    told = CellProblem.objects.get(batch=second, rule="left_standing")
    assert "As 1 of its rows could not be read" in told.message_en


def test_a_file_of_rejected_rows_shows_them_and_moves_nothing():
    batch = deliver(row("522151", "-1"))
    assert (batch.state, batch.rejected, batch.effects["budget_lines"]) == (State.DONE, 1, 0)
    assert CellProblem.objects.filter(batch=batch, column="ceiling", kind="rejected").exists()
    assert not BudgetLine.objects.exists()
