"""Orders from the offer to the receipt: each move one transaction, its step kept for good."""

from datetime import date, datetime
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pulih.audit.actions import record
from pulih.common.database_errors import state_of
from pulih.common.errors import Refusal
from pulih.people.links.acting import on_behalf
from pulih.people.links.actions import require_link
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.people.scope import speaking_as_system
from pulih.workflow import calendars, clock, clocks
from pulih.workflow.actions import NewDuty, take_step

from .. import papers
from ..links import ANSWER
from ..models import Capacity, Consignment, Need, Order, OrderPart, OrderStep, Receipt, Run
from ..states import NEED, ORDER
from ..turns import clock_of
from .buying import refuse_other_buyer
from .certified import refuse_uncertified

ANSWER_DAYS = 2
NO_CERTIFICATE, NO_WEEKS = "PU001", "PU002"
LAPSED = gettext_lazy("This offer has lapsed. Ask the office: what is left is offered again.")


def offer(consignment: Consignment, run: Run, *, by: User) -> Order:
    """Offer one consignment of a match to its supplier, in the transaction that adopts it."""
    need = Need.objects.select_for_update(of=("self",)).get(pk=consignment.need_id)
    supplier = consignment.group or consignment.enterprise
    assert supplier is not None
    assert supplier.regency_id is not None, "a match takes makers of a known regency alone"
    buyer = need.buyer
    order = Order(
        run=run,
        need=need,
        terms_id=need.terms_id,
        group=consignment.group,
        enterprise=consignment.enterprise,
        province_id=supplier.province_id,
        regency_id=supplier.regency_id,
        to_province_id=buyer.province_id,
        to_regency_id=buyer.regency_id,
        quantity=consignment.quantity,
        goods=consignment.goods,
        fee=consignment.fee,
        transport=consignment.transport,
        work_from=run.as_of,
        ready_by=consignment.ready_by,
        answer_until=_answer_until(supplier.regency_id),
    )
    for name, moment in clock_of(order, order.state).items():
        setattr(order, name, moment)
    order.save()
    parts = list(consignment.parts.all())
    free_from = _free_from(need, [part.enterprise_id for part in parts])
    OrderPart.objects.bulk_create(
        OrderPart(
            order=order,
            enterprise_id=part.enterprise_id,
            quantity=part.quantity,
            amount=part.amount,
            per_week=part.per_week,
            free_from=free_from.get(part.enterprise_id),
        )
        for part in parts
    )
    OrderStep.objects.create(order=order, to_state=ORDER.start, by=by)
    if need.state == "open":
        move_need(need, "match", "matched", by=by)
    return order


def _free_from(need: Need, firms: list[int]) -> dict[int, date]:
    """Return the day from which each firm says that it is free for what is needed."""
    rows = Capacity.objects.filter(product=need.product_id, enterprise__in=firms)
    return dict(rows.exclude(free_from=None).values_list("enterprise", "free_from"))


def move_need(need: Need, move: str, state: str, *, by: User) -> None:
    """Take one step of a need beside what its orders do; it stays with who stated it."""
    duty = None if NEED.state(state).final else NewDuty(person=_kept_by(need) or by)
    take_step(NEED, need.pk, move, by=by, duty=duty)
    Need.objects.filter(pk=need.pk).update(state=state)


def _kept_by(need: Need) -> User | None:
    """Who stated its newest terms, or gave the link by which they were stated."""
    terms = need.terms
    if terms is None:
        return None
    return terms.link.given_by if terms.link else terms.by


def _answer_until(regency: int) -> datetime:
    zone = calendars.zone_of(regency)
    return clocks.until(clock.now(), ANSWER_DAYS, zone, calendars.calendar())


@transaction.atomic
def answer(
    order: Order, *, accepts: bool, reason: str = "", by: User | Link, now: datetime | None = None
) -> Order:
    """Accept or decline an offer, by the supplier's office or by its own link. May refuse.

    Refused once the offer lapsed, or where the weeks or a certificate do not suffice any more.
    """
    refuse_stranger(order, by)
    order = locked(order)
    refuse_answered(order, by)
    refuse_lapsed(order, now or clock.now())
    if not accepts and not reason.strip():
        raise Refusal(_("Say why not, so that the rest can be offered to others."))
    if accepts and order.state == "offered":
        refuse_uncertified(order, order.work_from)
    return move_order(order, "accept" if accepts else "decline", by=by, reason=reason)


