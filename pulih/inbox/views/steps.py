"""What an office does with a file it delivered: explain, take back, stop, withdraw, restore."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pulih.areas.models import Area
from pulih.common.errors import Refusal
from pulih.inbox import actions, jobs, understood
from pulih.inbox.decisions import WITHDRAWING
from pulih.inbox.models import State
from pulih.people.access import PersonRequest
from pulih.web.kept_files import XLSX_TYPE, attachment
from pulih.web.page import go_to
from pulih.web.words import say
from pulih.workflow.decision_pages import DecisionPage, decision_views
from pulih.workflow.models import Decision
from pulih.workflow.typed_again import back_with_typed

from .lookups import acting, batch_of, language, reading


@require_POST
@acting
def headings(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Read a file again with what the office says its headings mean."""
    found = batch_of(request, pk)
    asked = (request.POST.getlist(name) for name in ("heading", "column"))
    columns = understood.answers(found, *asked)
    remember = "remember" in request.POST
    try:
        again = actions.correct_headings(found, columns, remember=remember, by=request.user)
    except Refusal as refusal:
        return back_with_typed(request, say(refusal.message), _back(pk))
    jobs.read_soon(again)
    return go_to(request, reverse("inbox:batch", args=[again.pk]))


@require_GET
@reading
def checked(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give back the office's own file with every problem marked in its cell."""
    found = batch_of(request, pk)
    if found.state not in (State.DONE, State.WITHDRAWN) or not found.rows:
        messages.error(request, _("There is no checked file of a file that was not read."))
        return go_to(request, _back(pk))
    if not actions.is_marked_for(found, request.user) and found.rows > actions.LARGE:
        jobs.mark_soon(found)
        messages.info(request, _("The marked file is being written. Try again in a few minutes."))
        return go_to(request, _back(pk))
    try:
        marked = actions.open_checked(found, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message.in_language(language(request)))
        return go_to(request, _back(pk))
    name = f"{found.file_name.rsplit('.', 1)[0]}.checked.xlsx"
    return attachment(marked, name, XLSX_TYPE)


@require_http_methods(["POST"])
@acting
def stop(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Stop the reading of a file."""
    return _act(request, pk, actions.stop, _("Stopped. Nothing of the file was kept."))


def _office_of(request: PersonRequest, pk: int) -> Area:
    return batch_of(request, pk).office


def _back(pk: int) -> str:
    return reverse("inbox:batch", args=[pk])


def _done(_decision: Decision) -> str:
    return _("Withdrawn. Its rows no longer count; nothing was deleted, and you can restore it.")


withdraw, decide_withdrawal, keep_file = decision_views(
    DecisionPage(WITHDRAWING, _office_of, _back, _done)
)


@require_http_methods(["POST"])
@acting
def restore(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Let a withdrawn file count again."""
    return _act(request, pk, actions.restore, _("Restored. Its rows count again."))


def _act(request: PersonRequest, pk: int, action: Any, done: str) -> HttpResponse:
    found = batch_of(request, pk)
    try:
        action(found, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message.in_language(language(request)))
    else:
        messages.success(request, done)
    return go_to(request, _back(pk))
