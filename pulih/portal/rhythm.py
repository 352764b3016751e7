"""When which figures come out: due days of each scope, and what is due now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from .models import Cadence, Every, Release, Scope

SHOWN_DAYS = 4
MONTHS = {Every.MONTH: 1, Every.QUARTER: 3}
WIDER = {  # A release of a scope counts what these count, too.
    Scope.MONEY: tuple(Scope.values),
    Scope.PROVINCES: (Scope.PROVINCES, Scope.REGENCIES),
    Scope.REGENCIES: (Scope.REGENCIES,),
}


class WithRelease(Protocol):
    @property
    def release(self) -> Release: ...


@dataclass(frozen=True)
class Rhythm:
    """days: the next due days; empty for what comes out on any day on which it changed."""

    scope: Scope
    every: Every
    days: Sequence[date]


def due_after(every: str, day: int, after: date) -> date:
    """The first due day after another. day: of the month, or of the quarter's first month."""
    if every == Every.DAY:
        return after + timedelta(days=1)
    step = MONTHS[Every(every)]
    months = after.year * 12 + after.month - 1
    months -= months % step
    first = date(months // 12, months % 12 + 1, day)
    if first > after:
        return first
    months += step
    return date(months // 12, months % 12 + 1, day)


def rhythms(today: date) -> list[Rhythm]:
    """Each scope with its next due days, in the order of scopes."""
    return [Rhythm(scope, Every(one.every), days) for scope, one, days in every_scope(today) if one]


def every_scope(today: date) -> list[tuple[Scope, Cadence | None, list[date]]]:
    """Each scope with what is set for it, and its next due days; the public calendar's order."""
    kept = {one.scope: one for one in Cadence.objects.all()}
    found = [(scope, kept.get(scope)) for scope in Scope]
    return [(scope, one, _next_days(one, today) if one else []) for scope, one in found]


def _next_days(cadence: Cadence, today: date) -> list[date]:
    if cadence.every == Every.DAY:
        return []
    days = [due_after(cadence.every, cadence.day, today)]
    while len(days) < SHOWN_DAYS:
        days.append(due_after(cadence.every, cadence.day, days[-1]))
    return days


def newest_of(books: Iterable[WithRelease], scope: str) -> Release | None:
    """The newest release that counted a scope; books: the newest first."""
    return next((book.release for book in books if book.release.scope in WIDER[Scope(scope)]), None)


def due_scope(today: date, on_show: Sequence[Release]) -> Scope:
    """What a steward counts next: regencies where they are due, or else provinces."""
    cadence = Cadence.objects.filter(scope=Scope.REGENCIES).first()
    last = next((one for one in on_show if one.scope == Scope.REGENCIES), None)
    if cadence is None or last is None:
        return Scope.REGENCIES
    is_due = due_after(cadence.every, cadence.day, last.as_of) <= today
    return Scope.REGENCIES if is_due else Scope.PROVINCES