@transaction.atomic
def confirm(order: Order, *, by: User | Link) -> Order:
    """Say for the buyer that an accepted order holds: it may be sent from then on. May refuse."""
    refuse_other_buyer(order.need.buyer, by)
    return move_order(locked(order), "confirm", by=by)


@transaction.atomic
def send(order: Order, *, quantity: int, by: User | Link, today: date | None = None) -> Order:
    """Say how many units left the supplier today. May refuse.

    Refused: more than was ordered, and goods whose certificate does not hold today.
    """
    refuse_stranger(order, by)
    order = locked(order)
    if not 0 < quantity <= order.quantity:
        raise Refusal(_("Send between 1 and %(n)d units, as was ordered.") % {"n": order.quantity})
    ORDER.move(order.state, "send")
    day = today or timezone.localdate(clock.now())
    refuse_uncertified(order, day, day)
    return move_order(order, "send", by=by, sent=quantity, sent_on=day)


@transaction.atomic
def receive(
    order: Order,
    *,
    received_on: date,
    receiver: str,
    good: int,
    refused: int,
    reason: str,
    today: date,
    by: User | Link,
) -> Receipt:
    """Write down what came. receiver: a name that the buyer bore on that day. May refuse."""
    refuse_other_buyer(order.need.buyer, by)
    order = locked(order)
    ORDER.move(order.state, "receive")
    if order.bast:
        raise Refusal(
            _("Hand-over %(n)s is the receipt of this order: what is counted there counts here.")
            % {"n": order.bast}
        )
    if received_on > today:
        raise Refusal(_("Goods cannot have come on a day that has not come yet."))
    refuse_other_name(order, receiver, received_on)
    left = order.on_the_way
    if good + refused < 1 or good + refused > left:
        raise Refusal(_("Between 1 and %(n)d units can still come of this order.") % {"n": left})
    if refused and not reason.strip():
        raise Refusal(_("Say why goods were refused."))
    if good:
        refuse_uncertified(order, received_on, received_on)
    return keep_receipt(
        order, received_on=received_on, receiver=receiver, good=good, refused=refused,
        reason=reason, by=by,
    )  # fmt: skip


def keep_receipt(
    order: Order, *, received_on: date, receiver: str, good: int, refused: int, reason: str,
    by: User | Link, bast: str = "",
) -> Receipt:  # fmt: skip
    """Write down what came of a locked order, and let it move on. bast: which paper counted it."""
    # Who counts a BAST may stand outside the areas of the order; the room of the BAST asked them.
    with speaking_as_system() if bast else on_behalf(by):
        receipt = Receipt.objects.create(
            order=order, received_on=received_on, receiver=receiver, good=good, refused=refused,
            reason=reason.strip(), bast=bast, **_who(by),
        )  # fmt: skip
    is_all = good + refused == order.sent - order.good - order.refused
    counted = {"good": order.good + good, "refused": order.refused + refused}
    if bast:
        counted["on_bast"] = order.on_bast - good - refused
    move_order(order, "receive" if is_all else "take_part", by=by, reason=reason, **counted)
    record(by, "market.receipt", order, good=good, refused=refused)
    return receipt


def _who(by: User | Link) -> dict[str, User | Link]:
    return {"link" if isinstance(by, Link) else "by": by}


def refuse_other_name(order: Order, receiver: str, day: date) -> None:
    """Refuse a receiver under a name that the order's buyer did not bear on that day."""
    with speaking_as_system():
        names = list(order.need.buyer.names.all())
    held = [
        one.name
        for one in names
        if one.valid_from <= day and (one.valid_to is None or day < one.valid_to)
    ]
    if receiver not in held:
        raise Refusal(
            _("On that day the receiver was called %(names)s.") % {"names": " / ".join(held) or "–"}
        )


