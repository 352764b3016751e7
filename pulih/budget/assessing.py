"""A revision beside the rules: who must approve, what it touches, what it costs the score."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.db.models.functions import ExtractMonth, Substr

from pulih.common.periods import WIB
from pulih.references.charts import AccountNames, unit_costs

from .cash_plan import plan_of
from .models import BudgetLine, Entry, OutputVolume, Revision, RevisionMovement, SpendingUnit
from .models.revisions import BY_THE_UNIT
from .rules.account_notes import Given, account_notes
from .rules.authority import Context, Judged, Move, judge
from .rules.ikpa import Effect, Standing, effect
from .rules.months import moved
from .rules.standards import Costed, OverStandard, over_standard
from .rules.untouchable import Change, Touched, touched

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
    """Return the day whose rules count for a revision."""
    return revision.judged_on or revision.made_at.astimezone(WIB).date()


def assess(revision: Revision, unsaved: Sequence[RevisionMovement] | None = None) -> Assessed:
    """Judge a revision as its movements stand now; `unsaved` are those of a draft being typed."""
    movements = list(unsaved or ()) if unsaved is not None else list(movements_of(revision))
    lines = list(revision.unit.lines.filter(fiscal_year=revision.fiscal_year))
    on = day_of(revision)
    judged = judge(_moves(revision, movements, lines, on), _context(revision), on)
    is_counted = not revision.declared_total and judged.whole.office.name not in BY_THE_UNIT
    # What is in force has moved its lines already; it touches nothing any more.
    changes = _changes(revision, movements, lines) if revision.is_open else ()
    given = _given(revision, movements, lines) if revision.is_open else ()
    return Assessed(
        tuple(movements),
        judged,
        (*touched(changes, on), *account_notes(given, on, AccountNames(on))),
        _effect(revision, movements, lines, on, is_counted=is_counted),
        tuple(over_standard(_costed(movements), on, unit_costs(on))),
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
    return Context(total, total if revision.set_total is None else revision.set_total)


def _moves(
    revision: Revision, movements: Sequence[RevisionMovement], lines: list[BudgetLine], on: date
) -> list[Move]:
    before = {one.line_id: one.ceiling_before for one in movements if one.line_id}
    outputs = {_output(line.line_key) for line in lines if before.get(line.pk, line.ceiling)}
    programme = {line.line_key: line.programme for line in lines}
    usual = next((line.programme for line in lines if line.programme), "")
    is_across = _goes_across_outputs(revision, movements)
    falls = revision.volume == OutputVolume.FALLS or (
        is_across and revision.volume == OutputVolume.UNKNOWN
    )
    return [
        Move(
            line_key=one.line_key,
            fiscal_year=revision.fiscal_year,
            rupiah=one.rupiah,
            programme=programme.get(one.line_key, usual),
            is_new_line=not one.ceiling_before,
            is_new_output=_output(one.line_key) not in outputs,
            volume_falls=falls and one.rupiah < 0,
            blocked=_eaten_block(one),
            on=on,
        )
        for one in movements
    ]


def _goes_across_outputs(revision: Revision, movements: Iterable[RevisionMovement]) -> bool:
    """Tell whether money leaves an output, so that somebody must say what its volume does."""
    return bool(revision.declared_total) or len({_output(m.line_key) for m in movements}) > 1


def _output(key: str) -> str:
    """Return the part of a key that names its output: all but component and account."""
    return ".".join(key.split(".")[:-3])


def _eaten_block(movement: RevisionMovement) -> int:
    line = movement.line
    if line is None or movement.rupiah > 0:
        return 0
    left = movement.ceiling_after - line.committed
    return max(0, line.blocked - max(0, left)) if line.blocked else 0


def _changes(
    revision: Revision, movements: Iterable[RevisionMovement], lines: Iterable[BudgetLine]
) -> Iterable[Change]:
    realised: dict[str, int] = defaultdict(int)
    for line in lines:
        realised[_output(line.line_key)] += line.realised
    for one in movements:
        if one.line is not None:
            yield Change(
                one.line_key,
                one.line.amounts,
                one.rupiah,
                one.line.fund_source,
                one.line.is_protected,
                revision.volume == OutputVolume.FALLS,
                realised[_output(one.line_key)],
            )


def _given(
    revision: Revision, movements: Iterable[RevisionMovement], lines: Iterable[BudgetLine]
) -> Iterable[Given]:
    authorities = {line.line_key: line.authority for line in lines}
    for one in movements:
        authority = authorities.get(one.line_key, revision.unit.authority)
        yield Given(one.line_key, authority, one.rupiah, not one.ceiling_before)


def _costed(movements: Iterable[RevisionMovement]) -> list[Costed]:
    return [
        Costed(
            one.line_key,
            str(row.get("text", "")),
            row.get("unit_cost"),
            one.province_id,
            str(row.get("unit") or ""),
        )
        for one in movements
        for row in one.rows_after
    ]


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
