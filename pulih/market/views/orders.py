"""Orders: who holds what since when, until when; answered by an office or by the maker's link."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.common.errors import Refusal
from pulih.documents.lookups import all_in_force
from pulih.people.access import PersonRequest, permission_required
from pulih.people.links.access import LinkRequest, by_link
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.permissions import Permission, holds, may
from pulih.people.scope import speaking_as_system
from pulih.web import keyset
from pulih.web.answers import is_done
from pulih.web.as_of import as_of, usual_day
from pulih.web.forms import problem_of
from pulih.web.kept_files import made_file
from pulih.web.page import go_to, render_page
from pulih.web.words import say
from pulih.workflow.typed_again import back_with_typed

from .. import turns
from ..actions import offers as actions
from ..actions.fewer_units import accept_fewer
from ..documents.order import pdf
from ..forms import FewerForm, ReasonForm, ReceiptForm, SendForm
from ..links import ANSWER
from ..models import Need, Order
from ..papers import DELIVERY_NOTE, ORDER_PAPER
from ..states import ORDER
from .links import given_to, new_address

PARTS_SHOWN = 20
DECLINED = "declined_%s"  # Who cancels also says why on this page.
RELATED = ("need__buyer", "need__product", "group", "enterprise", "regency", "to_regency")


def order_of(request: PersonRequest, pk: int) -> Order:
    rows = Order.objects.visible_to(request.user).select_related(*RELATED)
    found: Order = get_object_or_404(rows, pk=pk)
    return found


@require_safe
@permission_required(Permission.SEE_MARKET)
def show_order(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one order with its parts, its steps and what can be done."""
    return _order_page(request, order_of(request, pk))


def _order_page(request: PersonRequest, order: Order, **shown: Any) -> HttpResponseBase:
    makes = may(request.user, Permission.KEEP_CAPACITIES, order.regency)
    buys = may(request.user, Permission.KEEP_NEEDS, order.to_regency)
    day = as_of(request).day
    context = {
        "order": order,
        "state": ORDER.state(order.state),
        "parts": parts_of(request, order),
        "is_read": request.method == "GET",
        "steps": [(one, ORDER.state(one.to_state)) for one in
                  order.steps.select_related("by", "link").order_by("pk")],
        "receipts": order.receipts.order_by("pk"),
        "papers": all_in_force((ORDER_PAPER, DELIVERY_NOTE), order.pk),
        "makes": makes,
        "buys": buys,
        "takes": "receive" in {move.key for move in ORDER.allowed(order.state)},
        "sees_handovers": holds(request.user, Permission.SEE_ACTIVITIES),
        "waits_for": turns.waits_for(order),
        "waits_at": turns.waits_at(order),
        "is_late": turns.is_late(order),
        "names": order.need.buyer.names.order_by("-valid_from"),
        "send_form": SendForm(initial={"quantity": order.quantity}),
        "receipt_form": ReceiptForm(
            initial={"received_on": day, "good": order.on_the_way,
                     "receiver": order.need.buyer.name}),
        "answer_form": ReasonForm(auto_id=DECLINED),
        "reason_form": ReasonForm(),
        "fewer_form": FewerForm(),
        "problem": "",
        **given_to(request, ANSWER, order.pk),
    }  # fmt: skip
    return render_page(request, "market/order.html", "market/_order.html", context | shown)


def parts_of(request: HttpRequest, order: Order) -> keyset.Page:
    """Return a page of the firms of an order, those with most units first: a group has hundreds."""
    rows, asked = order.parts.select_related("enterprise__regency"), request.GET.get("page", "")
    return keyset.page(rows, ("-quantity", "-pk"), asked, PARTS_SHOWN)


