"""What the market's pages do, for programs: the same forms, actions and sentences."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from pulih.people.access import asked_by
from pulih.people.models import User
from pulih.people.permissions import Permission
from pulih.registry.models import Enterprise
from pulih.web.as_of import usual_day
from pulih.web.programs import body_of, cleaned, sent, takes

from .actions import capacities, fewer_units, needs, offers, runs
from .actions.needs import GivenTerms
from .actions.runs import GivenRun, area_of_work
from .forms import (
    BuyerForm,
    CapacityForm,
    FewerForm,
    NameForm,
    NeedForm,
    OrderAnswerForm,
    ReasonForm,
    ReceiptForm,
    RunForm,
    SendForm,
    TermsForm,
)
from .models import Buyer, Capacity, Need, Order, Run
from .turns import waits_for

router = Router(tags=["market"])
AnswerIn = body_of("OrderAnswered", OrderAnswerForm)
FewerIn = body_of("OrderFewer", FewerForm)
SendIn = body_of("OrderSent", SendForm)
ReceiptIn = body_of("OrderReceived", ReceiptForm)
ReasonIn = body_of("MarketReason", ReasonForm)
BuyerIn = body_of("BuyerTyped", BuyerForm)
NameIn = body_of("BuyerNamed", NameForm)
NeedIn = body_of("NeedTyped", NeedForm)
TermsIn = body_of("NeedAmended", TermsForm)
CapacityIn = body_of("CapacityTyped", CapacityForm)
RunIn = body_of("MatchAsked", RunForm)


class OrderOut(Schema):
    """waits_for: who has to act, in words; empty once nobody has."""

    id: int
    need: int
    supplier: str
    state: str
    quantity: int
    total: int
    ready_by: date
    sent: int
    good: int
    refused: int
    waits_for: str
    waits_until: datetime | None


class NeedOut(Schema):
    id: int
    buyer: int
    product: str
    state: str
    quantity: int
    ordered: int
    received: int
    due: date


class BuyerOut(Schema):
    id: int
    name: str
    is_verified: bool


class CapacityOut(Schema):
    id: int
    enterprise: int
    product: str
    per_week: int
    price: int | None
    confirmed_on: date


class RunOut(Schema):
    id: int
    title: str
    state: str
    needs: int
    makers: int
    consignments: int


@router.get("/orders/{int:pk}", response=OrderOut)
def show_order(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return one order."""
    return _order(_order_of(asked_by(request, Permission.SEE_MARKET), pk))


@router.post("/orders/{int:pk}/answer", response=OrderOut)
@takes(AnswerIn)
def answer_order(request: HttpRequest, pk: int, body: Any) -> dict[str, Any]:
    """Accept or decline an offer for its supplier; who declines says why."""
    person = asked_by(request, Permission.KEEP_CAPACITIES)
    typed = cleaned(OrderAnswerForm(sent(body)))
    accepts = typed["answer"] == "accept"
    order = _order_of(person, pk)
    return _order(offers.answer(order, accepts=accepts, reason=typed["reason"], by=person))


@router.post("/orders/{int:pk}/accept-fewer", response=OrderOut)
@takes(FewerIn)
def accept_fewer(request: HttpRequest, pk: int, body: Any) -> dict[str, Any]:
    """Accept fewer units than were offered; the order that takes the offer's place is answered."""
    person = asked_by(request, Permission.KEEP_CAPACITIES)
    typed = cleaned(FewerForm(sent(body)))
    return _order(fewer_units.accept_fewer(_order_of(person, pk), **typed, by=person))


