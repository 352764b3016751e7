"""The hand-over minutes (BAST) on paper.

The layout is drawn from memory and from published BAST; no form of the ministry was found, so the
paper says that its layout is not verified.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pulih.areas.rows import area_of
from pulih.common import periods
from pulih.common.money import grouped
from pulih.documents.lookups import code_in_force
from pulih.documents.seals import seal
from pulih.documents.typesetting import typeset
from pulih.workflow.calendars import zone_of

from ..models import Handover, Side, Signature
from ..papers import HANDOVER
from ..reads.decrees import numbers_in_words
from .parts import long_day

TEMPLATE = Path(__file__).with_name("bast.typ")


def pdf(handover: Handover) -> bytes:
    """Return the paper; a side that has not signed leaves room for ink."""
    return typeset(TEMPLATE, values(handover))


def values(handover: Handover) -> dict[str, Any]:
    """Texts and a drawing for the template; the same row always gives the same paper."""
    activity, item = handover.activity, handover.item
    signed = {one.side: one for one in handover.signatures.all()}
    missing = None if handover.received is None else handover.sent - handover.received
    return {
        "number": handover.number,
        "day": long_day(handover.sent_on),
        "activity": activity.title,
        "area": str(area_of(activity)),
        "decree": numbers_in_words(activity),
        "order": f"PSN-{handover.order_id}" if handover.order_id else "",
        "receiver": handover.receiver_name,
        "address": handover.receiver.address,
        "item": item.name,
        "standard": item.standard or "belum ada",
        "unit": item.unit,
        "sent": grouped(handover.sent),
        "value": grouped(handover.value),
        "each": grouped(handover.value // handover.sent),
        "received": "" if handover.received is None else grouped(handover.received),
        "missing": "" if missing is None else grouped(missing),
        "came_back": grouped(handover.came_back),
        "reason": handover.difference_reason,
        "corrections": [
            f"{long_day(one.at.astimezone(zone_of(handover.province_id)).date())}: dihitung "
            f"{grouped(one.received)}, semula {grouped(one.received_before)}. Sebab: {one.why}. "
            f"Disetujui {one.agreed_by}, {one.agreed_post}. "
            f"Sidik jari digital isi: {one.fingerprint}"
            for one in handover.corrections.order_by("pk")
        ],
        "giver": _signed(signed.get(Side.GIVER), handover),
        "taker": _signed(signed.get(Side.RECEIVER), handover),
        "seal": seal(code_in_force(HANDOVER, handover.pk)),
    }


def _signed(one: Signature | None, handover: Handover) -> dict[str, str]:
    if one is None:
        return dict.fromkeys(("name", "post", "place", "at", "fingerprint", "drawing"), "")
    return {
        "name": one.name,
        "post": one.post,
        "place": one.place,
        "at": periods.moment(one.signed_at, zone_of(handover.province_id)),
        "fingerprint": one.fingerprint,
        "drawing": _drawn(one.drawing),
    }


def _drawn(path: str) -> str:
    if not path:
        return ""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100">'
        f'<path d="{path}" fill="none" stroke="#181C25" stroke-width="2"/></svg>'
    )
