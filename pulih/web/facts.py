"""What the frame shows but cannot know: rooms above tell it, each with one function.

Known names: `demo` (bool or a sentence: the demo strip), `last_data` (an aware moment: foot of the
menu), `day` (the date shown when the address names none), `activity_day` (the day that activities
have come to, where a scenario tells more of them than of money), `background_late` (bool: another
strip), `search` (the address that a search goes to; blank where a person may search nothing).
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

Teller = Callable[[HttpRequest], Any]
NAMES = ("demo", "last_data", "day", "activity_day", "background_late", "search")
_tellers: dict[str, Teller] = {}


def tell(name: str, teller: Teller) -> None:
    """Let `teller(request)` answer for `name` from now on. Call it from an app's `ready()`."""
    assert name in NAMES, name
    _tellers[name] = teller


def ask(name: str, request: HttpRequest) -> Any:
    """Return what is known under `name`, or None; asked once a request."""
    known: dict[str, Any] = request.__dict__.setdefault("_pulih_facts", {})
    if name not in known:
        known[name] = _tellers[name](request) if name in _tellers else None
    return known[name]