@router.post("/orders/{int:pk}/confirm", response=OrderOut)
def confirm_order(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Say for the buyer that an accepted order holds."""
    person = asked_by(request, Permission.KEEP_NEEDS)
    return _order(offers.confirm(_order_of(person, pk), by=person))


@router.post("/orders/{int:pk}/send", response=OrderOut)
@takes(SendIn)
def send_order(request: HttpRequest, pk: int, body: Any) -> dict[str, Any]:
    """Say how many units left the supplier today."""
    person = asked_by(request, Permission.KEEP_CAPACITIES)
    order, typed = _order_of(person, pk), cleaned(SendForm(sent(body)))
    return _order(offers.send(order, **typed, today=usual_day(request), by=person))


@router.post("/orders/{int:pk}/receive", response=OrderOut)
@takes(ReceiptIn)
def receive_order(request: HttpRequest, pk: int, body: Any) -> dict[str, Any]:
    """Write down what came, and by which name it was signed for."""
    person = asked_by(request, Permission.KEEP_NEEDS)
    typed = cleaned(ReceiptForm(sent(body)))
    offers.receive(_order_of(person, pk), **typed, today=usual_day(request), by=person)
    return _order(_order_of(person, pk))


@router.post("/orders/{int:pk}/cancel", response=OrderOut)
@takes(ReasonIn)
def cancel_order(request: HttpRequest, pk: int, body: Any) -> dict[str, Any]:
    """Cancel for the buyer what has not been received, with the reason."""
    person = asked_by(request, Permission.KEEP_NEEDS)
    return _order(offers.cancel(_order_of(person, pk), **_reason(body), by=person))


@router.post("/buyers", response={201: BuyerOut})
@takes(BuyerIn)
def add_buyer(request: HttpRequest, body: Any) -> Status[dict[str, Any]]:
    """Write down who asks for goods."""
    person = asked_by(request, Permission.KEEP_NEEDS)
    typed = cleaned(BuyerForm(sent(body)))
    return Status(201, _buyer(needs.add_buyer(**typed, today=usual_day(request), by=person)))


@router.post("/buyers/{int:pk}/verify", response=BuyerOut)
def verify_buyer(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Say that a buyer is what it says it is."""
    person = asked_by(request, Permission.KEEP_NEEDS)
    return _buyer(needs.verify_buyer(_buyer_of(pk), by=person))


@router.post("/buyers/{int:pk}/name", response=BuyerOut)
@takes(NameIn)
def rename_buyer(request: HttpRequest, pk: int, body: Any) -> dict[str, Any]:
    """Give a buyer its newest name; both hold where no end of the old one is named."""
    person, buyer = asked_by(request, Permission.KEEP_NEEDS), _buyer_of(pk)
    needs.rename_buyer(buyer, **cleaned(NameForm(sent(body))), by=person)
    return _buyer(_buyer_of(pk))


@router.post("/buyers/{int:pk}/needs", response={201: NeedOut})
@takes(NeedIn)
def state_need(request: HttpRequest, pk: int, body: Any) -> Status[dict[str, Any]]:
    """Draft what a buyer needs."""
    person, buyer = asked_by(request, Permission.KEEP_NEEDS), _buyer_of(pk)
    typed = cleaned(NeedForm(sent(body)))
    product, regency = typed.pop("product"), typed.pop("regency")
    need = needs.state_need(
        buyer, product, GivenTerms(**typed), regency=regency, today=usual_day(request), by=person
    )
    return Status(201, _need(need))


@router.post("/needs/{int:pk}/amend", response=NeedOut)
@takes(TermsIn)
def amend_need(request: HttpRequest, pk: int, body: Any) -> dict[str, Any]:
    """Add a version of a need's terms: send all of them, as what is left out becomes blank."""
    person = asked_by(request, Permission.KEEP_NEEDS)
    need = _need_of(person, pk)
    given = GivenTerms(**cleaned(TermsForm(sent(body), product=need.product)))
    needs.amend_need(need, given, today=usual_day(request), by=person)
    return _need(_need_of(person, pk))


@router.post("/needs/{int:pk}/publish", response=NeedOut)
def publish_need(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Put a draft on the board for every office."""
    person = asked_by(request, Permission.KEEP_NEEDS)
    return _need(needs.publish_need(_need_of(person, pk), today=usual_day(request), by=person))


@router.post("/needs/{int:pk}/withdraw", response=NeedOut)
@takes(ReasonIn)
def withdraw_need(request: HttpRequest, pk: int, body: Any) -> dict[str, Any]:
    """Take a need off the board, or close it with what came, with the reason."""
    person = asked_by(request, Permission.KEEP_NEEDS)
    return _need(needs.withdraw_need(_need_of(person, pk), **_reason(body), by=person))


@router.post("/firms/{int:pk}/capacities", response={201: CapacityOut})
@takes(CapacityIn)
def state_capacity(request: HttpRequest, pk: int, body: Any) -> Status[dict[str, Any]]:
    """State what a firm makes of a product, in the words of the trade."""
    person = asked_by(request, Permission.KEEP_CAPACITIES)
    rows = Enterprise.objects.visible_to(person).select_related("province", "regency")
    firm, typed = get_object_or_404(rows, pk=pk), cleaned(CapacityForm(sent(body)))
    product = typed.pop("product")
    kept = capacities.state_capacity(firm, product, **typed, today=usual_day(request), by=person)
    return Status(201, _capacity(kept))


@router.post("/capacities/{int:pk}/confirm", response=CapacityOut)
def confirm_capacity(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Say that a capacity still holds."""
    person = asked_by(request, Permission.KEEP_CAPACITIES)
    one = get_object_or_404(Capacity.objects.visible_to(person), pk=pk)
    return _capacity(capacities.confirm_capacity(one, today=usual_day(request), by=person))


@router.post("/runs", response={202: RunOut})
@takes(RunIn)
def ask_run(request: HttpRequest, body: Any) -> Status[dict[str, Any]]:
    """Ask for a match of the open needs of an area, of all or one product.

    It is worked out in the background.
    """
    person = asked_by(request, Permission.MATCH)
    typed = cleaned(RunForm(person, sent(body)))
    area = typed.pop("area") or area_of_work(person)
    given = GivenRun(as_of=usual_day(request), **typed)
    return Status(202, _run(runs.ask_run(given, area=area, by=person)))


@router.get("/runs/{int:pk}", response=RunOut)
def show_run(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return one match, to see whether it is worked out."""
    return _run(_run_of(asked_by(request, Permission.SEE_MARKET), pk))


@router.post("/runs/{int:pk}/stop", response=RunOut)
def stop_run(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Stop a match and keep the best so far."""
    person = asked_by(request, Permission.MATCH)
    run = _run_of(person, pk)
    runs.stop(run, by=person)
    return _run(run)


@router.post("/runs/{int:pk}/adopt", response=RunOut)
def adopt_run(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Offer the consignments of a match to their suppliers."""
    person = asked_by(request, Permission.MATCH)
    return _run(runs.adopt(_run_of(person, pk), by=person))


def _reason(body: Schema) -> dict[str, Any]:
    return cleaned(ReasonForm(sent(body)))


def _order_of(person: User, pk: int) -> Order:
    rows = Order.objects.visible_to(person)
    related = ("need__buyer__regency", "group", "enterprise", "regency", "to_regency", "terms")
    found: Order = get_object_or_404(rows.select_related(*related), pk=pk)
    return found


def _need_of(person: User, pk: int) -> Need:
    rows = Need.objects.visible_to(person).select_related("buyer__regency", "product")
    found: Need = get_object_or_404(rows, pk=pk)
    return found


def _buyer_of(pk: int) -> Buyer:
    found: Buyer = get_object_or_404(Buyer.objects.select_related("regency"), pk=pk)
    return found


def _run_of(person: User, pk: int) -> Run:
    rows = Run.objects.visible_to(person).select_related("regency", "province")
    found: Run = get_object_or_404(rows, pk=pk)
    return found


def _order(one: Order) -> dict[str, Any]:
    names = ("state", "quantity", "total", "ready_by", "sent", "good", "refused", "waits_until")
    return {name: getattr(one, name) for name in names} | {
        "id": one.pk,
        "need": one.need_id,
        "supplier": one.supplier,
        "waits_for": waits_for(one),
    }


def _need(one: Need) -> dict[str, Any]:
    names = ("state", "quantity", "ordered", "received", "due")
    keys = {"id": one.pk, "buyer": one.buyer_id, "product": one.product.code}
    return {name: getattr(one, name) for name in names} | keys


def _buyer(one: Buyer) -> dict[str, Any]:
    return {"id": one.pk, "name": one.name, "is_verified": one.verified_at is not None}


def _capacity(one: Capacity) -> dict[str, Any]:
    names = ("per_week", "price", "confirmed_on")
    keys = {"id": one.pk, "enterprise": one.enterprise_id, "product": one.product.code}
    return {name: getattr(one, name) for name in names} | keys


def _run(one: Run) -> dict[str, Any]:
    names = ("title", "state", "needs", "makers")
    counted = {"id": one.pk, "consignments": one.consignments.count()}
    return {name: getattr(one, name) for name in names} | counted
