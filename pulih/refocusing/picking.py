"""One answer of each province: which go together best, and at what prices they would.

What joins provinces are the joining rules and, in the third stage, the relief to keep.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pulih.highs import INFINITY
from pulih.refocusing.answers import relief_of
from pulih.refocusing.columns import Aim
from pulih.refocusing.grid import Grid, Whole
from pulih.refocusing.lawful_plan import LawfulPlan, lawful_plan
from pulih.refocusing.parts import assembled, joining_rules
from pulih.refocusing.plainly import Choice, change_in
from pulih.refocusing.program import Program, run
from pulih.refocusing.provinces import Apart, Joint, joint_of
from pulih.refocusing.spend import with_best_buys
from pulih.refocusing.task import Reached, Task

OF_GAP = 0.3  # Share of the gap asked for that provinces may leave open.
PRICING_SECONDS = 5.0
HAIR = 1e-9  # Of a joining row, kept free for what rounding to whole rupiah takes.
TO_CHOOSE = 0.5  # Share of the time left for picking answers.


@dataclass(frozen=True)
class StageAim:
    """A stage as a program to minimise; `unit` turns its value into the stage's own."""

    aim: Aim
    unit: float
    least_change: bool
    worth: Callable[[LawfulPlan], float]


def as_in(known: Apart, plan: LawfulPlan) -> Choice:
    """Return what a province does in a plan of the whole grid."""
    money = np.array([plan.money[purse] for purse in known.part.purses], dtype=np.float64)
    return Choice(tuple(known.part.batches_of(plan.batches)), money / plan.grid.scale)


def add_each(choices: Sequence[list[Choice]], more: Sequence[Choice | None]) -> None:
    for own, other in zip(choices, more, strict=True):
        own += [] if other is None else [other]


def picked(
    grid: Grid,
    every: Sequence[Apart],
    choices: Sequence[Sequence[Choice]],
    stage: StageAim,
    reached: Reached,
    task: Task,
) -> Reached:
    """Return the stage with the best pick of one choice of every province."""
    picking = _picking(grid, every, choices, stage)
    answer = run(picking.program, seconds=task.seconds() * TO_CHOOSE, gap=OF_GAP * task.gap)
    if answer.columns is None:
        return reached
    picked = np.flatnonzero(answer.columns[: len(picking.offers)] > 0.5)
    chosen = [picking.offers[place][1].batches for place in picked]
    batches = assembled(grid, [known.part for known in every], chosen)
    return better(grid, stage, reached, task, batches)


@dataclass(frozen=True)
class Picking:
    """A program that picks one choice of every province, and its rows."""

    program: Program
    offers: list[tuple[Apart, Choice]]
    rule_rows: list[int]  # One per joining rule.
    relief_row: int | None


def _picking(
    grid: Grid, every: Sequence[Apart], choices: Sequence[Sequence[Choice]], stage: StageAim
) -> Picking:
    offers = [(known, choice) for known, own in zip(every, choices, strict=True) for choice in own]
    program, relief_row = Program(), None
    picks = program.columns(len(offers), upper=1.0, whole=True)
    places = np.repeat(np.arange(len(every)), [len(own) for own in choices])
    program.rows(len(every), (places, picks, 1.0), least=1.0, most=1.0)
    idle = _idle(program, grid, offers, picks, counts_change=stage.aim.tops is not None)
    rule_rows = _joined(program, grid, offers, picks, idle)
    relief = np.array([relief_of(known.own, choice) for known, choice in offers])
    if stage.aim.tops is None:
        program.minimise(picks, -relief)
    else:
        rows = program.rows(1, (np.zeros(len(offers)), picks, relief), least=stage.aim.relief)
        relief_row = int(rows[0])
        change = [change_in(known.own.grid, choice) for known, choice in offers]
        costs = np.repeat((-1.0, 1.0), len(grid.purses))
        program.minimise(np.concatenate((picks, idle)), np.concatenate((change, costs)))
    return Picking(program, offers, rule_rows, relief_row)


