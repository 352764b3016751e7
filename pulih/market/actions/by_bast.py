"""Orders whose goods are handed over by a BAST: its count is the receipt, typed once.

A room above the market writes the BAST and calls these in the same transaction.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import ngettext

from pulih.common.errors import Refusal
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.scope import speaking_as_system

from ..models import Order, Receipt
from ..states import ORDER
from .offers import keep_receipt, locked, move_order, refuse_other_name, refuse_stranger


@transaction.atomic
def carry(
    order: Order, *, number: str, quantity: int, receiver: str, sent_on: date, by: User
) -> Order:
    """Let a BAST carry units of an order; a confirmed order is sent by it. May refuse.

    Of a confirmed order no more than was ordered, of one that was sent no more than is on the way.
    """
    refuse_stranger(order, by)
    order = locked(order)
    refuse_other_name(order, receiver, sent_on)
    if order.state == "confirmed":
        _refuse_more(quantity, order.quantity)
        return move_order(order, "send", by=by, sent=quantity, bast=number, on_bast=quantity)
    ORDER.move(order.state, "take_part")
    _refuse_more(quantity, order.on_the_way)
    order.bast, order.on_bast = number, order.on_bast + quantity
    with speaking_as_system():
        order.save(update_fields=["bast", "on_bast"])
    return order


def _refuse_more(quantity: int, left: int) -> None:
    if quantity > left:
        said = ngettext(
            "Of this order %(n)d unit can still be handed over.",
            "Of this order %(n)d units can still be handed over.",
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
