"""Follow-ups: the list, a round of a class, one person by an officer or by the person's link."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.areas.rows import area_of
from pulih.common.errors import Refusal
from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.links.access import LinkRequest, by_link
from pulih.people.links.models import Link
from pulih.people.permissions import Permission, holds, may
from pulih.people.scope import speaking_as_system
from pulih.web.answers import carried_out
from pulih.web.page import go_to, render_page
from pulih.web.words import say
from pulih.workflow import reads as workflow

from .. import lookups
from ..actions import followups as actions
from ..clock import day_in, now
from ..follow_up_forms import AnswerForm, CloseForm
from ..follow_up_lists import FOLLOW_UPS
from ..models import Activity, FollowUp, FollowUpRound, Person
from ..purposes import FOLLOW_UP
from ..reads.followups import newest_answers
from ..states import FOLLOW_UP_ROUND


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_list(request: PersonRequest) -> HttpResponseBase:
    """List whom to ask, and what was answered."""
    context = {"may_run": holds(request.user, Permission.RUN_ACTIVITIES)}
    return pages.answer(request, FOLLOW_UPS, "delivery/follow_ups.html", context=context)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def open_due(request: PersonRequest) -> HttpResponseBase:
    """Open the rounds that have come, without waiting for the clock of the night."""
    own = Activity.objects.visible_to(request.user).select_related("province", "regency")
    reached = [one for one in own if request.user.covers(area_of(one))]
    opened = actions.open_rounds(
        reached, by=request.user, now=now(request), today=day_in(1, now(request))
    )
    said = ngettext("%(n)s round opened.", "%(n)s rounds opened.", opened)
    messages.success(request, said % {"n": opened})
    return go_to(request, reverse("delivery:follow-ups"))


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_round(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show a round: who answered, who has to ask, until when."""
    return _round_page(request, lookups.follow_up_round_of(request.user, pk))


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def give_links(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give links to those who have not answered; their addresses are shown this once."""
    found = lookups.follow_up_round_of(request.user, pk)
    try:
        # A link opens by the true clock, for PostgreSQL asks no other.
        given = actions.give_links(found, by=request.user, now=timezone.now())
    except Refusal as refusal:
        return _round_page(request, found, problem=say(refusal.message))
    addresses = [
        (one, request.build_absolute_uri(reverse("links:open", args=[address])))
        for one, address in given
    ]
    return _round_page(request, found, addresses=addresses)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def close_round(request: PersonRequest, pk: int) -> HttpResponseBase:
    """End a round."""
    found, form = lookups.follow_up_round_of(request.user, pk), CloseForm(request.POST)
    if carried_out(form, partial(actions.close, found, by=request.user, now=now(request))):
        return go_to(request, reverse("delivery:follow-up-round", args=[pk]))
    return _round_page(request, found, close_form=form)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_ACTIVITIES)
def show_follow_up(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show what one person said, and write down what was said on the phone."""
    found = lookups.follow_up_of(request.user, pk)
    form = AnswerForm(request.POST or None)
    act = partial(actions.answer, found, by=request.user, now=now(request))
    if request.method == "POST" and carried_out(form, act):
        return go_to(request, reverse("delivery:follow-up-round", args=[found.round_id]))
    context = {
        "follow_up": found,
        "answers": found.answers.order_by("-pk").select_related("by", "link"),
        "form": form,
        "may_run": may(request.user, Permission.RUN_ACTIVITIES, found.regency),
    }
    return render_page(request, "delivery/follow_up.html", "delivery/_follow_up.html", context)


@require_http_methods(["GET", "POST"])
@by_link(FOLLOW_UP)
def answer_by_link(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Ask the person, in a minute."""
    found = get_object_or_404(FollowUp, pk__in=link.subjects)
    form = AnswerForm(request.POST or None)
    act = partial(actions.answer, found, by=link, now=timezone.now())
    if request.method == "POST" and carried_out(form, act):
        return go_to(request, reverse("delivery:follow-up-by-link", args=[link.pk]))
    with speaking_as_system():  # The link opens its own row; the training is named for it.
        activity = Activity.objects.get(cohorts__follow_up_rounds=found.round_id)
        person = Person.objects.get(seats=found.participant_id)
    context = {
        "link": link,
        "activity": activity,
        "regency": person.regency_id,
        "form": form,
        "has_answered": found.answers.exists(),
    }
    return render_page(
        request, "delivery/follow_up_by_link.html", "delivery/_follow_up_by_link.html", context
    )


def _round_page(request: PersonRequest, found: FollowUpRound, **more: Any) -> HttpResponseBase:
    people = found.follow_ups.select_related("participant__person").order_by("participant__number")
    answers = newest_answers([one.participant_id for one in people])
    rows = [(one, answers.get(one.participant_id, {}).get(found.months)) for one in people]
    duty = workflow.open_duty(FOLLOW_UP_ROUND, found.pk)
    last = workflow.last_step(FOLLOW_UP_ROUND, found.pk)
    assert last is not None
    context = {
        "round": found,
        "cohort": found.cohort,
        "rows": rows,
        "answered": sum(said is not None for _one, said in rows),
        "state": FOLLOW_UP_ROUND.state(last.to_state),
        "held": workflow.clock_of(duty, now(request)) if duty else None,
        "steps": workflow.history(FOLLOW_UP_ROUND, found.pk),
        "may_run": may(request.user, Permission.RUN_ACTIVITIES, found.regency),
        "close_form": CloseForm(),
        "addresses": [],
        "problem": "",
        **more,
    }
    return render_page(
        request, "delivery/follow_up_round.html", "delivery/_follow_up_round.html", context
    )
