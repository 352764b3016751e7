from functools import partial
from urllib.parse import parse_qsl

from django.http.response import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import is_valid_path, reverse
from django.views.decorators.http import require_GET, require_POST, require_safe

from pulih.common.errors import Refusal
from pulih.people.access import PersonRequest, permission_required
from pulih.people.opening import may_open
from pulih.people.permissions import Permission
from pulih.web.answers import carried_out, first_error
from pulih.web.as_of import as_of
from pulih.web.exports import FORMATS
from pulih.web.kept_files import attachment
from pulih.web.page import go_to, render_page

from . import finding, saved
from .downloads import open_file
from .forms import NameForm, SaveForm
from .models import Download, SavedView, State


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


@require_safe
def saved_views(request: PersonRequest) -> HttpResponseBase:
    """Show the views that the person named, by list, each to be opened, renamed or removed."""
    return _views_page(request)


@require_safe
def views_of(request: PersonRequest) -> HttpResponse:
    """Draw one's own views of a list and the form that keeps what it is asked, above its rows."""
    given = {key: request.GET.get(key, "").replace("\0", "") for key in ("list", "asked", "keys")}
    asked, days = dict(parse_qsl(given["asked"])), as_of(request).query
    keys = set(given["keys"].split(","))
    views, gone = saved.of_list(request.user, given["list"], asked, keys, days)
    is_saved = any(one.is_on for one in views)
    kept = "" if is_saved else request.GET.get("kept", "")
    return render(
        request, "lists/_views.html", {"views": views, "gone": ", ".join(gone), "kept": kept}
    )


def _views_page(request: PersonRequest, problem: str = "") -> HttpResponseBase:
    mine = SavedView.objects.visible_to(request.user).order_by("path", "name")
    spoken = request.LANGUAGE_CODE
    context = {
        "rows": [(one, one.title.in_language(spoken), _is_open(request, one.path)) for one in mine],
        "problem": problem,
    }
    return render_page(request, "lists/views.html", "lists/_saved.html", context)


def _is_open(request: PersonRequest, path: str) -> bool:
    """Tell whether there is such a page still, and whether the person's role opens it."""
    return bool(is_valid_path(path)) and may_open(request.user, path)


@require_POST
def save_view(request: PersonRequest) -> HttpResponseBase:
    """Keep what a list is asked under a name, and go back to it."""
    form = SaveForm(request.POST)
    if view := carried_out(form, partial(saved.save, by=request.user)):
        return go_to(request, view.address)
    context = {"form": form, "kept": request.POST.get("kept", "")}
    return render_page(request, "lists/save_view.html", "lists/_save_view.html", context)


@require_POST
def rename_view(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give a view another name."""
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    form = NameForm(request.POST)
    if carried_out(form, partial(saved.rename, view)):
        return go_to(request, reverse("lists:views"))
    return _views_page(request, first_error(form))


@require_POST
def remove_view(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Remove a view; the list itself stays as it is."""
    saved.remove(get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk))
    return go_to(request, reverse("lists:views"))
