"""Which way each kind of move takes goods, and how the value of a whole is parted. Pure."""

from __future__ import annotations

from dataclasses import dataclass

STORE, WORKSHOP, UNCHECKED, ON_THE_WAY = "store", "workshop", "unchecked", "on_the_way"
OUTSIDE = ""


@dataclass(frozen=True)
class Route:
    source: str
    target: str
    needs_reason: bool = False


LARGEST_QUANTITY = 10**9

ROUTES = {
    "bought": Route(OUTSIDE, STORE),
    "issued": Route(STORE, WORKSHOP),
    "returned": Route(WORKSHOP, STORE),
    "used": Route(WORKSHOP, OUTSIDE),
    "made": Route(OUTSIDE, UNCHECKED),
    "passed": Route(UNCHECKED, STORE),
    "scrapped": Route(UNCHECKED, OUTSIDE, needs_reason=True),
    "sent": Route(STORE, ON_THE_WAY),
    "received": Route(ON_THE_WAY, OUTSIDE),
    "came_back": Route(ON_THE_WAY, STORE, needs_reason=True),
    "lost_on_way": Route(ON_THE_WAY, OUTSIDE, needs_reason=True),
    # A count that is corrected lets go of what it said first.
    "unreceived": Route(OUTSIDE, ON_THE_WAY, needs_reason=True),
    "unreturned": Route(STORE, ON_THE_WAY, needs_reason=True),
    "unlost": Route(OUTSIDE, ON_THE_WAY, needs_reason=True),
    "lost": Route(STORE, OUTSIDE, needs_reason=True),
}
# Which move lets go of what another said.
UNDONE_BY = {"received": "unreceived", "came_back": "unreturned", "lost_on_way": "unlost"}
# What an office enters by hand; the others come with a batch or a hand-over.
BY_HAND = ("bought", "issued", "returned", "passed", "scrapped", "lost")


def share(value: int, quantity: int, of: int) -> int:
    """Return what `quantity` out of `of` is worth, when all of it is worth `value` rupiah.

    Rounded down while something stays, so that the last ones carry the rest and every rupiah is
    counted once. The trigger in goods.sql says the same.
    """
    assert 0 < quantity <= of
    return value * quantity // of
