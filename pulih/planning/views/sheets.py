"""The sheet before and after by account, measure and province, as a page and as a file."""

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pulih.lists.files import send
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.page import render_page

from ..shown.sheets import sheet_of
from .found import with_plan_or_404

HEADS = (
    "menurut", "kode", "nama", "semula", "menjadi", "tambah_kurang", "potong_rata", "perhatian",
)  # fmt: skip


@require_safe
@permission_required(Permission.SEE_SCENARIOS)
def sheet(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show what a plan does to each account, measure and province, with what looks odd."""
    found = with_plan_or_404(request, pk)
    context = {"scenario": found, "parts": sheet_of(found, request.user)}
    return render_page(request, "planning/sheet.html", "planning/_sheet.html", context)


@require_safe
@permission_required(Permission.SEE_SCENARIOS, Permission.EXPORT)
def sheet_export(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Send the same as XLSX or CSV, the three tables below one another."""
    found = with_plan_or_404(request, pk)
    rows = [
        (
            part.title, one.row.code, one.name, one.row.before, one.row.after, one.row.change,
            one.row.even, "; ".join(one.odd),
        )
        for part in sheet_of(found, request.user)
        for one in part.rows
    ]  # fmt: skip
    return send(
        request, room="planning", key="sheet",
        title=f"Semula–menjadi per akun, langkah, dan provinsi: {found}",
        file_name=f"skenario-{pk}-lembar", heads=HEADS, rows=rows,
        subject=found, day=found.as_of,
    )  # fmt: skip
