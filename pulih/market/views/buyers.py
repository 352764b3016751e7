"""Who asks for goods."""

from functools import partial
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.common.errors import Refusal
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may, require
from pulih.web.addresses import with_query
from pulih.web.answers import is_done
from pulih.web.as_of import as_of
from pulih.web.page import go_to, render_page
from pulih.web.shortened import shorten
from pulih.web.words import say

from ..actions import needs as actions
from ..forms import BuyerForm, NameForm
from ..links import BUYING
from ..models import Buyer, BuyerContact, Need
from .answers import form_page
from .links import given_to, new_address

MOST_NEEDS = 50  # On the page of a buyer; the list has the rest.


def buyer_of(pk: int) -> Buyer:
    rows = Buyer.objects.select_related("regency", "province")
    found: Buyer = get_object_or_404(rows, pk=pk)
    return found


@require_safe
@permission_required(Permission.SEE_MARKET)
def show_buyer(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show a buyer, the names it bore, and its needs; whom to ask, within one's reach."""
    return _buyer_page(request, buyer_of(pk))


def _buyer_page(request: PersonRequest, buyer: Buyer, **forms: Any) -> HttpResponseBase:
    needs = Need.objects.visible_to(request.user).filter(buyer=buyer)
    context = {
        "buyer": buyer,
        "names": buyer.names.order_by("valid_from", "pk"),
        "contact": BuyerContact.objects.visible_to(request.user).filter(buyer=buyer).first(),
        "needs": shorten(
            needs.select_related("product").order_by("-pk"),
            MOST_NEEDS,
            with_query(reverse("market:needs"), {"buyer": buyer.pk}),
        ),
        "may_keep": may(request.user, Permission.KEEP_NEEDS, buyer.regency),
        "name_form": forms.get("name_form") or NameForm(initial={"valid_from": as_of(request).day}),
        "problem": forms.get("problem", ""),
        **given_to(request, BUYING, buyer.pk),
    }
    shown = {"address": forms["address"]} if "address" in forms else {}
    return render_page(request, "market/buyer.html", "market/_buyer.html", context | shown)


@require_POST
@permission_required(Permission.KEEP_NEEDS)
def give_link(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Make an address by which a buyer states its needs on a phone; it is shown this once."""
    buyer = buyer_of(pk)
    try:
        address = new_address(request, BUYING, pk, holder=buyer.name, area=buyer.regency)
    except Refusal as refusal:
        return _buyer_page(request, buyer, problem=say(refusal.message))
    return _buyer_page(request, buyer, address=address)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.KEEP_NEEDS)
def new_buyer(request: PersonRequest) -> HttpResponseBase:
    """Write down who asks for goods."""
    return form_page(
        request,
        BuyerForm(request.POST or None, by=request.user),
        partial(actions.add_buyer, today=as_of(request).day, by=request.user),
        lambda buyer: reverse("market:buyer", args=[buyer.pk]),
        title=_("New buyer"),
        crumb=_("Buyers"),
        crumb_url=reverse("market:buyers"),
        answer=_("Its needs count once an office has verified it."),
        button=_("Save the buyer"),
    )


@require_POST
@permission_required(Permission.KEEP_NEEDS)
def verify_buyer(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Say that a buyer is what it says it is."""
    buyer = buyer_of(pk)
    try:
        actions.verify_buyer(buyer, by=request.user)
    except Refusal as refusal:
        return _buyer_page(request, buyer, problem=say(refusal.message))
    return go_to(request, reverse("market:buyer", args=[pk]))


@require_POST
@permission_required(Permission.KEEP_NEEDS)
def rename_buyer(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give a buyer its newest name."""
    buyer, form = buyer_of(pk), NameForm(request.POST)
    require(request.user, Permission.KEEP_NEEDS, buyer.regency)
    if is_done(form, partial(actions.rename_buyer, buyer, by=request.user)):
        return go_to(request, reverse("market:buyer", args=[pk]))
    return _buyer_page(request, buyer, name_form=form)