@require_POST
@permission_required(Permission.KEEP_CAPACITIES)
def answer_order(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Accept or decline an offer on behalf of the supplier."""
    order = order_of(request, pk)
    return _acted(request, order, partial(_answered, request, by=request.user))


def _answered(request: HttpRequest, order: Order, *, by: User | Link) -> Order:
    """Accept or decline as the form says in so many words; anything else is refused."""
    said = request.POST.get("answer")
    if said == "fewer":
        form = FewerForm(request.POST)
        if not form.is_valid():
            raise Refusal(problem_of(form))
        return accept_fewer(order, **form.cleaned_data, by=by)
    if said not in ("accept", "decline"):
        raise Refusal(_("Say whether the order is taken or not. Nothing was saved."))
    reason = request.POST.get("reason", "")[:200]
    return actions.answer(order, accepts=said == "accept", reason=reason, by=by)


@require_POST
@permission_required(Permission.KEEP_NEEDS)
def confirm_order(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Say for the buyer that an accepted order holds."""
    order = order_of(request, pk)
    return _acted(request, order, partial(actions.confirm, by=request.user))


@require_POST
@permission_required(Permission.KEEP_CAPACITIES)
def send_order(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Say how many units left the supplier."""
    order, form = order_of(request, pk), SendForm(request.POST)
    act = partial(actions.send, order, today=usual_day(request), by=request.user)
    if is_done(form, act):
        return go_to(request, reverse("market:order", args=[pk]))
    return _order_page(request, order, send_form=form)


@require_POST
@permission_required(Permission.KEEP_NEEDS)
def receive_order(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Write down what came."""
    order, form = order_of(request, pk), ReceiptForm(request.POST)
    act = partial(actions.receive, order, today=as_of(request).day, by=request.user)
    if is_done(form, act):
        return go_to(request, reverse("market:order", args=[pk]))
    return _order_page(request, order, receipt_form=form)


@require_POST
@permission_required(Permission.KEEP_NEEDS)
def cancel_order(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Cancel an order, with the reason."""
    order, form = order_of(request, pk), ReasonForm(request.POST)
    if is_done(form, partial(actions.cancel, order, by=request.user)):
        return go_to(request, reverse("market:order", args=[pk]))
    # An order that has ended shows no form that could hold the refusal.
    return _order_page(request, order, problem=problem_of(form), reason_form=form)


@require_POST
@permission_required(Permission.KEEP_CAPACITIES)
def give_link(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Make an address by which the supplier answers on a phone; it is shown this once."""
    order = order_of(request, pk)
    try:
        address = new_address(request, ANSWER, pk, holder=order.supplier, area=order.regency)
    except Refusal as refusal:
        return _order_page(request, order, problem=say(refusal.message))
    return _order_page(request, order, address=address)


@require_safe
@permission_required(Permission.SEE_MARKET)
def show_paper(request: PersonRequest, pk: int, note: bool = False) -> HttpResponseBase:
    """Answer an order, or the note that goes with its goods, as PDF."""
    order, kind = order_of(request, pk), DELIVERY_NOTE if note else ORDER_PAPER
    name = f"{'surat-jalan' if note else 'pesanan'}-{order.pk}.pdf"
    return made_file(pdf(order, kind), name, shown=True)


def _acted(request: PersonRequest, order: Order, act: Any) -> HttpResponseBase:
    try:
        moved = act(order)  # Where fewer units are accepted, another order.
    except Refusal as refusal:
        said = {key: request.POST if request.POST.get("answer") == key else None
                for key in ("fewer", "decline")}  # fmt: skip
        return _order_page(
            request, order, problem=say(refusal.message),
            fewer_form=FewerForm(said["fewer"]),
            answer_form=ReasonForm(said["decline"], auto_id=DECLINED),
        )  # fmt: skip
    return go_to(request, reverse("market:order", args=[moved.pk]))


@require_http_methods(["GET", "POST"])
@by_link(ANSWER)
def answer_by_link(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Let a maker without an account answer one offer, or say that it was sent."""
    order, problem = get_object_or_404(Order, pk__in=link.subjects), ""
    if request.method == "POST":
        try:
            _answer(request, link, order)
        except Refusal as refusal:
            problem = say(refusal.message)
        else:
            return go_to(request, reverse("market:answer", args=[link.pk]))
        order.refresh_from_db()
        if order.state != "offered":  # Answered elsewhere since: the page has no form any more.
            return back_with_typed(request, problem, reverse("market:answer", args=[link.pk]))
    return _link_page(request, link, order, problem)


def _refused(request: HttpRequest, answer: str) -> dict[str, str]:
    """Return what was typed to give this answer and refused."""
    is_asked = request.POST.get("answer") == answer
    return {name: request.POST.get(name, "") if is_asked else "" for name in ("quantity", "reason")}


def _answer(request: HttpRequest, link: Link, order: Order) -> None:
    if request.POST.get("answer") == "sent":
        actions.send(order, quantity=order.quantity, by=link, today=usual_day(request))
        return
    _answered(request, order, by=link)


def _link_page(request: HttpRequest, link: Link, order: Order, problem: str) -> HttpResponseBase:
    # The link opens its order alone; what stands on the page of its need is named for it.
    with speaking_as_system():
        rows = Need.objects.select_related("product", "regency", "buyer")
        need = rows.get(pk=order.need_id)
    context = {
        "link": link,
        "order": order,
        "product": need.product,
        "place": need.regency,
        "buyer": need.buyer,
        "state": ORDER.state(order.state),
        "problem": problem,
        "fewer": _refused(request, "fewer"),
        "declined": _refused(request, "decline"),
    }
    return render_page(request, "market/answer.html", "market/_answer.html", context)
