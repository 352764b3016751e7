"""Absorption against page III: the two curves, how far behind, and where the year may end.

The forecast compares with finished years if there are enough of them, else with the earlier months
of every unit this year. Only the ratios of paces leave this module, never another unit's figures.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Sum
from django.db.models.functions import ExtractMonth, ExtractYear

from pulih.people.scope import speaking_as_system

from ..cash_plan import planned_by_month, sources_of
from ..models import AmountKind, BudgetLine, Entry
from ..models.lines import BudgetLineQuerySet
from ..plan_history import Stated
from ..plan_history import stated as plans_stated
from ..rules import forecast
from ..rules.amounts import Amounts
from ..rules.forecast import MONTHS, Band, Lag, Risk, Track

Months = dict[int, int]


@dataclass(frozen=True)
class Absorption:
    """What was planned and paid by `day`, and what that leads to. stated: units with a page III."""

    day: date
    track: Track
    lag: Lag | None
    band: Band | None
    risk: Risk
    stated: int
    units: int
    from_years: bool  # The band rests on finished years, not on this year's units.

    @property
    def planned_until(self) -> list[float]:
        """Return the plan's sum at the end of each month."""
        return [sum(self.track.planned[: month + 1]) for month in range(MONTHS)]

    @property
    def paid_until(self) -> list[int]:
        """Return what was paid by the end of each month so far, and by the day itself."""
        return [sum(self.track.paid[: month + 1]) for month in range(len(self.track.paid))]

    @property
    def is_late(self) -> bool:
        """Tell whether it is behind its plan by more than a rounding."""
        return self.lag is not None and self.lag.points >= 0.05


def absorption(
    lines: BudgetLineQuerySet, year: int, whole: Amounts, day: date, known: date | None = None
) -> Absorption:
    """Return the absorption of `lines`, whose amounts on `day` are `whole`."""
    day = min(max(day, date(year, 1, 1)), date(year, 12, 31))
    units = set(lines.order_by().values_list("unit_id", flat=True).distinct())
    with speaking_as_system():  # Once for the units' own plans and for those of all others.
        said = plans_stated(year, None, day, known)
        stated = len(units & {row.unit_id for row in said})
        ratios, from_years = _comparisons(year, day, known, said) if stated else ([], False)
    paid = _months_of(_paid_by(lines, "unit_id", day, known).values(), day.month)
    planned = planned_by_month(lines, year, day, known, said) if stated else {}
    track = Track(
        tuple(planned.get(month, 0) for month in range(1, MONTHS + 1)),
        paid,
        whole.ceiling,
        whole.ceiling - whole.blocked,
    )
    band = forecast.forecast(track, day, ratios)
    return Absorption(
        day,
        track,
        forecast.lag(track, day),
        band,
        forecast.risk(band, whole.ceiling),
        stated,
        len(units),
        from_years,
    )


def lags_by(
    lines: BudgetLineQuerySet,
    key: str,
    year: int,
    amounts: dict[Any, Amounts],
    day: date,
    known: date | None = None,
) -> dict[Any, Lag]:
    """Return how far each area or unit is behind; key: province_id or unit_id.

    Those of whom some unit has no page III are left out: half a plan would say they are ahead.
    """
    day = min(max(day, date(year, 1, 1)), date(year, 12, 31))
    units = dict(lines.order_by().values_list("unit_id", key).distinct())
    stated = sources_of(list(units), year)
    partial = {place for unit, place in units.items() if unit not in stated}
    found = {}
    for place, planned in _planned_by(units, plans_stated(year, units, day, known)).items():
        if place in partial or place not in amounts:
            continue
        one = amounts[place]
        track = Track(_months_of([planned], MONTHS), (one.realised,), one.ceiling, one.ceiling)
        if behind := forecast.lag(track, day):
            found[place] = behind
    return found


def comparisons(year: int, day: date, known: date | None = None) -> tuple[list[float], bool]:
    """Return how paces changed elsewhere, and whether that was seen in finished years."""
    with speaking_as_system():
        return _comparisons(year, day, known, plans_stated(year, None, day, known))


def _comparisons(
    year: int, day: date, known: date | None, said: Sequence[Stated]
) -> tuple[list[float], bool]:
    finished = _finished_before(year, known)
    months = day.month if (day + timedelta(days=1)).month != day.month else day.month - 1
    split = min(max(months, 1), MONTHS - 1)
    ratios = forecast.errors(finished, split)
    if len(ratios) >= forecast.FEWEST:
        return ratios, True
    return forecast.errors(_tracks_of(year, day, known, months, said)), False


def _finished_before(year: int, known: date | None) -> list[Track]:
    years = BudgetLine.objects.filter(fiscal_year__lt=year).order_by()
    earlier = years.values_list("fiscal_year", flat=True).distinct()
    ends = {one: date(one, 12, 31) for one in earlier}
    return [
        track
        for one, end in ends.items()
        for track in _tracks_of(one, end, known, MONTHS, plans_stated(one, None, end, known))
    ]


def _tracks_of(
    year: int, day: date, known: date | None, months: int, said: Sequence[Stated]
) -> list[Track]:
    """Return the whole months so far of every unit that stated a page III."""
    lines = BudgetLine.objects.of_year(year)
    paid, planned = _paid_by(lines, "unit_id", day, known), _planned_by(None, said)
    return [
        Track(_months_of([plan], MONTHS), _months_of([paid.get(unit, {})], months), 0, 0)
        for unit, plan in sorted(planned.items())
    ]


def _paid_by(
    lines: BudgetLineQuerySet, key: str, day: date, known: date | None
) -> dict[Any, Months]:
    """Return what was paid by `day`, month by month; what was paid before its year is January's."""
    entries = Entry.objects.filter(
        line__in=lines.order_by().values("pk"),
        amount_kind=AmountKind.REALISATION,
        effective_on__lte=day,
    )
    sums = (
        entries.known_by(known)
        .order_by()
        .annotate(
            place=F(f"line__{key}"),
            year=ExtractYear("effective_on"),
            month=ExtractMonth("effective_on"),
        )
        .values_list("place", "year", "month")
        .annotate(total=Sum("rupiah"))
    )
    found: dict[Any, Months] = defaultdict(lambda: defaultdict(int))
    for place, year, month, rupiah in sums:
        found[place][month if year == day.year else 1] += int(rupiah)
    return found


def _planned_by(place_of: dict[int, Any] | None, said: Iterable[Stated]) -> dict[Any, Months]:
    """Return the stated plans by place; place_of: that of each unit, None takes units as places."""
    found: dict[Any, Months] = defaultdict(lambda: defaultdict(int))
    for row in said:
        place = row.unit_id if place_of is None else place_of[row.unit_id]
        found[place][row.month] += row.rupiah
    return found


def _months_of(parts: Iterable[Months], months: int) -> tuple[int, ...]:
    every = list(parts)
    return tuple(sum(part.get(month, 0) for part in every) for month in range(1, months + 1))
