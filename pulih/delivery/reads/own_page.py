"""What is recorded of one participant, as that person reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pulih.documents.models import PaperCode
from pulih.proposals.models import DecidedRow

from ..models import Handover, Participant, PaymentEntry, PaymentList, Seat, Session
from ..rules.attendance import PRESENT
from ..rules.completion import Completion
from ..rules.payments import Amount
from ..words import LIST_STATES, NOT_PAID
from .attendance import of_cohort
from .certificates import papers_of
from .payments import owed, rows_of, state_of, with_money


@dataclass(frozen=True)
class Day:
    """One session, and what the marks say of the person: of `rules.attendance`."""

    session: Session
    presence: str


@dataclass(frozen=True)
class Payment:
    """What one list pays the person. is_paid: the whole list is; state: how far it has come."""

    entry: PaymentEntry
    state: Any
    is_paid: bool


@dataclass(frozen=True)
class Unlisted:
    """What a row of the plan owes the person that no list pays yet. reasons: why not, if known."""

    row: DecidedRow
    rate: int
    due: Amount
    reasons: Sequence[Any]


@dataclass(frozen=True)
class OwnPage:
    """seat: None before the decree claimed one. completion: None for who gave the place up."""

    participant: Participant
    seat: Seat | None
    days: Sequence[Day]
    completion: Completion | None
    payments: Sequence[Payment]
    unlisted: Sequence[Unlisted]
    goods: Sequence[Handover]
    certificate: PaperCode | None

    @property
    def days_present(self) -> int:
        return len({one.session.day for one in self.days if one.presence == PRESENT})

    @property
    def paid(self) -> int:
        """Rupiah that arrived by the ledger, after tax."""
        return sum(one.entry.net for one in self.payments if one.is_paid)

    @property
    def owed(self) -> int:
        """Rupiah that stand in a list and are not paid yet, after tax."""
        return sum(one.entry.net for one in self.payments if not one.is_paid)

    @property
    def due(self) -> int:
        """Rupiah that no list pays yet, after tax; the checks may still stand in the way."""
        return sum(one.due.net for one in self.unlisted)


def own_page(participant: Participant) -> OwnPage:
    """Return what is recorded of a participant; asked as Pulih itself, for one person alone."""
    attendance = of_cohort(participant.cohort)
    line = next((one for one in attendance.lines if one.participant.pk == participant.pk), None)
    days = zip(attendance.sessions, line.sessions, strict=True) if line else ()
    return OwnPage(
        participant,
        Seat.objects.held().filter(participant=participant).first(),
        [Day(*each) for each in days],
        line.completion if line else None,
        _payments(participant),
        _unlisted(participant),
        list(
            Handover.objects.filter(
                activity=participant.activity_id, receiver__person=participant.person_id
            )
            .select_related("item")
            .order_by("pk")
        ),
        papers_of([participant.pk]).order_by("version").last(),
    )


def _unlisted(participant: Participant) -> list[Unlisted]:
    # A check is named by no more than that it stands in the way: a link may be sent on.
    return [
        Unlisted(row, pay.rate, one.amount, [NOT_PAID[why] for why in one.obstacles])
        for row, pay in rows_of(participant.activity)
        for one in owed(participant.activity, row, pay, only=participant)
        if one.amount.gross
    ]


def _payments(participant: Participant) -> list[Payment]:
    entries = participant.payments.filter(is_void=False).order_by("pk")
    lists = with_money(PaymentList.objects.filter(entries__in=entries)).in_bulk()
    found = []
    for entry in entries.select_related("row"):
        state = state_of(lists[entry.list_id])
        found.append(Payment(entry, LIST_STATES[state], state == "paid"))
    return found
