"""What comes out: a plan with its proofs, a conflict of rules, or neither in the time given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, Protocol

from pulih.common.errors import Message
from pulih.refocusing.case import Case

StageName = Literal["worst", "relief", "change"]
ROUNDING = 1e-7  # Relative noise of the solver that no gap is held against.
STAGES: tuple[StageName, ...] = ("worst", "relief", "change")


class Progress(Protocol):
    """Hears of every step: stage, value and bound so far, relative gap, seconds since the start."""

    def __call__(
        self,
        stage: StageName,
        value: float | None,
        bound: float | None,
        gap: float | None,
        seconds: float,
        /,
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Options:
    """How well and how long to solve: relative gap per stage, wall seconds for all three."""

    gap: float = 1e-4
    time_limit: float = 60.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Units by (regency, measure) and whole rupiah by line; a new line is `NEW:…`."""

    units: Mapping[tuple[str, str], int]
    after: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Stage:
    """What a stage reached and what was proven: a share, firms or rupiah; None without need."""

    name: StageName
    value: float | None
    bound: float | None
    gap: float | None
    seconds: float

    def is_within(self, gap: float) -> bool:
        return self.value is None or (self.gap is not None and self.gap <= gap + ROUNDING)


@dataclass(frozen=True, slots=True)
class Binding:
    """A rule that stopped the plan from doing better, and an estimate of what it costs.

    price: change of total relief (firms) per Rp1 million of the rule, per unit for limits.
    """

    rule: str
    area: str
    price: float
    message: Message


@dataclass(frozen=True, slots=True)
class ConflictRule:
    rule: str
    area: str
    amount: int | None  # What the rule asks for: rupiah, units for limits; None for a share.
    message: Message


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that cannot hold together; without any one of them the others can.

    fails_by: rupiah, or units when `unit` is "units", by which `relaxed` would have to give way.
    set_fails_by: the same when only the rules of this conflict are asked for.
    """

    rules: tuple[ConflictRule, ...]
    relaxed: str
    fails_by: int
    set_fails_by: int
    unit: Literal["rupiah", "units"]
    is_irreducible: bool
    message: Message


@dataclass(frozen=True)
class Level:
    """A first stage: the lowest coverage of the provinces it asked, and what none can pass.

    held: those of them that can rise no further, with the most that each can reach; shares.
    """

    coverage: float
    bound: float
    held: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Solved:
    """A lawful plan; "optimal" when every stage is proven to the gap asked for.

    levels: where fairness beyond the worst province was asked for, the lowest first.
    """

    status: Literal["optimal", "feasible"]
    case: Case
    plan: Plan
    options: Options
    stages: tuple[Stage, ...]
    coverage_before: Mapping[str, Fraction]  # By province, where it was proven in time.
    binding: tuple[Binding, ...]
    seconds: float
    levels: tuple[Level, ...] = ()


SoFar = Callable[[], Solved]  # Makes an outcome of the best plan so far, when it is wanted.


@dataclass(frozen=True, slots=True)
class Infeasible:
    case: Case
    options: Options
    conflict: Conflict
    seconds: float


@dataclass(frozen=True, slots=True)
class Unknown:
    """Neither a lawful plan nor a proof that there is none, in the time given."""

    case: Case
    options: Options
    seconds: float


Outcome = Solved | Infeasible | Unknown


def relative_gap(value: float, bound: float) -> float:
    """Return how far a value is from what was proven, as a share of the value."""
    return abs(bound - value) / max(abs(value), 1e-9)