@transaction.atomic
def cancel(order: Order, *, reason: str, by: User | Link) -> Order:
    """Cancel for the buyer what has not been received, with the reason. May refuse."""
    refuse_other_buyer(order.need.buyer, by)
    order = locked(order)
    if not reason.strip():
        raise Refusal(_("Say why the order is cancelled; the reason is kept with it."))
    if order.on_bast:
        raise Refusal(
            _("Hand-over %(n)s carries goods of this order. Cancel once its receiver has counted.")
            % {"n": order.bast}
        )
    if order.good:
        raise Refusal(_("Goods of this order came already: receive what is left of it."))
    return move_order(order, "cancel", by=by, reason=reason)


@transaction.atomic
def lapse_offers(*, by: User, now: datetime) -> int:
    """Let offers that nobody answered in time lapse; return how many."""
    late = Order.objects.select_for_update(of=("self",), skip_locked=True)
    found = list(late.filter(state="offered", answer_until__lte=now).order_by("pk"))
    for order in found:
        move_order(order, "lapse", by=by)
    return len(found)


def locked(order: Order | int) -> Order:
    """Lock an order, given or by its key, whoever asks."""
    # A link may read its order and not lock it; who may act was asked before.
    with speaking_as_system():
        found: Order = Order.objects.select_for_update(of=("self",)).get(
            pk=order if isinstance(order, int) else order.pk
        )
        return found


def refuse_stranger(order: Order, by: User | Link) -> None:
    """Let the supplier's office act, or the link that was given for this very order."""
    if isinstance(by, Link):
        require_link(by, ANSWER, order.pk)
    else:
        require(by, Permission.KEEP_CAPACITIES, order.regency)


def refuse_lapsed(order: Order, now: datetime) -> None:
    if order.state == "offered" and now >= order.answer_until:
        raise Refusal(str(LAPSED))


def refuse_answered(order: Order, by: User | Link) -> None:
    """Tell who answers by a link, perhaps in a second window, that an answer stands already.

    Officers read the state and what they can still do.
    """
    if not isinstance(by, Link) or order.state == "offered":
        return
    raise Refusal(
        str(LAPSED)
        if order.state == "lapsed"
        else _(
            "This offer has its answer already, as it stands here. Nothing was saved; to change "
            "it, ask the office."
        )
    )


def move_order(
    order: Order, move: str, *, by: User | Link, reason: str = "", **values: Any
) -> Order:
    """Make one move of a locked order, keep its step, and let its need follow."""
    target = ORDER.move(order.state, move).target
    with speaking_as_system():
        values |= clock_of(order, target)
        try:
            with transaction.atomic():
                Order.objects.filter(pk=order.pk).update(state=target, **values)
        except DatabaseError as error:
            raise _refusal_of(error) from error
        OrderStep.objects.create(
            order=order,
            move=move,
            to_state=target,
            reason=reason.strip()[:200],
            **_who(by),
        )
        papers.follow(order, move, timezone.localdate(clock.now()))
    settle_need(order.need_id)
    record(by, f"market.order_{move}", order)
    order.state = target
    for name, value in values.items():
        setattr(order, name, value)
    return order


def _refusal_of(error: DatabaseError) -> Exception:
    code = state_of(error)
    if code == NO_WEEKS:
        return Refusal(
            _("Other orders accepted meanwhile take these weeks. Decline, or ask later.")
        )
    if code == NO_CERTIFICATE:
        return Refusal(_("A certificate that this order demands does not hold on its days."))
    return error


def settle_need(need_id: int) -> None:
    """Let a need follow what became of its orders, whoever moved them."""
    with speaking_as_system() as system:
        need = Need.objects.select_for_update(of=("self",)).get(pk=need_id)
        waits = need.orders.filter(state__in=("offered", "accepted")).exists()
        if need.state == "matched" and need.ordered == need.quantity and not waits:
            move_need(need, "order", "ordered", by=system)
        elif need.state == "matched" and need.ordered == 0:
            move_need(need, "reopen", "open", by=system)
        elif need.state == "ordered" and need.received == need.quantity:
            move_need(need, "receive", "received", by=system)
        elif need.state == "ordered" and need.ordered < need.quantity:
            move_need(need, "reopen", "open", by=system)
