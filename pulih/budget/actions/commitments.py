"""Committing money: contracts and other obligations, and their addenda."""

from collections.abc import Mapping
from datetime import date

from pulih.inbox.models import ImportBatch
from pulih.people.models import User

from ..models import AmountKind, DocumentKind, Posting, Promise, SpendingUnit
from ..rules.movements import Movement
from .ledger import Posted, post


def commit(
    unit: SpendingUnit,
    amounts: Mapping[int, int],
    *,
    number: str,
    fiscal_year: int,
    effective_on: date,
    by: User,
    party: str = "",
    reason: str = "",
    addendum_to: Posting | None = None,
    batch: ImportBatch | None = None,
    promise: Promise | None = None,
) -> Posted:
    """Commit money of lines by a contract or another obligation. May refuse.

    amounts: rupiah by line id; an addendum may also lower what its contract commits. promise: what
    it is made for; it draws what is reserved for that on each line, the rest is free money.
    """
    return post(
        kind=DocumentKind.COMMITMENT,
        number=number,
        unit=unit,
        fiscal_year=fiscal_year,
        effective_on=effective_on,
        movements=moving(amounts, AmountKind.COMMITMENT),
        by=by,
        reason=reason,
        party=party,
        refers_to=addendum_to,
        batch=batch,
        promise=promise,
    )


def moving(amounts: Mapping[int, int], *kinds: str, sign: int = 1) -> list[Movement]:
    """Return the movements that add `amounts` (rupiah by line id) to each of `kinds`."""
    return [
        Movement(line, kind, rupiah * sign) for line, rupiah in amounts.items() for kind in kinds
    ]
