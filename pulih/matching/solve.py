"""Solve a case: plain ways of sharing out, then the three stages in order."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from pulih.matching import greedy
from pulih.matching.answer import Answer, Kept
from pulih.matching.case import Case
from pulih.matching.check import breaches
from pulih.matching.grid import Grid
from pulih.matching.plan import (
    STAGES,
    Options,
    Progress,
    Solved,
    Stage,
    StageName,
    relative_gap,
)
from pulih.matching.program import Report
from pulih.matching.stages import Task, stage
from pulih.matching.unmet import unmet
from pulih.matching.ways import Ways, ways_to

# Shares of the time limit by which each step must be over; what one leaves the next may use.
UNTIL: dict[str, float] = {"begin": 0.3, "fill": 0.55, "work": 0.75, "cost": 0.93}

LEAST_SECONDS = 1.0  # Small cases say what holds back a need however short the limit.
BASELINES = ("nearest_first", "cheapest_first", "in_proportion")


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


def solve(
    case: Case,
    *,
    gap: float = 1e-4,
    time_limit: float = 60.0,
    progress: Progress | None = None,
) -> Solved:
    """Return the best lawful answer found in time with what is proven of each stage.

    gap: relative, per stage; time_limit: wall seconds for all three stages together.
    progress: hears stage, value, bound, gap and seconds at every step forward.
    """
    clock, grid = Clock(time_limit), Grid(case)
    ways = [ways_to(grid, place) for place in range(len(case.needs))]
    baselines, best = _plain_ways(grid, ways, lambda: clock.left(UNTIL["begin"]))
    kept, done = Kept(), list[Stage]()
    first, second = case.settings.tolerance
    for name in STAGES:
        began = clock.spent if done else 0.0
        task = Task(name, kept, gap, _until(clock, name), _hear(name, clock, progress))
        reached = stage(grid, ways, best, task)
        done.append(Stage(name, reached.value, reached.bound, clock.spent - began))
        task.hear(reached.value, reached.bound)
        best = reached.best
        if name == "fill":
            kept = Kept(fill=best.fill * (1 - first))
        elif name == "work":
            kept = Kept(kept.fill, best.work * (1 - second))
    assert not breaches(case, best.parts)
    is_optimal = all(each.is_within(gap) for each in done)
    return Solved(
        "optimal" if is_optimal else "feasible",
        case,
        best.parts,
        Options(gap, time_limit),
        tuple(done),
        tuple(unmet(case, best.parts, lambda: max(clock.left(), LEAST_SECONDS - clock.spent))),
        baselines,
        clock.spent,
    )


def _plain_ways(
    grid: Grid, ways: Sequence[Ways], seconds: Callable[[], float]
) -> tuple[dict[str, Fraction | None], Answer]:
    """Return the fill of each plain way of sharing out, and the best answer among them."""
    drafts = {
        "cheapest_first": greedy.shared_out(grid, ways, greedy.cheapest_first, seconds=seconds),
        "largest_first": greedy.shared_out(grid, ways, greedy.largest_first, seconds=seconds),
        "nearest_first": greedy.shared_out(grid, ways, greedy.nearest_first, seconds=seconds),
        "in_proportion": greedy.in_proportion(grid, ways, seconds=seconds),
    }
    answers = {
        name: Answer(grid, dict(draft.lots)) for name, draft in drafts.items() if draft is not None
    }
    fills = {name: answers[name].fill if name in answers else None for name in BASELINES}
    best = max(answers.values(), key=lambda answer: answer.fill, default=Answer(grid, {}))
    return fills, best


def _until(clock: Clock, name: StageName) -> Callable[[], float]:
    return lambda: clock.left(UNTIL[name])


def _hear(name: StageName, clock: Clock, progress: Progress | None) -> Report:
    def heard(value: float, bound: float) -> None:
        if progress is not None:
            progress(name, value, bound, relative_gap(value, bound), clock.spent)

    return heard