def repriced(
    grid: Grid,
    every: Sequence[Apart],
    choices: Sequence[Sequence[Choice]],
    stage: StageAim,
    joint: Joint,
    seconds: float,
) -> Joint:
    """Return prices halfway to those at which the choices at hand go together best.

    The relaxation prices batches that may be split. Whole answers ask for other prices, at which
    they keep the ceiling and the relief.
    """
    picking = _picking(grid, every, choices, stage)
    answer = run(picking.program, seconds=min(PRICING_SECONDS, seconds), relaxed=True)
    if answer.row_duals is None:
        return joint
    duals = [float(answer.row_duals[row]) for row in picking.rule_rows]
    relief = joint.relief
    if picking.relief_row is not None:
        relief = max(0.0, float(answer.row_duals[picking.relief_row]))
    found = joint_of(grid, duals, relief, stage.aim.relief)
    return Joint(
        (joint.money + found.money) / 2,
        (joint.constant + found.constant) / 2,
        (joint.relief + found.relief) / 2,
    )


def _idle(
    program: Program,
    grid: Grid,
    offers: Sequence[tuple[Apart, Choice]],
    picks: Whole,
    *,
    counts_change: bool,
) -> Whole:
    """Return columns for money that pools hold beyond what their choices do, twice per purse.

    The first ones give back what fell without need: a rupiah less is moved. The others are there
    for shares and amounts of the country, which whole choices hardly ever meet by themselves.
    """
    count = len(grid.purses)
    is_free = [len(grid.rules) > 1 and not purse.is_fixed for purse in grid.purses]
    back = program.columns(count, upper=INFINITY if counts_change else 0.0)
    more = program.columns(count, upper=np.where(is_free, INFINITY, 0.0))
    if counts_change:
        before = np.array([purse.before for purse in grid.purses]) / grid.scale
        entries = [(np.arange(count), back, -np.ones(count))]
        for pick, (known, choice) in zip(picks, offers, strict=True):
            places = np.array(known.part.purses, dtype=np.int64)
            fallen = np.maximum(0.0, before[places] - choice.money)
            entries.append((places, np.full(len(places), pick), fallen))
        program.rows(count, *entries, least=0.0)
    return np.concatenate((back, more))


def _joined(
    program: Program,
    grid: Grid,
    offers: Sequence[tuple[Apart, Choice]],
    picks: Whole,
    idle: Whole,
) -> list[int]:
    """(5) over choices: what joins provinces holds, with a hair for whole rupiah."""
    rows = []
    for rule in joining_rules(grid):
        of_purse = np.zeros(len(grid.purses))
        for pool, count in rule.coefficients.items():
            of_purse[grid.purse_index[pool]] = count / rule.per_rupiah
        held = [of_purse[list(known.part.purses)] @ choice.money for known, choice in offers]
        least = rule.least / rule.per_rupiah / grid.scale
        hair = HAIR * abs(least) if grid.scale > 1 else 0.0
        entry = (np.zeros(len(offers)), picks, np.array(held))
        beside = (np.zeros(len(idle)), idle, np.tile(of_purse, 2))
        rows.append(int(program.rows(1, entry, beside, least=least + hair)[0]))
    return rows


def bounded(reached: Reached, bound: float, task: Task) -> Reached:
    """Return a stage with the nearer of two bounds, above or below its value."""
    if np.isfinite(bound):
        is_below = reached.bound < reached.value
        near = max(reached.bound, bound) if is_below else min(reached.bound, bound)
        limit = min(near, reached.value) if is_below else max(near, reached.value)
        reached = replace(reached, bound=limit)
    task.tell(reached)
    return reached


def better(
    grid: Grid, stage: StageAim, reached: Reached, task: Task, batches: Sequence[int]
) -> Reached:
    """Return the stage with a plan that runs these batches, if it is lawful and better."""
    counts = list(batches)
    if not stage.least_change:
        counts = with_best_buys(grid, counts, task.seconds)
    plan = lawful_plan(grid, counts, least_change=stage.least_change)
    if plan is None or not task.kept.by(plan):
        return reached
    value = stage.worth(plan)
    if (value < reached.value) if stage.unit > 0 else (value > reached.value):
        bound = min(reached.bound, value) if stage.unit > 0 else max(reached.bound, value)
        reached = Reached(plan, value, bound)
        task.tell(reached)
    return reached
