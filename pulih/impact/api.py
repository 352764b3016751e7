"""Impact for programs: the counts of an area and the newest reports, without personal data."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from pulih.areas.models import Area
from pulih.lists.programs import serve, serve_bare
from pulih.people.access import asked_by
from pulih.people.permissions import Permission

from . import reads
from .lists import REPORTS

router = Router(tags=["impact"])
serve(router, "/firms", REPORTS)
serve_bare(router, "/reports", REPORTS)


class CellOut(Schema):
    """One count, of an area or of a code."""

    code: str
    firms: int
    workers: int
    severity: float | None


class SummaryOut(Schema):
    """The counts of one area."""

    area: int
    as_of: date | None
    registered: int
    reporting: int
    total: CellOut
    areas: list[CellOut]
    by_dimension: dict[str, list[CellOut]]


@router.get("/summary", response=SummaryOut)
def show_summary(request: HttpRequest, area: int | None = None) -> dict[str, Any]:
    """Return the counts of an area, one's own if none is named."""
    person = asked_by(request, Permission.SEE_ENTERPRISES)
    place = get_object_or_404(Area, pk=area) if area else reads.home_of(person)
    if not person.covers(place):
        raise Http404
    found = reads.summary(person, place)
    return {
        "area": place.pk,
        "as_of": found.as_of,
        "registered": found.registered,
        "reporting": found.total.reporting,
        "total": found.total,
        "areas": found.areas,
        "by_dimension": found.by_dimension,
    }
