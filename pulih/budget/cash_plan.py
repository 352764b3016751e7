"""Page III as the pages read it: what is planned for each month, and where that comes from."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q, Sum
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from .models import AmountKind, BudgetLine, CashPlan, Entry, PlanSource, SpendingUnit
from .models.lines import BudgetLineQuerySet
from .plan_history import Stated, stated
from .rules.months import MONTHS, Months, even, scaled

Part = TypeVar("Part", bound=Hashable)
EVEN = "even"  # Nobody has stated a plan: the ceiling spread evenly, and labelled so.
TypedMonths = dict[str, Months]
TypedRupiah = dict[str, int]
TypedCeilings = dict[tuple[int, str], int]  # Rupiah by unit and spending type.


@dataclass(frozen=True)
class UnitPlan:
    """The plan of one unit and year, by spending type; source: of PlanSource, or `even`."""

    months: TypedMonths
    source: str

    @property
    def is_stated(self) -> bool:
        return self.source != EVEN

    @property
    def words(self) -> str:
        """Say where the plan comes from."""
        if self.source == EVEN:
            return _("no plan was stated: the ceiling spread evenly over the year")
        return str(PlanSource(self.source).label)

    def total(self) -> Months:
        """Return the plan of all spending types together."""
        return {m: sum(plan.get(m, 0) for plan in self.months.values()) for m in MONTHS}


def planned_by_month(
    lines_or_unit: BudgetLineQuerySet | SpendingUnit,
    fiscal_year: int,
    day: date | None = None,
    known: date | None = None,
    said: Sequence[Stated] | None = None,
) -> dict[int, int]:
    """Return the rupiah planned for each month, 1 to 12, of a unit or of some lines.

    Lines have a part of their unit's plan by their share of its ceiling, spending type by type.
    day, known: the two days that plan and ceilings are seen on; None: as they are now. said: what
    was stated by these days, where it has been read already.
    """
    if isinstance(lines_or_unit, SpendingUnit):
        return plan_of(lines_or_unit, fiscal_year, day, known).total()
    lines = lines_or_unit.filter(fiscal_year=fiscal_year)
    whole = BudgetLine.objects.filter(unit__in=lines.order_by().values("unit"))
    sums = _sums(whole.filter(fiscal_year=fiscal_year), lines, day, known)
    ceilings = {key: ceiling for key, (ceiling, _own) in sums.items()}
    plans = _plans(ceilings, fiscal_year, day, known, said)
    total: Counter[int] = Counter()
    for (unit, spending_type), (ceiling, own) in sums.items():
        plan = plans[unit].months.get(spending_type, {})
        total.update(scaled(plan, own, ceiling))
    return {month: total[month] for month in MONTHS}


def plan_of(
    unit: SpendingUnit, fiscal_year: int, day: date | None = None, known: date | None = None
) -> UnitPlan:
    """Return the plan of a unit: as stated, or its ceiling spread evenly."""
    lines = BudgetLine.objects.filter(unit=unit, fiscal_year=fiscal_year)
    ceilings = _ceilings(lines, day, known)
    return _plans(ceilings, fiscal_year, day, known).get(unit.pk, UnitPlan({}, EVEN))


def planned_by_part(
    unit: SpendingUnit, fiscal_year: int, part_of: Callable[[BudgetLine], Part]
) -> dict[Part, dict[int, int]]:
    """Return what `planned_by_month` says of the lines of each part of a unit, as they are now.

    Nothing where nobody has stated a plan.
    """
    plan = plan_of(unit, fiscal_year)
    if not plan.is_stated:
        return {}
    whole: Counter[str] = Counter()
    parts: dict[Part, Counter[str]] = defaultdict(Counter)
    for line in BudgetLine.objects.filter(unit=unit, fiscal_year=fiscal_year):
        whole[line.account[:2]] += line.ceiling
        parts[part_of(line)][line.account[:2]] += line.ceiling
    found = {}
    for part, ceilings in parts.items():
        total: Counter[int] = Counter()
        for name, ceiling in ceilings.items():
            total.update(scaled(plan.months.get(name, {}), ceiling, whole[name]))
        found[part] = {month: total[month] for month in MONTHS}
    return found


def plans_by_unit(
    lines: BudgetLineQuerySet, fiscal_year: int, day: date, known: date | None = None
) -> dict[int, tuple[UnitPlan, TypedRupiah]]:
    """Return the plan of each unit of some lines, and its ceilings by spending type."""
    ceilings = _ceilings(lines.filter(fiscal_year=fiscal_year), day, known)
    plans = _plans(ceilings, fiscal_year, day, known)
    return {
        unit: (plan, {name: rupiah for (of, name), rupiah in ceilings.items() if of == unit})
        for unit, plan in plans.items()
    }


def sources_of(units: list[int], fiscal_year: int) -> dict[int, str]:
    """Return where each unit's plan comes from; units that are not named spread evenly."""
    plans = CashPlan.objects.filter(unit_id__in=units, fiscal_year=fiscal_year)
    return dict(plans.order_by("unit_id", "id").values_list("unit_id", "source"))


