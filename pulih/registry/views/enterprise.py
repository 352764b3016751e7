"""One enterprise with all its sources: what is known, from where, and what changed."""

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pulih.areas.rows import area_of
from pulih.classifications import commodities, status
from pulih.people.access import PersonRequest, permission_required
from pulih.people.identity_numbers import Reason
from pulih.people.permissions import Permission, holds, may
from pulih.registry import actions, changes, merge_history
from pulih.registry.forms import OpeningForm
from pulih.registry.models import Enterprise, Merge
from pulih.registry.sources import attributes_of, pins_of, sources_of
from pulih.web.addresses import url_with
from pulih.web.bounds import row_key
from pulih.web.figures import Happening, Tab
from pulih.web.page import go_to, render_page
from pulih.web.shortened import shorten
from pulih.workflow.sending import each_time

from .lookups import enterprise_of, gate, language

NEWEST, MOST_HAPPENINGS = 4, 100  # On the first page of a firm; on its history, until all is asked.


@require_GET
@gate
def enterprise(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one enterprise: what is known, and which source each piece came from."""
    found = enterprise_of(request, pk)
    if became := _became(request, found):
        address = reverse("registry:enterprise", args=[became.pk])
        return redirect(f"{address}?merged={found.pk}")
    sources = sources_of(found, request.user)
    context = {
        **about(request, found, "enterprise", len(sources)),
        "attributes": attributes_of(found, sources, pins_of(found, request.user)),
        "came_from": _came_from(request, found),
        "source_count": len(sources),
        "impact_url": _url("impact:of-enterprise", pk),
        "market_url": _url("market:of-enterprise", pk),
        "happenings": _happenings(request, found, MOST_HAPPENINGS)[:NEWEST],
    }
    return render_page(request, "registry/enterprise.html", "registry/_enterprise.html", context)


@require_GET
@gate
def sources(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show every row that speaks of an enterprise, as it was delivered."""
    found = enterprise_of(request, pk)
    rows = sources_of(found, request.user)
    context = {**about(request, found, "sources", len(rows)), "sources": rows}
    context["may_open_files"] = holds(request.user, Permission.SEE_FILES)
    return render_page(request, "registry/sources.html", "registry/_sources.html", context)


@require_GET
@gate
def history(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show what changed in an enterprise, when and through whom."""
    found = enterprise_of(request, pk)
    rows = sources_of(found, request.user)
    context = {**about(request, found, "history", len(rows))}
    every = _happenings(request, found)
    most = len(every) if "all" in request.GET else MOST_HAPPENINGS
    context["happenings"] = shorten(every, max(most, 1), url_with(request, all=1))
    return render_page(request, "registry/history.html", "registry/_history.html", context)


@each_time
@require_POST
@permission_required(Permission.SEE_ENTERPRISES, Permission.UNMASK_IDENTITY)
def nik(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Open the cut NIK of one owner; the record keeps who asked, and why."""
    found = enterprise_of(request, pk)
    form = OpeningForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why you open the number: choose a reason from the list."))
        return go_to(request, reverse("registry:enterprise", args=[pk]))
    reason = Reason(form.cleaned_data["reason"])
    number = actions.open_nik(found, reason=reason, by=request.user)
    context = {"enterprise": found, "number": number}
    response = render_page(request, "registry/nik.html", "registry/_nik.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def about(request: PersonRequest, found: Enterprise, on: str, sources: int) -> dict[str, Any]:
    """Return what the frame of every page of one enterprise needs. on: the open tab."""
    spoken = language(request)
    state = status.LIST.find(found.status) if found.status else None
    group = commodities.LIST.find(found.commodity_group) if found.commodity_group else None
    return {
        "enterprise": found,
        "became": _became(request, found),
        "cut_nik": found.nik or "",
        "reasons": Reason.choices,
        "status": state.name(spoken) if state else found.status or "",
        "status_tone": "good" if (found.status or "").startswith("PRODUCING") else "warn",
        "group": group.name(spoken) if group else found.commodity_group or "",
        "may_curate": may(request.user, Permission.CURATE_ENTERPRISES, area_of(found)),
        "may_answer": may(request.user, Permission.ANSWER_PERSONS, area_of(found)),
        "may_open": may(request.user, Permission.UNMASK_IDENTITY, area_of(found)),
        "tabs": [
            Tab(_("Summary"), reverse("registry:enterprise", args=[found.pk]), on == "enterprise"),
            Tab(
                _("Sources"), reverse("registry:sources", args=[found.pk]), on == "sources", sources
            ),
            Tab(
                _("Joined and parted"),
                reverse("registry:joined", args=[found.pk]),
                on == "joined",
                merge_history.of(found, request.user).count or None,
            ),
            Tab(_("History"), reverse("registry:history", args=[found.pk]), on == "history"),
        ],
    }


def _became(request: PersonRequest, found: Enterprise) -> Enterprise | None:
    """Return the firm that this one was merged into, if it was and the person sees it."""
    rows = Enterprise.objects.visible_to(request.user)
    return rows.filter(pk=found.merged_into_id).first() if found.merged_into_id else None


def _happenings(
    request: PersonRequest, found: Enterprise, most: int | None = None
) -> list[Happening]:
    return changes.happenings(found, sources_of(found, request.user), request.user, most)


def _url(name: str, pk: int) -> str:
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:  # That room is not there yet.
        return ""


def _came_from(request: PersonRequest, found: Enterprise) -> Merge | None:
    """Return the merge that brought the visitor of another enterprise's address here."""
    rows = Enterprise.objects.visible_to(request.user).filter(merged_into=found)
    gone = rows.filter(pk=row_key(request.GET.get("merged", ""))).first()
    return merge_history.merge_of(gone, request.user) if gone else None
