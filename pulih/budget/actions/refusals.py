"""From what the posting functions refused to the sentence that a person reads."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import DatabaseError

from pulih.common.errors import Message, Refusal

from ..rules import contract_years, documents, doors, revenue_and_loans
from ..rules.years import expired_or_early

YEAR_NOT_OPEN, UNLAWFUL, CHANGED, OUT_OF_REACH = "PU001", "PU002", "PU003", "PU004"
WORDS: dict[str, Callable[[Any], Message]] = {
    UNLAWFUL: documents.broken_law,
    "PU005": documents.broken_chain,
    "PU006": documents.unreadable,
    "PU007": documents.broken_duties,
    "PU008": doors.closed_door,
    "PU009": revenue_and_loans.overspent,
    "PU010": contract_years.over,
}


def refusal_of(
    error: DatabaseError, *, kind: str, number: str, year: int | None, on: date | None
) -> Refusal | None:
    """Put what was refused into words; None for what is our own fault."""
    cause: Any = error.__cause__
    state = getattr(cause, "sqlstate", None) or ""
    detail = json.loads(cause.diag.message_detail or "null") if _is_ours(state) else None
    if detail is None and state != YEAR_NOT_OPEN:
        return None
    message = worded(state, detail, kind=kind, number=number, year=year, on=on)
    return Refusal(message) if message else None


def worded(
    state: str, detail: Any, *, kind: str, number: str, year: int | None, on: date | None
) -> Message | None:
    """Return the sentence of a refusal by its code and facts; None for a code that is none."""
    if state == YEAR_NOT_OPEN:
        return expired_or_early(year, on)
    if state == CHANGED:
        return documents.changed(kind, number, detail)
    if state == OUT_OF_REACH:
        return documents.OUT_OF_REACH
    words = WORDS.get(state)
    return words(detail) if words else None


def _is_ours(state: str) -> bool:
    return state.startswith("PU0") and state not in (OUT_OF_REACH, "PU000")
