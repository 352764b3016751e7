"""Page III as a sheet: taken out for the days shown, and read into its form, not yet saved."""

import tempfile
from pathlib import Path
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from pulih.budget.actions.cash_plans import ceilings_by_type, unequal
from pulih.budget.exporting import export
from pulih.budget.models import SpendingUnit
from pulih.budget.rules.months import MONTHS
from pulih.common.errors import Refusal
from pulih.intake import in_child
from pulih.lists.files import wants_file
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, require
from pulih.web.page import go_to
from pulih.web.words import say

from ..documents.page_three import NAMES, TYPES, UnitPage, page_three
from ..forms import PlanSheetForm
from ..rules.plan_sheet import PlanSheet, plan_of_sheets
from .asked_units import asked_units, sent_as_paper
from .cash_plans import cash_plan_page

EXPORT_HEADINGS = (
    "Kode Satker", "Nama Satker", "Provinsi", "Tahun Anggaran", "Jenis Belanja", "Uraian", "Pagu",
    *NAMES, "Jumlah", "Asal rencana",
)  # fmt: skip


@require_safe
@permission_required(Permission.SEE_BUDGET, Permission.EXPORT)
def take_plans_out(request: PersonRequest) -> HttpResponseBase:
    """Answer with page III of the units that the address names: as it can be read again, or PDF."""
    is_paper = request.GET.get("format") == "pdf"
    if not (is_paper or wants_file(request)):
        return go_to(request, reverse("budget:summary"))
    asked = asked_units(request)
    if is_paper:
        return sent_as_paper(
            request,
            "halaman-iii",
            asked,
            lambda: page_three(asked.pages, asked.year, asked.seen, request.user),
        )
    rows = [row for page in asked.pages for row in _rows(page, asked.year)]
    title = f"Halaman III DIPA {asked.year}"
    return export(request, "revisions", "halaman-iii", title, EXPORT_HEADINGS, rows)


def _rows(page: UnitPage, year: int) -> list[Any]:
    unit, plan, ceilings = page.unit, page.plan, page.ceilings
    return [
        (
            unit.code, unit.name, str(unit.province), year, name, TYPES.get(name, ""),
            ceilings.get(name, 0), *(months.get(month, 0) for month in MONTHS),
            sum(months.values()), plan.words,
        )
        for name, months in sorted(plan.months.items())
        if ceilings.get(name) or any(months.values())
    ]  # fmt: skip


@require_http_methods(["GET", "POST"])
@permission_required(Permission.REVISE_BUDGET)
def read_plan_sheet(request: PersonRequest, pk: int, year: int) -> HttpResponseBase:
    """Read a sheet into the form of page III, beside what stands there; nothing is saved by it."""
    units = SpendingUnit.objects.visible_to(request.user).select_related("province")
    unit: SpendingUnit = get_object_or_404(units, pk=pk)
    require(request.user, Permission.REVISE_BUDGET, unit.province)
    if request.method == "GET":
        return go_to(request, reverse("revisions:cash-plan", args=[pk, year]))
    upload = PlanSheetForm(request.POST, request.FILES)
    if not upload.is_valid():
        return cash_plan_page(request, unit, year, upload=upload)
    try:
        sheet = _read(upload.cleaned_data["file"], unit, year)
    except Refusal as refusal:
        upload.add_error("file", say(refusal.message))
        return cash_plan_page(request, unit, year, upload=upload)
    strange = sorted(set(sheet.months) - set(ceilings_by_type(unit, year)))
    if sheet.faults:
        return cash_plan_page(request, unit, year, upload=upload, faults=_told(sheet))
    odd = [say(message) for message in unequal(sheet.months, ceilings_by_type(unit, year))]
    if strange:
        return cash_plan_page(request, unit, year, upload=upload, faults=[("", one) for one in odd])
    return cash_plan_page(request, unit, year, upload=upload, sheet=sheet, odd=odd)


def _read(file: Any, unit: SpendingUnit, year: int) -> PlanSheet:
    """Read the file from a place of its own, which is gone when it was read. May refuse."""
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / (Path(file.name).name or "berkas")
        with path.open("wb") as kept:
            for piece in file.chunks():
                kept.write(piece)
        return plan_of_sheets(in_child.sheets(path), unit.code, year)


def _told(sheet: PlanSheet) -> list[tuple[str, str]]:
    return [(one.cell, say(one.message)) for one in sheet.faults]
