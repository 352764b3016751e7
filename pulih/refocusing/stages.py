"""The three stages, each as one program for HiGHS, started from the plan before it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from pulih.refocusing.apart import change_apart, relief_apart, worst_once_more, worst_together
from pulih.refocusing.few import change_plainly, relief_plainly
from pulih.refocusing.grid import Floats, Grid
from pulih.refocusing.lawful_plan import Kept, LawfulPlan, lawful_plan
from pulih.refocusing.model import (
    Model,
    coverage_reaches,
    maximise_relief,
    maximise_worst,
    minimise_change,
    model_of,
    relief_reaches,
)
from pulih.refocusing.parts import even_prices, joining_rules, relaxed_worst
from pulih.refocusing.polish import polished
from pulih.refocusing.program import Answer, run
from pulih.refocusing.provinces import Known, joining_duals, joint_of
from pulih.refocusing.spend import best_buys
from pulih.refocusing.start import change_columns, columns_of
from pulih.refocusing.task import Reached, Task, lowered
from pulih.refocusing.worst import worst_by_provinces

FIRST_LOOK = 0.05  # Share of the third stage's time before provinces are planned again,
TOGETHER = 0.6  # Share of the first stage's time for one program, where rules join provinces.
APART = 0.95  # Share of the third stage's time for provinces apart: little is left to polish.
POLISH = 0.6  # and the share of the rest that this takes.
FAIR_PART = 0.25  # Of the ceiling.
NOTHING = 1e-12  # A coverage below this is none.


def worst_stage(known: Known, reached: Reached, task: Task) -> Reached:
    """(1) Maximise the smallest coverage. reached: a plan, and what no plan passes."""
    grid = known.grid
    if reached.gap <= task.gap or task.seconds() <= 0:
        return reached
    relaxed = relaxed_worst(grid, task.seconds())
    if relaxed is not None:
        reached = lowered(reached, relaxed.most)
    if reached.bound <= NOTHING:
        return replace(reached, bound=reached.value)
    prices = even_prices(grid) if relaxed is None else relaxed.prices
    if known.every:
        known.begin(task.seconds)
    if known.every and len(joining_rules(grid)) > 1:
        reached = worst_together(known, reached, _some_time(task, TOGETHER))
    reached = worst_by_provinces(grid, reached, task, prices, known.every)
    if known.every and len(joining_rules(grid)) > 1 and reached.gap > task.gap:
        reached = worst_once_more(known, reached, task)
    unit = max(NOTHING, reached.bound)
    model = model_of(grid)
    worst = maximise_worst(model, unit)
    start = columns_of(model, reached.best)
    start[worst] = float(reached.best.worst or 0) / unit
    return _searched(model, start, reached, task, unit, lambda plan: float(plan.worst or 0))


def relief_stage(known: Known, reached: Reached, task: Task) -> Reached:
    """(2) Maximise total relief, keeping the smallest coverage of the first stage."""
    grid = known.grid
    if reached.gap <= task.gap or task.seconds() <= 0:
        return reached
    eased = _kept(grid, task.kept, relaxed=True)
    maximise_relief(eased, 1.0)
    relaxed = run(eased.program, seconds=task.seconds(), relaxed=True)
    reached = lowered(reached, -relaxed.bound)
    if reached.bound <= NOTHING:
        return replace(reached, bound=reached.value)
    quick = best_buys(grid, reached.best, task.kept, task.lawful, task.seconds)
    if quick.relief > reached.value:
        reached = lowered(replace(reached, best=quick, value=float(quick.relief)), reached.bound)
    task.tell(reached)
    if known.every and reached.gap > task.gap:
        return relief_apart(known, reached, task)
    if known.few and reached.gap > task.gap and relaxed.row_duals is not None:
        joint = joint_of(grid, joining_duals(grid, eased.rule_rows, relaxed.row_duals), 1.0, 0.0)
        reached = relief_plainly(known, reached, _some_time(task, 0.8), joint)
    model, unit = _kept(grid, task.kept), reached.bound
    maximise_relief(model, unit)
    start = columns_of(model, reached.best)
    return _searched(model, start, reached, task, unit, lambda plan: float(plan.relief))


def change_stage(known: Known, reached: Reached, task: Task) -> Reached:
    """(3) Minimise what changes, keeping the coverage and the relief of the first two."""
    grid = known.grid
    if reached.gap <= task.gap or task.seconds() <= 0:
        return reached
    tops = most_by_purse(grid, reached.best.change - least_change_of(grid))
    # With next to nothing to keep all prices are wild: pricing takes far longer than it may.
    if known.every and (task.kept.worst or (task.kept.relief and spends_much(reached.best))):
        reached = change_apart(known, reached, _some_time(task, APART), tops)
    model = _kept(grid, task.kept)
    changes = minimise_change(model, tops)
    if known.few and task.kept.relief:
        reached = _change_by_few(known, model, reached, task, tops)

    def columns(plan: LawfulPlan) -> Floats:
        found = columns_of(model, plan)
        change_columns(found, changes, grid, plan)
        return found

    reached = _change_searched(model, columns, reached, task, task.seconds() * FIRST_LOOK)
    rest = task.seconds()
    if reached.gap > task.gap:
        reached = _change_polished(model, columns, reached, task, rest * POLISH)
    if reached.gap > task.gap:
        reached = _change_searched(model, columns, reached, task, task.seconds())
    return reached


def spends_much(plan: LawfulPlan) -> bool:
    """Tell whether a plan spends a fair part of the ceiling: else time was over too early."""
    spent = sum(plan.grid.spending(plan.batches))
    return spent >= FAIR_PART * plan.grid.case.settings.ceiling


def _change_by_few(
    known: Known, model: Model, reached: Reached, task: Task, tops: Floats
) -> Reached:
    """Return the third stage after provinces of few regencies answered, from plain prices on."""
    answer = run(model.program, seconds=task.seconds(), relaxed=True)
    if answer.row_duals is None:
        return reached
    least = float(task.kept.relief)
    price = max(0.0, float(answer.row_duals[model.relief_row])) / least
    duals = joining_duals(known.grid, model.rule_rows, answer.row_duals)
    joint = joint_of(known.grid, duals, price, least)
    return change_plainly(known, reached, _some_time(task, 0.8), joint, tops)


def _some_time(task: Task, share: float) -> Task:
    """Return the task with a share of the time that is left."""
    until = task.seconds() * (1 - share)
    return replace(task, seconds=lambda: max(0.0, task.seconds() - until))


def _change_polished(
    model: Model,
    columns: Callable[[LawfulPlan], Floats],
    reached: Reached,
    task: Task,
    seconds: float,
) -> Reached:
    """Return the third stage after planning a few provinces again, again and again."""
    until = task.seconds() - seconds
    best = polished(
        model,
        reached.best,
        columns,
        lambda plan: -float(plan.change),
        task.kept,
        gap=task.gap,
        seconds=lambda: task.seconds() - until,
        least_change=True,
    )
    reached = replace(reached, best=best, value=float(best.change))
    task.tell(reached)
    return reached


def least_change_of(grid: Grid) -> int:
    """Return the rupiah that must fall in any plan."""
    return max(0, sum(purse.before for purse in grid.purses) - grid.case.settings.ceiling)


def _change_searched(
    model: Model,
    columns: Callable[[LawfulPlan], Floats],
    reached: Reached,
    task: Task,
    seconds: float,
) -> Reached:
    """Return what HiGHS reaches on the third stage as one program."""
    scale = model.grid.scale
    answer = run(
        model.program,
        seconds=seconds,
        gap=task.gap,
        start=columns(reached.best),
        report=lambda value, bound: task.hear(value * scale, bound * scale),
    )
    reached = replace(reached, bound=max(reached.bound, answer.bound * scale))
    found = _candidate(model, answer, task.kept, least_change=True)
    if found is not None and found.change < reached.value:
        reached = replace(reached, best=found, value=float(found.change))
    return replace(reached, bound=min(reached.bound, reached.value))


def _kept(grid: Grid, kept: Kept, *, relaxed: bool = False) -> Model:
    """Return the model with what earlier stages reached as rows."""
    model = model_of(grid, relaxed=relaxed)
    if kept.worst:
        coverage_reaches(model, float(kept.worst))
    if kept.relief:
        relief_reaches(model, float(kept.relief))
    return model


def _searched(
    model: Model,
    start: Floats,
    reached: Reached,
    task: Task,
    unit: float,
    worth: Callable[[LawfulPlan], float],
) -> Reached:
    """Return what HiGHS reaches on a stage that maximises, counted in `unit`."""
    if reached.gap <= task.gap:
        return reached
    answer = run(
        model.program,
        seconds=task.seconds(),
        gap=task.gap,
        start=start,
        report=lambda value, bound: task.hear(-value * unit, -bound * unit),
    )
    reached = lowered(reached, -answer.bound * unit)
    found = _candidate(model, answer, task.kept, least_change=False)
    if found is not None and worth(found) > reached.value:
        reached = replace(reached, best=found, value=worth(found))
    return replace(reached, bound=max(reached.bound, reached.value))


def _candidate(
    model: Model, answer: Answer, kept: Kept, *, least_change: bool
) -> LawfulPlan | None:
    """Return the solver's plan in whole numbers, if it is lawful and keeps what it must."""
    if answer.columns is None:
        return None
    found = lawful_plan(model.grid, model.batches_in(answer.columns), least_change=least_change)
    return found if found is not None and kept.by(found) else None


def most_by_purse(grid: Grid, spare_change: int) -> Floats:
    """Return the most each purse may hold in a plan no worse than one we have.

    What rises counts, and counts twice where the ceiling is full: it must fall elsewhere. And
    where only the ceiling joins purses none need hold more than its cells could ever spend.
    """
    ceiling = grid.case.settings.ceiling
    spare = max(0, ceiling - sum(purse.floor for purse in grid.purses))
    if sum(purse.before for purse in grid.purses) >= ceiling:
        spare_change //= 2
    useful = [purse.blocked for purse in grid.purses]
    for cell in grid.cells:
        useful[cell.purse] += cell.spends(cell.most)
    tops = []
    for purse, spent in zip(grid.purses, useful, strict=True):
        top = min(purse.floor + spare, purse.before + spare_change)
        tops.append(top if len(grid.rules) > 1 else min(top, max(purse.before, spent)))
    return np.array(tops, dtype=np.float64) / grid.scale
