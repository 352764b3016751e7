"""POK sheets become postings; a corrected one posts its differences."""

from datetime import date

import polars as pl
import pytest

from pulih.budget import actions
from pulih.budget.actions import check_balances
from pulih.budget.cash_plan import plan_of
from pulih.budget.models import BudgetLine, Entry, Posting, SpendingUnit
from pulih.budget.receivers import BudgetReceiver
from pulih.budget.rules.amounts import Amounts
from pulih.common.errors import Refusal
from pulih.inbox.models import CellProblem, ImportBatch
from pulih.people.scope import speaking_for
from tests.make import areas
from tests.make import budget as make
from tests.make import measures as make_measures
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 15)


def batch(**values):
    jabar = areas.province()
    usual = {
        "kind": "budget",
        "office": jabar,
        "province": jabar,
        "uploaded_by": make.system(),
        "file_name": "pok jabar.xlsx",
        "sha256": "ab" * 32,
        "reading": ImportBatch.objects.count() + 1,
        "size_bytes": 1,
        "stored_name": "x",
        "as_of": DAY,
        "fiscal_year": 2020,
    }
    return ImportBatch.objects.create(**{**usual, **values})


def take_pok(of, rows):
    return actions.take_pok(of, rows, by=make.system())


def row(number=2, **values):
    usual = {
        "row": number,
        "sheet": "POK",
        "province_id": areas.province().pk,
        "unit_code": "029999",
        "unit_name": "Disperindag  Provinsi Jawa Barat",
        "authority": "DK",
        "fund_source": "RM",
        "activity": "3038",
        "output": "001",
        "component": "051",
        "subcomponent": "A",
        "account": "521211",
        "detail": "Bahan masker",
        "ceiling": 700_000_000,
        "blocked": None,
        "committed": 100_000_000,
        "realised": 50_000_000,
    }
    return {**usual, **values}


def test_opening_amounts_enter_as_one_posting_per_unit():
    counts = take_pok(batch(), [row(), row(3, account="522151", ceiling=100_000_000)])
    unit = SpendingUnit.objects.get(code="029999")
    assert unit.name == "Disperindag Provinsi Jawa Barat"
    assert counts["budget_lines_new"] == 2
    assert counts["budget_postings"] == 1
    line = BudgetLine.objects.get(account="521211")
    assert (line.ceiling, line.committed, line.realised) == (700_000_000, 100_000_000, 50_000_000)
    assert check_balances() == []


def test_the_same_sheet_again_posts_nothing():
    take_pok(batch(), [row()])
    counts = take_pok(batch(), [row()])
    assert counts["budget_postings"] == 0
    assert Posting.objects.count() == 1


def test_a_corrected_sheet_posts_the_differences_and_edits_nothing():
    first = batch()
    take_pok(first, [row(), row(3, account="522151", ceiling=100_000_000)])
    before = set(Entry.objects.values_list("id", flat=True))
    take_pok(batch(supersedes=first), [row(ceiling=650_000_000)])
    assert before <= set(Entry.objects.values_list("id", flat=True))
    line, gone = BudgetLine.objects.order_by("account")
    assert line.ceiling == 650_000_000
    assert (gone.ceiling, gone.committed, gone.realised) == (0, 0, 0)
    assert Entry.objects.filter(line=line, amount_kind="ceiling").count() == 2
    assert check_balances() == []


def paid(line, rupiah):
    treasurer = make.appointment(line.unit).person
    actions.post(
        kind="sp2d", number="200410001", unit=line.unit, fiscal_year=2020, effective_on=DAY,
        movements=[
            actions.Movement(line.pk, "commitment", rupiah),
            actions.Movement(line.pk, "realisation", rupiah),
        ],
        by=treasurer,
    )  # fmt: skip


def test_a_sheet_without_columns_of_payment_leaves_what_was_blocked_committed_and_paid():
    take_pok(batch(), [row(blocked=10_000_000)])
    paid(BudgetLine.objects.get(), 5_000_000)
    silent = row(ceiling=690_000_000, blocked=None, committed=None, realised=None)
    take_pok(batch(), [silent])
    line = BudgetLine.objects.get()
    assert line.amounts == Amounts(690_000_000, 10_000_000, 105_000_000, 55_000_000)
    assert check_balances() == []


def test_what_stands_on_documents_is_listed_beside_the_sheet_and_never_overwritten():
    take_pok(batch(), [row(committed=0, realised=0)])
    paid(BudgetLine.objects.get(), 5_000_000)
    delivered = batch()
    counts = take_pok(delivered, [row(9, committed=7_000_000, realised=7_000_000)])
    line = BudgetLine.objects.get()
    assert (line.committed, line.realised) == (5_000_000, 5_000_000)
    assert counts["budget_postings"] == 0
    told = CellProblem.objects.filter(batch=delivered, rule="stands_on_documents")
    assert set(told.values_list("row", "column")) == {(9, "committed"), (9, "realised")}
    assert "Rp7,000,000" in told.first().message_en
    assert "Rp5,000,000" in told.first().message_en


