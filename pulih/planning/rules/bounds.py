"""Floors and caps in rupiah, and the first gate: can the ceiling hold what is bound?"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

SLIPS = (1_000, 1_000_000, 10, 100, 1_000_000_000)


@dataclass(frozen=True)
class BoundLine:
    """A line and what of it no plan may touch, in whole rupiah."""

    name: str
    place: str
    ceiling: int
    committed: int
    blocked: int
    is_protected: bool

    @property
    def bound(self) -> int:
        return self.ceiling if self.is_protected else self.committed + self.blocked


@dataclass(frozen=True)
class Shortfall:
    """A ceiling that cannot hold what is bound: by how much, and the lines that bind most."""

    bound: int
    missing: int
    heaviest: tuple[BoundLine, ...]


def floor_of(before: int, percent: Decimal) -> int:
    """Return the least that `percent` of `before` leaves, rounded up, in the province's favour."""
    return int((before * percent / 100).to_integral_value(ROUND_CEILING))


def cap_of(before: int, percent: Decimal) -> int:
    """Return the most that `percent` of `before` allows, rounded down."""
    return int((before * percent / 100).to_integral_value(ROUND_FLOOR))


def shortfall(lines: Iterable[BoundLine], ceiling: int, show: int = 5) -> Shortfall | None:
    """Tell by how much `ceiling` falls short of what is bound; None when it suffices."""
    rows = sorted(lines, key=lambda line: (-line.bound, line.name, line.place))
    bound = sum(line.bound for line in rows)
    if ceiling >= bound:
        return None
    return Shortfall(bound, bound - ceiling, tuple(row for row in rows[:show] if row.bound))


def likeliest(amount: int, least: int, most: int) -> int | None:
    """Return what was probably meant by an amount outside `least` to `most`: a slip of zeros.

    None when the amount lies inside, or when no slip explains it.
    """
    if least <= amount <= most or amount <= 0:
        return None
    for factor in SLIPS:
        if least <= amount * factor <= most:
            return amount * factor
        if amount % factor == 0 and least <= amount // factor <= most:
            return amount // factor
    return None


def untagged_percent(untagged: int, total: int) -> Decimal:
    """Return the share of money without a measure, in percent with one decimal."""
    if total == 0:
        return Decimal("0.0")
    return (Decimal(untagged) * 100 / total).quantize(Decimal("0.1"))
