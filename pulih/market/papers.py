"""Which papers of the market carry a code that anybody can verify."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from pulih.documents.actions import end, issue
from pulih.documents.kinds import PaperKind, at
from pulih.documents.models import PaperState
from pulih.people.permissions import Permission

from .models import Order

ORDER_PAPER = PaperKind(
    "market.order", _("Purchase order"), Permission.SEE_MARKET, at("market:order")
)
DELIVERY_NOTE = PaperKind(
    "market.delivery_note", _("Delivery note"), Permission.SEE_MARKET, at("market:order")
)
ISSUED_BY = {"confirm": ORDER_PAPER, "send": DELIVERY_NOTE}


def number_of(order: Order) -> str:
    return f"PSN-{order.pk}"


def follow(order: Order, move: str, on: date) -> None:
    """Issue the paper that a move makes, and end the papers of an order that is cancelled."""
    if kind := ISSUED_BY.get(move):
        issue(
            kind, order.pk, office=str(order.to_regency), number=number_of(order), dated=on,
            province=order.province, regency=order.regency,
        )  # fmt: skip
    if move == "cancel":
        for one in (ORDER_PAPER, DELIVERY_NOTE):
            end(one, order.pk, PaperState.WITHDRAWN, on=on)
