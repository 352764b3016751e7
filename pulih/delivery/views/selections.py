"""Choosing participants, step by step, and the result that anybody may repeat."""

from __future__ import annotations

import json
from functools import partial
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django import forms
from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.answers import carried_out
from pulih.web.forms import problem_of
from pulih.web.kept_files import made_file
from pulih.web.page import go_to, render_page

from .. import lookups
from ..actions import decrees, selections
from ..actions.activities import place_of
from ..clock import day_in, now
from ..models import Activity, Applicant, Selection
from ..reads.around_line import around_line, rule_rows
from ..reads.places import free_places
from ..reads.score_dots import drawing
from ..reads.selections import newest, not_listed, reasons
from ..reads.telling import applications, is_decreed, telling
from ..reads.villages import villages
from ..selection_forms import CriteriaForm, DecreeForm, DrawForm, TellForm
from ..selection_lists import DECISIONS


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_decisions(request: PersonRequest) -> HttpResponseBase:
    """List who was chosen and who was not, and why."""
    return pages.answer(request, DECISIONS)


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_selection(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show the newest selection of an activity, as far as it has come."""
    return selection_page(request, lookups.activity_of(request.user, pk))


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def publish(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Publish a version of the criteria."""
    activity = lookups.activity_of(request.user, pk)
    act = partial(selections.publish, activity, by=request.user, now=now(request))
    return _answer(request, activity, CriteriaForm(request.POST), act, "criteria_form")


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def freeze(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Freeze the list of those who pass."""
    return _step(request, pk, selections.freeze)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def draw(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Write down the seed and its witnesses."""
    activity = lookups.activity_of(request.user, pk)
    act = partial(selections.draw, _newest(activity), by=request.user, now=now(request))
    return _answer(request, activity, DrawForm(request.POST), act, "draw_form")


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def choose(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Solve the selection."""
    return _step(request, pk, selections.choose)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def decree(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Seat the chosen and claim their seats; name who yields and who moves up."""
    activity = lookups.activity_of(request.user, pk)
    act = partial(
        decrees.decree, _newest(activity), by=request.user, now=now(request),
        today=day_in(activity.province_id, now(request)),
    )  # fmt: skip
    form = DecreeForm(request.POST)
    done = carried_out(form, act)
    if done is None:
        problem = " ".join(map(str, form.non_field_errors()))  # The others stand at their fields.
        return selection_page(request, activity, decree_form=form, problem=problem)
    _tell(request, done)
    return go_to(request, reverse("delivery:selection", args=[pk]))


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def move_up(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give places that somebody left to the next of the group."""
    activity = lookups.activity_of(request.user, pk)
    today, form = day_in(activity.province_id, now(request)), forms.Form({})
    act = partial(decrees.move_up, _newest(activity), by=request.user, today=today)
    done = carried_out(form, act)
    if done is None:
        return selection_page(request, activity, problem=problem_of(form))
    _tell(request, done)
    return go_to(request, reverse("delivery:selection", args=[pk]))


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def download_case(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer the case as files, so that anybody may repeat it with `pulih select`."""
    activity = lookups.activity_of(request.user, pk)
    selection = _newest(activity)
    if not selection.drawn_at:
        raise Http404
    settings, tables = selections.case_of(selection)
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as bundle:
        bundle.writestr("case.toml", _toml(settings))
        for name, table in tables.items():
            bundle.writestr(f"{name}.csv", table.write_csv())
    return made_file(kept.getvalue(), f"seleksi-{selection.pk}.zip")


def _tell(request: PersonRequest, done: decrees.Decreed) -> None:
    said = ngettext("%(n)s seat claimed.", "%(n)s seats claimed.", done.claimed)
    messages.success(request, said % {"n": done.claimed})
    for one in done.yielded:
        why = {"person": one.participant.person, "why": one.participant.left_because}
        messages.warning(request, _("%(person)s yields: %(why)s.") % why)
    for entry in done.moved_up:
        messages.info(request, _("%(person)s moves up.") % {"person": entry.applicant.person})
    if done.empty:
        messages.warning(request, _("Places still free: %(free)s.") % {"free": done.left_over})


def _toml(settings: dict[str, Any]) -> str:
    """Write plain settings; JSON text and lists are TOML too."""
    return "".join(
        f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in settings.items()
    )


def _newest(activity: Activity) -> Selection:
    found = newest(activity)
    if found is None:
        raise Http404
    return found


def _step(request: PersonRequest, pk: int, act: Any) -> HttpResponseBase:
    activity = lookups.activity_of(request.user, pk)
    form = forms.Form({})
    step = partial(act, _newest(activity), by=request.user, now=now(request))
    if carried_out(form, step):
        return go_to(request, reverse("delivery:selection", args=[pk]))
    return selection_page(request, activity, problem=problem_of(form))


def _answer(
    request: PersonRequest, activity: Activity, form: Any, act: Any, name: str
) -> HttpResponseBase:
    if carried_out(form, act):
        return go_to(request, reverse("delivery:selection", args=[activity.pk]))
    return selection_page(request, activity, **{name: form})


def selection_page(request: PersonRequest, activity: Activity, **more: Any) -> HttpResponseBase:
    selection = newest(activity)
    places = selection.places if selection and selection.frozen_at else free_places(activity)
    is_solved = selection is not None and selection.solved_at is not None
    mine, asked = Applicant.objects.visible_to(request.user), request.GET.get("near", "")
    context = {
        "activity": activity,
        "selection": selection,
        "entry_count": selection.entries.count() if selection else 0,
        "places": sum(places.values()),
        "reasons": reasons(selection, request.user) if is_solved and selection else [],
        "drawing": drawing(selection, request.user) if is_solved and selection else None,
        "not_listed": not_listed(selection, request.user) if is_solved and selection else 0,
        "near": around_line(selection, request.user, asked) if is_solved and selection else None,
        "rules": rule_rows(selection, request.user) if is_solved and selection else [],
        "villages": villages(activity, request.user),
        "may_run": may(request.user, Permission.RUN_ACTIVITIES, place_of(activity)),
        "criteria_form": CriteriaForm(initial=selection.criteria if selection else None),
        "draw_form": DrawForm(),
        "decree_form": DecreeForm(),
        "telling": telling(applications(activity, mine)) if is_decreed(activity) else None,
        "tell_form": TellForm(),
        "given": [],
        "problem": "",
        **more,
    }
    return render_page(request, "delivery/selection.html", "delivery/_selection.html", context)
