"""Asking for a plan, watching it come, stopping it."""

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.page import go_to

from .. import actions
from ..shown.progress import progress_of
from .lookups import scenario_or_404, with_plan_or_404


@require_POST
@permission_required(Permission.PLAN)
def solve(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Put a draft in the queue; the page then shows how far it is."""
    actions.request_solution(scenario_or_404(request, pk), by=request.user)
    return go_to(request, reverse("planning:scenario", args=[pk]))


@require_POST
@permission_required(Permission.PLAN)
def prove(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Go on from a plan with more time; the page of the version that does so shows how far."""
    copy = actions.prove_further(with_plan_or_404(request, pk), by=request.user)
    return go_to(request, reverse("planning:scenario", args=[copy.pk]))


@require_safe
@permission_required(Permission.SEE_SCENARIOS)
def progress(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer the page that waits: how far, or where to go when it is over."""
    scenario = scenario_or_404(request, pk)
    context = {"scenario": scenario, "progress": progress_of(scenario)}
    return render(request, "planning/_progress.html", context)


@require_POST
@permission_required(Permission.PLAN)
def cancel(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Stop a calculation and give the draft back."""
    actions.cancel(scenario_or_404(request, pk), by=request.user)
    return go_to(request, reverse("planning:scenario", args=[pk]))
