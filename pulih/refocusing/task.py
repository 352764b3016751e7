"""What a stage is asked, the time it has, and where it stands."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from pulih.highs import Report
from pulih.refocusing.lawful_plan import Kept, LawfulPlan
from pulih.refocusing.plan import Stage, StageName, relative_gap


@dataclass
class Clock:
    """Wall time of one solve: when it began, when it must be over."""

    limit: float
    began: float = field(default_factory=time.monotonic)

    @property
    def spent(self) -> float:
        return time.monotonic() - self.began

    def left(self, share: float = 1.0) -> float:
        """Return the seconds left of the first `share` of the limit."""
        return max(0.0, self.limit * share - self.spent)


def clock_of(limit: float, began: float | None) -> Clock:
    """Return a clock that began at an instant, or that begins now."""
    return Clock(limit) if began is None else Clock(limit, began)


@dataclass(frozen=True)
class Reached:
    """Where a stage stands: its best plan, what that is worth, and the proven bound."""

    best: LawfulPlan
    value: float
    bound: float

    @property
    def gap(self) -> float:
        return relative_gap(self.value, self.bound)

    def as_stage(self, name: StageName, seconds: float) -> Stage:
        return Stage(name, self.value, self.bound, self.gap, seconds)


@dataclass(frozen=True)
class Task:
    """What a stage is asked for; `hear` gets value and bound, both in the stage's own unit."""

    kept: Kept
    lawful: LawfulPlan  # The plan of least money: what the limits ask for and no more.
    gap: float
    seconds: Callable[[], float]  # What is left for this stage.
    hear: Report
    keep: Callable[[Reached], None] = lambda reached: None  # Gets what was reached, with its plan.

    def tell(self, reached: Reached) -> None:
        """Let everybody know where the stage stands."""
        self.keep(reached)
        self.hear(reached.value, reached.bound)


def lowered(reached: Reached, bound: float) -> Reached:
    """Return a maximising stage with the lower of two upper bounds."""
    return replace(reached, bound=max(reached.value, min(reached.bound, bound)))
