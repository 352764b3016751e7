"""Visits: by an officer, or by the link of who goes there; and the findings that follow."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.delivery.clock import day_in, now
from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.links.access import LinkRequest, by_link
from pulih.people.links.models import Link
from pulih.people.permissions import Permission, may
from pulih.people.scope import speaking_as_system
from pulih.web.answers import carried_out
from pulih.web.page import go_to, render_page
from pulih.workflow import reads as workflow
from pulih.workflow.moving import moved

from .. import lookups
from ..actions import visits as actions
from ..forms import VisitForm
from ..lists import FINDINGS, UNITS
from ..models import SampleUnit
from ..purposes import VISIT
from ..reads import standing_visits
from ..states import FINDING
from ..words import quantity


@require_safe
@permission_required(Permission.SEE_SAMPLES)
def show_units(request: PersonRequest) -> HttpResponseBase:
    """List what was drawn, with what was found."""
    return pages.answer(request, UNITS)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_SAMPLES)
def show_unit(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one line with its visits, and write another one down."""
    unit = lookups.unit_of(request.user, pk)
    form = _form(request, unit, name=request.user.name)
    act = partial(
        actions.visit, unit, by=request.user, now=now(request), today=_today(request, unit)
    )
    if request.method == "POST" and carried_out(form, act):
        return go_to(request, reverse("sampling:unit", args=[pk]))
    context = {
        **_shown(unit, form),
        "may_check": may(request.user, Permission.CHECK_SAMPLES, unit.province),
    }
    return render_page(request, "sampling/unit.html", "sampling/_unit.html", context)


@require_safe
@by_link(VISIT)
def show_visits_by_link(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Show the holder of a link what to visit."""
    units = list(SampleUnit.objects.filter(pk__in=link.subjects).order_by("number"))
    visits = standing_visits([one.pk for one in units])
    with speaking_as_system():  # The link opens its own rows; areas and title are named for it.
        rows = SampleUnit.objects.filter(pk__in=link.subjects)
        named = rows.select_related("sample", "regency", "province").in_bulk()
    context = {
        "link": link,
        "sample": named[units[0].pk].sample,
        "units": [(named[one.pk], visits.get(one.pk)) for one in units],
        "visited": len(visits),
    }
    return render_page(request, "sampling/visits.html", "sampling/_visits.html", context)


@require_http_methods(["GET", "POST"])
@by_link(VISIT)
def visit_by_link(request: LinkRequest, link: Link, pk: int) -> HttpResponseBase:
    """Write down one visit by a link."""
    get_object_or_404(SampleUnit, pk=pk, pk__in=link.subjects)
    with speaking_as_system():
        rows = SampleUnit.objects.select_related("sample", "regency", "province", "drawn")
        unit = rows.get(pk=pk)
        shown = _shown(unit, form := _form(request, unit, name=link.holder))
        shown["visits"] = list(shown["visits"])
    act = partial(actions.visit, unit, by=link, now=now(request), today=_today(request, unit))
    if request.method == "POST" and carried_out(form, act):
        return go_to(request, reverse("sampling:visit-by-link", args=[link.pk]))
    context = {"link": link, **shown}
    return render_page(request, "sampling/visit.html", "sampling/_visit_by_link.html", context)


@require_safe
@permission_required(Permission.SEE_SAMPLES)
def show_findings(request: PersonRequest) -> HttpResponseBase:
    """List what was not found as recorded."""
    return pages.answer(request, FINDINGS, "sampling/findings.html")


@require_safe
@permission_required(Permission.SEE_SAMPLES)
def show_finding(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one finding, who has to settle it, and what was done."""
    return _finding(request, pk)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES, Permission.SEE_SAMPLES)
def move_finding(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Settle a finding, or say that it is none."""
    finding = lookups.finding_of(request.user, pk)
    act = partial(actions.take_move, finding, by=request.user, now=now(request))
    refused = moved(request, act)
    if refused is not None:
        return _finding(request, pk, refused)
    return go_to(request, reverse("sampling:finding", args=[pk]))


def _finding(request: PersonRequest, pk: int, refused: str = "") -> HttpResponseBase:
    finding = lookups.finding_of(request.user, pk)
    duty = workflow.open_duty(FINDING, pk)
    last = workflow.last_step(FINDING, pk)
    assert last is not None
    context = {
        "finding": finding,
        "unit": finding.unit,
        "visit": actions.standing(finding.unit),
        "state": FINDING.state(last.to_state),
        "held": workflow.clock_of(duty, now(request)) if duty else None,
        "steps": workflow.history(FINDING, pk),
        "moves": workflow.moves_of(FINDING, pk, request.user),
        "refused": refused,
    }
    return render_page(request, "sampling/finding.html", "sampling/_finding.html", context)


def _form(request: Any, unit: SampleUnit, name: str) -> VisitForm:
    if request.method == "POST":
        return VisitForm(request.POST)
    return VisitForm(initial={"visited_on": _today(request, unit), "visitor": name})


def _shown(unit: SampleUnit, form: VisitForm) -> dict[str, Any]:
    visits = unit.visits.select_related("by", "link", "corrects").order_by("-pk")
    return {
        "unit": unit,
        "sample": unit.sample,
        "should": quantity(unit.sample.kind, unit),
        "visits": visits,
        "form": form,
    }


def _today(request: Any, unit: SampleUnit) -> date:
    return day_in(unit.province_id, now(request))