def test_a_ceiling_below_what_documents_committed_is_refused():
    take_pok(batch(), [row(committed=0, realised=0)])
    paid(BudgetLine.objects.get(), 650_000_000)
    with pytest.raises(Refusal, match="above the ceiling"):
        take_pok(batch(), [row(ceiling=600_000_000, committed=None, realised=None)])
    assert BudgetLine.objects.get().ceiling == 700_000_000


def test_a_stated_page_three_follows_a_sheet_that_has_no_months():
    take_pok(batch(), [row()])
    line = BudgetLine.objects.get()
    months = {6: 300_000_000, 12: 400_000_000}
    actions.set_cash_plan(line.unit, 2020, {"52": months}, by=make.system())
    take_pok(batch(), [row(ceiling=600_000_000)])
    assert sum(plan_of(line.unit, 2020).total().values()) == 600_000_000


def test_a_row_that_stands_twice_is_pointed_at():
    delivered = batch()
    take_pok(delivered, [row(2), row(3), row(4, detail="Bahan APD")])
    told = CellProblem.objects.get(batch=delivered, rule="repeated_row")
    assert (told.row, told.kind) == (3, "warning")
    assert "row 2" in told.message_en


def test_a_unit_of_another_province_is_refused_to_who_cannot_see_it():
    take_pok(batch(), [row()])
    bali = areas.province("Bali")
    officer = cast.provincial_officer("Bali")
    with speaking_for(officer), pytest.raises(Refusal, match="another province"):
        actions.take_pok(batch(office=bali, province=bali), [row(province_id=bali.pk)], by=officer)


def test_details_of_one_account_are_one_line():
    take_pok(batch(), [row(), row(3, detail="Bahan APD", ceiling=200_000_000)])
    line = BudgetLine.objects.get()
    assert line.ceiling == 900_000_000
    assert line.detail == "Bahan masker; Bahan APD"
    assert line.committed == 200_000_000


def test_a_withdrawn_sheet_is_taken_back_by_opposite_entries():
    delivered = batch()
    take_pok(delivered, [row()])
    actions.withdraw_pok(delivered, by=make.system())
    assert BudgetLine.objects.get().ceiling == 0
    assert Posting.objects.count() == 2


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"account": ""}, "no account"),
        ({"account": "52121"}, "not a POK line key"),
        ({"unit_code": None}, "unit code is blank"),
        ({"ceiling": None}, "ceiling is blank"),
        ({"realised": 200_000_000}, "above the commitment"),
        ({"fiscal_year": 2019}, "2019 is not open"),
        ({"authority": "ZZ"}, "not known"),
        ({"ceiling": 700_000_000_000}, "Did you mean Rp700,700,000?"),
    ],
)
def test_a_sheet_that_cannot_be_judged_is_refused_whole(values, words):
    with pytest.raises(Refusal) as refused:
        take_pok(batch(), [row(account="522151"), row(3, **values)])
    assert words in refused.value.message.en
    assert "Nothing was saved." in refused.value.message.en
    assert not BudgetLine.objects.exists()
    assert not Posting.objects.exists()


def test_no_fiscal_year_anywhere_is_refused():
    with pytest.raises(Refusal, match="fiscal year is stated neither"):
        take_pok(batch(fiscal_year=None), [row()])


def test_physical_spending_is_warned_of_beside_the_files_other_problems():
    delivered = batch()
    counts = take_pok(delivered, [row(), row(7, account="532111", ceiling=100_000_000)])
    assert counts["budget_warnings"] == 1
    problem = CellProblem.objects.get(batch=delivered)
    assert (problem.row, problem.kind, problem.rule) == (7, "warning", "non_physical")
    assert "20(3)" in problem.message_en


def test_a_unit_does_not_change_its_province():
    take_pok(batch(), [row()])
    with pytest.raises(Refusal, match="recorded in Jawa Barat"):
        take_pok(batch(), [row(province_id=areas.province("Bali").pk)])


def test_salaries_are_protected_and_a_sheets_measure_is_taken():
    make_measures.measure()
    take_pok(
        batch(),
        [row(measure="test_masks"), row(3, account="521115", committed=None, realised=None)],
    )
    tagged, kept = BudgetLine.objects.order_by("-account")
    assert tagged.measure.code == "test_masks"
    assert not tagged.is_protected
    assert kept.is_protected


def test_the_receiver_takes_rows_as_the_inbox_gives_them():
    table = pl.DataFrame([row()], infer_schema_length=None)
    counts = BudgetReceiver().receive(batch(), table)
    assert counts["budget_lines"] == 1
