"""The list of activities, one activity, and the forms that make and change it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.forms.models import model_to_dict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.budget.models import SpendingUnit
from pulih.common.errors import Refusal
from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required, record_of
from pulih.people.permissions import Permission, holds, may
from pulih.proposals.models import Proposal
from pulih.web.answers import carried_out
from pulih.web.bounds import row_key
from pulih.web.figures import Tab
from pulih.web.page import go_to, render_page
from pulih.web.words import say

from .. import lookups
from ..actions import activities as actions
from ..actions import proposed, seats
from ..activity_forms import FUNDED, ActivityForm, NewActivityForm
from ..clock import day_in, now
from ..forms import CohortForm, SiteForm
from ..lists import ACTIVITIES
from ..models import Activity, Cohort
from ..reads.checks import unchecked
from ..reads.class_days import by_class_and_day
from ..reads.decrees import decrees_of
from ..reads.funnel import by_area, came_to_activity, paid_for
from ..reads.missing import missing
from ..reads.outcomes import came_to
from ..reads.sheets import sheets_of_activity
from ..reads.way import way_of
from ..rules.funnel import GROUPS, funnel, later, part_of_cost
from ..words import FUNNEL_GROUPS, STEPS


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_list(request: PersonRequest) -> HttpResponseBase:
    """List the activities with their classes, places and people."""
    context = {"may_run": holds(request.user, Permission.RUN_ACTIVITIES)}
    return pages.answer(request, ACTIVITIES, "delivery/list.html", context=context)


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_activity(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show an activity: its sites and classes, and how full each is."""
    return _page(request, lookups.activity_of(request.user, pk))


