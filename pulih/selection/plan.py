"""What comes out: a plan with its proof, a conflict of rules, or neither in the time given."""

from dataclasses import dataclass
from typing import Literal

from pulih.common.errors import Message
from pulih.selection.case import Case, Whole


@dataclass(frozen=True, slots=True)
class Options:
    """How well and how long to solve: relative gap, wall seconds."""

    gap: float = 1e-4
    time_limit: float = 30.0


@dataclass(frozen=True, eq=False)
class Plan:
    """chosen: places of the chosen among the sorted applications, rising."""

    chosen: Whole


@dataclass(frozen=True, slots=True)
class Price:
    """What one person, or Rp1 million, more allowed by a side of a rule adds: an estimate."""

    rule: str
    side: Literal["min", "max"]
    points: float


@dataclass(frozen=True, slots=True)
class ConflictRule:
    """A rule of a conflict, and by how many people or rupiah it falls short of the others."""

    rule: str
    short: int
    message: Message


@dataclass(frozen=True, eq=False)
class Solved:
    """A lawful plan; "optimal" when its value is proven to the gap. In millionths of a point."""

    status: Literal["optimal", "feasible"]
    case: Case
    options: Options
    plan: Plan
    value: int
    bound: int
    prices: tuple[Price, ...]
    seconds: float


@dataclass(frozen=True, eq=False)
class Infeasible:
    case: Case
    options: Options
    conflict: tuple[ConflictRule, ...]
    seconds: float


@dataclass(frozen=True, eq=False)
class Unknown:
    """Neither a lawful plan nor a proof that there is none, in the time given."""

    case: Case
    options: Options
    seconds: float


Outcome = Solved | Infeasible | Unknown


def relative_gap(value: int, bound: int) -> float:
    """How far a value is from what was proven, as a share of the value; both in millionths."""
    return abs(bound - value) / max(abs(value), 1e-3)
