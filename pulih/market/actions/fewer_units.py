"""Accepting fewer units than were offered: the rest of the offer is open again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.scope import speaking_as_system
from pulih.workflow import clock

from .. import transport
from ..links import ANSWER
from ..models import Consignment, Order, OrderPart, OrderStep
from ..states import ORDER
from ..turns import clock_of
from .certified import refuse_uncertified
from .offers import locked, move_need, move_order, refuse_answered, refuse_lapsed, refuse_stranger


@transaction.atomic
def accept_fewer(
    order: Order, *, quantity: int, reason: str, by: User | Link, now: datetime | None = None
) -> Order:
    """Accept `quantity` units of an offer and decline the rest; return the smaller order.

    What was offered is never edited: the offer ends as declined, with the reason, and one of fewer
    units takes its place, accepted. Of a group, members with the largest parts keep theirs. May
    refuse.
    """
    refuse_stranger(order, by)
    order = locked(order)
    refuse_answered(order, by)
    ORDER.move(order.state, "accept")
    refuse_lapsed(order, now or clock.now())
    if not reason.strip():
        raise Refusal(_("Say why not all of it, so that the rest can be offered to others."))
    with speaking_as_system():
        _refuse_wrong(order, quantity)
    refuse_uncertified(order, order.work_from)
    move_order(order, "decline", by=by, reason=reason)
    with speaking_as_system() as system:
        smaller = _smaller(order, quantity)
        _refuse_dearer(smaller)
        smaller.save()
        OrderPart.objects.bulk_create(_parts(order, smaller))
        OrderStep.objects.create(
            order=smaller, to_state=ORDER.start, reason=f"PSN-{order.pk}",
            **{"link" if isinstance(by, Link) else "by": by},
        )  # fmt: skip
        need = smaller.need
        need.refresh_from_db()
        if need.state == "open":
            move_need(need, "match", "matched", by=system)
        # The maker's own link goes on with what it accepted.
        own = Link.objects.filter(purpose=ANSWER.key, subjects=[order.pk], revoked_at=None)
        own.update(subjects=[smaller.pk])
    record(by, "market.order_fewer", smaller, offered=order.quantity, accepted=quantity)
    return move_order(smaller, "accept", by=by)


def _refuse_wrong(order: Order, quantity: int) -> None:
    least = max(order.terms.min_order, order.group.min_order if order.group else 1)
    if not least <= quantity < order.quantity:
        raise Refusal(
            _("Between %(least)d and %(most)d units may be accepted of this offer.")
            % {"least": least, "most": order.quantity - 1}
            if least < order.quantity
            else _("This offer cannot be smaller: the buyer takes no smaller consignment.")
        )


def _smaller(order: Order, quantity: int) -> Order:
    """Return the order of fewer units, not saved: prices as offered, transport by its weight."""
    new: Order = Order.objects.select_related("need__product", "terms").get(pk=order.pk)
    new.pk, new.state, new.quantity = None, ORDER.start, quantity
    new._state.adding = True
    new.goods = sum(part.amount for part in _parts(order, new))
    new.fee = order.fee * quantity // order.quantity
    new.transport = _transport(order, quantity, new.need.product.gram)
    for name, moment in clock_of(new, new.state).items():
        setattr(new, name, moment)
    return new


def _transport(order: Order, quantity: int, gram: int) -> int:
    """Return what fewer units cost to send; what all cost, where no match says how far it is."""
    asked = {"run": order.run_id, "need": order.need_id}
    supplier = {"group": order.group_id, "enterprise": order.enterprise_id}
    sent = Consignment.objects.filter(**asked, **supplier).first()
    if sent is None:
        return order.transport
    tariffs = {name: (once, per_kg) for name, once, per_kg, _days in transport.classes()}
    once, per_kg = tariffs[sent.distance]
    return min(order.transport, once + -(-quantity * gram * per_kg // 1000))


def _refuse_dearer(order: Order) -> None:
    most = order.terms.max_price
    if most is not None and order.total > most * order.quantity:
        raise Refusal(
            _("Sending so few would cost more a unit than the buyer's highest price. Accept more.")
        )


def _parts(order: Order, smaller: Order) -> list[OrderPart]:
    left, kept = smaller.quantity, []
    for part in order.parts.order_by("-quantity", "pk"):
        units = min(left, part.quantity)
        if units:
            kept.append(
                OrderPart(
                    order=smaller,
                    enterprise_id=part.enterprise_id,
                    quantity=units,
                    amount=part.amount * units // part.quantity,
                    per_week=part.per_week,
                    free_from=part.free_from,
                )
            )
        left -= units
    return kept
