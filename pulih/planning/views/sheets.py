"""The sheet before and after by account, measure and province, as a page and as a file, with what
a plan breaks of the rules of composition.
"""

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pulih.lists.files import send
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.page import go_to, render_page

from .. import actions
from ..models import State
from ..shown.composition import broken_shown
from ..shown.sheets import sheet_of
from .lookups import with_plan_or_404

HEADS = (
    "menurut", "kode", "nama", "semula", "menjadi", "tambah_kurang", "potong_rata", "perhatian",
)  # fmt: skip


@require_safe
@permission_required(Permission.SEE_SCENARIOS)
def sheet(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show what a plan does to each account, measure and province, with what looks odd."""
    found = with_plan_or_404(request, pk)
    is_open = found.state == State.SOLVED
    context = {
        "scenario": found,
        "parts": sheet_of(found, request.user),
        "breaks": broken_shown(found, request.user),
        "may_explain": is_open and may(request.user, Permission.PLAN, None),
    }
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


@require_POST
@permission_required(Permission.PLAN)
def explain_composition(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Keep why a plan breaks a rule of composition."""
    found = with_plan_or_404(request, pk)
    rule, measure, reason = (
        request.POST.get(name, "").replace("\x00", "") for name in ("rule", "measure", "reason")
    )
    actions.explain_composition(found, rule, measure, reason, by=request.user)
    return go_to(request, reverse("planning:sheet", args=[pk]) + "#composition")
