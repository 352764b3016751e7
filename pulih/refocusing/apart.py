"""Two stages by plans of regencies: tight bounds, plans put together, proofs by provinces.

The country's relaxation prices what joins provinces; every province answers at these prices, and
at prices near them; a small program picks one answer of each.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from pulih.refocusing.answers import relief_of
from pulih.refocusing.columns import Aim, in_rows, plan_model
from pulih.refocusing.generate import Country, relaxed
from pulih.refocusing.grid import Floats, Grid, Whole
from pulih.refocusing.parts import assembled, joining_rules
from pulih.refocusing.plainly import Choice, change_in
from pulih.refocusing.program import Program, run
from pulih.refocusing.provinces import (
    Apart,
    Joint,
    Known,
    answer_all,
    bases_of,
    joint_in,
    joint_of,
    others,
    worth_in,
)
from pulih.refocusing.spend import with_best_buys
from pulih.refocusing.standing import Standing, standing
from pulih.refocusing.task import Reached, Task

RELAXED = 10.0  # The gap of the country's relaxation, in gaps asked for: its prices will do.
OF_GAP = 0.3  # Share of the gap asked for that provinces may leave open.
PRICINGS = 4  # Of answers at hand, before provinces are asked anew.
PRICING_SECONDS = 5.0
HAIR = 1e-9  # Of a joining row, kept free for what rounding to whole rupiah takes.
ROUGHLY = 0.02  # Gap of a plan that only begins.
TO_CHOOSE = 0.5  # Share of the time left for picking answers.


@dataclass(frozen=True)
class StageAim:
    """A stage as a program to minimise; `unit` turns its value into the stage's own."""

    aim: Aim
    unit: float
    least_change: bool
    worth: Callable[[Standing], float]


def worst_together(known: Known, reached: Reached, task: Task) -> Reached:
    """(1) The smallest coverage where more than the ceiling joins provinces: one program."""
    stage = _worst_aim()
    reached = _put_together(known.country, stage, reached, task, gap=ROUGHLY)
    found = relaxed(known.country, stage.aim, gap=RELAXED * task.gap, seconds=task.seconds)
    if found is None:
        return reached
    reached = _bounded(reached, found.bound * stage.unit, task)
    return _put_together(known.country, stage, reached, task, gap=OF_GAP * task.gap)


def worst_once_more(known: Known, reached: Reached, task: Task) -> Reached:
    """(1) The same with all plans that provinces have learned meanwhile."""
    known.gather()
    return _put_together(known.country, _worst_aim(), reached, task, gap=OF_GAP * task.gap)


def _worst_aim() -> StageAim:
    return StageAim(Aim(None), -1.0, least_change=False, worth=lambda plan: float(plan.worst or 0))


def relief_apart(known: Known, reached: Reached, task: Task) -> Reached:
    """(2) Total relief at the coverage kept."""
    aim = Aim(float(task.kept.worst), relief_price=1.0)
    stage = StageAim(aim, -1.0, least_change=False, worth=lambda plan: float(plan.relief))
    return _apart(known, stage, reached, task)


def change_apart(known: Known, reached: Reached, task: Task, tops: Floats) -> Reached:
    """(3) Change at the coverage and the relief kept."""
    aim = Aim(float(task.kept.worst), relief=float(task.kept.relief), tops=tops)
    unit = known.grid.scale
    stage = StageAim(aim, unit, least_change=True, worth=lambda plan: float(plan.change))
    return _apart(known, stage, reached, task)


def _apart(known: Known, stage: StageAim, reached: Reached, task: Task) -> Reached:
    country, every = known.country, known.every
    known.share()
    country.plans.add_whole(reached.best.batches)
    found = relaxed(country, stage.aim, gap=RELAXED * task.gap, seconds=task.seconds)
    if found is None:
        return reached
    reached = _bounded(reached, found.bound * stage.unit, task)
    is_joined = len(joining_rules(country.grid)) > 1
    if is_joined:  # Answers of provinces may not go together.
        reached = _put_together(country, stage, reached, task, gap=OF_GAP * task.gap)
    aim = stage.aim
    price = aim.relief_price or max(0.0, float(found.duals[found.model.relief_row]))
    joint = joint_in(country.grid, found, price, aim.relief)
    slack = OF_GAP * task.gap * abs(reached.value / stage.unit)
    choices = [[_as_in(province, reached.best)] for province in every]
    for to_the_end in (False, False, True):
        first = [
            min(own, key=partial(worth_in, known, aim, joint))
            for known, own in zip(every, choices, strict=True)
        ]
        bases = bases_of(every, aim, joint, task.seconds)
        if not bases:
            return reached
        answers = answer_all(bases, first, slack=slack, seconds=task.seconds, to_the_end=to_the_end)
        bound = joint.constant + sum(answer.bound for answer in answers)
        reached = _bounded(reached, bound * stage.unit, task)
        _add(choices, [answer.best for answer in answers])
        reached = _picked(country.grid, every, choices, stage, reached, task)
        if is_joined and reached.gap > task.gap:
            known.learn([answer.best for answer in answers])
            reached = _put_together(country, stage, reached, task, gap=OF_GAP * task.gap)
        for _ in range(PRICINGS):
            if reached.gap <= task.gap or task.seconds() <= 0:
                return reached
            joint = _repriced(country.grid, every, choices, stage, joint)
            _add(choices, others(every, answers, aim, joint, slack=slack, seconds=task.seconds))
            reached = _picked(country.grid, every, choices, stage, reached, task)
    return reached


