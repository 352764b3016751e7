"""The nominative list on paper, with room for signatures.

The layout follows published lists and memory; no form of the ministry was found, so the paper says
that its layout is not verified.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pulih.areas.rows import area_of
from pulih.common.money import grouped
from pulih.common.periods import day
from pulih.documents.lookups import code_in_force
from pulih.documents.seals import seal
from pulih.documents.signing import Signature, values_of
from pulih.documents.typesetting import typeset

from ..models import PaymentList
from ..papers import PAYMENT_LIST
from ..reads.decrees import numbers_in_words
from ..reads.payments import promise_of
from .parts import payers

TEMPLATE = Path(__file__).with_name("nominative.typ")
BASES = {"day": "hari hadir", "once": "kali"}


def pdf(given: PaymentList) -> bytes:
    return typeset(TEMPLATE, values(given))


def values(given: PaymentList) -> dict[str, Any]:
    """Texts and a drawing for the template; the same list always gives the same paper."""
    activity, promise = given.activity, promise_of(given.activity)
    signs = payers(promise.unit_id if promise else 0, given.made_on)
    entries = given.entries.select_related("participant__person", "participant__cohort")
    return {
        "number": given.number,
        "made_on": day(given.made_on),
        "activity": activity.title,
        "days": f"{day(activity.starts_on)} sampai {day(activity.ends_on)}",
        "area": str(area_of(activity)),
        "decree": numbers_in_words(activity),
        "unit": promise.unit.name if promise else "",
        "proposal": activity.proposal.number if activity.proposal else "",
        "row": given.row.text,
        "account": given.row.account,
        "basis": BASES[given.basis],
        "request": str(given.request or ""),
        "withdrawn": given.withdrawn_because if given.withdrawn_on else "",
        "people": [
            [
                str(one.position), one.participant.person.name, one.participant.cohort.name,
                str(one.times), grouped(one.rate), grouped(one.gross), grouped(one.tax),
                grouped(one.net),
            ]
            for one in entries.order_by("position")
        ],
        "gross": grouped(given.gross),
        "tax": grouped(given.tax),
        "net": grouped(given.net),
        "digest": given.digest,
        "signs": values_of([*signs, Signature("Pembuat daftar", given.by.name)]),
        "seal": seal(code_in_force(PAYMENT_LIST, given.pk)),
    }  # fmt: skip
