"""The rows below lines as they stood: on a day, as they were known on another.

A line's rows are replaced all at once, and name the document that brought them; the history keeps
those that were replaced. So the rows of a day are the ones there are now, or those that the first
replacement after it took away.
When the first rows came the history does not tell; they count as known ever since.
"""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.apps import apps

from .models import BudgetLine, LineDetail
from .plan_history import Documents, end_of


def details_on(
    lines: Iterable[BudgetLine], day: date | None = None, known: date | None = None
) -> dict[int, list[Any]]:
    """Return the rows of each line in their order; lines without rows are left out.

    day None: as they are now.
    """
    by_id = {line.pk: line for line in lines}
    now = LineDetail.objects.filter(line__in=by_id).order_by("line_id", "position")
    found = {pk: list(rows) for pk, rows in groupby(now, lambda one: one.line_id)}
    if day is None:
        return found
    documents = Documents(day, {"unit_id__in": {line.unit_id for line in by_id.values()}})
    kept = apps.get_model("budget", "LineDetailEvent").objects.filter(line__in=by_id)
    newest_first = kept.order_by("line_id", "-pgh_created_at", "position")
    for pk, changes in groupby(newest_first, lambda one: one.line_id):
        for at, replaced in groupby(changes, lambda one: one.pgh_created_at):
            is_unknown = known is not None and at >= end_of(known)
            brought_by = found[pk][0].posting_id if pk in found else None
            if not (is_unknown or documents.still_to_come(brought_by)):
                break
            found[pk] = list(replaced)
    return found
