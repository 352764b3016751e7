"""The market's lists: each is one declaration in `lists.py`."""

from django.db.models import Count
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pulih.lists import pages
from pulih.lists.listing import Listing
from pulih.people.access import PersonRequest, permission_required
from pulih.people.models import User
from pulih.people.permissions import Permission, holds
from pulih.web import keyset, numbers
from pulih.web.as_of import as_of
from pulih.web.page import render_page

from .. import lists, order_lists
from ..cases import STILL_MADE
from ..models import Need, Order, OrderPart
from ..rules.freshness import GREY_AFTER_DAYS, LEFT_OUT_AFTER_DAYS
from ..tabs import tabs


@require_safe
def show_products(request: PersonRequest) -> HttpResponseBase:
    """List what is made and asked for."""
    return _shown(request, lists.PRODUCTS)


@require_safe
def show_capacities(request: PersonRequest) -> HttpResponseBase:
    """List what firms can make, the lately confirmed first."""
    return _shown(request, lists.CAPACITIES)


@require_safe
def show_unread(request: PersonRequest) -> HttpResponseBase:
    """List the capacities of delivered rows that could not be read, with the reason."""
    return _shown(request, lists.UNREAD)


@require_safe
def show_certificates(request: PersonRequest) -> HttpResponseBase:
    """List the certificates that firms hold."""
    return _shown(request, lists.CERTIFICATES)


@require_safe
def show_groups(request: PersonRequest) -> HttpResponseBase:
    """List the groups that send together."""
    return _shown(request, lists.GROUPS)


@require_safe
def show_needs(request: PersonRequest) -> HttpResponseBase:
    """The board: what is asked for, the first due first."""
    return _shown(request, order_lists.NEEDS, answer=_board_in_words(request.user))


@require_safe
@permission_required(Permission.SEE_MARKET)
def show_standing(request: PersonRequest) -> HttpResponseBase:
    """Say how many needs are open and filled, and how many firms have work; for the first page."""
    waiting, whole = _counted(request.user)
    orders = Order.objects.visible_to(request.user).filter(state__in=STILL_MADE)
    parts = OrderPart.objects.filter(order__in=orders)
    context = {
        "waiting": numbers.counted(waiting),
        "whole": numbers.counted(whole),
        "firms": parts.aggregate(n=Count("enterprise", distinct=True))["n"],
    }
    return render_page(request, "market/standing.html", "market/_standing.html", context)


def _counted(person: User) -> tuple[int, int]:
    """Count the needs that still ask for makers and those filled, as far as the pager counts."""
    needs = Need.objects.visible_to(person)
    return keyset.count(needs.asking()), keyset.count(needs.filled())


def _board_in_words(person: User) -> str:
    """Say in one sentence how much is asked for, counted only as far as the pager counts."""
    waiting, whole = _counted(person)
    return _(
        "%(waiting)s needs still ask for makers, %(whole)s are ordered in full or received; what "
        "was received is listed where it is asked for."
    ) % {
        "waiting": numbers.counted(waiting),
        "whole": numbers.counted(whole),
    }


@require_safe
def show_buyers(request: PersonRequest) -> HttpResponseBase:
    """List who asks for goods."""
    return _shown(request, order_lists.BUYERS)


@require_safe
def show_runs(request: PersonRequest) -> HttpResponseBase:
    """List the matches, the newest first."""
    return _shown(request, order_lists.RUNS)


@require_safe
def show_orders(request: PersonRequest) -> HttpResponseBase:
    """List the orders, the newest first."""
    return _shown(request, order_lists.ORDERS)


def _shown(request: PersonRequest, listing: Listing, answer: str = "") -> HttpResponseBase:
    context = {
        "answer": answer,
        "tabs": tabs(listing.key),
        "day": as_of(request).day,
        "grey": GREY_AFTER_DAYS,
        "left_out": LEFT_OUT_AFTER_DAYS,
        "may_keep": holds(request.user, Permission.KEEP_CAPACITIES),
        "may_match": holds(request.user, Permission.MATCH),
    }
    return pages.answer(request, listing, page="market/list.html", context=context)
