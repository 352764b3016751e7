"""Who owes which form on which working day, and how a filing or its absence stands to that day.

The chains, their recipients and what lateness risks are data: `data/deadlines.toml`.
Source: REPORT-01, REPORT-02, REPORT-03.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pulih.common.errors import Message
from pulih.common.working_days import Calendar

from . import quarters

State = Literal["not_open", "open", "today", "overdue", "on_time", "late"]


@dataclass(frozen=True)
class Chain:
    """One duty to report. working_days: 0 where the law names no day. scope: unit or province.

    valid_from, valid_to: the days on which a quarter ends that is judged by it; valid_to is past.

    signer: the role of the unit's signatory who answers for it; blank where `who` is nobody of it.
    """

    code: str
    form: str
    authorities: tuple[str, ...]
    scope: str
    working_days: int
    who: Message
    recipients: tuple[str, ...]
    source: str
    verified: bool
    valid_from: date
    valid_to: date | None = None
    signer: str = ""


@dataclass(frozen=True)
class Risk:
    """What a late report risks, between two days. short: in a few words, where it is verified."""

    authorities: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    message: Message
    short: Message | None = None


@dataclass(frozen=True)
class DutyStatus:
    """How a duty stands on a day. days: working days left, or late by; 0 is today."""

    state: State
    days: int


def chains(on: date) -> tuple[Chain, ...]:
    """Return every duty to report of a quarter that ends on a day, in the order of the list."""
    return in_force((_chain(row) for row in _data()["chain"]), on)


def in_force(every: Iterable[Chain], on: date) -> tuple[Chain, ...]:
    """Return those duties that hold for a quarter that ends on a day."""
    return tuple(one for one in every if _holds(one, on))


def chain_of(form: str, authority: str, on: date) -> Chain | None:
    """Return the duty to file `form` with money of `authority`; None if nobody must.

    on: the last day of the quarter.
    """
    fitting = (one for one in chains(on) if one.form == form and authority in one.authorities)
    return next(fitting, None)


def is_consolidated(authority: str, on: date) -> bool:
    """Tell whether a planning agency adds up the reports of money of `authority` on a day."""
    return any(one.scope == "province" and authority in one.authorities for one in chains(on))


def recipient(code: str) -> Message:
    """Return who a recipient is, in words."""
    return Message(*_data()["recipients"][code])


def risk(authority: str, on: date) -> Risk | None:
    """Return what lateness risks on a day; None where no rule says."""
    for row in _data()["risk"]:
        one = _risk(row)
        if authority in one.authorities and _holds(one, on):
            return one
    return None


def due_day(chain: Chain, year: int, quarter: int, calendar: Calendar) -> date | None:
    """Return the last day on which a report of the quarter is in time; None if no day is named."""
    if not chain.working_days:
        return None
    return calendar.after(quarters.last_day(year, quarter), chain.working_days)


def is_sure(due: date, calendar: Calendar) -> bool:
    """Tell whether the holidays up to `due` are listed; else it may still move."""
    return calendar.knows(due.year)


def late_days(due: date, filed: date, calendar: Calendar) -> int:
    """Count by how many working days a report came late; on a closed day the next open one counts.

    0 when it came in time. A Saturday after a Friday's deadline is one day late.
    """
    return calendar.between(due, calendar.first_open(filed)) if filed > due else 0


def status(
    due: date, filed: date | None, today: date, quarter_end: date, calendar: Calendar
) -> DutyStatus:
    """Judge a duty: filed in time or late, still open, due today, or overdue. Days are local."""
    if filed is not None:
        late = late_days(due, filed, calendar)
        return DutyStatus("late" if late else "on_time", late)
    if today > due:
        return DutyStatus("overdue", late_days(due, today, calendar))
    left = calendar.between(today, due)
    if today <= quarter_end:
        return DutyStatus("not_open", left)
    return DutyStatus("open" if left else "today", left)


def _holds(one: Chain | Risk, on: date) -> bool:
    return one.valid_from <= on and (one.valid_to is None or on < one.valid_to)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("pulih.monitoring").joinpath("data", "deadlines.toml").read_text())


def _chain(row: dict[str, Any]) -> Chain:
    return Chain(
        row["code"],
        row["form"],
        tuple(row["authorities"]),
        row["scope"],
        row["working_days"],
        Message(row["who_id"], row["who_en"]),
        tuple(row["recipients"]),
        row["source"],
        row["verified"],
        row["valid_from"],
        row.get("valid_to"),
        row.get("signer", ""),
    )


def _risk(row: dict[str, Any]) -> Risk:
    message = Message(row["text_id"], row["text_en"])
    short = Message(row["short_id"], row["short_en"]) if "short_id" in row else None
    return Risk(tuple(row["authorities"]), row["valid_from"], row.get("valid_to"), message, short)
