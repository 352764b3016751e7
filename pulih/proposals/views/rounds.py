"""Rounds: the list, the planner's form, and a round's proposals on paper."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.common.errors import Refusal
from pulih.lists import pages
from pulih.lists.files import send_paper
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds, may
from pulih.web.answers import is_done
from pulih.web.page import go_to, render_page
from pulih.web.words import say
from pulih.workflow import clock

from ..actions import round_lists, rounds
from ..clocks import day_in
from ..documents.round_list import RoundList, place_of, printed, round_list
from ..forms import RoundForm
from ..lists import ROUNDS
from ..models import Round


@require_safe
@permission_required(Permission.SEE_PROPOSALS)
def show_rounds(request: PersonRequest) -> HttpResponseBase:
    """List the rounds, the newest first."""
    context = {"may_manage": may(request.user, Permission.MANAGE_ROUNDS, None)}
    return pages.answer(request, ROUNDS, "proposals/rounds.html", context=context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MANAGE_ROUNDS)
def edit_round(request: PersonRequest, pk: int = 0) -> HttpResponseBase:
    """Change a round, or open a new one where none is named."""
    round_ = get_object_or_404(Round, pk=pk) if pk else Round()
    initial = RoundForm.values_of(round_) if pk else {}
    form = RoundForm(request.POST or None, initial=initial)
    if is_done(form, partial(rounds.save, round_, by=request.user)):
        return go_to(request, reverse("proposals:rounds"))
    context = {"form": form, "round": round_ if pk else None}
    return render_page(request, "proposals/round.html", "proposals/_round_form.html", context)


@require_POST
@permission_required(Permission.SEE_PROPOSALS)
def prepare_list(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give the list of a round its code and go to its print."""
    try:
        round_lists.prepare_list(_list_or_404(request, pk), by=request.user)
    except Refusal as refusal:
        return _refused(request, pk, refusal)
    return go_to(request, reverse("proposals:list-paper", args=[pk]))


@require_safe
@permission_required(Permission.SEE_PROPOSALS)
def list_paper(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Send what the person sees of a round as the PDF that officers sign."""
    try:
        listed = _list_or_404(request, pk)
    except Refusal as refusal:
        return _refused(request, pk, refusal)
    return send_paper(
        request, lambda: printed(listed), room="proposals", key="round_list", kind="pdf",
        file_name=f"daftar-usulan-{pk}", subject=listed.round,
    )  # fmt: skip


def paper_context(request: PersonRequest, round_id: int | None) -> dict[str, Any]:
    """Return what `proposals/_round_list.html` needs."""
    by = request.user
    prepares = holds(by, Permission.PROPOSE) or may(by, Permission.MANAGE_ROUNDS, None)
    return {
        "listed_round": round_id if holds(by, Permission.EXPORT) else None,
        "may_prepare": prepares,
    }


def _list_or_404(request: PersonRequest, pk: int) -> RoundList:
    round_, place = get_object_or_404(Round, pk=pk), place_of(request.user)
    day = day_in(place.pk) if place else timezone.localdate(clock.now())
    return round_list(round_, by=request.user, day=day)


def _refused(request: PersonRequest, pk: int, refusal: Refusal) -> HttpResponseBase:
    messages.error(request, say(refusal.message))
    return go_to(request, f"{reverse('proposals:list')}?round={pk}")
