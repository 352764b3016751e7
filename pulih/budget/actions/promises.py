"""Money set aside for approved proposals (dana dicadangkan): promised once, drawn, or released.

A reservation stands on lines of one unit, inside the law of the ledger, until a commitment that
names its promise draws it, or until it is released by a document with a reason.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.common.errors import Message, Refusal
from pulih.people.models import User

from ..models import AmountKind, DocumentKind, Promise, SpendingUnit
from ..retrying import until_done
from .commitments import moving
from .following import follow, tell_office
from .ledger import Posted, post, require_for


class Subject(NamedTuple):
    """What money is promised to: the room that keeps it, its number there, what people call it."""

    room: str
    number: str
    title: str


def reserve(
    unit: SpendingUnit,
    amounts: Mapping[int, int],
    *,
    subject: Subject,
    by: User,
    reason: str = "",
    **document: Any,
) -> Posted:
    """Set money of a unit's lines aside for `subject`, by a decision's number. May refuse.

    amounts: rupiah by line id. A second document of the same subject adds to what stands; an
    approved proposal whose money stands whole by it is reserved.
    """

    @transaction.atomic
    def act() -> Posted:
        posted = set_aside(unit, amounts, subject=subject, by=by, reason=reason, **document)
        follow(_promise_of(posted), by=by, reason=reason)
        return posted

    return until_done(act)


def unreserve(
    promise: Promise,
    amounts: Mapping[int, int],
    *,
    number: str,
    effective_on: date,
    reason: str,
    by: User,
    said: Message | None = None,
) -> Posted:
    """Release money that is reserved for a promise, with a reason, and tell its office. May refuse.

    amounts: rupiah by line id. said: the reason in both languages, where Pulih wrote it. A proposal
    whose money stands no longer whole waits again as approved, unless a contract stands on it.
    """

    @transaction.atomic
    def act() -> Posted:
        posted = take_off(
            promise, amounts, number=number, effective_on=effective_on, reason=reason, by=by
        )
        if posted.is_new:
            why = said or Message(reason.strip(), reason.strip())
            tell_office(promise, sum(amounts.values()), number=number, why=why, by=by)
            follow(promise, by=by, reason=reason)
        return posted

    return until_done(act)


def set_aside(
    unit: SpendingUnit,
    amounts: Mapping[int, int],
    *,
    subject: Subject,
    number: str,
    fiscal_year: int,
    effective_on: date,
    by: User,
    reason: str = "",
) -> Posted:
    """Post a reservation in the caller's transaction; the proposal's state is the caller's."""
    require_for(DocumentKind.RESERVATION, by, unit)
    room, own_number, title = (" ".join(part.split()) for part in subject)
    if not (own_number and title):
        raise Refusal(_("A proposal without number or title gets no money. Nothing was saved."))
    promise, _is_new = Promise.objects.get_or_create(
        unit=unit,
        fiscal_year=fiscal_year,
        room=room,
        number=own_number,
        defaults={"title": title, "province_id": unit.province_id},
    )
    return post(
        kind=DocumentKind.RESERVATION,
        number=number,
        unit=unit,
        fiscal_year=fiscal_year,
        effective_on=effective_on,
        movements=moving(amounts, AmountKind.RESERVATION),
        by=by,
        reason=reason,
        promise=promise,
    )


def take_off(
    promise: Promise,
    amounts: Mapping[int, int],
    *,
    number: str,
    effective_on: date,
    reason: str,
    by: User,
) -> Posted:
    """Post a release in the caller's transaction; state and notice are the caller's."""
    if not reason.strip():
        raise Refusal(_("Releasing reserved money needs a reason; the office will read it."))
    return post(
        kind=DocumentKind.UNRESERVE,
        number=number,
        unit=promise.unit,
        fiscal_year=promise.fiscal_year,
        effective_on=effective_on,
        movements=moving(amounts, AmountKind.RESERVATION, sign=-1),
        by=by,
        reason=reason,
        promise=promise,
    )


def _promise_of(posted: Posted) -> Promise:
    found = Promise.objects.select_related("unit__province")
    promise: Promise = found.get(postings=posted.posting_id)
    return promise
