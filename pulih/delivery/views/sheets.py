"""Sheets to sign: giving one its code, and printing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pulih.common.errors import Refusal
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, require
from pulih.web.kept_files import made_file
from pulih.web.page import go_to
from pulih.web.words import say

from ..actions.sheets import prepare
from ..clock import day_in, now
from ..documents.sheets import pdf, values
from ..documents.workbook import workbook
from ..reads.sheets import AS_WORKBOOK, KINDS, Sheet, sheet_or_404


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def prepare_sheet(request: PersonRequest, kind: str, pk: int) -> HttpResponseBase:
    """Give a sheet its code and go to its print."""
    sheet = _sheet(request, kind, pk)
    today = day_in(sheet.activity.province_id, now(request))
    try:
        prepare(sheet, by=request.user, today=today)
    except Refusal as refusal:
        messages.error(request, say(refusal.message))
        return go_to(request, _page_of(sheet))
    return go_to(request, reverse("delivery:sheet", args=[kind, pk]))


@require_safe
@permission_required(Permission.RUN_ACTIVITIES)
def show_sheet(request: PersonRequest, kind: str, pk: int) -> HttpResponseBase:
    """Answer a sheet that has its code as PDF; the office prints it, for it names everybody."""
    sheet = _printed(request, kind, pk)
    return made_file(pdf(sheet), f"{kind}-{pk}.pdf", shown=True)


@require_safe
@permission_required(Permission.RUN_ACTIVITIES)
def show_workbook(request: PersonRequest, kind: str, pk: int) -> HttpResponseBase:
    """Answer a sheet that names no participant as a workbook, to go on working with."""
    sheet = _printed(request, kind, pk)
    if kind not in AS_WORKBOOK:
        raise Http404
    return made_file(workbook(values(sheet)), f"{kind}-{pk}.xlsx")


def _printed(request: PersonRequest, kind: str, pk: int) -> Sheet:
    """Return a sheet whose code was given for what it says now, or 404."""
    sheet = _sheet(request, kind, pk)
    require(request.user, Permission.RUN_ACTIVITIES, sheet.place)
    if not sheet.is_current:
        raise Http404
    return sheet


def _sheet(request: PersonRequest, kind: str, pk: int) -> Sheet:
    if kind not in KINDS:
        raise Http404
    return sheet_or_404(request.user, kind, pk)


def _page_of(sheet: Sheet) -> str:
    if sheet.cohort:
        return reverse("delivery:cohort", args=[sheet.cohort.pk])
    page = "delivery:goods" if sheet.item else "delivery:activity"
    return reverse(page, args=[sheet.activity.pk])
