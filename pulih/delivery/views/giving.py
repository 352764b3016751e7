"""The page on which who gives goods signs, with a network or without; by office or link."""

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
from ..actions.giving import take_signatures
from ..acts import GivesIn
from ..clock import now
from ..models import Handover
from ..purposes import GIVE
from ..reads.field import give_list
from . import field

TEMPLATE = "delivery/field_give.html"
LARGEST_BODY = 20_000


@require_safe
@permission_required(Permission.RUN_ACTIVITIES)
@ensure_csrf_cookie
def show_give(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Open the page on an officer's phone, on which the giver signs."""
    lookups.handover_of(request.user, pk)
    addresses = field.reversed_to("delivery", "give-list", "give-signatures", pk)
    return field.open_page(request, TEMPLATE, words(), addresses)


@require_safe
@permission_required(Permission.RUN_ACTIVITIES)
def show_given(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer what is given."""
    handover = lookups.handover_of(request.user, pk)
    return field.private(JsonResponse(give_list(handover, now(request), None)))


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def take(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Take what was signed on an officer's phone."""
    return _take(request, lookups.handover_of(request.user, pk), request.user)


@by_link(GIVE)
@require_safe
@ensure_csrf_cookie
def show_give_by_link(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Open the page for the giver."""
    addresses = field.reversed_to(
        "delivery", "give-list-by-link", "give-signatures-by-link", link.pk
    )
    return field.open_page(request, TEMPLATE, words(), addresses)


@by_link(GIVE)
@require_safe
def show_given_by_link(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Answer to the giver what is given."""
    handover = lookups.handover_of_link(link)
    with on_behalf(link):  # The link opens its own row; goods and activity are named for it.
        told = give_list(handover, now(request), link)
    return field.private(JsonResponse(told))


@by_link(GIVE)
@require_POST
def take_by_link(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Take what the giver signed."""
    return _take(request, lookups.handover_of_link(link), link)


def _take(request: HttpRequest, handover: Handover, by: User | Link) -> HttpResponseBase:
    act = partial(take_signatures, handover, by=by, now=now(request))
    return field.take(request, GivesIn, LARGEST_BODY, act)


def words() -> dict[str, str]:
    """Return what the page's script says, in the language of the request."""
    return {
        "waiting": _(
            "Kept on this phone, waiting for the network. The signature counts once sent."
        ),
        "taken": _("Signed, and with the server. Thank you."),
        "signed": _("%(who)s has signed for the office."),
        "refused": _("Not accepted"),
        "incomplete": _("Not complete yet: %(fields)s"),
    }
