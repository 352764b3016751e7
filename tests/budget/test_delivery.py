"""From an office's POK sheet to the ledger, by the way that every upload takes."""

import pytest

from pulih.budget.actions import check_balances
from pulih.budget.models import BudgetLine
from pulih.inbox.actions import withdraw
from pulih.inbox.models import State
from pulih.people.scope import speaking_for
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


def test_a_pok_sheet_opens_lines_and_a_corrected_one_posts_differences():
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
    assert (line.ceiling, line.committed, line.realised) == (550_000_000, 100_000_000, 50_000_000)
    officer = cast.provincial_officer()
    with speaking_for(officer):
        withdraw(second, by=officer)
    line.refresh_from_db()
    assert line.ceiling == 600_000_000
    assert check_balances() == []


def test_a_sheet_in_the_wrong_unit_of_money_is_refused_whole():
    batch = deliver(row("521211", "600.000.000.000"), row("522151", "200.000.000.000"))
    assert batch.state == State.REFUSED
    assert "Rp800.000.000?" in batch.problem_id
    assert not BudgetLine.objects.exists()


def test_a_payment_above_its_commitment_is_refused_with_its_row():
    batch = deliver(row("521211", "600.000.000", "1", "2"), row("522151", "200.000.000"))
    assert batch.state == State.REFUSED
    assert "melebihi komitmen" in batch.problem_id
