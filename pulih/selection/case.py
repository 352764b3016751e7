"""A selection case in frozen values: who applies, and what the chosen must fulfil together.

Scores are whole millionths of a point, money is whole rupiah, shares are exact fractions.
Applications stand sorted by their code, so that the order of rows in a file changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

MICRO = 1_000_000  # Scores are kept in millionths.
IN, OUT, FREE = 1, -1, 0
Unit = Literal["people", "rupiah"]


@dataclass(frozen=True, slots=True, order=True)
class Condition:
    """Columns with the values that fulfil them, all columns together; none means everybody."""

    terms: tuple[tuple[str, tuple[str, ...]], ...]
    text: str

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(column for column, _ in self.terms)


@dataclass(frozen=True, slots=True, order=True)
class Quota:
    """Fewest and most people, or rupiah, among the chosen who fulfil `where`; None is none."""

    code: str
    where: Condition
    unit: Unit
    least: int | None
    most: int | None

    @property
    def name(self) -> str:
        return f"quota:{self.code}"


@dataclass(frozen=True, slots=True, order=True)
class Share:
    """Of the chosen who fulfil `of`, the least and largest share who fulfil `where` too."""

    code: str
    where: Condition
    of: Condition
    least: Fraction | None
    most: Fraction | None

    @property
    def name(self) -> str:
        return f"share:{self.code}"


@dataclass(frozen=True, slots=True)
class Settings:
    """What `case.toml` says; `exclusive` are columns of which a value is chosen once at most."""

    title: str
    year: int
    seed: str
    exclusive: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Attribute:
    """One column of text: the values it has, sorted, and each row's number, -1 for unknown."""

    values: tuple[str, ...]
    number: Whole

    def is_one_of(self, values: Iterable[str]) -> Flags:
        """For each row: is its value among these?"""
        among = set(values)
        named = np.array([value in among for value in self.values] + [False], dtype=bool)
        return np.asarray(named[self.number])


@dataclass(frozen=True, eq=False)
class Applications:
    """Columns of one length, sorted by `codes`; attributes are those that the rules name.

    score: millionths of a point; cost: rupiah; fixed: IN, OUT or FREE.
    """

    codes: Sequence[str]
    score: Whole
    cost: Whole
    fixed: npt.NDArray[np.int8]
    attributes: Mapping[str, Attribute]

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True, eq=False)
class Case:
    """Everything a selection is decided on; made by `read`, never half-checked."""

    settings: Settings
    applications: Applications
    quotas: tuple[Quota, ...]
    shares: tuple[Share, ...]

    @cached_property
    def rule(self) -> dict[str, Quota | Share]:
        """Every rule by its public id, such as `quota:Q1`."""
        return {rule.name: rule for rule in self.rules}

    @property
    def rules(self) -> list[Quota | Share]:
        return [*self.quotas, *self.shares]


def exact_sum(numbers: Whole, counts: Whole | None = None) -> int:
    """Sum whole numbers of up to 10^18, each as often as it counts, beyond what int64 holds."""
    high, low = np.divmod(numbers, 1_000_000_000)
    if counts is not None:
        high, low = high * counts, low * counts
    return int(high.sum()) * 1_000_000_000 + int(low.sum())


def points(micro: int) -> str:
    """Write a score with its 6 decimals."""
    return f"{micro // MICRO}.{micro % MICRO:06d}"


Json = dict[str, Any]
