"""Mentoring visits: the list, planning one of a class, one visit with its report and steps."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.answers import carried_out
from pulih.web.page import go_to, render_page
from pulih.workflow import reads as workflow
from pulih.workflow.moving import moved

from .. import lookups
from ..actions import mentoring as actions
from ..clock import day_in, now
from ..mentoring_forms import PlanForm, ReportForm
from ..mentoring_lists import MENTORING_VISITS
from ..models import MentoringReport, MentoringVisit
from ..states import MENTORING


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_visits(request: PersonRequest) -> HttpResponseBase:
    """List the mentoring visits within sight."""
    return pages.answer(request, MENTORING_VISITS)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.RUN_ACTIVITIES)
def plan_visit(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Plan a visit to a class."""
    cohort = lookups.cohort_of(request.user, pk)
    moment = now(request)
    form = PlanForm(cohort, request.POST or None)
    act = partial(
        actions.plan, cohort, by=request.user, now=moment, today=day_in(cohort.province_id, moment)
    )
    if request.method == "POST" and (made := carried_out(form, act)):
        return go_to(request, reverse("delivery:mentoring-visit", args=[made.pk]))
    context = {"cohort": cohort, "form": form}
    return render_page(request, "delivery/mentoring_plan.html", "delivery/_form.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_ACTIVITIES)
def show_visit(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show a visit, who has to act until when, and take its report."""
    visit = lookups.mentoring_visit_of(request.user, pk)
    if request.method != "POST":
        return _page(request, visit)
    moment = now(request)
    form = ReportForm(visit.regency, request.POST)
    act = partial(
        actions.report, visit, by=request.user, now=moment, today=day_in(visit.province_id, moment)
    )
    if carried_out(form, act):
        return go_to(request, reverse("delivery:mentoring-visit", args=[pk]))
    return _page(request, visit, form=form)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def move_visit(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Say that the task is done, or cancel the visit."""
    visit = lookups.mentoring_visit_of(request.user, pk)
    refused = moved(request, partial(actions.move, visit, by=request.user, now=now(request)))
    if refused is not None:
        return _page(request, visit, refused=refused)
    return go_to(request, reverse("delivery:mentoring-visit", args=[pk]))


def _page(request: PersonRequest, visit: MentoringVisit, **more: Any) -> HttpResponseBase:
    duty = workflow.open_duty(MENTORING, visit.pk)
    last = workflow.last_step(MENTORING, visit.pk)
    assert last is not None
    today = day_in(visit.province_id, now(request))
    context = {
        "visit": visit,
        "report": MentoringReport.objects.filter(visit=visit).select_related("who").first(),
        "state": MENTORING.state(last.to_state),
        "held": workflow.clock_of(duty, now(request)) if duty else None,
        "steps": workflow.history(MENTORING, visit.pk),
        "moves": workflow.moves_of(MENTORING, visit.pk, request.user),
        "may_run": may(request.user, Permission.RUN_ACTIVITIES, visit.regency),
        "form": ReportForm(visit.regency, initial={"visited_on": today}),
        "refused": "",
        **more,
    }
    return render_page(request, "delivery/mentoring.html", "delivery/_mentoring.html", context)
