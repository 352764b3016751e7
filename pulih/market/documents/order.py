"""An order, and the note that goes with its goods, on paper. The layout is ours, of no form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pulih.common import periods
from pulih.common.money import grouped
from pulih.documents.kinds import PaperKind
from pulih.documents.lookups import code_in_force
from pulih.documents.seals import seal
from pulih.documents.signing import Signature, values_of
from pulih.documents.typesetting import typeset

from ..models import Order
from ..papers import DELIVERY_NOTE, number_of

TEMPLATE = Path(__file__).with_name("order.typ")


def pdf(order: Order, kind: PaperKind) -> bytes:
    return typeset(TEMPLATE, values(order, kind))


def values(order: Order, kind: PaperKind) -> dict[str, Any]:
    """Texts and a drawing for the template; the same order always gives the same paper."""
    sides = ("Yang mengirim", "Yang menerima") if kind is DELIVERY_NOTE else ("Pemesan", "Pemasok")
    need, parts = order.need, order.parts.select_related("enterprise__regency")
    standard = order.terms.standard
    return {
        "title": "Surat Jalan" if kind is DELIVERY_NOTE else "Surat Pesanan",
        "is_note": kind is DELIVERY_NOTE,
        "number": number_of(order),
        "buyer": need.buyer.name,
        "place": order.terms.place or str(need.regency),
        "supplier": order.supplier,
        "area": str(order.regency),
        "goods": need.product.name_indonesian,
        "standard": standard.name_indonesian if standard else "tanpa syarat",
        "unit": need.product.unit_indonesian,
        "quantity": grouped(order.sent if kind is DELIVERY_NOTE else order.quantity),
        "ready_by": periods.day(order.ready_by),
        "due": periods.day(order.terms.due),
        "money": [grouped(one) for one in (order.goods, order.fee, order.transport, order.total)],
        "parts": [
            [str(one.enterprise), str(one.enterprise.regency or ""), grouped(one.quantity),
             grouped(one.amount)]
            for one in parts.order_by("-quantity", "pk")
        ],
        "signs": values_of([Signature(side) for side in sides]),
        "seal": seal(code_in_force(kind, order.pk)),
    }  # fmt: skip
