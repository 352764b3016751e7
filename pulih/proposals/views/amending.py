"""Amendments of approved proposals: asking for one, and what becomes of it."""

from dataclasses import replace
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.common.errors import Refusal
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, require
from pulih.web.as_of import usual_day
from pulih.web.page import go_to, render_page
from pulih.web.words import language, say
from pulih.workflow import clock
from pulih.workflow import reads as workflow
from pulih.workflow.forms import MoveForm
from pulih.workflow.moving import typed_wrong

from ..actions import amending, amendment_moves
from ..actions.amendment_limits import assessed
from ..amend_forms import AmendForm
from ..amended import approved_content, rupiah_of
from ..contents import changes
from ..models import Amendment, Proposal
from ..presenters import all_said, by_topic
from ..rules.gates import AMENDABLE, AMENDMENT, TOPICS, is_way
from .lookups import proposal_or_404


@require_http_methods(["GET", "POST"])
@permission_required(Permission.PROPOSE)
def amend(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Ask for a change of an approved proposal."""
    proposal = _amendable(request, pk)
    form = AmendForm(request.POST or None, proposal=proposal, content=approved_content(proposal))
    if form.is_valid():
        try:
            reason = form.cleaned_data["why"]
            made = amending.ask(proposal, form.amended(), reason=reason, by=request.user)
        except Refusal as refusal:
            form.add_error(None, say(refusal.message))
        else:
            return go_to(request, reverse("proposals:amendment", args=[made.pk]))
    context = {"proposal": proposal, "form": form}
    return render_page(request, "proposals/amend.html", "proposals/_amend_form.html", context)


@require_POST
@permission_required(Permission.PROPOSE)
def check_typed_amendment(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Say what will not pass of an amendment as it is typed; nothing is saved."""
    proposal = _amendable(request, pk)
    content = approved_content(proposal)
    form = AmendForm(request.POST, proposal=proposal, content=content)
    form.fields["why"].required = False
    found = assessed(proposal, form.amended(), clock.now()) if form.is_valid() else None
    context = {
        "form": form,
        "before": rupiah_of(content),
        "after": found.sums.rupiah if found else None,
        "said": all_said(found, language()) if found else None,
    }
    return render(request, "proposals/_amend_findings.html", context)


def _amendable(request: PersonRequest, pk: int) -> Proposal:
    proposal = proposal_or_404(request, pk)
    require(request.user, Permission.PROPOSE, proposal.province)
    if proposal.state not in AMENDABLE:
        raise Http404
    return proposal


@require_safe
@permission_required(Permission.SEE_PROPOSALS)
def show_amendment(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show what would change, side by side, and who has to answer."""
    return _page(request, _amendment(request, pk))


@require_POST
@permission_required(Permission.SEE_PROPOSALS)
def move_amendment(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Check, grant, refuse or withdraw an amendment."""
    amendment, form = _amendment(request, pk), MoveForm(request.POST)
    if not form.is_valid():
        return _page(request, amendment, refused=typed_wrong(form))
    given = form.cleaned_data
    if given["move"] not in amendment_moves.EVERY:
        raise Http404
    try:
        amendment_moves.take(
            amendment,
            given["move"],
            reason=given["reason"],
            effective_on=usual_day(request),
            seen=given["seen"],
            by=request.user,
        )
    except Refusal as refusal:
        return _page(request, amendment, refused=say(refusal.message))
    return go_to(request, reverse("proposals:amendment", args=[pk]))


def _amendment(request: PersonRequest, pk: int) -> Amendment:
    visible = Amendment.objects.visible_to(request.user)
    found = visible.select_related("proposal__province", "proposal__round", "version")
    return get_object_or_404(found, pk=pk)


def _page(request: PersonRequest, amendment: Amendment, **more: Any) -> HttpResponseBase:
    last = workflow.last_step(AMENDMENT, amendment.pk)
    assert last is not None
    duty = workflow.open_duty(AMENDMENT, amendment.pk)
    moves = workflow.moves_of(AMENDMENT, amendment.pk, request.user)
    ways = tuple(one for one in moves.moves if is_way(one.key, amendment.topics))
    context = {
        "amendment": amendment,
        "proposal": amendment.proposal,
        "state": AMENDMENT.state(last.to_state),
        "touches": [TOPICS[one].in_language(language()) for one in amendment.topics],
        "groups": by_topic(changes(amendment.before, amendment.after), language()),
        "held": workflow.clock_of(duty) if duty else None,
        "steps": workflow.history(AMENDMENT, amendment.pk),
        "moves": replace(moves, moves=ways),
        "refused": "",
        **more,
    }
    return render_page(request, "proposals/amendment.html", "proposals/_amendment.html", context)
