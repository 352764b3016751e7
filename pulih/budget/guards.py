"""What other rooms ask before a request, an order or a payment is typed: they refuse by raising.

What the treasury reports as paid is a fact, so files of its lists ask nobody.
"""

from collections.abc import Callable, Mapping
from datetime import date

from .models import Posting, Promise

Guard = Callable[[Posting, date], None]
MoneyGuard = Callable[[Promise | None, Mapping[int, int]], None]

_guards: dict[str, Guard] = {}
_money_guards: dict[str, MoneyGuard] = {}


def register(room: str, guard: Guard) -> None:
    """guard: gets the request or order that is to be ordered or paid, and the day. May refuse."""
    _guards[room] = guard


def register_for_money(room: str, guard: MoneyGuard) -> None:
    """guard: gets the promise that money is asked or paid of, and rupiah by line id. May refuse."""
    _money_guards[room] = guard


def ask_for_money(promise: Promise | None, amounts: Mapping[int, int]) -> None:
    """Ask before an SPP, and before an SP2D that none asked for: of a contract or the imprest."""
    for guard in _money_guards.values():
        guard(promise, amounts)


def ask(document: Posting, day: date) -> None:
    for guard in _guards.values():
        guard(document, day)
