"""Solve a case: plain ways of sharing out, then the three stages in order."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial

from pulih.highs import Report
from pulih.matching import greedy
from pulih.matching.answer import Answer, Kept
from pulih.matching.case import Case
from pulih.matching.check import breaches
from pulih.matching.draft import Draft
from pulih.matching.grid import Grid
from pulih.matching.plan import (
    STAGES,
    Options,
    Progress,
    SoFar,
    Solved,
    Stage,
    StageName,
    relative_gap,
)
from pulih.matching.stages import Reached, Task, stage
from pulih.matching.unmet import unmet
from pulih.matching.ways import EveryWay, Ways

# Shares of the time limit by which each step must be over; what one leaves the next may use.
UNTIL: dict[str, float] = {"fill": 0.55, "work": 0.75, "cost": 0.93}

LEAST_SECONDS = 1.0  # Small cases say what holds back a need however short the limit.
ORDERS = {
    "cheapest_first": greedy.cheapest_first,
    "largest_first": greedy.largest_first,
    "nearest_first": greedy.nearest_first,
}
# Plain ways in the order in which they are tried, and the shares of the limit that they may use.
BEGINNINGS = {
    "cheapest_first": 0.85,
    "largest_first": 0.5,
    "nearest_first": 0.4,
    "in_proportion": 0.4,
}
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
    keep: Callable[[SoFar], None] | None = None,
) -> Solved:
    """Return the best lawful answer found in time with what is proven of each stage.

    gap: relative, per stage; time_limit: wall seconds for all three stages together.
    progress: hears stage, value, bound, gap and seconds at every step forward.
    keep: hears of every better answer, so that it can be written should the process have to end.
    """
    clock, grid, options = Clock(time_limit), Grid(case), Options(gap, time_limit)
    ways = EveryWay(grid)
    baselines, best = _plain_ways(grid, ways, clock)
    kept, done = Kept(), list[Stage]()

    def keep_it(reached: Reached) -> None:
        if keep is not None:
            tasks = [Task(name, kept, gap, _no_time, _unheard) for name in STAGES[len(done) :]]
            keep(partial(_so_far, grid, ways, reached.best, options, tasks, tuple(done)))

    keep_it(Reached(best, float(best.fill), float(best.fill)))
    first, second = case.settings.tolerance
    for name in STAGES:
        began = clock.spent if done else 0.0
        hear = _hear(name, clock, progress)
        task = Task(name, kept, gap, _until(clock, name), hear, keep_it)
        reached = stage(grid, ways, best, task)
        done.append(Stage(name, reached.value, reached.bound, clock.spent - began))
        task.tell(reached)
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
        options,
        tuple(done),
        tuple(unmet(case, best.parts, lambda: max(clock.left(), LEAST_SECONDS - clock.spent))),
        baselines,
        clock.spent,
    )


def _so_far(
    grid: Grid,
    ways: Sequence[Ways],
    best: Answer,
    options: Options,
    tasks: Sequence[Task],
    done: Sequence[Stage],
) -> Solved:
    """Return the answer that a process which has to end leaves.

    tasks: the stages not done, which prove only what needs no time.
    """
    reached = [(task.name, stage(grid, ways, best, task)) for task in tasks]
    open_ones = [Stage(name, found.value, found.bound, 0.0) for name, found in reached]
    clock = Clock(LEAST_SECONDS)
    why = tuple(unmet(grid.case, best.parts, clock.left))
    every = (*done, *open_ones)
    none = dict.fromkeys(BASELINES)
    return Solved("feasible", grid.case, best.parts, options, every, why, none, clock.spent)


def _no_time() -> float:
    return 0.0


def _unheard(value: float, bound: float) -> None:
    """Nobody listens any more."""


def _plain_ways(
    grid: Grid, ways: Sequence[Ways], clock: Clock
) -> tuple[dict[str, Fraction | None], Answer]:
    """Return the fill of each plain way of sharing out, and the best answer among them.

    One that time cuts short is no baseline, but what it has shared out is lawful.
    """
    fills: dict[str, Fraction | None] = dict.fromkeys(BASELINES)
    answers = [Answer(grid, {})]
    for name, until in BEGINNINGS.items():
        draft = Draft(grid)

        def seconds(until: float = until) -> float:
            return clock.left(until)

        if name == "in_proportion":
            is_whole = greedy.share_in_proportion(draft, ways, seconds=seconds)
        else:
            is_whole = greedy.share_out(draft, ways, ORDERS[name], seconds=seconds)
        answers.append(Answer(grid, dict(draft.lots)))
        if is_whole and name in fills:
            fills[name] = answers[-1].fill
    return fills, max(answers, key=lambda answer: answer.fill)


def _until(clock: Clock, name: StageName) -> Callable[[], float]:
    return lambda: clock.left(UNTIL[name])


def _hear(name: StageName, clock: Clock, progress: Progress | None) -> Report:
    def heard(value: float, bound: float) -> None:
        if progress is not None:
            progress(name, value, bound, relative_gap(value, bound), clock.spent)

    return heard
