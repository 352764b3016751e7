"""Applicants of an activity, the checks on them, and the lists that they are compared with."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds, may
from pulih.web import numbers
from pulih.web.addresses import with_query
from pulih.web.answers import carried_out
from pulih.web.forms import problem_of
from pulih.web.page import go_to, render_page
from pulih.web.shortened import shorten

from .. import lookups
from ..actions import applicants, checks
from ..actions.activities import place_of
from ..applicant_forms import (
    ApplicantsForm,
    RegisterForm,
    RunForm,
    WaiveAllForm,
)
from ..applicant_lists import APPLICANTS, OBJECTIONS
from ..clock import day_in, now
from ..models import Activity, Applicant, Stage
from ..presenters import summary
from ..reads.checks import checked, consulted, last_run
from ..reads.facts import people_of
from ..reads.villages import villages
from ..words import CHECKS

MOST_BLOCKED = 50


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_applicants(request: PersonRequest) -> HttpResponseBase:
    """List the applicants of every activity within sight."""
    return pages.answer(request, APPLICANTS)


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_objections(request: PersonRequest) -> HttpResponseBase:
    """List who says that a check is wrong."""
    return pages.answer(request, OBJECTIONS)


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_checks(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show an activity's applicants as the checks leave them."""
    return _page(request, lookups.activity_of(request.user, pk))


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def add_applicants(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Take a pasted list of applicants."""
    activity = lookups.activity_of(request.user, pk)
    form = ApplicantsForm(request.user, activity, request.POST)
    return _add(request, activity, form, applicants.add_list, "list_form")


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def add_from_register(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Let the owners of firms that fit a profile apply."""
    activity = lookups.activity_of(request.user, pk)
    form = RegisterForm(request.user, activity, request.POST)
    return _add(request, activity, form, applicants.add_from_register, "register_form")


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def run_checks(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Run every binding check."""
    activity = lookups.activity_of(request.user, pk)
    form = RunForm(request.POST)
    act = partial(
        checks.run, activity, by=request.user, now=now(request), today=_today(request, activity)
    )
    if not carried_out(form, act):
        return _page(request, activity, problem=problem_of(form))
    return _to_checks(request, activity, form)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def waive_all(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Waive one check for everybody whom it could not tell about."""
    activity = lookups.activity_of(request.user, pk)
    act = partial(checks.waive_all, activity, by=request.user, now=now(request))
    form = WaiveAllForm(request.POST)
    waived = carried_out(form, act)
    if waived is None:
        return _page(request, activity, problem=problem_of(form))
    check = CHECKS.get(form.cleaned_data["check"], form.cleaned_data["check"])
    said = ngettext(
        "“%(check)s” waived for %(n)s person.", "“%(check)s” waived for %(n)s people.", waived
    )
    messages.success(request, said % {"check": check, "n": numbers.counted(waived)})
    return _to_checks(request, activity, form)


def _add(
    request: PersonRequest, activity: Activity, form: Any, act: Any, name: str
) -> HttpResponseBase:
    added = carried_out(
        form, partial(act, activity, by=request.user, today=_today(request, activity))
    )
    if added is None:
        return _page(request, activity, **{name: form})
    said = ngettext("%(n)d applicant added.", "%(n)d applicants added.", added.new)
    messages.success(request, said % {"n": added.new})
    if added.known:
        messages.info(request, _("%(n)d had applied before.") % {"n": added.known})
    if added.left_out:
        words = _("%(n)d firms name no owner, or not whether a man or a woman: left out.")
        messages.warning(request, words % {"n": added.left_out})
    return go_to(request, reverse("delivery:checks", args=[activity.pk]))


def _to_checks(request: PersonRequest, activity: Activity, form: Any) -> HttpResponseBase:
    stage = form.cleaned_data["stage"]
    return go_to(request, f"{reverse('delivery:checks', args=[activity.pk])}?stage={stage}")


def _today(request: PersonRequest, activity: Activity) -> Any:
    return day_in(activity.province_id, now(request))


def _page(request: PersonRequest, activity: Activity, **more: Any) -> HttpResponseBase:
    stage = request.GET.get("stage") or request.POST.get("stage") or Stage.SELECTION
    stage = Stage(stage) if stage in Stage.values else Stage.SELECTION
    today = _today(request, activity)
    mine = Applicant.objects.visible_to(request.user)
    people = checked(activity, stage, people_of(activity, stage).filter(pk__in=mine.values("pk")))
    may_run = may(request.user, Permission.RUN_ACTIVITIES, place_of(activity))
    context = {
        "activity": activity,
        "stage": stage,
        "summary": summary(activity, stage, people, today),
        "blocked": shorten(
            [one for one in people if one.blocking],
            MOST_BLOCKED,
            with_query(reverse("delivery:applicants"), {"activity": activity.pk}),
        ),
        "run": last_run(activity, stage),
        "lists": consulted(activity, today),
        "villages": villages(activity, request.user),
        "may_run": may_run,
        "may_add": holds(request.user, Permission.RUN_ACTIVITIES),
        "list_form": ApplicantsForm(request.user, activity),
        "register_form": RegisterForm(request.user, activity),
        "problem": "",
        **more,
    }
    return render_page(request, "delivery/checks.html", "delivery/_checks.html", context)