def _ceilings(lines: BudgetLineQuerySet, day: date | None, known: date | None) -> TypedCeilings:
    return {key: ceiling for key, (ceiling, _same) in _sums(lines, None, day, known).items()}


def _sums(
    lines: BudgetLineQuerySet, part: BudgetLineQuerySet | None, day: date | None, known: date | None
) -> dict[tuple[int, str], tuple[int, int]]:
    """Add up ceilings by unit and spending type: of all lines, and of those of `part` among them.

    Of a day, from balances where all is settled and from entries elsewhere, in one query.
    """
    settled = lines.order_by()
    moving = settled.none()
    if day is not None:
        moving = settled if known else settled.filter(latest_on__gt=day)
        settled = settled.none() if known else settled.filter(latest_on__lte=day)
    of_part = Q() if part is None else Q(pk__in=part.order_by().values("pk"))
    balances = (
        settled.annotate(spending_type=Substr("account", 1, 2))
        .values_list("unit_id", "spending_type")
        .annotate(whole=Sum("ceiling"), own=Sum("ceiling", filter=of_part))
    )
    of_part = Q() if part is None else Q(line__in=part.order_by().values("pk"))
    entries = Entry.objects.filter(
        line__in=moving.values("pk"), amount_kind=AmountKind.CEILING,
        effective_on__lte=day or date.max,
    )  # fmt: skip
    typed = (
        entries.known_by(known)
        .order_by()
        .annotate(spending_type=Substr("line__account", 1, 2))
        .values_list("line__unit_id", "spending_type")
        .annotate(whole=Sum("rupiah"), own=Sum("rupiah", filter=of_part))
    )
    found: dict[tuple[int, str], tuple[int, int]] = {}
    for unit, name, ceiling, own in balances.union(typed, all=True):
        before = found.get((unit, name), (0, 0))
        found[unit, name] = before[0] + int(ceiling), before[1] + int(own or 0)
    return found


def _plans(
    ceilings: TypedCeilings,
    fiscal_year: int,
    day: date | None,
    known: date | None,
    said: Sequence[Stated] | None = None,
) -> dict[int, UnitPlan]:
    units = {unit for unit, _type in ceilings}
    if said is None:
        said = stated(fiscal_year, units, day, known)
    months: dict[int, TypedMonths] = {unit: {} for unit in units}
    source = dict.fromkeys(units, EVEN)
    for row in said:
        if row.unit_id not in units:
            continue
        months[row.unit_id].setdefault(row.spending_type, {})[row.month] = row.rupiah
        source[row.unit_id] = row.source
    for (unit, spending_type), ceiling in ceilings.items():
        if source[unit] == EVEN:
            months[unit][spending_type] = even(ceiling)
    return {unit: UnitPlan(months[unit], source[unit]) for unit in units}
