"""A revision beside the rules: who must approve, what it touches, what it costs the score."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.db.models.functions import ExtractMonth, Substr

from pulih.budget.cash_plan import plan_of
from pulih.budget.models import BudgetLine, Entry, SpendingUnit
from pulih.budget.rules.months import moved
from pulih.budget.rules.standards import OverStandard, over_standard
from pulih.common.periods import WIB
from pulih.references.charts import AccountNames, unit_costs

from .described import changes_of, costed_of, given_of, moves_of
from .models import BY_THE_UNIT, Revision, RevisionMovement
from .rules.account_notes import account_notes
from .rules.authority import Context, Judged, judge
from .rules.ikpa import Effect, Standing, effect
from .rules.untouchable import Touched, touched

ByType = dict[str, dict[int, int]]


@dataclass(frozen=True)
class Assessed:
    """All that is said of a revision before anyone sends it. movements: in the order of keys."""

    movements: tuple[RevisionMovement, ...]
    judged: Judged
    touched: tuple[Touched, ...]
    effect: Effect
    over: tuple[OverStandard, ...]
    stale: tuple[RevisionMovement, ...]

    @property
    def forbidden(self) -> list[Touched]:
        return [one for one in self.touched if one.forbids]


def day_of(revision: Revision) -> date:
    """Return the day whose rules count: that of its effect, as it is or as it is planned."""
    planned = revision.judged_on or revision.made_at.astimezone(WIB).date()
    return revision.effective_on or planned


def assess(
    revision: Revision,
    unsaved: Sequence[RevisionMovement] | None = None,
    on: date | None = None,
) -> Assessed:
    """Judge a revision as its movements stand now.

    unsaved: the movements of a draft being typed. on: another day than that of its planned effect.
    """
    movements = list(unsaved or ()) if unsaved is not None else list(movements_of(revision))
    lines = list(revision.unit.lines.filter(fiscal_year=revision.fiscal_year))
    on = on or day_of(revision)
    judged = judge(moves_of(revision, movements, lines, on), _context(revision), on)
    is_counted = not revision.declared_total and judged.whole.office.name not in BY_THE_UNIT
    # What is in force has moved its lines already; it touches nothing any more.
    changes = changes_of(revision, movements, lines) if revision.is_open else ()
    given = given_of(revision, movements) if revision.is_open else ()
    return Assessed(
        tuple(movements),
        judged,
        (*touched(changes, on), *account_notes(given, on, AccountNames(on))),
        _effect(revision, movements, lines, on, is_counted=is_counted),
        tuple(over_standard(costed_of(movements), on, unit_costs(on))),
        tuple(one for one in movements if revision.is_open and _is_stale(one)),
    )


def _is_stale(movement: RevisionMovement) -> bool:
    line = movement.line
    return line is not None and line.ceiling != movement.ceiling_before


def movements_of(revision: Revision) -> Iterable[RevisionMovement]:
    """Return the movements of a revision by key, with their lines."""
    return revision.movements.select_related("line", "measure").order_by("line_key", "id")


def _context(revision: Revision) -> Context:
    total = revision.declared_total
    return Context(
        total,
        total if revision.set_total is None else revision.set_total,
        frozenset(revision.set_facts or ()),
    )


def _effect(
    revision: Revision,
    movements: Iterable[RevisionMovement],
    lines: Iterable[BudgetLine],
    on: date,
    *,
    is_counted: bool,
) -> Effect:
    month = _month(revision.fiscal_year, on)
    before = standing(revision.unit, revision.fiscal_year, lines, month)
    change: dict[str, int] = defaultdict(int)
    for one in movements:
        change[one.account[:2]] += one.rupiah
    ceiling = {name: before.ceiling.get(name, 0) for name in {*before.ceiling, *change}}
    planned = dict(before.planned)
    for name, by in change.items():
        ceiling[name] = max(0, ceiling[name] + by)
        plan = before.planned.get(name, {})
        planned[name] = moved(plan, max(by, -sum(plan.values())), month)
    counted = before.revisions + (1 if is_counted else 0)
    after = Standing(month, planned, before.paid, ceiling, counted)
    return effect(revision.fiscal_year, before, after)


def _month(fiscal_year: int, on: date) -> int:
    """Return the month of the fiscal year that a day falls in; its edges for days outside."""
    if on.year != fiscal_year:
        return 1 if on.year < fiscal_year else 12
    return on.month


def standing(
    unit: SpendingUnit,
    fiscal_year: int,
    lines: Iterable[BudgetLine],
    month: int,
    day: date | None = None,
    known: date | None = None,
) -> Standing:
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
    return Standing(month, planned, paid, dict(ceiling), counted)


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
