"""Downloads: the matrix, a plan's lines, the case and the plan as public tables."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from pulih.budget.models import SpendingUnit
from pulih.lists.files import send, send_paper
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.revisions.views.matrix_files import FORMATS, sent_matrix
from pulih.web.page import render_page

from ..documents.matrices import book_of
from ..documents.meeting import meeting_of
from ..documents.meeting_paper import paper
from ..documents.meeting_workbook import workbook
from ..models import Scenario, Solution
from .lookups import broken_promises, province_rows, scenario_or_404, with_plan_or_404

PROVINCE_HEADS = (
    "kode", "provinsi", "semula", "menjadi", "tambah_kurang", "terikat", "cakupan_semula",
    "cakupan_menjadi", "baris", "baris_berubah", "baris_baru", "ditahan",
)  # fmt: skip


@require_safe
@permission_required(Permission.SEE_SCENARIOS, Permission.EXPORT)
def matrix(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Offer the matrix, or send it: `?format=xlsx|pdf|csv`, `?unit=` for one spending unit."""
    scenario = with_plan_or_404(request, pk)
    unit = _unit(request, scenario)
    book = book_of(scenario, request.user, unit)
    if request.GET.get("format", "") not in FORMATS:
        context = {"scenario": scenario, "book": book, "units": _units(scenario)}
        return render_page(request, "planning/matrix.html", "planning/_matrix.html", context)
    name = f"matriks-{scenario.pk}{'-' + unit.code if unit else ''}"
    filters = " · ".join(book.about[1:])
    of_unit = {"unit": str(unit.pk)} if unit else {}
    return sent_matrix(request, book, "planning", name, scenario, filters, **of_unit)


def _unit(request: PersonRequest, scenario: Scenario) -> SpendingUnit | None:
    asked = request.GET.get("unit", "")
    return get_object_or_404(_units(scenario), code=asked) if asked else None


def _units(scenario: Scenario) -> Any:
    used = scenario.solution.line_rows.values("unit_id")
    return (
        SpendingUnit.objects.filter(pk__in=used)
        .select_related("province")
        .order_by("province__sort_key", "code")
    )


@require_safe
@permission_required(Permission.SEE_SCENARIOS, Permission.EXPORT)
def meeting(request: PersonRequest, pk: int) -> HttpResponse:
    """Send the sheet of a plan for the meeting as PDF, or as XLSX: `?format=xlsx`."""
    scenario = with_plan_or_404(request, pk)
    kind = "xlsx" if request.GET.get("format") == "xlsx" else "pdf"
    make = workbook if kind == "xlsx" else paper

    def made() -> bytes:
        provinces, broken = province_rows(request, scenario), broken_promises(request, scenario)
        return make(meeting_of(scenario, provinces, broken, request.user))

    return send_paper(
        request, made, room="planning", key="meeting", kind=kind,
        file_name=f"lembar-rapat-{pk}", subject=scenario,
    )  # fmt: skip


@require_safe
@permission_required(Permission.SEE_SCENARIOS, Permission.EXPORT)
def lines_export(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Send the table of provinces before and after as XLSX or CSV."""
    scenario = with_plan_or_404(request, pk)
    rows = [
        (
            row.code, row.province.name, row.before, row.after, row.change, row.bound,
            row.coverage_before, row.coverage_after, row.lines, row.changed, row.new_lines,
            row.held,
        )
        for row in province_rows(request, scenario)
    ]  # fmt: skip
    return send(
        request, room="planning", key="provinces",
        title=f"Sebelum dan sesudah per provinsi: {scenario}",
        file_name=f"skenario-{pk}-provinsi", heads=PROVINCE_HEADS, rows=rows,
        subject=scenario, day=scenario.as_of,
    )  # fmt: skip


@require_safe
@permission_required(Permission.SEE_SCENARIOS, Permission.EXPORT)
def case_zip(request: PersonRequest, pk: int) -> HttpResponse:
    """Send the case that was solved, as `pulih refocus` reads it."""
    return _archive(request, pk, "case")


@require_safe
@permission_required(Permission.SEE_SCENARIOS, Permission.EXPORT)
def plan_zip(request: PersonRequest, pk: int) -> HttpResponse:
    """Send what the solver answered, as `pulih refocus` writes it."""
    return _archive(request, pk, "plan")


def _archive(request: PersonRequest, pk: int, what: str) -> HttpResponse:
    scenario = scenario_or_404(request, pk)
    solution = get_object_or_404(Solution, scenario=scenario)
    name = {"case": "kasus", "plan": "rencana"}[what]
    return send_paper(
        request, lambda: bytes(getattr(solution.archive, what)), room="planning", key=what,
        kind="zip", file_name=f"{name}-{pk}", subject=scenario,
    )  # fmt: skip
