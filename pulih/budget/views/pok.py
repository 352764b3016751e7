"""The POK as a document: lines in their tree with subtotals, as it can be sent again."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pulih.audit.actions import record
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds
from pulih.web.as_of import as_of
from pulih.web.exports import XLSX_TYPE

from ..documents.pok import sheets_of
from ..documents.pok_paper import pok_paper
from ..documents.pok_workbook import pok_workbook
from ..models import BudgetLine
from .years import asked_year


@require_safe
@permission_required(Permission.SEE_BUDGET)
def take_pok_out(request: PersonRequest) -> HttpResponseBase:
    """Answer with the POK of the units that the address names, of the days shown: `?format=pdf`."""
    if not holds(request.user, Permission.EXPORT):
        raise PermissionDenied
    seen = as_of(request)
    lines = BudgetLine.objects.visible_to(request.user)
    for name, field in (("unit", "unit_id"), ("province", "province_id")):
        if asked := request.GET.get(name, ""):
            lines = lines.filter(**{field: int(asked)}) if asked.isdecimal() else lines.none()
    sheets = sheets_of(lines.of_year(asked_year(request, lines)), seen, request.user)
    asked = request.GET.urlencode()
    record(request.user, "budget.export", request.user, what="pok", rows=len(sheets), asked=asked)
    units = {sheet.name[:6] for sheet in sheets}
    unit = f"-{units.pop()}" if len(units) == 1 else ""
    is_paper = request.GET.get("format") == "pdf"
    content, kind = (
        (pok_paper(sheets), "application/pdf") if is_paper else (pok_workbook(sheets), XLSX_TYPE)
    )
    name = f"pok{unit}{seen.suffix}.{'pdf' if is_paper else 'xlsx'}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
