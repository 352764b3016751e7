"""A table of cells to protect, its rules, and the releases that are still on show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, NamedTuple

Kind = Literal["count", "sum"]

WHOLE = "all"  # The dimension of an area's whole; its category is blank.


class Key(NamedTuple):
    """What names a cell; cells are sorted by it."""

    measure: str
    period: str
    area: str
    dimension: str
    category: str


@dataclass(frozen=True)
class Rule:
    """How a measure is protected.

    parts: dimensions whose categories add up to the whole; answers: several may be given.
    belongs_to: the count whose hidden cells hide the sum's; p: percent of the largest.
    stock: whether what is counted goes on from one period to the next, so that they are compared.
    within: counts of which this one counts a part, so that no number of it is above theirs.
    rest: whether what all but 1 to k - 1 of such a larger count are is hidden beside it.
    """

    measure: str
    kind: Kind
    k: int = 5
    parts: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()
    belongs_to: str | None = None
    p: Fraction = Fraction(10)
    stock: bool = False
    within: frozenset[str] = frozenset()
    rest: bool = False


@dataclass(frozen=True)
class Cell:
    """One number. Amounts of sums are in units of 10 ** -digits of their measure (`Case`)."""

    key: Key
    value: int
    contributors: int | None = None
    largest: int | None = None
    second: int | None = None


@dataclass(frozen=True)
class Release:
    """What an earlier release shows: None where a cell is hidden."""

    name: str
    parents: Mapping[str, str]
    shown: Mapping[Key, int | None]


@dataclass(frozen=True)
class Case:
    """cells: sorted by key; parents: area by area, blank for the country."""

    rules: Mapping[str, Rule]
    parents: Mapping[str, str]
    cells: tuple[Cell, ...]
    digits: Mapping[str, int] = field(default_factory=dict)
    earlier: tuple[Release, ...] = ()
