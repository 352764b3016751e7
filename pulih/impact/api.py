"""Impact for programs: the counts of an area and the newest reports, without personal data."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.errors import HttpError

from pulih.areas.models import Area
from pulih.people.permissions import Permission, holds
from pulih.web.bounds import PageSize, RowKey

from . import reads
from .forms import ReportFilter
from .models import ImpactReport

router = Router(tags=["impact"])


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


class ReportOut(Schema):
    """The newest report of one firm; the firm is named by its id alone."""

    id: int
    enterprise: int
    province: int
    regency: int | None
    month: date
    status: str
    needs: list[str] | None
    obstacles: list[str] | None
    workers_hit: int | None
    severity: float | None
    terms: dict[str, float | None]
    formula_version: str


@router.get("/summary", response=SummaryOut)
def show_summary(request: HttpRequest, area: int | None = None) -> dict[str, Any]:
    """Return the counts of an area, one's own if none is named."""
    person = _person(request)
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


@router.get("/reports", response=list[ReportOut])
def list_reports(
    request: HttpRequest, after: RowKey = 0, size: PageSize = 100
) -> list[dict[str, Any]]:
    """List the newest reports by id, with the filters of the page."""
    form = ReportFilter(request.GET)
    if not form.is_valid():
        raise HttpError(422, str(form.errors.as_json()))
    rows = reads.filtered(_person(request), form.cleaned_data).filter(pk__gt=after)
    return [_out(report) for report in rows.order_by("id")[:size]]


def _person(request: HttpRequest) -> Any:
    person: Any = request.user
    if not holds(person, Permission.SEE_ENTERPRISES):
        raise HttpError(403, "Your role may not do this.")
    return person


def _out(report: ImpactReport) -> dict[str, Any]:
    fields = ("id", "month", "status", "needs", "obstacles", "workers_hit", "terms")
    return {name: getattr(report, name) for name in fields} | {
        "enterprise": report.enterprise_id,
        "province": report.province_id,
        "regency": report.regency_id,
        "formula_version": report.formula_version,
        "severity": None if report.severity is None else float(report.severity),
    }
