"""How far a plan is proven: the versions that went on from one another, and what is still open."""

from dataclasses import dataclass

from django.conf import settings

from ..actions.solving import PROVEN, SECONDS, going_on_from
from ..models import Scenario, Solution, State

MOST_STEPS = 12  # Versions told of, the latest first.


@dataclass(frozen=True)
class Step:
    """One version on the way: what it took, and the gap it left in each stage."""

    scenario: Scenario
    solution: Solution
    is_this: bool


@dataclass(frozen=True)
class Proof:
    """What the page of a plan says of its proof. at_work: the version that goes on from it now."""

    steps: list[Step]
    at_work: Scenario | None
    may_go_on: bool
    most_percent: float

    @property
    def largest(self) -> float:
        return self.steps[0].solution.largest_gap

    @property
    def is_too_wide(self) -> bool:
        """Whether the gap is wider than that of a plan that may be adopted."""
        return self.largest * 100 > self.most_percent

    @property
    def is_closed(self) -> bool:
        return self.largest <= PROVEN

    @property
    def minutes(self) -> int:
        return SECONDS[0] // 60


def proof_of(scenario: Scenario) -> Proof:
    """Return how far a plan is proven, from its version back through those it went on from."""
    going = going_on_from(scenario) if scenario.state == State.SOLVED else None
    return Proof(
        _steps(scenario),
        going if going is not None and going.is_running else None,
        scenario.state == State.SOLVED
        and not scenario.beyond_worst
        and scenario.solution.largest_gap > PROVEN,
        float(settings.LARGEST_GAP_PERCENT),
    )


def _steps(scenario: Scenario) -> list[Step]:
    steps = [Step(scenario, scenario.solution, is_this=True)]
    while len(steps) < MOST_STEPS:
        previous = steps[-1].scenario.previous
        before = None if previous is None else getattr(previous, "solution", None)
        # Another case is another proof.
        if previous is None or before is None:
            break
        if before.case_sha256 != scenario.solution.case_sha256:
            break
        steps.append(Step(previous, before, is_this=False))
    return steps
