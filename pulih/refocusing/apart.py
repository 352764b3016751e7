"""The stages by plans of regencies: tight bounds, plans put together, proofs by provinces.

Each stage relaxes, puts a plan together from the plans at hand, and lets every province prove
what it can at the prices of what joins them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pulih.refocusing.columns import Aim, in_rows, plan_model
from pulih.refocusing.generate import Country, Relaxed, relaxed
from pulih.refocusing.grid import Floats
from pulih.refocusing.parts import assembled, parts_of
from pulih.refocusing.program import run
from pulih.refocusing.provinces import Joint, answer_all, joint_of
from pulih.refocusing.spend import with_best_buys
from pulih.refocusing.standing import Standing, standing
from pulih.refocusing.task import Reached, Task

RELAXED = 0.05  # Share of the gap asked for that a relaxation may leave open.
WARM = 1e-3  # Gap of the relaxation that comes first.
TO_CHOOSE = 0.5  # Share of the time left for putting plans of regencies together.
OF_GAP = 0.3  # Share of the gap asked for that provinces may leave open.


@dataclass(frozen=True)
class StageAim:
    """A stage as a program to minimise; `unit` turns its value into the stage's own.

    relief: the price of a firm's relief in each province, from a relaxation.
    """

    aim: Aim
    unit: float
    relief: Callable[[Relaxed], Floats]
    least_change: bool
    worth: Callable[[Standing], float]


def worst_apart(country: Country, reached: Reached, task: Task) -> Reached:
    """(1) The smallest coverage; its rows are priced, so a little of the gap may stay."""
    # Total relief first: its prices are tame, and the plans and cuts that it finds keep those
    # of the smallest coverage tame, which else take long to search.
    country.plans.add_whole(reached.best.batches)
    relaxed(country, Aim(0.0, relief_price=1.0), gap=WARM, seconds=task.seconds)
    return _apart(
        country,
        StageAim(
            Aim(None),
            -1.0,
            lambda found: np.maximum(0.0, found.duals[found.model.coverage_rows]),
            least_change=False,
            worth=lambda plan: float(plan.worst or 0),
        ),
        reached,
        task,
    )


def relief_apart(country: Country, reached: Reached, task: Task) -> Reached:
    """(2) Total relief at the coverage kept."""
    provinces = len(country.grid.case.provinces)
    return _apart(
        country,
        StageAim(
            Aim(float(task.kept.worst), relief_price=1.0),
            -1.0,
            lambda found: np.ones(provinces),
            least_change=False,
            worth=lambda plan: float(plan.relief),
        ),
        reached,
        task,
    )


def change_apart(country: Country, reached: Reached, task: Task, tops: Floats) -> Reached:
    """(3) Change at the coverage and the relief kept."""
    provinces = len(country.grid.case.provinces)
    return _apart(
        country,
        StageAim(
            Aim(float(task.kept.worst), relief=float(task.kept.relief), tops=tops),
            country.grid.scale,
            lambda found: np.full(provinces, max(0.0, found.duals[found.model.relief_row])),
            least_change=True,
            worth=lambda plan: float(plan.change),
        ),
        reached,
        task,
    )


def _apart(country: Country, stage: StageAim, reached: Reached, task: Task) -> Reached:
    country.plans.add_whole(reached.best.batches)
    found = relaxed(country, stage.aim, gap=RELAXED * task.gap, seconds=task.seconds)
    if found is None:
        return reached
    reached = _bounded(reached, found.bound * stage.unit, task)
    reached = _put_together(country, stage, reached, task)
    if reached.gap <= task.gap:
        return reached
    parts, aim = parts_of(country.grid), stage.aim
    prices = stage.relief(found)
    joint = joint_of(country.grid, found, prices)
    if aim.relief:
        paid = joint.constant + float(prices.max(initial=0.0)) * aim.relief
        joint = Joint(joint.money, paid, prices)
    answers, bound = answer_all(
        country,
        parts,
        joint,
        aim.coverage or 0.0,
        tops=aim.tops,
        slack=OF_GAP * task.gap * abs(reached.value / stage.unit),
        seconds=task.seconds,
    )
    reached = _bounded(reached, bound * stage.unit, task)
    if answers:
        chosen = [
            part.batches_of(reached.best.batches) if answer.batches is None else answer.batches
            for part, answer in zip(parts, answers, strict=True)
        ]
        reached = _better(country, stage, reached, task, assembled(country.grid, parts, chosen))
    return reached if reached.gap <= task.gap else _put_together(country, stage, reached, task)


def _bounded(reached: Reached, bound: float, task: Task) -> Reached:
    """Return a stage with the nearer of two bounds, above or below its value."""
    if np.isfinite(bound):
        is_below = reached.bound < reached.value
        near = max(reached.bound, bound) if is_below else min(reached.bound, bound)
        limit = min(near, reached.value) if is_below else max(near, reached.value)
        reached = replace(reached, bound=limit)
    task.hear(reached.value, reached.bound)
    return reached


def _put_together(country: Country, stage: StageAim, reached: Reached, task: Task) -> Reached:
    """Return the stage with the best plan that HiGHS makes of the plans at hand, in time."""
    begin = reached.best.batches
    country.plans.add_whole(begin)
    model = plan_model(country.grid, country.plans, country.cuts, stage.aim, whole=True)
    rows = in_rows(country.regencies, begin)
    is_begin = (country.plans.batches == rows[country.plans.regency]).all(axis=1)
    hint = (model.chosen, is_begin.astype(np.float64))
    seconds = task.seconds() * TO_CHOOSE
    answer = run(model.program, seconds=seconds, gap=OF_GAP * task.gap, hint=hint)
    if answer.columns is None:
        return reached
    return _better(country, stage, reached, task, model.batches_in(answer.columns))


def _better(
    country: Country, stage: StageAim, reached: Reached, task: Task, batches: Sequence[int]
) -> Reached:
    """Return the stage with a plan that runs these batches, if it is lawful and better."""
    counts = list(batches)
    if not stage.least_change and stage.aim.coverage is not None:
        counts = with_best_buys(country.grid, counts, task.seconds)
    plan = standing(country.grid, counts, least_change=stage.least_change)
    if plan is None or not task.kept.by(plan):
        return reached
    value = stage.worth(plan)
    if (value < reached.value) if stage.unit > 0 else (value > reached.value):
        bound = min(reached.bound, value) if stage.unit > 0 else max(reached.bound, value)
        reached = Reached(plan, value, bound)
        task.hear(value, reached.bound)
    return reached
