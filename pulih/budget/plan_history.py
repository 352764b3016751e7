"""Page III as it stood: on a day, as it was known on another.

The history keeps each row as it was until it was changed, so the plan of a day is the newest one
with the later changes taken back: those recorded after `known`, and those of revisions and POK
sheets that had not taken effect by `day`. When a plan was first stated the history does not tell;
it counts as known ever since.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Q

from pulih.common.periods import WIB

from .models import CashPlan, DocumentKind, PlanSource, Posting

MOVES_PLANS = (DocumentKind.REVISION, DocumentKind.POK)
LONGEST_STEP = timedelta(minutes=10)  # Of one transaction, from its start to its postings.


class Documents:
    """Which documents moved the plans and the rows of units, and from when each counts."""

    def __init__(self, chosen: dict[str, Any]) -> None:
        """Read them all with one query. chosen: of which units and years, as fields of Posting."""
        posted = Posting.objects.filter(document_kind__in=MOVES_PLANS, **chosen)
        rows = posted.order_by("recorded_at").values_list(
            "unit_id", "fiscal_year", "recorded_at", "effective_on"
        )
        self.posted: dict[tuple[int, int], list[tuple[datetime, date]]] = defaultdict(list)
        for unit, year, recorded_at, effective_on in rows:
            self.posted[unit, year].append((recorded_at, effective_on))

    def counts_from(self, unit: int, fiscal_year: int, at: datetime) -> date:
        """Return from when a change counts: its document was posted in the same step."""
        found = self.posted[unit, fiscal_year]
        place = bisect_left(found, (at, date.min))
        is_of_step = place < len(found) and found[place][0] <= at + LONGEST_STEP
        return found[place][1] if is_of_step else date.min

    def still_to_come(self, day: date) -> list[int]:
        """Return the units of which some document counts from a later day only."""
        return sorted(
            {unit for (unit, _year), found in self.posted.items() if any(d > day for _, d in found)}
        )


class Stated(NamedTuple):
    """What a unit plans to spend of one spending type in one month, in rupiah; source: who said."""

    unit_id: int
    spending_type: str
    month: int
    rupiah: int
    source: str


def stated(
    fiscal_year: int,
    units: Iterable[int] | None = None,
    day: date | None = None,
    known: date | None = None,
) -> list[Stated]:
    """Return the stated plans of a year; of `units`, or all. day None: as they are now."""
    chosen: dict[str, Any] = {"fiscal_year": fiscal_year}
    if units is not None:
        chosen["unit_id__in"] = list(units)
    rows = {row.pk: _said(row) for row in CashPlan.objects.filter(**chosen).order_by("id")}
    if day is not None:
        documents = Documents(chosen)
        # Of other units nothing is taken back, and most have a history of the whole year.
        matters = Q(unit_id__in=documents.still_to_come(day))
        if known is not None:
            matters |= Q(pgh_created_at__gte=end_of(known))
        kept = apps.get_model("budget", "CashPlanEvent").objects.filter(matters, **chosen)
        newest_first = kept.order_by("unit_id", "-pgh_created_at", "-pgh_id")
        for _unit, changes in groupby(newest_first, lambda one: one.unit_id):
            _take_back(rows, documents, changes, day, known)
    return list(rows.values())


def _take_back(
    rows: dict[int, Stated],
    documents: Documents,
    changes: Iterable[Any],
    day: date,
    known: date | None,
) -> None:
    """Take back, newest first, the changes of a unit's plan that the two days do not see."""
    for at, group in groupby(changes, lambda one: one.pgh_created_at):
        one, *others = group
        before = {each.pgh_obj_id: _said(each) for each in (one, *others)}
        is_moved = any(pk in rows and rows[pk].source == PlanSource.REVISION for pk in before)
        is_unknown = known is not None and at >= end_of(known)
        counts_from = documents.counts_from(one.unit_id, one.fiscal_year, at)
        if not (is_unknown or (is_moved and counts_from > day)):
            return
        rows |= before


def _said(row: Any) -> Stated:
    return Stated(row.unit_id, row.spending_type, row.month, row.rupiah, row.source)


def end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), WIB)
