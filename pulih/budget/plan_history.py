"""Page III as it stood: on a day, as it was known on another.

The history keeps each row as it was until it was changed, so the plan of a day is the newest one
with the later changes taken back: those recorded after `known`, and those of revisions and POK
sheets that had not taken effect by `day`. When a plan was first stated the history does not tell;
it counts as known ever since.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.apps import apps

from pulih.common.periods import WIB

from .models import CashPlan, DocumentKind, PlanSource, Posting

MOVES_PLANS = (DocumentKind.REVISION, DocumentKind.POK)
LONGEST_STEP = timedelta(minutes=10)  # Of one transaction, from its start to its postings.


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
        kept = apps.get_model("budget", "CashPlanEvent").objects.filter(**chosen)
        newest_first = kept.order_by("unit_id", "-pgh_created_at", "-pgh_id")
        for unit, changes in groupby(newest_first, lambda one: one.unit_id):
            _take_back(rows, unit, fiscal_year, changes, day, known)
    return list(rows.values())


def _take_back(
    rows: dict[int, Stated],
    unit: int,
    fiscal_year: int,
    changes: Iterable[Any],
    day: date,
    known: date | None,
) -> None:
    """Take back, newest first, the changes of a unit's plan that the two days do not see."""
    for at, group in groupby(changes, lambda one: one.pgh_created_at):
        before = {one.pgh_obj_id: _said(one) for one in group}
        is_moved = any(pk in rows and rows[pk].source == PlanSource.REVISION for pk in before)
        is_unknown = known is not None and at >= end_of(known)
        if not (is_unknown or (is_moved and takes_effect(unit, fiscal_year, at) > day)):
            return
        rows |= before


def takes_effect(unit: int, fiscal_year: int, at: datetime) -> date:
    """Return from when the document counts that moved a plan: it was posted in the same step."""
    posted = Posting.objects.filter(
        unit=unit,
        fiscal_year=fiscal_year,
        document_kind__in=MOVES_PLANS,
        recorded_at__range=(at, at + LONGEST_STEP),
    )
    found = posted.order_by("recorded_at").values_list("effective_on", flat=True).first()
    return found or date.min


def _said(row: Any) -> Stated:
    return Stated(row.unit_id, row.spending_type, row.month, row.rupiah, row.source)


def end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), WIB)
