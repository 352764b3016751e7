"""How a unit stands against page III and its ceilings, as the execution score reads it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Sum
from django.db.models.functions import ExtractMonth, Substr

from pulih.budget.cash_plan import plan_of
from pulih.budget.models import BudgetLine, Entry, SpendingUnit

from .models import Revision
from .rules.ikpa import ExecutionState

ByType = dict[str, dict[int, int]]


def month_of(fiscal_year: int, on: date) -> int:
    """Return the month of the fiscal year that a day falls in; its edges for days outside."""
    if on.year != fiscal_year:
        return 1 if on.year < fiscal_year else 12
    return on.month


def execution_state(
    unit: SpendingUnit,
    fiscal_year: int,
    lines: Iterable[BudgetLine],
    month: int,
    day: date | None = None,
    known: date | None = None,
) -> ExecutionState:
    """Return how a unit stands against its plan until the end of a month.

    day, known: the two days that plan and payments are seen on; None: as they are now.
    """
    ceiling: dict[str, int] = defaultdict(int)
    for line in lines:
        ceiling[line.account[:2]] += line.ceiling
    quarter = range(3 * ((month - 1) // 3) + 1, 3 * ((month - 1) // 3) + 4)
    revisions = Revision.objects.filter(unit=unit, fiscal_year=fiscal_year, declared_total=0)
    revisions = revisions.counted().filter(effective_on__month__in=quarter)
    counted = revisions.of_the_dipa().count()  # The score counts no changes of the POK.
    planned = plan_of(unit, fiscal_year, day, known).months
    paid = paid_by_type(unit, fiscal_year, day, known)
    return ExecutionState(month, planned, paid, dict(ceiling), counted)


def paid_by_type(
    unit: SpendingUnit, fiscal_year: int, day: date | None = None, known: date | None = None
) -> ByType:
    """Return what a unit paid by spending type and month, in rupiah; by `day`, as `known`."""
    entries = Entry.objects.filter(
        line__unit=unit, line__fiscal_year=fiscal_year, amount_kind="realisation"
    )
    if day is not None:
        entries = entries.filter(effective_on__lte=day)
    sums = (
        entries.known_by(known)
        .order_by()
        .annotate(month=ExtractMonth("effective_on"), spending_type=Substr("line__account", 1, 2))
        .values_list("spending_type", "month")
        .annotate(total=Sum("rupiah"))
    )
    found: ByType = defaultdict(dict)
    for name, month, total in sums:
        found[name][month] = int(total)
    return dict(found)
