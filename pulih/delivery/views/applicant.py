"""One applicant: what was found, who waives, objects and answers; for an office and by a link."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.people.access import PersonRequest, permission_required
from pulih.people.links import actions as links
from pulih.people.links.access import LinkRequest, by_link
from pulih.people.links.models import Link
from pulih.people.models import Role
from pulih.people.permissions import Permission, may
from pulih.people.scope import speaking_as_system
from pulih.web.answers import carried_out
from pulih.web.forms import problem_of
from pulih.web.page import go_to, render_page

from .. import lookups
from ..actions import applicants, checks
from ..applicant_forms import AnswerForm, ObjectionForm, WaiveForm, WithdrawForm
from ..clock import day_in, now
from ..models import Activity, Answer, Applicant, Objection, Person, Stage
from ..purposes import ANSWER
from ..reads.checks import TOLD_AT_THE_OFFICE, Told, checked
from ..reads.selections import explained


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_applicant(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show what the checks say of a person, and what was decided about it."""
    return _page(request, lookups.applicant_of(request.user, pk))


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def waive(request: PersonRequest, pk: int, result: int) -> HttpResponseBase:
    """Let the person pass a check that could not tell."""
    applicant = lookups.applicant_of(request.user, pk)
    found = get_object_or_404(applicant.results.all(), pk=result)
    act = partial(checks.waive, found, by=request.user, now=now(request))
    return _acted(request, applicant, WaiveForm(request.POST), act)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def object_to(request: PersonRequest, pk: int, result: int) -> HttpResponseBase:
    """Write down what the person says against a failed check."""
    applicant = lookups.applicant_of(request.user, pk)
    found = get_object_or_404(applicant.results.all(), pk=result)
    act = partial(
        checks.object_to, found, by=request.user, now=now(request),
        today=day_in(applicant.province_id, now(request)),
    )  # fmt: skip
    return _acted(request, applicant, ObjectionForm(request.POST), act)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def answer(request: PersonRequest, pk: int, objection: int) -> HttpResponseBase:
    """Say whether the person or the check is right."""
    applicant = lookups.applicant_of(request.user, pk)
    rows = Objection.objects.visible_to(request.user).filter(result__applicant=applicant)
    found = get_object_or_404(rows, pk=objection)
    act = partial(checks.answer, found, by=request.user, now=now(request))
    return _acted(request, applicant, AnswerForm(request.POST), act)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def withdraw(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Write down that the person withdrew."""
    applicant = lookups.applicant_of(request.user, pk)
    act = partial(applicants.withdraw, applicant, by=request.user)
    return _acted(request, applicant, WithdrawForm(request.POST), act)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def give_link(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give the applicant a link to the answer; its address is shown this once."""
    applicant = lookups.applicant_of(request.user, pk)
    # A link opens by the true clock, for PostgreSQL asks no other; a scenario plays on its own.
    moment = timezone.now()
    _link, secret = links.give(
        ANSWER, holder=applicant.person.name, subjects=[applicant.pk], area=applicant.regency,
        valid_from=moment, valid_to=moment + timedelta(ANSWER.longest_days), by=request.user,
        now=moment,
    )  # fmt: skip
    address = request.build_absolute_uri(reverse("links:open", args=[secret]))
    return _page(request, applicant, address=address)


@require_http_methods(["GET", "POST"])
@by_link(ANSWER)
def answer_by_link(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Tell an applicant what was found, and take an objection."""
    applicant = get_object_or_404(Applicant, pk__in=link.subjects)
    form = ObjectionForm(request.POST or None)
    if request.method == "POST":
        result = get_object_or_404(applicant.results.all(), pk=request.POST.get("result") or 0)
        if _is_by_form(link) and request.POST.get("check") in TOLD_AT_THE_OFFICE:
            raise Http404  # Whether one may object to it would tell what is known of a NIK.
        act = partial(
            checks.object_to, result, by=link, now=now(request),
            today=day_in(applicant.province_id, now(request)),
        )  # fmt: skip
        if carried_out(form, act):
            return go_to(request, reverse("delivery:answer-by-link", args=[link.pk]))
    return _link_page(request, link, applicant, form)


def _link_page(
    request: LinkRequest, link: Link, applicant: Applicant, form: ObjectionForm
) -> HttpResponseBase:
    # The link opens its own rows alone; what stands beside them is named for it.
    with speaking_as_system():
        activity = Activity.objects.select_related("province", "regency").get(
            pk=applicant.activity_id
        )
        person = Person.objects.get(pk=applicant.person_id)
        is_by_form = _is_by_form(link)
        told, decided = _told_by_link(applicant, is_by_form), explained(applicant)
    context = {
        "link": link,
        "applicant": applicant,
        "activity": activity,
        "person": person,
        "told": told,
        "decided": decided,
        "is_by_form": is_by_form,
        "problem": problem_of(form),
    }
    return render_page(request, "delivery/answer.html", "delivery/_answer.html", context)


def _is_by_form(link: Link) -> bool:
    """Tell whether a form gave the link: whoever filled it in has proven nothing."""
    with speaking_as_system():
        return link.given_by.role == Role.SYSTEM


def _told_by_link(applicant: Applicant, is_by_form: bool) -> list[tuple[Any, list[Told]]]:
    """Leave out what is known of a NIK where a form gave the link: nobody saw whose NIK it is."""
    told = _told(applicant)
    if not is_by_form:
        return told
    return [
        (label, [one for one in checks if one.check not in TOLD_AT_THE_OFFICE])
        for label, checks in told
    ]


def _told(applicant: Applicant) -> list[tuple[Any, list[Told]]]:
    """Return the newest checks of each stage that has met the person."""
    mine = Applicant.objects.filter(pk=applicant.pk)
    activity = Activity.objects.get(pk=applicant.activity_id)
    found = [(stage, checked(activity, stage, mine)[0].told) for stage in Stage]
    return [(stage.label, list(told)) for stage, told in found if told]


def _acted(request: PersonRequest, applicant: Applicant, form: Any, act: Any) -> HttpResponseBase:
    if carried_out(form, act):
        return go_to(request, reverse("delivery:applicant", args=[applicant.pk]))
    problem = problem_of(form)
    return _page(request, applicant, problem=problem)


def _page(request: PersonRequest, applicant: Applicant, **more: Any) -> HttpResponseBase:
    context = {
        "applicant": applicant,
        "told": _told(applicant),
        "decided": explained(applicant),
        "may_run": may(request.user, Permission.RUN_ACTIVITIES, applicant.regency),
        "person": request.user,
        "answers": Answer.choices,
        "today": day_in(applicant.province_id, now(request)),
        "address": "",
        "problem": "",
        **more,
    }
    return render_page(request, "delivery/applicant.html", "delivery/_applicant.html", context)
