"""Steps of a proposal: sent, verified, reviewed, decided; and two versions side by side."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.common.errors import Refusal
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, require
from pulih.web.answers import first_error, is_done
from pulih.web.page import go_to, render_page
from pulih.web.words import language, say

from ..actions import deciding, reviewing, sending, verifying
from ..answer_forms import AssignForm, DecideForm, MoveForm, ScoreForm, VerifyForm
from ..contents import changes
from ..models import Assignment, Declared, Outcome, Proposal
from ..presenters import answer_to, by_topic, shown_plan
from ..rules.reviewing import criteria_on
from .lookups import proposal_or_404
from .proposals import proposal_page


@require_POST
@permission_required(Permission.PROPOSE)
def move(request: PersonRequest, pk: int, step: str) -> HttpResponseBase:
    """Send, withdraw, schedule, begin or account for a proposal."""
    proposal, form = proposal_or_404(request, pk), MoveForm(request.POST)
    require(request.user, Permission.PROPOSE, proposal.province)
    if step not in sending.STEPS:
        raise Http404
    if is_done(form, partial(sending.take, proposal, step, by=request.user)):
        return go_to(request, reverse("proposals:proposal", args=[pk]))
    return proposal_page(request, proposal, problem=first_error(form))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.VERIFY_PROPOSALS)
def verify(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer the checklist: let the proposal pass, or return it for repair."""
    proposal = proposal_or_404(request, pk)

    def act(form: Any) -> None:
        typed = form.cleaned_data
        common: dict[str, Any] = {"by": request.user, "seen": typed["seen"]}
        if "return" in request.POST:
            verifying.give_back(
                proposal,
                form.answers(),
                reason=typed["reason"],
                working_days=typed["working_days"] or 3,
                **common,
            )
        else:
            verifying.verify(proposal, form.answers(), **common)

    form = VerifyForm(request.POST or None, initial=_seen(request, proposal))
    return _answered(request, proposal, form, act, "verify")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.VERIFY_PROPOSALS)
def assign(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Name the two reviewers, or one for a place that is free."""
    proposal = proposal_or_404(request, pk)

    def act(form: Any) -> None:
        typed = form.cleaned_data
        reviewers = list(typed["reviewers"])
        reviewing.name(proposal, reviewers, by=request.user, seen=typed["seen"])

    form = AssignForm(request.POST or None, initial=_seen(request, proposal))
    return _answered(request, proposal, form, act, "assign")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.REVIEW_PROPOSALS)
def review(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Declare whether there is a conflict of interest, then score what one was named for."""
    proposal = proposal_or_404(request, pk)
    assignment = get_object_or_404(
        Assignment.objects.exclude(declared=Declared.CONFLICT),
        proposal=proposal,
        reviewer=request.user,
    )

    def act(form: Any) -> None:
        reviewing.submit_score(
            assignment, form.points(), note=form.cleaned_data["note"], by=request.user
        )

    if "declare" in request.POST:
        has_conflict = request.POST["declare"] == "conflict"
        reviewing.declare(assignment, has_conflict=has_conflict, by=request.user)
        back = "proposals:list" if has_conflict else "proposals:review"
        return go_to(request, reverse(back, args=[] if has_conflict else [pk]))
    criteria = criteria_on(timezone.localdate())
    form = ScoreForm(request.POST or None, criteria=criteria)
    extra = {"assignment": assignment, "criteria": criteria}
    return _answered(request, proposal, form, act, "review", extra)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.DECIDE_PROPOSALS)
def decide(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer a scored proposal, row by row."""
    proposal = proposal_or_404(request, pk)

    def act(form: Any) -> None:
        typed = form.cleaned_data
        deciding.decide(
            proposal,
            Outcome(typed["outcome"]),
            reason=typed["reason"],
            by=request.user,
            cuts=form.cuts(),
            people=form.people(),
            seen=typed["seen"],
        )

    form = DecideForm(request.POST or None, proposal=proposal, initial=_seen(request, proposal))
    return _answered(request, proposal, form, act, "decide")


@require_safe
@permission_required(Permission.SEE_PROPOSALS)
def compare(request: PersonRequest, pk: int, first: int, second: int) -> HttpResponseBase:
    """Show two versions side by side: what differs in words, people, dates and money."""
    proposal = proposal_or_404(request, pk)
    before = get_object_or_404(proposal.versions, number=first)
    after = get_object_or_404(proposal.versions, number=second)
    context = {
        "proposal": proposal,
        "before": before,
        "after": after,
        "groups": by_topic(changes(before.content, after.content), language()),
    }
    return render_page(request, "proposals/compare.html", "proposals/_compare.html", context)


def _seen(request: PersonRequest, proposal: Proposal) -> dict[str, int]:
    return {"seen": answer_to(proposal, request.user, language()).seen}


def _answered(
    request: PersonRequest,
    proposal: Proposal,
    form: forms.Form,
    act: Callable[[Any], None],
    name: str,
    extra: dict[str, Any] | None = None,
) -> HttpResponseBase:
    """Act on a valid form and go back to the proposal; else show it with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form)
        except Refusal as refusal:
            form.add_error(None, say(refusal.message))
        else:
            return go_to(request, reverse("proposals:proposal", args=[proposal.pk]))
    context = {
        "proposal": proposal,
        "form": form,
        "plan": shown_plan(proposal, language()),
        "answer": answer_to(proposal, request.user, language()),
        "step": name,
        **(extra or {}),
    }
    return render_page(request, "proposals/step.html", f"proposals/_{name}_form.html", context)
