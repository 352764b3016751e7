"""The lists for programs: the rows that hold on a day, under the names of the CSV columns."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from .kinds import KINDS
from .reading import rows_on

router = Router(tags=["references"])


@router.get("/{slug}/", response=list[dict[str, Any]], summary="The rows of a list on a day")
def rows(request: HttpRequest, slug: str, on: date) -> list[dict[str, Any]]:
    """Lists: accounts, kbli, outputs, allowances, unit-costs, holidays.

    Provinces are named by their id.
    """
    if slug not in KINDS:
        raise Http404
    kind = KINDS[slug]
    names = [column.name for column in kind.shape.columns]
    return list(rows_on(kind, on).order_by(*kind.order).values(*names))
