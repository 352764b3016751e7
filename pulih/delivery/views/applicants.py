"""Applicants of an activity, the checks on them, and the lists that they are compared with."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

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
from ..actions import applicants, checks, comparisons
from ..actions.activities import place_of
from ..applicant_forms import (
    ApplicantsForm,
    ComparisonForm,
    RegisterForm,
    RunForm,
    WaiveAllForm,
)
from ..applicant_lists import APPLICANTS, COMPARISONS, OBJECTIONS
from ..clock import day_in, now
from ..models import Activity, Applicant, ComparisonList, Stage
from ..presenters import summary
from ..reads.checks import checked, consulted, last_run
from ..reads.facts import people_of
from ..reads.villages import villages
from ..rules.binding import ages_on

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
    return _said(request, activity, form, act)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def waive_all(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Waive one check for everybody whom it could not tell about."""
    activity = lookups.activity_of(request.user, pk)
    act = partial(checks.waive_all, activity, by=request.user, now=now(request))
    return _said(request, activity, WaiveAllForm(request.POST), act)


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_comparisons(request: PersonRequest) -> HttpResponseBase:
    """List the lists that people are compared with: their source, day and coverage."""
    context = {"may_deliver": _may_deliver(request)}
    return pages.answer(request, COMPARISONS, "delivery/comparisons.html", context=context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.RUN_ACTIVITIES)
def add_comparison(request: PersonRequest) -> HttpResponseBase:
    """Take a list in, or say what is wrong with it and store nothing."""
    if not _may_deliver(request):
        raise PermissionDenied
    form = ComparisonForm(request.user, request.POST or None, request.FILES or None)
    moment = now(request)
    today = timezone.localtime(moment).date()

    def act(**_typed: Any) -> Any:
        return comparisons.take_in(**form.given, by=request.user, now=moment, today=today)

    made = carried_out(form, act)
    if made:
        _warn_of_age(request, made, today)
        _warn_of_replaced(request, made)
        return go_to(request, reverse("delivery:comparisons"))
    return render_page(
        request, "delivery/comparison.html", "delivery/_file_form.html", {"form": form}
    )


def _warn_of_age(request: PersonRequest, made: ComparisonList, today: date) -> None:
    """Say at once that a list answers no check of today any more; old checks may still ask it."""
    days = ages_on(today)[made.kind]
    if today > made.as_of + timedelta(days=days):
        said = _(
            "This list is of %(day)s; after %(n)s days it answers no check any more, and who is "
            "checked today stays unknown. Ask for a newer one."
        )
        messages.warning(request, said % {"day": numbers.day(made.as_of), "n": days})


def _warn_of_replaced(request: PersonRequest, made: ComparisonList) -> None:
    """Say that a list of the same day no longer counts: its file may have been a part only."""
    same = comparisons.same_lists(made.kind, made.as_of, made.covers).exclude(pk=made.pk)
    before = None if made.part_of_id else same.order_by("pk").last()
    if before:
        said = _(
            "This list takes the place of that of the same day, which had %(n)s rows. If it is a "
            "further file of the same list, deliver both again and say so at the second."
        )
        messages.warning(request, said % {"n": numbers.whole(before.row_count)})


def _may_deliver(request: PersonRequest) -> bool:
    sight = request.user.sight
    wide = sight.country or bool(sight.provinces)
    return wide and may(
        request.user,
        Permission.RUN_ACTIVITIES,
        None if sight.country else lookups.area(min(sight.provinces)),
    )


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


def _said(request: PersonRequest, activity: Activity, form: Any, act: Any) -> HttpResponseBase:
    if carried_out(form, act):
        stage = form.cleaned_data["stage"]
        return go_to(request, f"{reverse('delivery:checks', args=[activity.pk])}?stage={stage}")
    return _page(request, activity, problem=problem_of(form))


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