def _add(choices: Sequence[list[Choice]], more: Sequence[Choice | None]) -> None:
    for own, other in zip(choices, more, strict=True):
        own += [] if other is None else [other]


def _put_together(
    country: Country, stage: StageAim, reached: Reached, task: Task, *, gap: float
) -> Reached:
    """Return the stage with the best plan that HiGHS makes of the plans at hand, in time."""
    begin = reached.best.batches
    country.plans.add_whole(begin)
    model = plan_model(country.grid, country.plans, country.cuts, stage.aim, whole=True)
    rows = in_rows(country.regencies, begin)
    is_begin = (country.plans.batches == rows[country.plans.regency]).all(axis=1)
    hint = (model.chosen, is_begin.astype(np.float64))
    seconds = task.seconds() * TO_CHOOSE
    answer = run(model.program, seconds=seconds, gap=gap, hint=hint)
    if answer.columns is None:
        return reached
    return _better(country.grid, stage, reached, task, model.batches_in(answer.columns))


def _as_in(known: Apart, plan: Standing) -> Choice:
    """Return what a province does in a plan of the whole grid."""
    money = np.array([plan.money[purse] for purse in known.part.purses], dtype=np.float64)
    return Choice(tuple(known.part.batches_of(plan.batches)), money / plan.grid.scale)


def _picked(
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
    return _better(grid, stage, reached, task, batches)


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
    rule_rows = _joined(program, grid, offers, picks)
    relief = np.array([relief_of(known.own, choice) for known, choice in offers])
    if stage.aim.tops is None:
        program.minimise(picks, -relief)
    else:
        rows = program.rows(1, (np.zeros(len(offers)), picks, relief), least=stage.aim.relief)
        relief_row = int(rows[0])
        change = [change_in(known.own.grid, choice) for known, choice in offers]
        program.minimise(picks, np.array(change))
    return Picking(program, offers, rule_rows, relief_row)


def _repriced(
    grid: Grid,
    every: Sequence[Apart],
    choices: Sequence[Sequence[Choice]],
    stage: StageAim,
    joint: Joint,
) -> Joint:
    """Return prices halfway to those at which the choices at hand go together best.

    The relaxation prices batches that may be split. Whole answers ask for other prices, at which
    they keep the ceiling and the relief.
    """
    picking = _picking(grid, every, choices, stage)
    answer = run(picking.program, seconds=PRICING_SECONDS, relaxed=True)
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


def _joined(
    program: Program, grid: Grid, offers: Sequence[tuple[Apart, Choice]], picks: Whole
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
        rows.append(int(program.rows(1, entry, least=least + hair)[0]))
    return rows


def _bounded(reached: Reached, bound: float, task: Task) -> Reached:
    """Return a stage with the nearer of two bounds, above or below its value."""
    if np.isfinite(bound):
        is_below = reached.bound < reached.value
        near = max(reached.bound, bound) if is_below else min(reached.bound, bound)
        limit = min(near, reached.value) if is_below else max(near, reached.value)
        reached = replace(reached, bound=limit)
    task.hear(reached.value, reached.bound)
    return reached


def _better(
    grid: Grid, stage: StageAim, reached: Reached, task: Task, batches: Sequence[int]
) -> Reached:
    """Return the stage with a plan that runs these batches, if it is lawful and better."""
    counts = list(batches)
    if not stage.least_change:
        counts = with_best_buys(grid, counts, task.seconds)
    plan = standing(grid, counts, least_change=stage.least_change)
    if plan is None or not task.kept.by(plan):
        return reached
    value = stage.worth(plan)
    if (value < reached.value) if stage.unit > 0 else (value > reached.value):
        bound = min(reached.bound, value) if stage.unit > 0 else max(reached.bound, value)
        reached = Reached(plan, value, bound)
        task.hear(value, reached.bound)
    return reached
