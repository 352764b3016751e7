"""The units that an address names, each with its plan, and the paper of them that goes out."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http.response import HttpResponseBase

from pulih.budget.cash_plan import plans_by_unit
from pulih.budget.exporting import recorded_of
from pulih.budget.models import BudgetLine, SpendingUnit
from pulih.budget.views.years import asked_year
from pulih.lists.files import send_paper
from pulih.people.access import PersonRequest
from pulih.web.as_of import AsOf, as_of
from pulih.web.bounds import row_key

from ..documents.page_three import UnitPage


@dataclass(frozen=True)
class AskedUnits:
    """pages: of the units in the order of their codes; seen: the days shown."""

    pages: list[UnitPage]
    year: int
    seen: AsOf


def asked_units(request: PersonRequest) -> AskedUnits:
    """Find what the address asks for: one unit, those of a province, or all within reach."""
    seen = as_of(request)
    lines = BudgetLine.objects.visible_to(request.user)
    for name, field in (("unit", "unit_id"), ("province", "province_id")):
        if asked := request.GET.get(name, ""):
            lines = lines.filter(**{field: row_key(asked)})
    year = asked_year(request, lines)
    plans = plans_by_unit(lines, year, seen.day, seen.known)
    units = SpendingUnit.objects.filter(pk__in=plans).select_related("province").order_by("code")
    return AskedUnits([UnitPage(unit, *plans[unit.pk]) for unit in units], year, seen)


def sent_as_paper(
    request: PersonRequest, name: str, asked: AskedUnits, make: Callable[[], bytes]
) -> HttpResponseBase:
    """Answer with a paper of the units. name: the kind of paper, in file names."""
    return send_paper(
        request, make, room="revisions", key=name, kind="pdf",
        file_name=f"{name}{asked.seen.suffix}",
        rows=len(asked.pages), asked=recorded_of(request),
    )  # fmt: skip
