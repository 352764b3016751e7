"""Page III as it stood: on a day, as it was known on another.

The history keeps each row as it was until it was changed, and each row names the document that
moved it. So the plan of a day is the newest one with the later changes taken back: those recorded
after `known`, and those of documents that had not taken effect by `day`. When a plan was first
stated the history does not tell; it counts as known ever since.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Q

from pulih.common.periods import WIB

from .models import CashPlan, DocumentKind, Posting

MOVES_PLANS = (DocumentKind.REVISION, DocumentKind.POK)


class Documents:
    """The documents that moved plans or replaced rows, and do not count on a day yet."""

    def __init__(self, day: date, chosen: dict[str, Any]) -> None:
        """Read them with one query. chosen: of which units and years, as fields of Posting."""
        later = Posting.objects.filter(
            document_kind__in=MOVES_PLANS, effective_on__gt=day, **chosen
        )
        self.units = dict(later.values_list("id", "unit_id"))

    def still_to_come(self, posting_id: int | None) -> bool:
        """Tell whether what this document changed does not count yet; of none: it always does."""
        return posting_id in self.units


class Stated(NamedTuple):
    """What a unit plans to spend of one spending type in one month, in rupiah.

    source: who said. posting_id: the document that moved it.
    """

    unit_id: int
    spending_type: str
    month: int
    rupiah: int
    source: str
    posting_id: int | None


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
        documents = Documents(day, chosen)
        # Of other units nothing is taken back, and most have a history of the whole year.
        matters = Q(unit_id__in=sorted(set(documents.units.values())))
        if known is not None:
            matters |= Q(pgh_created_at__gte=end_of(known))
        kept = apps.get_model("budget", "CashPlanEvent").objects.filter(matters, **chosen)
        newest_first = kept.order_by("unit_id", "-pgh_created_at", "-pgh_id")
        for _unit, changes in groupby(newest_first, lambda one: one.unit_id):
            _take_back(rows, documents, changes, known)
    return list(rows.values())


def _take_back(
    rows: dict[int, Stated],
    documents: Documents,
    changes: Iterable[Any],
    known: date | None,
) -> None:
    """Take back, newest first, the changes of a unit's plan that the two days do not see."""
    for at, group in groupby(changes, lambda one: one.pgh_created_at):
        before = {each.pgh_obj_id: _said(each) for each in group}
        is_unknown = known is not None and at >= end_of(known)
        moved_by = [rows[pk].posting_id for pk in before if pk in rows]
        if not (is_unknown or any(map(documents.still_to_come, moved_by))):
            return
        rows |= before


def _said(row: Any) -> Stated:
    return Stated(row.unit_id, row.spending_type, row.month, row.rupiah, row.source, row.posting_id)


def end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), WIB)
