"""A POK sheet beside the documents of the ledger: what it may state, and page III behind it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from ..models import AmountKind, BudgetLine, DocumentKind, Entry, SpendingUnit
from ..rules.amounts import Amounts
from ..rules.opening import OpeningLine, Place, Warned
from ..rules.sheet_against_ledger import NAMES, LedgerConflict, to_post
from .cash_plans import move_plan

STATES_IT = (DocumentKind.DIPA, DocumentKind.POK, DocumentKind.CORRECTION)
EVERY = frozenset(NAMES.values())
Changes = Mapping[tuple[SpendingUnit, int], Mapping[str, int]]


def beside_documents(
    stated: Iterable[OpeningLine], lines: Mapping[Place, BudgetLine], gone: Iterable[BudgetLine]
) -> tuple[dict[int, Amounts], list[Warned]]:
    """Return what each line becomes by a sheet, and where documents say otherwise than it does.

    gone: lines that the sheet names no more; of them only what documents moved is left.
    """
    documented = _documented([*lines.values(), *gone])
    wanted, warned = {}, []
    for one in stated:
        line = lines[one.place]
        wanted[line.pk], against = to_post(one.amounts, one.said, line.amounts, documented[line.pk])
        warned += [_warned(one, standing) for standing in against]
    for line in gone:
        wanted[line.pk], _ours = to_post(Amounts(), EVERY, line.amounts, documented[line.pk])
    return wanted, warned


def ceilings_moved(lines: Iterable[BudgetLine], wanted: Mapping[int, Amounts]) -> Changes:
    """Return by how much the ceilings move, by unit and year and spending type."""
    moved: dict[tuple[SpendingUnit, int], Counter[str]] = defaultdict(Counter)
    for line in lines:
        by = wanted[line.pk].ceiling - line.ceiling
        moved[line.unit, line.fiscal_year][line.account[:2]] += by
    return moved


def let_plans_follow(
    moved: Changes, effective_on: date, postings: Mapping[tuple[SpendingUnit, int], int]
) -> None:
    """Move each stated page III as the ceilings moved. postings: what moved those of each unit."""
    for (unit, year), change in moved.items():
        if any(change.values()):
            move_plan(unit, year, change, effective_on, postings[unit, year])


def _documented(lines: Iterable[BudgetLine]) -> dict[int, set[str]]:
    """Return which amounts of each line stand on documents, and not on what a sheet stated."""
    entries = Entry.objects.filter(
        line__in=[line.pk for line in lines], amount_kind__in=NAMES
    ).exclude(posting__document_kind__in=STATES_IT)
    found: dict[int, set[str]] = defaultdict(set)
    for line, kind in entries.order_by().values_list("line_id", "amount_kind").distinct():
        found[line].add(NAMES[AmountKind(kind)])
    return found


def _warned(line: OpeningLine, standing: LedgerConflict) -> Warned:
    return Warned(
        "stands_on_documents",
        standing.message,
        line.sheet,
        line.row,
        str(standing.theirs),
        standing.name,
    )
