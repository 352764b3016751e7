"""What delivery has recorded of a unit's outputs: a suggestion for the form, typed by nobody twice.

Only a person's saving makes it progress. People count once their training is over and they have
completed it; goods once their receiver has counted them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from pulih.budget.models import SpendingUnit
from pulih.delivery.models import Activity, Cohort, Move, MoveKind
from pulih.delivery.reads.attendance import of_cohorts
from pulih.delivery.reads.payments import money_by_line, promise_of
from pulih.delivery.rules.completion import PASSED

from .ledger import part_of
from .models import ActivityTarget
from .rules import quarters
from .rules.facts import Part

PEOPLE = {"orang", "peserta", "ikm", "wub", "wirausaha", "pelaku usaha"}


@dataclass(frozen=True)
class Suggestion:
    """volume: reached by the quarter's end, in what the target is measured in. activities: of."""

    volume: int
    activities: int


def suggestions(unit: SpendingUnit, fiscal_year: int, quarter: int) -> Mapping[Part, Suggestion]:
    """What delivery says of outputs with a target; those it says nothing of are absent."""
    end = quarters.last_day(fiscal_year, quarter)
    by_part = _activities(unit, fiscal_year, end)
    targets = ActivityTarget.objects.filter(unit=unit, fiscal_year=fiscal_year)
    found = {}
    for one in targets:
        part = Part(one.programme, one.activity, one.output)
        activities = by_part.get(part, [])
        volume = _volume(activities, one.measured_in.strip().casefold(), end)
        if volume is not None:
            found[part] = Suggestion(volume, len(activities))
    return found


def _activities(unit: SpendingUnit, fiscal_year: int, end: date) -> dict[Part, list[Activity]]:
    """The activities that are over, by the output whose lines hold most of their money."""
    found: dict[Part, list[Activity]] = defaultdict(list)
    rows = Activity.objects.filter(
        unit=unit, ends_on__year=fiscal_year, ends_on__lte=end
    ).select_related("proposal")
    for one in rows.order_by("pk"):
        promise = promise_of(one)
        if promise is None:
            continue
        sums: Counter[Part] = Counter()
        for held in money_by_line(promise):
            sums[part_of(held.line)] += held.promised
        if sums:
            found[max(sums, key=lambda part: (sums[part], part))].append(one)
    return found


def _volume(activities: Iterable[Activity], measured_in: str, end: date) -> int | None:
    several = list(activities)
    if not several:
        return None
    if measured_in in PEOPLE:
        return sum(_completed(one) for one in several)
    moves = Move.objects.filter(
        item__activity__in=several, day__lte=end, item__unit__iexact=measured_in,
    )  # fmt: skip
    counted = {
        kind: moves.filter(kind=kind).aggregate(total=Sum("quantity"))["total"]
        for kind in (MoveKind.RECEIVED, MoveKind.UNRECEIVED)
    }
    if counted[MoveKind.RECEIVED] is None:
        return None
    return int(counted[MoveKind.RECEIVED] - (counted[MoveKind.UNRECEIVED] or 0))


def _completed(activity: Activity) -> int:
    cohorts = list(Cohort.objects.filter(activity=activity))
    return sum(
        line.completion.outcome == PASSED
        for attendance in of_cohorts(activity, cohorts).values()
        for line in attendance.lines
    )
