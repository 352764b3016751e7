"""Files of signed papers: bring them, and see what was found on each page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pulih.areas.models import Area
from pulih.common.errors import Refusal
from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.kept_files import attachment
from pulih.web.page import go_to, render_page, stop_polling

from .. import actions, jobs
from ..lists import FILES, WAITING
from ..lookups import opens_whole, pages_for
from ..models import FileState, PageState, ScanFile
from .shared import may_bring, said, shown


@require_safe
@permission_required(Permission.SEE_FILES)
def show_files(request: PersonRequest) -> HttpResponseBase:
    """List the files; whoever may bring some drops them here."""
    context = {"may_bring": may_bring(request)}
    return pages.answer(request, FILES, "scans/list.html", context=context)


@require_safe
@permission_required(Permission.SEE_FILES)
def show_waiting(request: PersonRequest) -> HttpResponseBase:
    """List the pages that wait for a hand."""
    return pages.answer(request, WAITING, "scans/waiting.html")


@require_POST
@permission_required(Permission.DELIVER_FILES)
def bring(request: PersonRequest) -> HttpResponseBase:
    """Take dropped files, one by one: a refused one does not keep the others out."""
    files, office = request.FILES.getlist("files"), request.user.home
    if not files or office is None:
        messages.error(request, _("Choose at least one file."))
        return go_to(request, reverse("scans:list"))
    taken = [made for file in files if (made := _take(request, file, office))]
    for one in taken:
        jobs.read_soon(one)
    if len(taken) == 1 == len(files):
        return go_to(request, reverse("scans:file", args=[taken[0].pk]))
    return go_to(request, reverse("scans:list"))


@require_safe
@permission_required(Permission.SEE_FILES)
def show_file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show what was found on each page of a file, or that it is being read."""
    rows = ScanFile.objects.visible_to(request.user)
    file: ScanFile = get_object_or_404(rows.select_related("brought_by"), pk=pk)
    found = pages_for(request.user).filter(file=file).select_related("paper").order_by("number")
    lines = [shown(one) for one in found]
    context = {
        "file": file,
        "pages": lines,
        "opens_whole": opens_whole(file, request.user),
        "hidden": file.pages.count() - len(lines),
        "waiting": sum(one["page"].state == PageState.WAITING for one in lines),
        "problem": file.problem_en if get_language() == "en" else file.problem_indonesian,
    }
    answer = render_page(request, "scans/file.html", "scans/_file.html", context)
    if file.state != FileState.WAITING and "HX-Request" in request.headers:
        answer.status_code = stop_polling()
    return answer


@require_safe
@permission_required(Permission.SEE_FILES)
def download(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Send a file as it was brought; it is written down who took it."""
    file: ScanFile = get_object_or_404(ScanFile.objects.visible_to(request.user), pk=pk)
    try:
        content = actions.open_file(file, by=request.user)
    except Refusal as refusal:
        raise Http404(refusal.message.en) from refusal
    return attachment(content, file.name)


def _take(request: PersonRequest, file: Any, office: Area) -> ScanFile | None:
    try:
        return actions.bring(file, office=office, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, said(refusal))
        return None
