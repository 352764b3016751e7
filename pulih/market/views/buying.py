"""What a buyer without an account does by its own link: states needs, answers, signs for goods."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from pulih.people.links.access import LinkRequest, by_link
from pulih.people.links.models import Link
from pulih.people.scope import speaking_as_system
from pulih.web.answers import is_done
from pulih.web.as_of import as_of
from pulih.web.forms import problem_of
from pulih.web.page import go_to, render_page
from pulih.web.shortened import Shortened, shorten
from pulih.workflow.typed_again import back_with_typed

from ..actions import needs as need_actions
from ..actions import offers
from ..actions.needs import GivenTerms
from ..forms import AnswerForm, BuyingForm, ReasonForm, ReceiptForm
from ..links import BUYING
from ..models import Buyer, BuyerName, Need, Order
from ..states import ORDER
from .orders import parts_of

MOST = 50


@require_http_methods(["GET", "POST"])
@by_link(BUYING)
def show_buying(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Show a buyer its needs with their offers, and let it state another."""
    buyer = get_object_or_404(Buyer, pk__in=link.subjects)
    form = BuyingForm(request.POST or None)
    if request.method == "POST" and is_done(form, partial(_state, request, link, buyer)):
        return go_to(request, reverse("market:buying", args=[link.pk]))
    return _buying_page(request, link, buyer, form)


def _state(request: HttpRequest, link: Link, buyer: Buyer, product: Any, **terms: Any) -> Need:
    """State a need; that of a verified buyer counts at once."""
    today = as_of(request).day
    with speaking_as_system():
        regency = buyer.regency
    need = need_actions.state_need(
        buyer, product, GivenTerms(**terms), regency=regency, today=today, by=link
    )
    if buyer.verified_at is not None:
        need_actions.publish_need(need, today=today, by=link)
    return need


def _buying_page(
    request: HttpRequest, link: Link, buyer: Buyer, form: BuyingForm, problem: str = ""
) -> HttpResponseBase:
    context = {
        "link": link,
        "buyer": buyer,
        "form": form,
        "needs": _needs_with_orders(buyer),
        "problem": problem,
    }
    return render_page(request, "market/buying.html", "market/_buying.html", context)


def _needs_with_orders(buyer: Buyer) -> Shortened:
    needs = buyer.needs.exclude(state="withdrawn").order_by("-pk").select_related("product")
    first = shorten(needs, MOST)
    found = first.rows
    by_need: dict[int, list[Order]] = {need.pk: [] for need in found}
    # The link reads its orders; the names of suppliers are not of its rows.
    keys = list(Order.objects.live().filter(need__in=found).values_list("pk", flat=True))
    with speaking_as_system():
        orders = Order.objects.filter(pk__in=keys).select_related("group", "enterprise", "regency")
        for order in orders.order_by("pk"):
            by_need[order.need_id].append(order)
    return replace(first, rows=[(need, by_need[need.pk]) for need in found])


@require_POST
@by_link(BUYING)
def withdraw_by_link(request: LinkRequest, link: Link, pk: int) -> HttpResponseBase:
    """Let a buyer take a need back, with the reason."""
    need = get_object_or_404(Need.objects.select_related("buyer"), pk=pk)
    form = ReasonForm(request.POST)
    if is_done(form, partial(need_actions.withdraw_need, need, by=link)):
        return go_to(request, reverse("market:buying", args=[link.pk]))
    problem = problem_of(form)
    return _buying_page(request, link, need.buyer, BuyingForm(), problem)


@require_http_methods(["GET", "POST"])
@by_link(BUYING)
def show_order_by_link(request: LinkRequest, link: Link, pk: int) -> HttpResponseBase:
    """Show a buyer one order with its price and whom to telephone; let it answer and sign."""
    order = get_object_or_404(Order.objects.select_related("need__buyer"), pk=pk)
    problem = ""
    if request.method == "POST":
        form, act = _asked(request, link, order)
        if is_done(form, act):
            return go_to(request, reverse("market:buying-order", args=[link.pk, pk]))
        problem = problem_of(form)
        order.refresh_from_db()
        if request.POST["act"] not in {move.key for move in ORDER.allowed(order.state)}:
            # Done elsewhere since: the page has no such form any more.
            page = reverse("market:buying-order", args=[link.pk, pk])
            return back_with_typed(request, problem, page)
    return _order_page(request, link, order, problem)


def _asked(request: HttpRequest, link: Link, order: Order) -> tuple[Any, Any]:
    """The form that was sent, and what it does."""
    act = request.POST.get("act", "")
    if act == "receive":
        today = as_of(request).day
        return ReceiptForm(request.POST), partial(offers.receive, order, today=today, by=link)
    if act == "cancel":
        return ReasonForm(request.POST), partial(offers.cancel, order, by=link)
    if act == "confirm":
        return AnswerForm(request.POST), partial(offers.confirm, order, by=link)
    raise Http404


def _order_page(request: HttpRequest, link: Link, order: Order, problem: str) -> HttpResponseBase:
    day, names = as_of(request).day, []
    # The link opens the order alone: suppliers, telephones and names are read for it.
    with speaking_as_system():
        related = ("need__product", "need__buyer", "group", "enterprise", "regency")
        order = Order.objects.select_related(*related).get(pk=order.pk)
        parts = parts_of(request, order)
        names = list(BuyerName.objects.filter(buyer=order.need.buyer_id).order_by("-valid_from"))
    sent = request.POST.get("act") if problem else None
    refused = request.POST if sent == "receive" else None
    initial = {"received_on": day, "good": order.on_the_way, "receiver": order.need.buyer.name}
    context = {
        "link": link,
        "order": order,
        "state": ORDER.state(order.state),
        "moves": {move.key for move in ORDER.allowed(order.state)},
        "parts": parts,
        "is_read": request.method == "GET",
        "names": names,
        "receipts": order.receipts.order_by("pk"),
        "receipt_form": ReceiptForm(refused, initial=initial),
        "reason_form": ReasonForm(request.POST if sent == "cancel" else None),
        "problem": problem,
    }
    return render_page(request, "market/buying_order.html", "market/_buying_order.html", context)
