"""The treasurer's general cash book (BKU) and its sub-books, month by month. Pure.

What is in the bank and in cash is what the treasurer holds of the imprest, of taxes and of direct
payments (LS) that are not handed on yet: each row moves both sides alike. A filed month is frozen:
what was learned after it was filed is booked in the first month that was open then, after December
in the year that follows. Source: TREASURY-07.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

BOOKS = ("bank", "cash", "imprest", "tax", "direct")
TREASURER = "BENDAHARA"  # How the payee of a direct payment through the treasurer begins.
Filed = Mapping[int, datetime]  # When each month of the year was filed.


@dataclass(frozen=True)
class BookRow:
    """One row of the book. day: of the document; at: when it was learned; the rest in rupiah.

    code: what moved, in words of the program that no language and no file of names changes.
    is_older: the day lies in an earlier year than the one in which the row is booked.
    """

    day: date
    at: datetime
    code: str
    document: str
    words: str
    bank: int = 0
    cash: int = 0
    imprest: int = 0
    tax: int = 0
    direct: int = 0
    is_older: bool = False

    @property
    def month(self) -> int:
        """The month of its day; 0 where that was in an earlier year."""
        return 0 if self.is_older else self.day.month

    @property
    def held(self) -> int:
        """What the row adds to all that the treasurer holds."""
        return self.bank + self.cash

    def negated(self, day: date, at: datetime, words: str) -> BookRow:
        moved = {name: -getattr(self, name) for name in BOOKS}
        return replace(self, day=day, at=at, code=f"{self.code} undone", words=words, **moved)


@dataclass(frozen=True)
class Sums:
    """One book in one month, in rupiah."""

    opening: int
    received: int
    spent: int

    @property
    def closing(self) -> int:
        return self.opening + self.received - self.spent


@dataclass(frozen=True)
class Month:
    """A month's rows in their order, with the sums of each book; "held" is the general book."""

    number: int
    rows: tuple[BookRow, ...]
    sums: Mapping[str, Sums]

    @property
    def late(self) -> list[BookRow]:
        """The rows of earlier months that came after those were filed."""
        return [one for one in self.rows if one.month < self.number]


def handed_on(moved: int, gross: int, withheld: int) -> int:
    """Return what of a direct payment reaches the treasurer: less its share of what the SPM cut.

    moved: what the SP2D or its reversal pays of the gross of the SPP, in rupiah.
    """
    if not gross:
        return moved
    cut = withheld * abs(moved) // gross
    return moved - cut if moved >= 0 else moved + cut


def booked_in(row: BookRow, filed: Filed) -> int:
    """Return the month in which a row is booked: its own, or the first that was open by then."""
    closed = [month for month, at in filed.items() if at < row.at]
    return max(row.month, max(closed, default=0) + 1)


def months(
    rows: Iterable[BookRow], filed: Filed, opening: Mapping[str, int] | None = None
) -> list[Month]:
    """Return the months of a year; each opens with what the one before closed with.

    opening: of January, by book. A thirteenth holds what came after December was filed, and is
    booked in the year that follows.
    """
    by_month: dict[int, list[BookRow]] = {number: [] for number in range(1, 14)}
    for row in rows:
        by_month[booked_in(row, filed)].append(row)
    opening = {name: (opening or {}).get(name, 0) for name in ("held", *BOOKS)}
    found = []
    for number, ours in by_month.items():
        ordered = tuple(sorted(ours, key=lambda one: (one.day, one.at, one.code)))
        sums = {name: _sums(name, opening[name], ordered) for name in opening}
        found.append(Month(number, ordered, sums))
        opening = {name: one.closing for name, one in sums.items()}
    return found


def versions(stated: Sequence[BookRow], filed: Filed, words: str) -> list[BookRow]:
    """Return the rows of a payment that was stated several times: the newest, and what it undoes.

    A version in a month that is still open gives way without a trace; one in a filed month stays,
    and is taken back where the next begins. words: of the row that takes back.
    """
    found: list[BookRow] = []
    for now, after in zip(stated, [*stated[1:], None], strict=True):
        if after is None:
            found.append(now)
        elif filed.get(booked_in(now, filed), after.at) < after.at:
            found += [now, now.negated(now.day, after.at, words)]
    return found


def digest(month: Month) -> str:
    """Return the SHA-256 of a month as it is filed: codes and rupiah of its rows, and its sums.

    Names are no part of it, so that a tax or a kind of document may be called otherwise later.
    """
    rows = [
        [one.day.isoformat(), one.code, *(getattr(one, name) for name in BOOKS)]
        for one in month.rows
    ]
    sums = {name: [one.opening, one.received, one.spent] for name, one in month.sums.items()}
    text = json.dumps([month.number, rows, sums], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _sums(name: str, opening: int, rows: Iterable[BookRow]) -> Sums:
    moved = [getattr(one, name) for one in rows]
    return Sums(opening, sum(x for x in moved if x > 0), -sum(x for x in moved if x < 0))
