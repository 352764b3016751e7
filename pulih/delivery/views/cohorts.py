"""One class: its list of people, its sessions, its trainers."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may, require
from pulih.web.answers import carried_out
from pulih.web.kept_files import made_file
from pulih.web.page import go_to, render_page

from .. import lookups
from ..actions import activities, rosters
from ..clock import day_in, now
from ..documents.cards import pdf
from ..forms import (
    ChangeCohortForm,
    LeavingForm,
    RosterForm,
    SessionForm,
)
from ..lists import PARTICIPANTS
from ..models import Cohort, Participant
from ..reads.honoraria import hours_taught
from ..reads.sheets import sheets_of
from ..teaching_forms import PayeeForm, TeachingForm, TrainerForm


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_participants(request: PersonRequest) -> HttpResponseBase:
    """List the participants of every class within sight."""
    return pages.answer(request, PARTICIPANTS)


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_cohort(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show a class with its list, sessions and trainers."""
    return page_of(request, lookups.cohort_of(request.user, pk))


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def change_cohort(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give a class another name or size."""
    cohort = lookups.cohort_of(request.user, pk)
    act = partial(activities.change_cohort, cohort, by=request.user)
    return _answer(request, cohort, _change_form(cohort, request.POST), act, "cohort_form")


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def add_session(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Add a lesson."""
    cohort = lookups.cohort_of(request.user, pk)
    form = SessionForm(request.POST)
    added = carried_out(form, partial(activities.add_sessions, cohort, by=request.user))
    if not added:
        return page_of(request, cohort, session_form=form)
    if len(added) > 1:
        said = ngettext(
            "Session added in %(n)d class.", "Session added in %(n)d classes.", len(added)
        )
        messages.success(request, said % {"n": len(added)})
    return go_to(request, reverse("delivery:cohort", args=[pk]))


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def add_trainer(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Name a trainer or an assistant."""
    cohort = lookups.cohort_of(request.user, pk)
    act = partial(activities.add_trainer, cohort, by=request.user)
    return _answer(request, cohort, TrainerForm(request.POST), act, "trainer_form")


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def seat_list(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Take a pasted list into the class."""
    cohort = lookups.cohort_of(request.user, pk)
    today = day_in(cohort.province_id, now(request))

    def act(people: str) -> list[Participant]:
        return rosters.seat_list(cohort, people, by=request.user, today=today)

    return _answer(request, cohort, RosterForm(request.POST), act, "roster_form")


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def leave(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Let a participant give the place up."""
    cohort = lookups.cohort_of(request.user, pk)
    act = partial(rosters.leave, cohort, by=request.user)
    return _answer(request, cohort, LeavingForm(request.POST), act, "leaving_form")


@require_safe
@permission_required(Permission.RUN_ACTIVITIES)
def print_cards(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer the cards of a class as PDF; by their codes a phone marks who came."""
    cohort = lookups.cohort_of(request.user, pk)
    require(request.user, Permission.RUN_ACTIVITIES, cohort.regency)
    return made_file(pdf(cohort), f"kartu-{pk}.pdf", shown=True)


def page_of(request: PersonRequest, cohort: Cohort, **forms: Any) -> HttpResponseBase:
    """Show a class; forms: those that were refused, with what was typed."""
    today = day_in(cohort.province_id, now(request))
    context = {
        "cohort": cohort,
        "participants": cohort.participants.select_related("person").order_by("number"),
        "seated": cohort.participants.seated().count(),
        "sessions": cohort.sessions.order_by("day", "starts_at"),
        "hours": sum(cohort.sessions.values_list("lesson_hours", flat=True)),
        "sheets": sheets_of(cohort),
        "trainers": hours_taught(cohort),
        "may_run": may(request.user, Permission.RUN_ACTIVITIES, cohort.regency),
        "cohort_form": _change_form(cohort),
        "session_form": SessionForm(initial=_next_session(cohort)),
        "trainer_form": TrainerForm(),
        "payee_form": PayeeForm(cohort),
        "teaching_form": TeachingForm(cohort),
        "roster_form": RosterForm(),
        "leaving_form": LeavingForm(initial={"left_on": today}),
        "addresses": [],
        **forms,
    }
    return render_page(request, "delivery/cohort.html", "delivery/_cohort.html", context)


def _next_session(cohort: Cohort) -> dict[str, Any]:
    """Return what the next session is likely to be: a day later, at the hour of the last."""
    last, activity = cohort.sessions.order_by("day", "starts_at").last(), cohort.activity
    if last is None:
        return {"day": activity.starts_on}
    day = min(last.day + timedelta(days=1), activity.ends_on)
    return {"day": day, "starts_at": last.starts_at, "lesson_hours": last.lesson_hours}


def _change_form(cohort: Cohort, typed: QueryDict | None = None) -> ChangeCohortForm:
    return ChangeCohortForm(typed, initial={"name": cohort.name, "places": cohort.places})


def _answer(
    request: PersonRequest, cohort: Cohort, form: Any, act: Any, name: str
) -> HttpResponseBase:
    if carried_out(form, act):
        return go_to(request, reverse("delivery:cohort", args=[cohort.pk]))
    return page_of(request, cohort, **{name: form})
