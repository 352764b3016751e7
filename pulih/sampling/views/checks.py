"""Sampling checks: the list, one with its draw and its results, what anybody repeats it by."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.areas.models import COUNTRY
from pulih.delivery.clock import day_in, now
from pulih.delivery.forms import EndLinkForm
from pulih.documents.lookups import in_force
from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.links import actions as links
from pulih.people.links.models import Link
from pulih.people.permissions import Permission, holds, may
from pulih.web.answers import carried_out
from pulih.web.kept_files import made_file
from pulih.web.page import go_to, render_page

from .. import lookups
from ..actions import checks as actions
from ..documents.report import pdf
from ..forms import DrawForm, FreezeForm, LinkForm
from ..lists import CHECKS
from ..models import Outcome, SampleCheck, SampleUnit
from ..papers import REPORT
from ..purposes import VISIT
from ..reads import drawn_units, results, standing_visits

SHOWN = 50  # Drawn lines on the page; the list has them all.


@require_safe
@permission_required(Permission.SEE_SAMPLES)
def show_list(request: PersonRequest) -> HttpResponseBase:
    """List the checks."""
    context = {"may_check": holds(request.user, Permission.CHECK_SAMPLES)}
    return pages.answer(request, CHECKS, "sampling/list.html", context=context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECK_SAMPLES)
def freeze(request: PersonRequest) -> HttpResponseBase:
    """Freeze the list of a new check."""
    form = FreezeForm(request.user, request.POST or None)
    moment = now(request)
    act = partial(actions.freeze, by=request.user, now=moment, today=day_in(COUNTRY, moment))
    if request.method == "POST" and (made := carried_out(form, act)):
        return go_to(request, reverse("sampling:check", args=[made.pk]))
    return render_page(request, "sampling/new.html", "sampling/_new.html", {"form": form})


@require_safe
@permission_required(Permission.SEE_SAMPLES)
def show_check(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show a check: its list, its draw, what was found."""
    return _page(request, lookups.sample_of(request.user, pk))


@require_POST
@permission_required(Permission.CHECK_SAMPLES)
def draw(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Draw whom to visit."""
    sample, form = lookups.sample_of(request.user, pk), DrawForm(request.POST)
    if carried_out(form, partial(actions.draw, sample, by=request.user, now=now(request))):
        return go_to(request, reverse("sampling:check", args=[pk]))
    return _page(request, sample, draw_form=form)


@require_POST
@permission_required(Permission.CHECK_SAMPLES)
def give_link(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give a visitor a link; its address is shown this once."""
    sample = lookups.sample_of(request.user, pk)
    form = LinkForm(sample, request.POST)
    # A link opens by the true clock, for PostgreSQL asks no other; a scenario plays on its own.
    act = partial(actions.give_link, sample, by=request.user, now=timezone.now())
    if given := carried_out(form, act):
        address = request.build_absolute_uri(reverse("links:open", args=[given[1]]))
        return _page(request, sample, address=address)
    return _page(request, sample, link_form=form)


@require_POST
@permission_required(Permission.CHECK_SAMPLES)
def end_link(request: PersonRequest, pk: int, link: int) -> HttpResponseBase:
    """End a visitor's link at once."""
    sample = lookups.sample_of(request.user, pk)
    found = get_object_or_404(_links(request, sample), pk=link)
    form = EndLinkForm(request.POST)
    if carried_out(form, partial(links.revoke, found, by=request.user, now=timezone.now())):
        return go_to(request, reverse("sampling:check", args=[pk]))
    return _page(request, sample, refused=True)


@require_safe
@permission_required(Permission.SEE_SAMPLES)
def frozen_list(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer the frozen list without names; the SHA-256 of this file is the digest."""
    sample = lookups.sample_of(request.user, pk)
    units = sample.units.select_related("measure").order_by("number")
    lines = (";".join(map(str, one.public)) + "\n" for one in units)
    return made_file("".join(lines), f"uji-petik-{pk}.csv")


@require_safe
@permission_required(Permission.SEE_SAMPLES)
def paper(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer the report as PDF."""
    return made_file(pdf(lookups.sample_of(request.user, pk)), f"uji-petik-{pk}.pdf", shown=True)


def _links(request: PersonRequest, sample: SampleCheck) -> Any:
    units = list(SampleUnit.objects.filter(sample=sample, drawn__isnull=False).values_list("pk"))
    rows = Link.objects.visible_to(request.user).filter(purpose=VISIT.key)
    return rows.filter(subjects__overlap=[key for (key,) in units]).order_by("-pk")


def _page(request: PersonRequest, sample: SampleCheck, **more: Any) -> HttpResponseBase:
    units = list(drawn_units(sample)[:SHOWN])
    visits = standing_visits([one.pk for one in units])
    found = results(sample)
    context = {
        "sample": sample,
        "found": found,
        "estimates": [(Outcome(key).label, one) for key, one in found.estimates.items()],
        "outcomes": Outcome.labels,
        "wanted": sum(sample.sizes.values()),
        "units": [(one, visits.get(one.pk)) for one in units],
        "may_check": may(request.user, Permission.CHECK_SAMPLES, sample.province),
        "draw_form": DrawForm(),
        "link_form": LinkForm(sample),
        "paper_code": in_force(REPORT, sample.pk),
        "address": "",
        "links": _links(request, sample) if sample.drawn_at else [],
        "moment": timezone.now(),
        "refused": False,
        **more,
    }
    return render_page(request, "sampling/check.html", "sampling/_check.html", context)
