"""Solve a case: a lawful start, the three stages in order, what bound, what was before."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from typing import Literal

from pulih.highs import Report
from pulih.refocusing import stages
from pulih.refocusing.before import coverage_before
from pulih.refocusing.case import Case
from pulih.refocusing.check import breaches
from pulih.refocusing.course import Course
from pulih.refocusing.diagnose import conflict_of
from pulih.refocusing.earlier import Earlier, Resumed, resumed
from pulih.refocusing.grid import Grid, grid_of
from pulih.refocusing.lawful_plan import Kept, LawfulPlan, lawful_plan
from pulih.refocusing.model import minimise_money, model_of
from pulih.refocusing.plan import (
    Infeasible,
    Options,
    Outcome,
    Progress,
    SoFar,
    Solved,
    StageName,
    Unknown,
    relative_gap,
)
from pulih.refocusing.prices import binding
from pulih.refocusing.program import run
from pulih.refocusing.provinces import Known, known_of
from pulih.refocusing.quick import in_time
from pulih.refocusing.task import Clock, Reached, Task, clock_of

# Shares of the time limit by which each step must be over; what one leaves the next may use.
UNTIL: dict[StageName, float] = {"worst": 0.33, "relief": 0.55, "change": 0.87}
BEFORE = 0.97  # The same for what provinces reached before.

LATER: tuple[StageName, ...] = ("relief", "change")
STAGE = {
    "worst": stages.worst_stage,
    "relief": stages.relief_stage,
    "change": stages.change_stage,
}

SOME_CELLS = 100  # From where on a quick plan is a better beginning than an idle one.
FOR_BEGINNING = 0.4  # Of the time limit: then no guess of the quick plan begins any more,
LONGEST = 0.7  # and the first one, where there is no bound to guess from, is as good as it is.


def solve(
    case: Case,
    *,
    gap: float = 1e-4,
    time_limit: float = 60.0,
    progress: Progress | None = None,
    keep: Callable[[SoFar], None] = lambda so_far: None,
    earlier: Earlier | None = None,
    began: float | None = None,
) -> Outcome:
    """Return the best lawful plan found in time, the conflict that forbids any, or Unknown.

    gap: relative, per stage; time_limit: wall seconds for all three stages together.
    progress: hears stage, value, bound, gap and seconds at every step forward.
    keep: hears of every better plan, so that it can be written should the process have to end.
    earlier: an answer to this case to go on from; none that is returned falls behind it.
    began: when the time began to run, by the monotonic clock; now unless told.
    """
    clock, options = clock_of(time_limit, began), Options(gap, time_limit)
    grid = grid_of(case)
    begin = lawful_start(grid, clock)
    if begin is INFEASIBLE:
        conflict = conflict_of(grid, clock.left)
        return Infeasible(case, options, conflict, clock.spent)
    if not isinstance(begin, LawfulPlan):
        return Unknown(case, options, clock.spent)
    return _solved(grid, begin, options, clock, progress, keep, resumed(grid, earlier))


INFEASIBLE = "infeasible"


def lawful_start(grid: Grid, clock: Clock) -> LawfulPlan | str | None:
    """Return the lawful plan of least money, INFEASIBLE when proven, None when neither."""
    idle = lawful_plan(grid, [0] * len(grid.cells), least_change=False)
    if idle is not None:
        return idle
    floors = sum(purse.floor for purse in grid.purses)
    if floors > grid.case.settings.ceiling:
        return INFEASIBLE
    model = model_of(grid)
    minimise_money(model)
    answer = run(model.program, seconds=clock.left(UNTIL["worst"]), gap=1e-3)
    if answer.status == "infeasible":
        return INFEASIBLE
    if answer.columns is None:
        return None
    return lawful_plan(grid, model.batches_in(answer.columns), least_change=False)


def _solved(
    grid: Grid,
    begin: LawfulPlan,
    options: Options,
    clock: Clock,
    progress: Progress | None,
    keep: Callable[[SoFar], None],
    before: Resumed,
) -> Outcome:
    course, until = Course(grid, options, clock, before), before.until(UNTIL)

    @cache
    def known() -> Known:  # Takes half a second of a large grid, so only where time is left.
        return known_of(grid)

    def keep_it(name: StageName, reached: Reached) -> None:
        keep(partial(replace(course).so_far, name, reached))

    def through(name: StageName, reached: Reached) -> LawfulPlan:
        task = Task(
            course.kept(name),
            begin,
            options.gap,
            lambda: clock.left(until[name]),
            _hear(name, clock, progress),
            partial(keep_it, name),
        )
        keep_it(name, reached)
        if task.seconds() > 0 and not before.leaves(reached):
            reached = STAGE[name](known(), reached, task)
        elif task.seconds() > 0 and name == "worst" and known().every:
            known().begin(task.seconds)
        keep_it(name, reached)
        course.finish(name, reached)
        if progress is not None:
            progress(name, reached.value, reached.bound, reached.gap, clock.spent)
        return reached.best

    best = before.plan or begin
    if grid.provinces:
        begun = course.begun("worst", best)
        keep_it("worst", begun)
        best = through("worst", _begun(grid, begun, clock) if before.plan is None else begun)
    else:
        course.seconds = {"worst": clock.spent}
    for name in LATER:
        best = through(name, course.begun(name, best))
    was = coverage_before(grid.case, options.gap, lambda: clock.left(BEFORE))
    prices = binding(grid, course.kept("relief"), clock.left())
    assert not breaches(grid.case, best.plan)
    done = course.stages()
    is_optimal = all(stage.is_within(options.gap) for stage in done)
    status: Literal["optimal", "feasible"] = "optimal" if is_optimal else "feasible"
    return Solved(status, grid.case, best.plan, options, done, was, prices, clock.spent)


def first_stage(case: Case, gap: float, time_limit: float) -> Solved | None:
    """Return what the first stage alone reaches; None without need, or without a plan in time."""
    clock, options, grid = Clock(time_limit), Options(gap, time_limit), grid_of(case)
    begin = lawful_start(grid, clock)
    if not isinstance(begin, LawfulPlan) or not grid.provinces:
        return None
    course = Course(grid, options, clock, resumed(grid, None))
    begun = _begun(grid, course.begun("worst", begin), clock)
    task = Task(Kept(), begin, gap, clock.left, _hear("worst", clock, None))
    return course.so_far("worst", stages.worst_stage(known_of(grid), begun, task))


def _begun(grid: Grid, begun: Reached, clock: Clock) -> Reached:
    """Return where the first stage begins: of more than a few cells, with a quick plan's bound."""
    if len(grid.cells) <= SOME_CELLS:
        return begun
    quick = in_time(
        grid, begun.best, lambda: clock.left(FOR_BEGINNING), lambda: clock.left(LONGEST)
    )
    if quick is None:
        return begun
    found, most = quick
    if (found.worst or 0) <= (begun.best.worst or 0):
        return replace(begun, bound=max(begun.value, most))
    return Reached(found, float(found.worst or 0), most)


def _hear(name: StageName, clock: Clock, progress: Progress | None) -> Report:
    def heard(value: float, bound: float) -> None:
        if progress is not None:
            progress(name, value, bound, relative_gap(value, bound), clock.spent)

    return heard
