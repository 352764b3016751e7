"""The page on which visits are written down where there is no network, by the visitor's link."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from pulih.areas.rows import area_of
from pulih.delivery.clock import now
from pulih.delivery.reads.field import clocks
from pulih.delivery.views import field
from pulih.people.links.access import LinkRequest, by_link
from pulih.people.links.models import Link
from pulih.people.scope import speaking_as_system

from ..actions.phones import take_visits
from ..acts import VisitsIn
from ..models import Kind, Outcome, SampleUnit, Visit
from ..purposes import VISIT
from ..reads import standing_visits
from ..words import quantity

ASSETS = (*field.SHARED, "sampling/field_visits.js")
LARGEST_BODY = 800_000


@by_link(VISIT)
@require_safe
@ensure_csrf_cookie
def show_field(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Open the page; it holds no names, so that the phone may keep it."""
    addresses = field.reversed_to("sampling", "field-list", "field-visits", link.pk)
    return field.open_page(request, "sampling/field_visits.html", words(), addresses)


@by_link(VISIT)
@require_safe
def show_field_list(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Answer what is to be visited, and what was found so far."""
    with speaking_as_system():  # The link opens its own rows; areas and title are named for it.
        told = _told(link, now(request))
    return field.private(JsonResponse(told))


@by_link(VISIT)
@require_POST
def take_field_visits(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Take the visits that a phone holds."""
    act = partial(take_visits, by=link, now=now(request))
    return field.take(request, VisitsIn, LARGEST_BODY, act)


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponseBase:
    """Answer the script that keeps the page on the phone."""
    return field.worker_of(request, "sampling", ASSETS)


def _told(link: Link, moment: datetime) -> dict[str, Any]:
    rows = SampleUnit.objects.filter(pk__in=link.subjects).order_by("number")
    units = list(rows.select_related("sample", "regency", "province"))
    visits = standing_visits([one.pk for one in units])
    sample = units[0].sample
    return {
        **clocks(units[0].province_id, moment, link.valid_to, link),
        "title": sample.title,
        "counts": sample.kind != Kind.SEATS,
        "first": localtime(sample.drawn_at).date().isoformat() if sample.drawn_at else "",
        "units": [_unit(sample.kind, one, visits.get(one.pk)) for one in units],
    }


def _unit(kind: str, unit: SampleUnit, visit: Visit | None) -> dict[str, Any]:
    return {
        "id": unit.pk,
        "number": unit.number,
        "name": unit.name,
        "expected": f"{unit.expected}: {quantity(kind, unit)}",
        "area": str(area_of(unit)),
        "outcome": visit.outcome if visit else "",
    }


def words() -> dict[str, str]:
    """Return what the page's script says, in the language of the request."""
    return {
        **{value: str(label) for value, label in Outcome.choices},
        "open": _("not visited yet"),
        "waiting": _("waiting for the network"),
        "taken": _("received by the server"),
        "refused": _("refused"),
        "visited": _("%(v)s of %(n)s visited"),
        "incomplete": _("Choose what was found, and say what was seen or said there."),
    }
