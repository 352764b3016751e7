"""Imprest (UP) and extra imprest (TUP) of a unit, month by month, and what is overdue.

An imprest is refilled when at least half of it is used, and an extra imprest is accounted for
within one month; both from memory. Source: TREASURY-03.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pulih.common.errors import Message
from pulih.common.money import rupiah
from pulih.common.periods import day as written_day

UP, TUP = "UP", "TUP"
REFILL_FROM_PERCENT = 50


@dataclass(frozen=True)
class Movement:
    """What one row says of an imprest, in rupiah; day: of the document, else the month's first.

    given: by the treasury. used: spent and not yet refilled or accounted for. refilled: GUP.
    accounted: GUP nihil for UP, PTUP for TUP; it lessens what is held. returned: paid back.
    """

    kind: str
    day: date
    given: int = 0
    used: int = 0
    refilled: int = 0
    accounted: int = 0
    returned: int = 0


@dataclass(frozen=True)
class Position:
    """An imprest at the end of a month. held: what the unit answers for. open: used, unrefilled."""

    kind: str
    month: date
    given: int
    used: int
    refilled: int
    accounted: int
    returned: int
    held: int
    open: int


def positions(movements: Sequence[Movement], until: date) -> list[Position]:
    """Add movements up by month, with what was held at the end of each, to the month of `until`."""
    found: list[Position] = []
    for kind in (UP, TUP):
        ours = [one for one in movements if one.kind == kind and one.day <= until]
        if ours:
            found += _by_month(kind, ours, until)
    return found


def _by_month(kind: str, movements: list[Movement], until: date) -> list[Position]:
    first = min(one.day for one in movements).replace(day=1)
    held = open_ = 0
    found = []
    for month in months(first, until):
        ours = [one for one in movements if one.day.replace(day=1) == month]
        given, used, refilled = _sum(ours, "given"), _sum(ours, "used"), _sum(ours, "refilled")
        accounted, returned = _sum(ours, "accounted"), _sum(ours, "returned")
        held += given - accounted - returned
        open_ = max(0, open_ + used - refilled - accounted)
        found.append(Position(kind, month, given, used, refilled, accounted, returned, held, open_))
    return found


def months(first: date, last: date) -> list[date]:
    """Return the first day of every month from one day to another."""
    found = [first.replace(day=1)]
    while (after := next_month(found[-1])) <= last:
        found.append(after)
    return found


def next_month(on: date) -> date:
    """Return the same day a month later, or the last day of that month if it has no such day."""
    year, month = on.year + on.month // 12, on.month % 12 + 1
    for number in range(on.day, 27, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return date(year, month, on.day)


def _sum(movements: list[Movement], name: str) -> int:
    return sum(getattr(one, name) for one in movements)


def warnings(movements: Iterable[Movement], on: date) -> list[Message]:
    """Say what is due on a day: extra imprest past its month, imprest used by half or more."""
    ours = sorted((one for one in movements if one.day <= on), key=lambda one: one.day)
    found = [_overdue(given, left, on) for given, left in _unaccounted(ours)
             if on > next_month(given)]  # fmt: skip
    newest = [one for one in positions(ours, on) if one.kind == UP][-1:]
    for position in newest:
        if position.open * 100 >= position.held * REFILL_FROM_PERCENT and position.open > 0:
            found.append(_refill(position))
        if position.held < 0:
            found.append(_negative(position))
    return found


def too_early(newest: Position | None) -> Message | None:
    """Say that a refill is asked for before so much of the imprest is used that it may be."""
    if newest is None or newest.held <= 0:
        return None
    if newest.open * 100 >= newest.held * REFILL_FROM_PERCENT:
        return None
    share = newest.open * 100 // newest.held
    return Message(
        f"UP baru digunakan {rupiah(newest.open)} ({share}%) menurut daftar terakhir; GUP diajukan "
        f"sejak {REFILL_FROM_PERCENT}%. Kembalikan SPP, atau kirim daftar UP yang terbaru.",
        f"By the newest list {rupiah(newest.open, 'en')} of the UP is used ({share}%); it is "
        f"refilled from {REFILL_FROM_PERCENT}%. Send the SPP back, or send the newest list of the "
        "imprest.",
    )


def _unaccounted(movements: list[Movement]) -> list[tuple[date, int]]:
    """Return what is still open of each extra imprest; what is accounted for ends the oldest."""
    ended = sum(one.accounted + one.returned for one in movements if one.kind == TUP)
    left = []
    for one in movements:
        if one.kind != TUP or one.given <= 0:
            continue
        taken = min(one.given, ended)
        ended -= taken
        if one.given > taken:
            left.append((one.day, one.given - taken))
    return left


def _overdue(given: date, left: int, on: date) -> Message:
    due = next_month(given)
    days = (on - due).days
    return Message(
        f"TUP tanggal {written_day(given)} masih {rupiah(left)} belum dipertanggungjawabkan, "
        f"lewat {days} hari dari batas satu bulan ({written_day(due)}). Ajukan PTUP atau setorkan "
        "sisanya.",
        f"Of the TUP of {written_day(given, 'en')}, {rupiah(left, 'en')} is not accounted for, "
        f"{days} days past its month ({written_day(due, 'en')}). File the PTUP or return the "
        "rest.",
    )


def _refill(position: Position) -> Message:
    share = position.open * 100 // position.held if position.held else 100
    return Message(
        f"UP sudah digunakan {rupiah(position.open)} ({share}%); GUP dapat diajukan sejak "
        f"{REFILL_FROM_PERCENT}%. Ajukan penggantiannya agar kas tidak habis.",
        f"{rupiah(position.open, 'en')} of the UP is used ({share}%); it may be refilled from "
        f"{REFILL_FROM_PERCENT}%. Ask for the refill before the cash runs out.",
    )


def _negative(position: Position) -> Message:
    return Message(
        f"UP yang dipertanggungjawabkan atau disetor melebihi yang diberikan sebesar "
        f"{rupiah(-position.held)}. Periksa daftarnya.",
        f"More UP was accounted for or returned than given, by {rupiah(-position.held, 'en')}. "
        "Check the list.",
    )


def of_payment(method: str, day: date, rupiah_moved: int) -> Movement | None:
    """Return what an SP2D does to the imprest, by its way of paying; None for direct payments."""
    empty = Movement(TUP if method in (TUP, "PTUP") else UP, day)
    if method in (UP, TUP):
        return replace(empty, given=rupiah_moved)
    if method == "GUP":
        return replace(empty, used=rupiah_moved, refilled=rupiah_moved)
    if method in ("PTUP", "NIHIL"):
        return replace(empty, used=rupiah_moved, accounted=rupiah_moved)
    return None
