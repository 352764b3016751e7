"""Orders whose goods are handed over by a BAST: its count is the receipt, typed once.

A room above the market writes the BAST and calls these in the same transaction.
"""

from datetime import date
from fractions import Fraction

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.common.errors import Refusal
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.scope import speaking_as_system

from ..models import Need, Order, OrderStep, Receipt
from ..rules.capacity import units_in_one, written
from ..states import ORDER
from .certified import refuse_uncertified
from .offers import (
    keep_receipt,
    locked,
    move_need,
    move_order,
    refuse_other_name,
    refuse_stranger,
    settle_need,
)


@transaction.atomic
def carry(
    order: Order, *, number: str, quantity: int, unit: str, receiver: str, sent_on: date, by: User
) -> Order:
    """Let a BAST carry units of an order; a confirmed order is sent by it. May refuse.

    unit: in which the BAST counts; the order's receipt takes its count as it stands.

    Of a confirmed order no more than was ordered, of one that was sent no more than is on the way.
    """
    refuse_stranger(order, by)
    order = locked(order)
    refuse_other_name(order, receiver, sent_on)
    _refuse_other_unit(order, unit)
    if order.state == "confirmed":
        _refuse_more(quantity, order.quantity)
        refuse_uncertified(order, sent_on, sent_on)
        return move_order(
            order, "send", by=by, sent=quantity, sent_on=sent_on, bast=number, on_bast=quantity
        )
    ORDER.move(order.state, "take_part")
    _refuse_more(quantity, order.on_the_way)
    refuse_uncertified(order, sent_on, sent_on)
    order.bast, order.on_bast, order.sent_on = number, order.on_bast + quantity, sent_on
    with speaking_as_system():
        order.save(update_fields=["bast", "on_bast", "sent_on"])
    return order


def _refuse_other_unit(order: Order, unit: str) -> None:
    """Refuse goods that are counted otherwise than the order's product."""
    with speaking_as_system():
        product = order.need.product
    own = (product.unit_indonesian.casefold(), product.unit_en.casefold())
    each = Fraction(1) if unit.strip().casefold() in own else units_in_one(unit, product.made)
    if each == 1:
        return
    said = {"unit": unit, "own": product.unit, "order": order.pk}
    if each is None:
        raise Refusal(
            _(
                "Order PSN-%(order)d counts in %(own)s and these goods in %(unit)s, which cannot "
                "be compared. Hand over goods that are counted in %(own)s."
            )
            % said
        )
    raise Refusal(
        _(
            "Order PSN-%(order)d counts in %(own)s and these goods in %(unit)s: 1 %(unit)s is "
            "%(each)s %(own)s. Hand over goods that are counted in %(own)s."
        )
        % {**said, "each": written(each)}
    )


def _refuse_more(quantity: int, left: int) -> None:
    if quantity > left:
        said = ngettext(
            "%(n)d unit of this order can still be handed over.",
            "%(n)d units of this order can still be handed over.",
            left,
        )
        raise Refusal(said % {"n": left})


@transaction.atomic
def count(
    order: int, *, number: str, sent: int, received: int, reason: str, receiver: str,
    received_on: date, by: User | Link,
) -> Receipt:  # fmt: skip
    """Take the count of a BAST as the receipt; what did not come good is refused, with its reason.

    Whoever may count the BAST was asked by the room that keeps it. order: its key. receiver: as
    the BAST names it.
    """
    return keep_receipt(
        locked(order), received_on=received_on, receiver=receiver, good=received,
        refused=sent - received, reason=reason, by=by, bast=number,
    )  # fmt: skip


@transaction.atomic
def correct(
    order: int, *, number: str, change: int, reason: str, receiver: str, corrected_on: date,
    by: User,
) -> Receipt:  # fmt: skip
    """Let a corrected count of a BAST correct the receipt: a line of its own. May refuse.

    change: units that were good after all; below 0 those that were not. Whoever may correct the
    BAST was asked by the room that keeps it.
    """
    found = locked(order)
    if found.state == "cancelled":
        raise Refusal(_("Order PSN-%(n)d was cancelled after this count.") % {"n": order})
    with speaking_as_system():
        _refuse_what_others_make(found, change)
        receipt = Receipt.objects.create(
            order=found, received_on=corrected_on, receiver=receiver, good=change, refused=-change,
            reason=reason, bast=number, by=by,
        )  # fmt: skip
        Order.objects.filter(pk=order).update(
            good=F("good") + change, refused=F("refused") - change
        )
        OrderStep.objects.create(
            order=found, move="recount", to_state=found.state, reason=reason, by=by
        )
    _follow(found.need_id)
    return receipt


def _refuse_what_others_make(order: Order, change: int) -> None:
    """Refuse units that the need asked others for, since these were missing."""
    need = Need.objects.select_for_update(of=("self",)).get(pk=order.need_id)
    left = need.quantity - need.ordered
    if order.state == "received" and change > left:
        said = ngettext(
            "Others were asked for what was missing: %(n)d unit of this need is still free.",
            "Others were asked for what was missing: %(n)d units of this need are still free.",
            left,
        )
        raise Refusal(said % {"n": left})


def _follow(need_id: int) -> None:
    """Let a need follow a corrected count, also one that had opened again for what was missing."""
    with speaking_as_system() as system:
        need = Need.objects.select_for_update(of=("self",)).get(pk=need_id)
        if need.state == "open" and need.ordered == need.quantity:
            move_need(need, "match", "matched", by=system)
    settle_need(need_id)  # It is ordered whole,
    settle_need(need_id)  # then received whole: one step each.
