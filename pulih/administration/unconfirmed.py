"""What Pulih states from memory, room by room, and what would settle it: for who maintains it.

Officers read one plain line where something is not confirmed; the list of all stands on one page.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pulih.common.errors import Message


@dataclass(frozen=True)
class Unconfirmed:
    """where: the rules or papers that it belongs to. source: its id in the list of sources."""

    where: Message
    what: Message
    source: str
    settle: Message


Finder = Callable[[], Iterable[Unconfirmed]]
FINDERS: list[Finder] = []


def register(finder: Finder) -> None:
    """Let a room say what of it nobody has compared with its source."""
    if finder not in FINDERS:
        FINDERS.append(finder)


def every() -> list[Unconfirmed]:
    """Return all that is open, in the order in which the rooms stand."""
    return [one for finder in FINDERS for one in finder()]
