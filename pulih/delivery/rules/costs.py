"""What one participant, one lesson hour of a participant and one piece cost. Pure.

Rupiah rounded down; None where there is nothing to divide by, or the sum is not known.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reached:
    """What money bought: people, their lesson hours (JP) together, pieces of the one product.

    pieces: 0 where there is no product, or more than one, which share the money.
    """

    rupiah: int
    people: int
    hours: int
    pieces: int


@dataclass(frozen=True)
class UnitCosts:
    """Rupiah a participant, a lesson hour of a participant, a piece."""

    person: int | None
    hour: int | None
    piece: int | None


NOTHING = UnitCosts(None, None, None)


def unit_costs(found: Reached | None) -> UnitCosts:
    if found is None:
        return NOTHING
    return UnitCosts(*(found.rupiah // n if n else None for n in (
        found.people, found.hours, found.pieces
    )))  # fmt: skip
