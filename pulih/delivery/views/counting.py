"""The page on which a receiver counts and signs, with a network or without; by office or link."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from pulih.people.access import PersonRequest, permission_required
from pulih.people.links.access import LinkRequest, by_link
from pulih.people.links.acting import on_behalf
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.permissions import Permission

from .. import lookups
from ..actions.counting import take_counts
from ..acts import LARGEST_PHOTO, CountsIn
from ..clock import now
from ..models import Handover
from ..purposes import COUNT
from ..reads.field import count_list
from . import field

TEMPLATE = "delivery/field_count.html"
LARGEST_BODY = LARGEST_PHOTO + 40_000  # Two signatures of some 11 kB beside it.


@require_safe
@permission_required(Permission.RUN_ACTIVITIES)
@ensure_csrf_cookie
def show_count(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Open the page on an officer's phone, on which the receiver signs."""
    lookups.handover_of(request.user, pk)
    addresses = field.reversed_to("delivery", "count-list", "count-counts", pk)
    return field.open_page(request, TEMPLATE, words(), addresses)


@require_safe
@permission_required(Permission.RUN_ACTIVITIES)
def show_sent(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer what was sent."""
    handover = lookups.handover_of(request.user, pk)
    return field.private(JsonResponse(count_list(handover, now(request), None)))


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def take(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Take what was counted on an officer's phone."""
    return _take(request, lookups.handover_of(request.user, pk), request.user)


@by_link(COUNT)
@require_safe
@ensure_csrf_cookie
def show_count_by_link(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Open the page for the receiver."""
    addresses = field.reversed_to("delivery", "count-list-by-link", "count-counts-by-link", link.pk)
    return field.open_page(request, TEMPLATE, words(), addresses)


@by_link(COUNT)
@require_safe
def show_sent_by_link(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Answer what was sent to the receiver."""
    handover = lookups.handover_of_link(link)
    with on_behalf(link):  # The link opens its own row; goods and activity are named for it.
        told = count_list(handover, now(request), link)
    return field.private(JsonResponse(told))


@by_link(COUNT)
@require_POST
def take_by_link(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Take what the receiver counted."""
    return _take(request, lookups.handover_of_link(link), link)


def _take(request: HttpRequest, handover: Handover, by: User | Link) -> HttpResponseBase:
    act = partial(take_counts, handover, by=by, now=now(request))
    return field.take(request, CountsIn, LARGEST_BODY, act)


def words() -> dict[str, str]:
    """Return what the page's script says, in the language of the request."""
    return {
        "waiting": _("Kept on this phone, waiting for the network. The receipt counts once sent."),
        "taken": _("Signed, and with the server. Thank you."),
        "confirmed": _("%(n)s %(unit)s were confirmed on %(day)s."),
        "refused": _("Not accepted"),
        "difference": _("%(n)s fewer than were sent. Say why; both sides see it."),
        "more": _("More than was sent. Count again, or tell the office."),
        "incomplete": _("Not complete yet: %(fields)s"),
        "no_photo": _("This picture cannot be used. Take another."),
        "photo": _("Photo kept, %(n)s kB"),
    }
