"""The data stewards' pages: make a release, see what it changes, check, publish, withdraw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pulih.common.errors import Refusal
from pulih.inbox.models import ImportBatch
from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.models import Role, User
from pulih.people.permissions import ROLES, Permission, holds
from pulih.people.scope import speaking_as_system
from pulih.web.as_of import as_of
from pulih.web.page import go_to, render_page
from pulih.web.words import language, say
from pulih.workflow import reads as workflow
from pulih.workflow.moving import typed_wrong

from . import actions, rhythm
from .areas import NATION, areas_on
from .datasets import DATASETS, Table, frozen
from .findings import in_words
from .forms import BY_HAND, LeavingOutForm, ReleaseForm, ReleaseMoveForm, RhythmForm
from .lists import RELEASES
from .models import Cell, Release, Scope, WorkKind
from .reads import releases as reads
from .reads.late_lists import late_lists
from .shown_work import work_of
from .states import RELEASE
from .tables_named import table_name

MOST_CHANGES = 2_000
MOST_NAMES = 5
UNPUBLISHED = ("draft", "protected", "checked")


@require_safe
@permission_required(Permission.PREPARE_RELEASES)
def show_list(request: PersonRequest) -> HttpResponseBase:
    """Every release there ever was, the newest first."""
    return pages.answer(request, RELEASES, "portal/releases.html")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.PUBLISH_RELEASES)
def calendar(request: PersonRequest) -> HttpResponseBase:
    """Show how often which figures come out, and let it be changed scope by scope."""
    typed = request.POST.get("scope") if request.method == "POST" else None
    rows, is_done = [], False
    for scope, one, days in rhythm.every_scope(as_of(request).day):
        every, on_day = (one.every, one.day) if one else (BY_HAND, 1)
        initial = {"scope": scope, "every": every, "day": on_day}
        form = RhythmForm(scope, request.POST if typed == scope else None, initial=initial)
        is_done = is_done or (form.is_valid() and _set_rhythm(scope, form, request))
        rows.append((scope, days, form))
    if is_done:
        messages.success(request, _("Kept. The public calendar follows with the next release."))
        return go_to(request, reverse("portal:rhythms"))
    return render_page(request, "portal/rhythms.html", "portal/_rhythms.html", {"rows": rows})


def _set_rhythm(scope: Scope, form: RhythmForm, request: PersonRequest) -> bool:
    given = form.cleaned_data
    try:
        actions.set_rhythm(scope, given["every"], given["day"], by=request.user)
    except Refusal as refusal:
        form.add_error(None, _said(refusal))
        return False
    return True


def _usual() -> dict[str, Any]:
    day = reads.next_day()
    return {"as_of": day, "scope": rhythm.due_scope(day, reads.on_show())}


@require_http_methods(["GET", "POST"])
@permission_required(Permission.PREPARE_RELEASES)
def draft(request: PersonRequest) -> HttpResponseBase:
    """Begin a release and have it counted meanwhile; a refusal stands in the form."""
    form = ReleaseForm(request.POST or None, initial=_usual())
    if request.method == "POST" and form.is_valid():
        try:
            release = actions.draft(form.wanted(), by=request.user)
            actions.ask(release, WorkKind.COUNT, by=request.user)
        except Refusal as refusal:
            form.add_error(None, _said(refusal))
        else:
            return go_to(request, reverse("portal:release", args=[release.pk]))
    context = {"form": form}
    return render_page(request, "portal/new_release.html", "portal/_new_release.html", context)


@require_safe
@permission_required(Permission.PREPARE_RELEASES)
def show(request: PersonRequest, pk: int) -> HttpResponseBase:
    return _page(request, get_object_or_404(Release, pk=pk))


@require_safe
@permission_required(Permission.PREPARE_RELEASES)
def progress(request: PersonRequest, pk: int) -> HttpResponseBase:
    """How far the work on a release is; the page asks every two seconds."""
    release = get_object_or_404(Release, pk=pk)
    context = {
        "release": release,
        "work": work_of(release, is_asked_here=True),
        "is_site_late": _is_site_late(release),
    }
    return render_page(request, "portal/work.html", "portal/_work.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.PREPARE_RELEASES)
def move(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Take one step of a release; a refusal stands on its page, and nothing has changed."""
    release = get_object_or_404(Release, pk=pk)
    if request.method != "POST":  # The page of a refusal, reloaded or sent to somebody else.
        return redirect("portal:release", pk=release.pk)
    form = ReleaseMoveForm(request.POST)
    if not form.is_valid():
        return _page(request, release, typed_wrong(form))
    if form.cleaned_data["move"] not in MOVES:
        return _page(request, release)
    try:
        MOVES[form.cleaned_data["move"]](release, request, form.cleaned_data)
    except Refusal as refusal:
        return _page(request, release, _said(refusal))
    return go_to(request, reverse("portal:release", args=[release.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.PREPARE_RELEASES)
def leave_out(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Go on without a table: the release that does is counted, and shown."""
    release = get_object_or_404(Release, pk=pk)
    if request.method != "POST":
        return redirect("portal:release", pk=release.pk)
    form = LeavingOutForm(_measures(release), request.POST)
    if not form.is_valid():
        return _page(request, release, leaving=form)
    try:
        goes_on = _without(release, request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, _said(refusal))
        return _page(request, release, leaving=form)
    return go_to(request, reverse("portal:release", args=[goes_on.pk]))


@transaction.atomic
def _without(release: Release, by: User, *, table: Table, reason: str, reason_en: str) -> Release:
    goes_on = actions.leave_out(release, table, reason=reason, reason_en=reason_en, by=by)
    actions.ask(goes_on, WorkKind.COUNT, by=by)
    return goes_on


def _measures(release: Release) -> dict[str, Any]:
    """What figures are called: by the release, which says nothing before it is counted."""
    return release.measures or frozen(DATASETS)


def _leaving(release: Release, state: str, by: User) -> LeavingOutForm | None:
    """The form for who made it, while it is not published and its cells hold people's data."""
    if release.made_by_id != by.pk or release.scope == Scope.MONEY or state not in UNPUBLISHED:
        return None
    found = release.explanation.get("findings", [])
    named = next((one for one in found if one.get("measure")), None)
    usual = Table(named["measure"], named["dimension"]).key if named else None
    return LeavingOutForm(_measures(release), initial={"table": usual})


def _ask(release: Release, request: PersonRequest, kind: WorkKind, given: dict[str, Any]) -> None:
    actions.ask(release, kind, by=request.user, seen=given["seen"])


Move = Callable[[Release, PersonRequest, dict[str, Any]], object]
MOVES: dict[str, Move] = {
    "protect": lambda release, request, given: _ask(release, request, WorkKind.COUNT, given),
    "check": lambda release, request, given: _ask(release, request, WorkKind.CHECK, given),
    "publish": lambda release, request, given: _ask(release, request, WorkKind.PUBLISH, given),
    "discard": lambda release, request, given: actions.discard(
        release, reason=given["reason"], by=request.user
    ),
    "withdraw": lambda release, request, given: actions.withdraw(
        release, reason=given["reason"], reason_en=given["reason_en"], by=request.user
    ),
}


def _page(
    request: PersonRequest,
    release: Release,
    refused: str = "",
    leaving: LeavingOutForm | None = None,
) -> HttpResponseBase:
    before = reads.before(release)
    changes = reads.changes(release, before)
    state = reads.state_of_release(release)
    # Money alone, with nobody's data, may be published by who made it.
    is_own = release.made_by_id == request.user.pk and release.scope != Scope.MONEY
    context = {
        "release": release,
        "state": RELEASE.state(state),
        # What was withdrawn says there why; what never came out has no page.
        "public_url": _public_url(release) if release.published_at else "",
        "steps": workflow.history(RELEASE, release.pk),
        "moves": _moves(release, request.user, is_own),
        "work": work_of(release),
        "is_site_late": _is_site_late(release),
        "refused": refused,
        "may_count": state == "draft",
        "before": before,
        "changes": _by_figure(release, changes[:MOST_CHANGES]),
        "more": max(len(changes) - MOST_CHANGES, 0),
        "cells": Cell.objects.filter(release=release).count(),
        "hidden": Cell.objects.filter(release=release, marker="[c]").count(),
        "findings": [one.in_language(language()) for one in in_words(release)],
        "leaving": leaving or _leaving(release, state, request.user),
        "left_out": [
            (table_name(_measures(release), one), one) for one in release.left_out.order_by("pk")
        ],
        "late": _late(release, state),
        "is_own": is_own and state == "checked",
        "others": _others(request.user) if is_own and state == "checked" else [],
        "may_withdraw": state in reads.SHOWN
        and holds(request.user, Permission.PUBLISH_RELEASES)
        and not hasattr(release, "withdrawal"),
        "withdrawing": ReleaseMoveForm(request.POST if refused else None),
    }
    return render_page(request, "portal/release.html", "portal/_release.html", context)


def _public_url(release: Release) -> str:
    """Where everybody reads of it, in the language of the page."""
    prefix = "/en" if language() == "en" else ""
    return f"{prefix}/releases/#r{release.number}"


def _late(release: Release, state: str) -> list[ImportBatch]:
    """Lists that a release on show does not hold. Stewards see no office's lists, but these."""
    if state not in reads.SHOWN:
        return []
    with speaking_as_system():
        return late_lists(release).every


def _moves(release: Release, person: User, is_own: bool) -> workflow.Moves:
    """What a person may do now: nobody is offered to publish what they made."""
    moves = workflow.moves_of(RELEASE, release.pk, person)
    offered = tuple(one for one in moves.moves if not (is_own and one.key == "publish"))
    return replace(moves, moves=offered)


def _others(person: User) -> list[str]:
    """The names of those who may publish what this person made."""
    roles = [role for role, granted in ROLES.items() if Permission.PUBLISH_RELEASES in granted]
    found = User.objects.filter(role__in=roles, is_active=True).exclude(role=Role.SYSTEM)
    return [str(one) for one in found.exclude(pk=person.pk).order_by("pk")[:MOST_NAMES]]


def _is_site_late(release: Release) -> bool:
    """Whether the pages without a release that was withdrawn are still to be written."""
    return hasattr(release, "withdrawal") and actions.is_site_late()


@dataclass(frozen=True)
class ChangedFigure:
    """What a release states otherwise of one figure. country: None where that did not change."""

    label: str
    country: reads.Change | None
    places: list[tuple[str, reads.Change]]


def _by_figure(release: Release, changes: list[reads.Change]) -> list[ChangedFigure]:
    """Changes figure by figure, in the language of the page; one a line would be a long page."""
    places, spoken = areas_on(release.as_of).places, language()
    by_measure: dict[str, list[reads.Change]] = {}
    for one in changes:
        by_measure.setdefault(one.cell.measure, []).append(one)
    return [
        ChangedFigure(
            release.measures.get(measure, {}).get(f"label_{spoken}", measure),
            next((one for one in found if one.cell.area == NATION), None),
            [
                (places[one.cell.area].name if one.cell.area in places else one.cell.area, one)
                for one in found
            ],
        )
        for measure, found in by_measure.items()
    ]


def _said(refusal: Refusal) -> str:
    return say(refusal.message)
