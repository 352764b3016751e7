"""The DIPA as paper, pages I to IV, of the units that the address names."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pulih.audit.actions import record
from pulih.budget.cash_plan import plans_by_unit
from pulih.budget.models import BudgetLine, SpendingUnit
from pulih.budget.views.years import asked_year
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.as_of import as_of

from ..documents.dipa import dipa_of_units
from ..documents.page_three import UnitPage


@require_safe
@permission_required(Permission.SEE_BUDGET, Permission.EXPORT)
def take_dipa_out(request: PersonRequest) -> HttpResponseBase:
    """Answer with pages I to IV of each unit, of the days shown."""
    seen = as_of(request)
    lines = BudgetLine.objects.visible_to(request.user)
    for name, field in (("unit", "unit_id"), ("province", "province_id")):
        if asked := request.GET.get(name, ""):
            lines = lines.filter(**{field: int(asked)}) if asked.isdecimal() else lines.none()
    year = asked_year(request, lines)
    plans = plans_by_unit(lines, year, seen.day, seen.known)
    units = SpendingUnit.objects.filter(pk__in=plans).select_related("province").order_by("code")
    pages = [UnitPage(unit, *plans[unit.pk]) for unit in units]
    what = {"what": "dipa", "rows": len(pages), "asked": request.GET.urlencode()}
    record(request.user, "budget.export", request.user, **what)
    headers = {"Content-Disposition": f'attachment; filename="dipa{seen.suffix}.pdf"'}
    content = dipa_of_units(pages, year, seen, request.user)
    return HttpResponse(content, content_type="application/pdf", headers=headers)
