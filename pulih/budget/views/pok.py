"""The POK as a document: lines in their tree with subtotals, as it can be sent again."""

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pulih.lists.files import send_paper
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.as_of import as_of
from pulih.web.bounds import row_key

from ..documents.pok import sheets_of
from ..documents.pok_paper import pok_paper
from ..documents.pok_workbook import pok_workbook
from ..exporting import recorded_of
from ..models import BudgetLine
from .years import asked_year


@require_safe
@permission_required(Permission.SEE_BUDGET, Permission.EXPORT)
def take_pok_out(request: PersonRequest) -> HttpResponseBase:
    """Answer with the POK of the units that the address names, of the days shown: `?format=pdf`."""
    seen = as_of(request)
    lines = BudgetLine.objects.visible_to(request.user)
    for name, field in (("unit", "unit_id"), ("province", "province_id")):
        if asked := request.GET.get(name, ""):
            lines = lines.filter(**{field: row_key(asked)})
    sheets = sheets_of(lines.of_year(asked_year(request, lines)), seen, request.user)
    units = {sheet.name[:6] for sheet in sheets}
    unit = f"-{units.pop()}" if len(units) == 1 else ""
    is_paper = request.GET.get("format") == "pdf"
    make, kind = (pok_paper, "pdf") if is_paper else (pok_workbook, "xlsx")
    return send_paper(
        request, lambda: make(sheets), room="budget", key="pok", kind=kind,
        file_name=f"pok{unit}{seen.suffix}", rows=len(sheets), asked=recorded_of(request),
    )  # fmt: skip
