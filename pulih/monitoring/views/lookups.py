"""What pages look up: a unit, a province, a filing that this person may see, or 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from pulih.areas.models import Area
from pulih.budget.models import BudgetLine, SpendingUnit
from pulih.people.access import PersonRequest
from pulih.web.as_of import as_of

from ..clock import signing_day
from ..models import Filing
from ..reads import facts_of
from ..rules.facts import QuarterFacts
from ..rules.reports import MAKERS

YEARS = range(2005, 2101)


def unit_or_404(request: PersonRequest, pk: int, year: int) -> SpendingUnit:
    """Return a unit within this person's sight."""
    _check_year(year)
    units = SpendingUnit.objects.visible_to(request.user).select_related("province")
    unit: SpendingUnit = get_object_or_404(units, pk=pk)
    return unit


def facts_now(request: PersonRequest, unit: SpendingUnit, year: int, quarter: int) -> QuarterFacts:
    """Return what the reports of a unit say when seen on the days of the address."""
    signed = signing_day(request, unit.province)
    return facts_of(unit, year, quarter, known=as_of(request).known, signed=signed)


def province_or_404(request: PersonRequest, pk: int, year: int) -> Area:
    """Return a province of which this person sees budget lines of the year."""
    _check_year(year)
    lines = BudgetLine.objects.visible_to(request.user).filter(fiscal_year=year)
    provinces = Area.objects.filter(level="province", pk__in=lines.values("province"))
    return get_object_or_404(provinces, pk=pk)


def filing_or_404(request: PersonRequest, pk: int) -> Filing:
    filings = Filing.objects.visible_to(request.user)
    filing: Filing = get_object_or_404(
        filings.select_related("unit__province", "province", "filed_by"), pk=pk
    )
    return filing


def form_or_404(form: str) -> str:
    if form not in MAKERS:
        raise Http404(form)
    return form


def _check_year(year: int) -> None:
    if year not in YEARS:
        raise Http404(str(year))