@require_safe
@permission_required(Permission.SEE_ACTIVITIES, Permission.SEE_PROPOSALS)
def show_of_proposal(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show what became of a funded proposal: its activities, and what each came to."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user), pk=pk)
    rows = Activity.objects.visible_to(request.user).filter(proposal=proposal).order_by("starts_on")
    activities = [(one, came_to(one, list(one.cohorts.visible_to(request.user)))) for one in rows]
    return render_page(
        request,
        "delivery/of_proposal.html",
        "delivery/_of_proposal.html",
        {
            "proposal": proposal,
            "activities": activities,
            "may_open": proposal.state in FUNDED
            and may(request.user, Permission.RUN_ACTIVITIES, proposal.province),
        },
    )


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_funnel(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show how far those who applied came."""
    activity = lookups.activity_of(request.user, pk)
    everybody = came_to_activity(activity, request.user)
    group = request.GET.get("group", "")
    people = [one for one in everybody if group in one.groups] if group in GROUPS else everybody
    paid = paid_for(activity) if holds(request.user, Permission.SEE_BUDGET) else None
    part = part_of_cost(everybody, people, paid) if paid else None
    context = {
        "activity": activity,
        "tabs": [
            Tab(words, f"?group={key}", key == (group if group in GROUPS else "all"))
            for key, words in FUNNEL_GROUPS.items()
        ],
        "steps": [
            (STEPS[one.name], one, one.cost(part) if part else None) for one in funnel(people)
        ],
        "later": [(STEPS[one.name], one) for one in later(people)],
        "paid": part,
        "areas": [
            (area, [(STEPS[one.name], one) for one in found]) for area, found in by_area(people)
        ],
        "words": list(STEPS.values()),
    }
    return render_page(request, "delivery/funnel.html", "delivery/_funnel.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.RUN_ACTIVITIES)
def edit_activity(request: PersonRequest, pk: int | None = None) -> HttpResponseBase:
    """Change an activity, or make one where none is named."""
    if pk is None:
        return _open_activity(request)
    activity = lookups.activity_of(request.user, pk)
    form = ActivityForm(request.user, request.POST or None, initial=model_to_dict(activity))
    saved = carried_out(form, partial(actions.save_activity, activity, by=request.user))
    if saved:
        return go_to(request, reverse("delivery:activity", args=[saved.pk]))
    activity.refresh_from_db()
    return _edited(request, form, activity)


def _open_activity(request: PersonRequest) -> HttpResponseBase:
    """Make an activity; `?proposal=` fills in what a funded proposal says of it."""
    key = row_key(request.GET.get("proposal", ""))
    funded = Proposal.objects.visible_to(request.user).filter(state__in=FUNDED)
    proposal = None
    if key and holds(request.user, Permission.SEE_PROPOSALS):
        proposal = funded.filter(pk=key).first()
    given = NewActivityForm.values_of(proposal, request.user) if proposal else {}
    form = NewActivityForm(request.user, request.POST or None, initial=given, proposal=proposal)
    opened = carried_out(form, partial(proposed.open_activity, by=request.user))
    if not opened:
        return _edited(request, form, None)
    if opened.sites:
        said = _("As proposed: places %(sites)d, classes %(cohorts)d, goods %(items)d.")
        messages.success(request, said % opened._asdict())
    return go_to(request, reverse("delivery:activity", args=[opened.activity.pk]))


def _edited(request: PersonRequest, form: Any, activity: Activity | None) -> HttpResponseBase:
    context = {"form": form, "activity": activity}
    return render_page(request, "delivery/edit.html", "delivery/_form.html", context)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def add_site(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Add a place to an activity."""
    activity = lookups.activity_of(request.user, pk)
    form = SiteForm(request.user, request.POST)
    if carried_out(form, partial(actions.add_site, activity, by=request.user)):
        return go_to(request, reverse("delivery:activity", args=[pk]))
    return _page(request, activity, site_form=form)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def add_cohort(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Add a class to an activity."""
    activity = lookups.activity_of(request.user, pk)
    form = CohortForm(activity.sites.visible_to(request.user), request.POST)
    cohort = carried_out(form, partial(actions.add_cohort, by=request.user))
    if cohort:
        return go_to(request, reverse("delivery:cohort", args=[cohort.pk]))
    return _page(request, activity, cohort_form=form)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def claim_seats(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Claim the seats of everybody in the classes, as the decree says; name who yields."""
    activity = lookups.activity_of(request.user, pk)
    try:
        claimed = seats.claim_listed(
            activity, by=request.user, today=day_in(activity.province_id, now(request))
        )
    except Refusal as refusal:
        messages.error(request, say(refusal.message))
        return go_to(request, reverse("delivery:activity", args=[pk]))
    said = ngettext("%(n)s seat claimed.", "%(n)s seats claimed.", claimed.seats)
    messages.success(request, said % {"n": claimed.seats})
    for one in claimed.yielded:
        words = _("%(person)s yields: %(why)s.")
        why = {"person": one.participant.person, "why": one.participant.left_because}
        messages.warning(request, words % why)
    return go_to(request, reverse("delivery:activity", args=[pk]))


def _page(request: PersonRequest, activity: Activity, **forms: Any) -> HttpResponseBase:
    sites = activity.sites.visible_to(request.user).select_related("regency")
    cohorts = _cohorts(request, activity)
    found, moment = came_to(activity, cohorts), now(request)
    sheets = sheets_of_activity(activity, request.user)
    for cohort in cohorts:
        cohort.completed = found.completed_in(cohort)
    context = {
        "came_to": found,
        "way": way_of(activity, found, sheets, request.user, day_in(activity.province_id, moment)),
        "gaps": missing(activity, found, cohorts, sheets, request.user, moment),
        "activity": activity,
        "unit": _unit(request, activity),
        "proposal": Proposal.objects.visible_to(request.user)
        .filter(pk=activity.proposal_id or 0)
        .first(),
        "decrees": decrees_of(activity),
        "sheets": sheets,
        "sites": sites.order_by("regency__sort_key", "name"),
        "cohorts": cohorts,
        "class_days": by_class_and_day(cohorts, found.attendance),
        "places": sum(cohort.places for cohort in cohorts),
        "people": sum(cohort.people for cohort in cohorts),
        "may_change": may(request.user, Permission.RUN_ACTIVITIES, actions.place_of(activity)),
        "unchecked": unchecked(activity, request.user),
        "sees_money": holds(request.user, Permission.SEE_BUDGET),
        "record_of": record_of(request.user, activity),
        "site_form": forms.get("site_form") or SiteForm(request.user),
        "cohort_form": forms.get("cohort_form") or CohortForm(sites),
    }
    return render_page(request, "delivery/activity.html", "delivery/_activity.html", context)


def _unit(request: PersonRequest, activity: Activity) -> Any:
    # PostgreSQL shows no unit to those who see no budget of its province.
    units = SpendingUnit.objects.visible_to(request.user)
    return units.filter(pk=activity.unit_id).first()


def _cohorts(request: PersonRequest, activity: Activity) -> list[Any]:
    seated = Count("participants", filter=Q(participants__left_on=None))
    cohorts = Cohort.objects.visible_to(request.user).filter(activity=activity)
    found = list(
        cohorts.select_related("regency", "site")
        .annotate(people=seated)
        .order_by("regency__sort_key", "name")
    )
    hours = dict(cohorts.annotate(hours=Sum("sessions__lesson_hours")).values_list("pk", "hours"))
    for cohort in found:
        cohort.hours = hours[cohort.pk] or 0
    return found
