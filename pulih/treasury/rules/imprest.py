"""Imprest (UP) and extra imprest (TUP) of a unit, month by month, and what is overdue.

From which share an imprest is refilled, and in how many months an extra imprest is accounted for,
stands in data/imprest.toml by its day. Source: TREASURY-03.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pulih.common.errors import Message
from pulih.common.money import rupiah
from pulih.common.periods import day as written_day

from .imprest_limits import extra_months_on, refill_percent_on

UP, TUP = "UP", "TUP"


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
    due = [(given, left, _due(given)) for given, left in _unaccounted(ours)]
    found = [_overdue(given, left, last, on) for given, left, last in due if last and on > last]
    newest = [one for one in positions(ours, on) if one.kind == UP][-1:]
    for position in newest:
        percent = refill_percent_on(on)
        if percent and position.open > 0 and position.open * 100 >= position.held * percent:
            found.append(_refill(position, percent))
        if position.held < 0:
            found.append(_negative(position))
    return found


def _due(given: date) -> date | None:
    """Return the last day on which an extra imprest is accounted for."""
    months_left = extra_months_on(given)
    if months_left is None:
        return None
    for _month in range(months_left):
        given = next_month(given)
    return given


def too_early(newest: Position | None, on: date) -> Message | None:
    """Say that a refill is asked for before so much of the imprest is used that it may be."""
    percent = refill_percent_on(on)
    if newest is None or newest.held <= 0 or percent is None:
        return None
    if newest.open * 100 >= newest.held * percent:
        return None
    share = newest.open * 100 // newest.held
    return Message(
        f"UP baru digunakan {rupiah(newest.open)} ({share}%) menurut daftar terakhir; GUP diajukan "
        f"sejak {percent}%. Kembalikan SPP, atau kirim daftar UP yang terbaru.",
        f"By the newest list {rupiah(newest.open, 'en')} of the UP is used ({share}%); it is "
        f"refilled from {percent}%. Send the SPP back, or send the newest list of the "
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


def _overdue(given: date, left: int, due: date, on: date) -> Message:
    days = (on - due).days
    return Message(
        f"TUP tanggal {written_day(given)} masih {rupiah(left)} belum dipertanggungjawabkan, "
        f"lewat {days} hari dari batasnya ({written_day(due)}). Ajukan PTUP atau setorkan "
        "sisanya.",
        f"Of the TUP of {written_day(given, 'en')}, {rupiah(left, 'en')} is not accounted for, "
        f"{days} days past its day ({written_day(due, 'en')}). File the PTUP or return the "
        "rest.",
    )


def _refill(position: Position, percent: int) -> Message:
    share = position.open * 100 // position.held if position.held else 100
    return Message(
        f"UP sudah digunakan {rupiah(position.open)} ({share}%); GUP dapat diajukan sejak "
        f"{percent}%. Ajukan penggantiannya agar kas tidak habis.",
        f"{rupiah(position.open, 'en')} of the UP is used ({share}%); it may be refilled from "
        f"{percent}%. Ask for the refill before the cash runs out.",
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
