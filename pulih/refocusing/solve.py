"""Solve a case: a lawful start, the three stages in order, what bound, what was before."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial

from pulih.highs import Report
from pulih.refocusing import stages
from pulih.refocusing.before import coverage_before
from pulih.refocusing.case import Case
from pulih.refocusing.check import breaches
from pulih.refocusing.diagnose import conflict_of
from pulih.refocusing.grid import Grid, grid_of
from pulih.refocusing.model import minimise_money, model_of
from pulih.refocusing.plan import (
    STAGES,
    Infeasible,
    Options,
    Outcome,
    Progress,
    SoFar,
    Solved,
    Stage,
    StageName,
    Unknown,
    relative_gap,
)
from pulih.refocusing.prices import binding
from pulih.refocusing.program import run
from pulih.refocusing.provinces import known_of
from pulih.refocusing.quick import quick
from pulih.refocusing.stages import least_change_of
from pulih.refocusing.standing import Kept, Standing, standing
from pulih.refocusing.task import Clock, Reached, Task

# Shares of the time limit by which each step must be over; what one leaves the next may use.
UNTIL: dict[str, float] = {"worst": 0.4, "relief": 0.62, "change": 0.85, "before": 0.97}

SOME_CELLS = 100  # From where on a quick plan is a better beginning than an idle one.
FOR_QUICK = 4.0  # Seconds that leave time for a quick plan, which looks at no clock,
QUICK_CELLS = 1300  # of so many cells a second: half of what two idle cores take.


def solve(
    case: Case,
    *,
    gap: float = 1e-4,
    time_limit: float = 60.0,
    progress: Progress | None = None,
    keep: Callable[[SoFar], None] = lambda so_far: None,
) -> Outcome:
    """Return the best lawful plan found in time, the conflict that forbids any, or Unknown.

    gap: relative, per stage; time_limit: wall seconds for all three stages together.
    progress: hears stage, value, bound, gap and seconds at every step forward.
    keep: hears of every better plan, so that it can be written should the process have to end.
    """
    clock, options = Clock(time_limit), Options(gap, time_limit)
    grid = grid_of(case)
    begin = lawful_start(grid, clock)
    if begin is INFEASIBLE:
        conflict = conflict_of(grid, clock.left)
        return Infeasible(case, options, conflict, clock.spent)
    if not isinstance(begin, Standing):
        return Unknown(case, options, clock.spent)
    return _solved(grid, begin, options, clock, progress, keep)


INFEASIBLE = "infeasible"


def lawful_start(grid: Grid, clock: Clock) -> Standing | str | None:
    """Return the lawful plan of least money, INFEASIBLE when proven, None when neither."""
    idle = standing(grid, [0] * len(grid.cells), least_change=False)
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
    return standing(grid, model.batches_in(answer.columns), least_change=False)


def _solved(
    grid: Grid,
    begin: Standing,
    options: Options,
    clock: Clock,
    progress: Progress | None,
    keep: Callable[[SoFar], None],
) -> Outcome:
    first, second = grid.case.settings.tolerance
    known = known_of(grid)
    done: list[Stage] = []

    def task(name: StageName, kept: Kept) -> Task:
        hear = _hear(name, clock, progress)
        return Task(
            kept, begin, options.gap, lambda: clock.left(UNTIL[name]), hear, partial(keep_it, name)
        )

    def keep_it(name: StageName, reached: Reached) -> None:
        stage = reached.as_stage(name, clock.spent - sum(s.seconds for s in done))
        keep(partial(_so_far, grid, reached.best, options, clock, (*done, stage)))

    def finish(name: StageName, reached: Reached) -> Standing:
        keep_it(name, reached)
        began = sum(stage.seconds for stage in done)
        done.append(reached.as_stage(name, clock.spent - began))
        if progress is not None:
            progress(name, reached.value, reached.bound, reached.gap, clock.spent)
        return reached.best

    keep(partial(_so_far, grid, begin, options, clock, ()))
    begun = _begun(grid, begin, options)
    if grid.provinces:
        keep_it("worst", begun)
        first_task = task("worst", Kept())
        best = finish("worst", stages.worst_stage(known, begun.best, first_task, begun.bound))
    else:
        best = begun.best
        done.append(Stage("worst", None, None, None, clock.spent))
    kept = Kept(worst=(best.worst or Fraction(0)) * (1 - first))
    best = finish("relief", stages.relief_stage(known, best, task("relief", kept)))
    keep_both = Kept(kept.worst, best.relief * (1 - second))
    settled = standing(grid, best.batches, least_change=True)
    if settled is not None and settled.change < best.change:
        best = settled
    best = finish("change", stages.change_stage(known, best, task("change", keep_both)))
    before = coverage_before(grid.case, options.gap, lambda: clock.left(UNTIL["before"]))
    prices = binding(grid, kept, clock.left())
    assert not breaches(grid.case, best.plan)
    is_optimal = all(stage.is_within(options.gap) for stage in done)
    return Solved(
        "optimal" if is_optimal else "feasible",
        grid.case,
        best.plan,
        options,
        tuple(done),
        before,
        prices,
        clock.spent,
    )


def _begun(grid: Grid, begin: Standing, options: Options) -> Reached:
    """Return where the first stage begins: of more than a few cells, with a quick plan's bound."""
    worst = float(begin.worst or 0)
    cells = len(grid.cells)
    if cells <= SOME_CELLS or options.time_limit < max(FOR_QUICK, cells / QUICK_CELLS):
        return Reached(begin, worst, 1.0)
    found = quick(grid.case)
    if found is None or found.worst is None or found.worst_most is None:
        return Reached(begin, worst, 1.0)
    if found.worst <= worst:
        return Reached(begin, worst, max(worst, found.worst_most))
    return Reached(replace(found.standing, grid=grid), found.worst, found.worst_most)


def _so_far(
    grid: Grid, best: Standing, options: Options, clock: Clock, done: Sequence[Stage]
) -> Solved:
    """Return the plan that a process which has to end leaves; stages never begun prove little."""
    settled = standing(grid, best.batches, least_change=True)
    if settled is not None and settled.change < best.change:
        best = settled
    open_ones = [_unproven(grid, best, name) for name in STAGES[len(done) :]]
    every = (*done, *open_ones)
    return Solved("feasible", grid.case, best.plan, options, every, {}, (), clock.spent)


def _unproven(grid: Grid, best: Standing, name: StageName) -> Stage:
    value, bound = float(best.change), float(least_change_of(grid))
    if name == "relief":
        value, bound = float(best.relief), float(sum(grid.full.values()))
    elif name == "worst":
        if best.worst is None:
            return Stage(name, None, None, None, 0.0)
        value, bound = float(best.worst), 1.0
    return Stage(name, value, bound, relative_gap(value, bound), 0.0)


def _hear(name: StageName, clock: Clock, progress: Progress | None) -> Report:
    def heard(value: float, bound: float) -> None:
        if progress is not None:
            progress(name, value, bound, relative_gap(value, bound), clock.spent)

    return heard
