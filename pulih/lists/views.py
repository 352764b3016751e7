from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_safe

from pulih.common.errors import Refusal
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.exports import FORMATS
from pulih.web.kept_files import attachment
from pulih.web.page import render_page

from . import finding
from .downloads import open_file
from .models import Download, State


@require_GET
def downloads(request: PersonRequest, problem: str = "") -> HttpResponseBase:
    """Show the files that one asked for: being made, ready, or why not."""
    mine, spoken = Download.objects.visible_to(request.user).order_by("-id"), request.LANGUAGE_CODE
    context = {
        "rows": [
            (one, one.title.in_language(spoken), one.problem.in_language(spoken)) for one in mine
        ],
        "is_waiting": any(one.state == State.WAITING for one in mine),
        "problem": problem,
    }
    return render_page(request, "lists/downloads.html", "lists/_downloads.html", context)


@require_GET
@permission_required(Permission.EXPORT)
def download(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give out one file, or say why it is not given out."""
    ready = Download.objects.visible_to(request.user).filter(state=State.READY)
    mine = get_object_or_404(ready, pk=pk)
    try:
        file = open_file(mine, by=request.user)
    except Refusal as refusal:
        response = downloads(request, refusal.message.in_language(request.LANGUAGE_CODE))
        response.status_code = 410
        return response
    content_type, _write = FORMATS[mine.file_name.rpartition(".")[2]]
    return attachment(file, mine.file_name, content_type)


@require_safe
def find(request: PersonRequest) -> HttpResponseBase:
    """Look for words in every list that takes part and that the person may see."""
    words = request.GET.get("q", "").replace("\0", "").strip()[: finding.LONGEST]
    is_asked = len(words) >= finding.SHORTEST
    parts = finding.parts(request, words) if is_asked else []
    context = {
        "words": words,
        "parts": parts,
        "suggestions": finding.suggestions(request, words) if is_asked and not parts else [],
        "is_asked": is_asked,
        "titles": finding.titles(request),
    }
    return render_page(request, "lists/find.html", "lists/_found.html", context)
