"""The three stages: small cases as one program to the end, larger ones bounded and improved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pulih.highs import Report
from pulih.matching import greedy
from pulih.matching.answer import Answer, Kept, add_lawfully
from pulih.matching.bounds import Relaxed, fill_by_product, relaxation
from pulih.matching.draft import Draft, Key
from pulih.matching.goal import Goal, program_for, scale_of
from pulih.matching.grid import Grid
from pulih.matching.limits import plain_bound, quick_bound
from pulih.matching.model import start_of
from pulih.matching.neighbours import Field, improved
from pulih.matching.plan import StageName, relative_gap
from pulih.matching.program import run
from pulih.matching.rounding import rounded
from pulih.matching.ways import Ways

FEW_WAYS = 700  # Up to here one program is given the whole stage,
SOME_WAYS = 100_000  # and up to here the relaxation can take all ways at once.
FIRST_LOOK = 0.85  # Share of a stage's time that one program may take before others are tried.
NEARLY = 0.95  # Of the gap that is asked: HiGHS counts with tolerances.
RELAXING = 0.5  # Share of a stage's time that the relaxation may take.


@dataclass(frozen=True)
class Reached:
    best: Answer
    value: float
    bound: float

    @property
    def gap(self) -> float:
        return relative_gap(self.value, self.bound)


@dataclass(frozen=True)
class Task:
    """What a stage is asked: what it keeps, how well, how long; `hear` gets value and bound."""

    name: StageName
    kept: Kept
    gap: float
    seconds: Callable[[], float]  # What is left for this stage.
    hear: Report
    keep: Callable[[Reached], None] = lambda reached: (
        None
    )  # Gets what was reached, with its answer.

    def tell(self, reached: Reached) -> None:
        """Let everybody know where the stage stands."""
        self.keep(reached)
        self.hear(reached.value, reached.bound)


def stage(grid: Grid, ways: Sequence[Ways], begin: Answer, task: Task) -> Reached:
    """Return the best answer found in time, no worse than `begin`, and what is proven."""
    goal = Goal(task.name, task.kept, scale_of(grid, task.name, begin))
    if task.name == "cost" and not begin.lots:
        return Reached(begin, 0.0, 0.0)
    if task.seconds() <= 0:
        return _reached(goal, begin, plain_bound(grid, goal))
    count = sum(map(len, ways))
    reached = _reached(goal, begin, quick_bound(grid, goal, ways))
    if not count or reached.gap <= task.gap or task.seconds() <= 0:
        return reached
    field = Field(grid, ways, frozenset())
    if count <= FEW_WAYS:
        reached = _as_one_program(field, goal, reached, task)
        if reached.gap <= task.gap or task.seconds() <= 0:
            return reached
    return _bounded_and_improved(field, goal, reached, task)


def _reached(goal: Goal, best: Answer, bound: float) -> Reached:
    """Return where a stage stands; no proven bound lies on the wrong side of a lawful answer."""
    value = float(goal.worth(best))
    return Reached(best, value, max(bound, value) if goal.sign > 0 else min(bound, value))


def _tighter(goal: Goal, reached: Reached, bound: float) -> Reached:
    least = min if goal.sign > 0 else max
    return _reached(goal, reached.best, least(reached.bound, bound))


def _better(goal: Goal, reached: Reached, found: Answer) -> Reached:
    if goal.kept.by(found) and goal.is_better(found, reached.best):
        return _reached(goal, found, reached.bound)
    return reached


def _as_one_program(field: Field, goal: Goal, reached: Reached, task: Task) -> Reached:
    """Give HiGHS the stage with all its ways, started from the answer so far."""
    grid = field.grid
    needs = range(len(grid.case.needs))
    ways = field.every_way(needs)
    is_cheap = len(ways) > task.gap / 4 * reached.value  # A rupiah a bill would be seen.
    unseen = 0.0 if is_cheap else len(ways) / reached.value
    model = program_for(goal, grid, Draft(grid), needs, ways, exact=is_cheap)
    answer = run(
        model.program,
        seconds=task.seconds() * FIRST_LOOK,
        gap=task.gap * NEARLY - unseen,
        start=start_of(model, reached.best.lots),
        restarts=False,  # So small a program is proven sooner than it is presolved anew.
        report=lambda value, bound: task.hear(
            -goal.sign * value * goal.scale, -goal.sign * bound * goal.scale
        ),
    )
    reached = _tighter(goal, reached, -goal.sign * answer.bound * goal.scale)
    if answer.columns is not None:
        found = _lawful(field, model.draft_of(answer.columns), Draft(grid))
        reached = _better(goal, reached, found)
    task.tell(reached)
    return reached


def _lawful(field: Field, lots: Mapping[Key, int], draft: Draft) -> Answer:
    needs = sorted({key[0] for key in lots})
    ways = {way.key: way for way in field.every_way(needs) if way.key in lots}
    add_lawfully(draft, lots, ways)
    return Answer(field.grid, dict(draft.lots))


def _bounded_and_improved(field: Field, goal: Goal, reached: Reached, task: Task) -> Reached:
    relaxed = _relaxed(field, goal, reached.best, task)
    if relaxed is not None:
        reached = _tighter(goal, reached, relaxed.bound)
        task.tell(reached)
        field = replace(field, used=frozenset(relaxed.used))
        reached = _better(goal, reached, _near(field, goal, relaxed, task))
    bound = reached.bound
    best = improved(
        field,
        goal,
        reached.best,
        gap=task.gap,
        seconds=task.seconds,
        heard=lambda found: task.tell(_reached(goal, found, bound)),
        is_done=lambda found: relative_gap(float(goal.worth(found)), bound) <= task.gap,
    )
    return _better(goal, reached, best)


def _relaxed(field: Field, goal: Goal, best: Answer, task: Task) -> Relaxed | None:
    """Return the relaxation with all ways; of more than one program can take, of the fill only."""
    until = task.seconds() * (1 - RELAXING)

    def seconds() -> float:
        return task.seconds() - until

    if sum(map(len, field.ways)) <= SOME_WAYS:
        return relaxation(field.grid, goal, field.every_way(range(len(field.ways))), seconds)
    return fill_by_product(field, goal, best.lots, seconds) if goal.name == "fill" else None


def _near(field: Field, goal: Goal, relaxed: Relaxed, task: Task) -> Answer:
    """Return a lawful answer near the relaxed one."""
    order = greedy.cheapest_first if goal.name == "cost" else greedy.largest_first
    draft = rounded(field.grid, field.ways, relaxed.used, order, task.seconds)
    return Answer(field.grid, dict(draft.lots))
