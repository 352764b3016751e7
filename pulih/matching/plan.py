"""What comes out: who sends how much to whom, what each stage reached and what was proven."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, Protocol

from pulih.common.errors import Message
from pulih.matching.case import Case

StageName = Literal["fill", "work", "cost"]
STAGES: tuple[StageName, ...] = ("fill", "work", "cost")
ROUNDING = 1e-7  # Relative noise of the solver that no gap is held against.

Part = tuple[str, str, str]  # Need, supplier (the firm itself or one of its groups), firm.
Parts = Mapping[Part, int]  # Units, 1 or more.


class Progress(Protocol):
    """Hears of every step: stage, value and bound so far, relative gap, seconds since the start."""

    def __call__(
        self, stage: StageName, value: float, bound: float, gap: float, seconds: float, /
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Options:
    """How well and how long to solve: relative gap per stage, wall seconds for all three."""

    gap: float = 1e-4
    time_limit: float = 60.0


@dataclass(frozen=True, slots=True)
class Stage:
    """What a stage reached and what was proven: weighted needs, firms or rupiah."""

    name: StageName
    value: float
    bound: float
    seconds: float

    @property
    def gap(self) -> float:
        return relative_gap(self.value, self.bound)

    def is_within(self, gap: float) -> bool:
        return self.gap <= gap + ROUNDING


Word = Literal["makers", "weeks", "lots", "price", "firm_share", "regency_share", "suppliers"]


@dataclass(frozen=True, slots=True)
class Unmet:
    """A need that is not filled: units missing, what holds them, units that each change brings.

    spare: units that could come with nothing changed; within the tolerances, work or cost went
    before them. brings: beyond those. day: the due day (YYYY-MM-DD) that would do, where it was
    looked for.
    """

    need: str
    missing: int
    spare: int
    holds: Word
    brings: tuple[tuple[Word, int], ...]
    day: str | None
    message: Message


@dataclass(frozen=True, slots=True)
class Solved:
    """A lawful answer; "optimal" when every stage is proven to the gap asked for.

    baselines: the fill that plain ways of sharing out reach; None where time ran out.
    """

    status: Literal["optimal", "feasible"]
    case: Case
    parts: Parts
    options: Options
    stages: tuple[Stage, ...]
    unmet: tuple[Unmet, ...]
    baselines: Mapping[str, Fraction | None]
    seconds: float


SoFar = Callable[[], Solved]  # Makes an outcome of the best answer so far, when it is wanted.


def relative_gap(value: float, bound: float) -> float:
    """Return how far a value is from what was proven, as a share of the value."""
    return abs(bound - value) / max(abs(value), 1e-9)
