"""Ideas of regencies: the list, one idea with its answer, and sending one."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.areas.models import Level
from pulih.common.errors import Refusal
from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds, may
from pulih.web.answers import carried_out
from pulih.web.page import go_to, render_page
from pulih.web.words import say
from pulih.workflow import reads as workflow
from pulih.workflow.forms import MoveForm
from pulih.workflow.moving import typed_wrong

from ..actions import ideas
from ..clocks import day_in
from ..idea_forms import IdeaForm, TakeUpForm
from ..lists import IDEAS
from ..models import Idea
from ..rules.idea_machine import IDEA

MOVES = {"decline": ideas.decline, "withdraw": ideas.withdraw}


@require_safe
@permission_required(Permission.SEE_IDEAS)
def show_ideas(request: PersonRequest) -> HttpResponseBase:
    """List the ideas of the regencies that the person may see."""
    context = {"may_send": holds(request.user, Permission.SEND_IDEAS)}
    return pages.answer(request, IDEAS, "proposals/ideas.html", context=context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEND_IDEAS)
def send_idea(request: PersonRequest) -> HttpResponseBase:
    """Send an idea to the province while a round is open."""
    home = request.user.home
    if home is None or home.level != Level.REGENCY:
        raise PermissionDenied
    form = IdeaForm(request.POST or None, today=day_in(home.pk))
    if idea := carried_out(form, partial(ideas.send, regency=home, by=request.user)):
        return go_to(request, reverse("proposals:idea", args=[idea.pk]))
    context = {"form": form, "home": home}
    return render_page(request, "proposals/send_idea.html", "proposals/_idea_form.html", context)


@require_safe
@permission_required(Permission.SEE_IDEAS)
def show_idea(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show an idea, who has to answer it, and what was answered."""
    return _page(request, _idea(request, pk))


@require_POST
@permission_required(Permission.PROPOSE)
def take_up(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Put an idea into a draft."""
    idea = _idea(request, pk)
    form = _take_up_form(request, idea, request.POST)
    if proposal := carried_out(form, partial(ideas.take_up, idea, by=request.user)):
        return go_to(request, reverse("proposals:edit", args=[proposal.pk]))
    return _page(request, idea, form=form)


@require_POST
@permission_required(Permission.SEE_IDEAS)
def move_idea(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer that an idea is not taken up, or take one's own back."""
    idea, form = _idea(request, pk), MoveForm(request.POST)
    if not form.is_valid():
        return _page(request, idea, refused=typed_wrong(form))
    given = form.cleaned_data
    act = MOVES.get(given["move"])
    if act is None:
        raise Http404
    try:
        act(idea, reason=given["reason"], seen=given["seen"], by=request.user)
    except Refusal as refusal:
        return _page(request, idea, refused=say(refusal.message))
    return go_to(request, reverse("proposals:idea", args=[pk]))


def _idea(request: PersonRequest, pk: int) -> Idea:
    visible = Idea.objects.visible_to(request.user)
    found = visible.select_related("round", "province", "regency", "measure", "made_by")
    idea: Idea = get_object_or_404(found, pk=pk)
    return idea


def _take_up_form(request: PersonRequest, idea: Idea, typed: Any = None) -> TakeUpForm:
    last = workflow.last_step(IDEA, idea.pk)
    initial = {
        "seen": last.number if last else None,
        "people": idea.people,
        "measure": idea.measure_id,
    }
    return TakeUpForm(
        typed, idea=idea, by=request.user, today=day_in(idea.province_id), initial=initial
    )


def _page(request: PersonRequest, idea: Idea, **more: Any) -> HttpResponseBase:
    last = workflow.last_step(IDEA, idea.pk)
    assert last is not None
    duty = workflow.open_duty(IDEA, idea.pk)
    state = IDEA.state(last.to_state)
    answers = not state.final and may(request.user, Permission.PROPOSE, idea.province)
    context = {
        "idea": idea,
        "state": state,
        "held": workflow.clock_of(duty) if duty else None,
        "steps": workflow.history(IDEA, idea.pk),
        "moves": workflow.moves_of(IDEA, idea.pk, request.user),
        "taken_in": last.details.get("proposal", ""),
        "sees_proposal": holds(request.user, Permission.SEE_PROPOSALS),
        "form": _take_up_form(request, idea) if answers else None,
        "refused": "",
        **more,
    }
    return render_page(request, "proposals/idea.html", "proposals/_idea.html", context)
