"""What other rooms ask again before an order or a payment is typed: they refuse by raising.

What the treasury reports as paid is a fact, so files of its lists ask nobody.
"""

from collections.abc import Callable
from datetime import date

from .models import Posting

Guard = Callable[[Posting, date], None]

_guards: dict[str, Guard] = {}


def register(room: str, guard: Guard) -> None:
    """guard: gets the request or order that is to be ordered or paid, and the day. May refuse."""
    _guards[room] = guard


def ask(document: Posting, day: date) -> None:
    for guard in _guards.values():
        guard(document, day)
