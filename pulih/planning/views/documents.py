"""Downloads: the matrix, a plan's lines, the case and the plan as public tables."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from pulih.audit.actions import record
from pulih.budget.models import SpendingUnit
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.revisions.documents.books import Book
from pulih.revisions.documents.flat import HEADS, flat_rows
from pulih.revisions.documents.paper import paper
from pulih.revisions.documents.workbook import workbook
from pulih.web.exports import XLSX_TYPE, About, csv_response, xlsx_response
from pulih.web.page import render_page

from ..documents.matrices import book_of
from ..models import Scenario, Solution
from .found import province_rows, scenario_or_404, with_plan_or_404

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
    asked = request.GET.get("format", "")
    if asked not in ("xlsx", "pdf", "csv"):
        context = {"scenario": scenario, "book": book, "units": _units(scenario)}
        return render_page(request, "planning/matrix.html", "planning/_matrix.html", context)
    record(request.user, "planning.export", scenario, format=asked, unit=unit and unit.pk)
    name = f"matriks-{scenario.pk}{'-' + unit.code if unit else ''}.{asked}"
    return _sent(request, book, asked, name)


def _sent(request: PersonRequest, book: Book, asked: str, name: str) -> HttpResponseBase:
    if asked == "csv":
        return csv_response(name, HEADS, flat_rows(book), _about(request, book))
    if asked == "pdf":
        return _file(paper(book), "application/pdf", name)
    return _file(workbook(book), XLSX_TYPE, name)


def _about(request: PersonRequest, book: Book) -> About:
    day = timezone.localdate()
    return About(
        f"Matriks Semula–Menjadi: {book.title}", str(request.user), day, timezone.now(),
        filters=" · ".join(book.about[1:]),
    )  # fmt: skip


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
    record(request.user, "planning.export", scenario, format="provinces")
    about = About(
        f"Sebelum dan sesudah per provinsi: {scenario}", str(request.user), scenario.as_of,
        timezone.now(),
    )  # fmt: skip
    name = f"skenario-{pk}-provinsi"
    if request.GET.get("format") == "xlsx":
        return xlsx_response(f"{name}.xlsx", PROVINCE_HEADS, rows, about)
    return csv_response(f"{name}.csv", PROVINCE_HEADS, rows, about)


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
    record(request.user, "planning.export", scenario, format=f"{what}.zip")
    content = bytes(getattr(solution.archive, what))
    name = {"case": "kasus", "plan": "rencana"}[what]
    return _file(content, "application/zip", f"{name}-{pk}.zip")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
