"""The second and third stage by provinces: tight bounds, and plans put together from theirs."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pulih.refocusing.columns import Aim, in_rows, plan_model
from pulih.refocusing.generate import Country, relaxed
from pulih.refocusing.grid import Floats
from pulih.refocusing.parts import assembled, parts_of
from pulih.refocusing.program import run
from pulih.refocusing.provinces import Answered, answer_all, joint_of
from pulih.refocusing.spend import with_best_buys
from pulih.refocusing.standing import Standing, standing
from pulih.refocusing.task import Reached, Task, lowered

RELAXED_GAP = 1e-5
TO_CHOOSE = 0.6  # Share of the time left for putting plans of regencies together.
OF_GAP = 0.3  # Share of the gap asked for that provinces may leave open.


def worst_apart(country: Country, reached: Reached, task: Task) -> Reached:
    """Return the first stage with the bound that provinces prove, and a plan put together."""
    country.plans.add_whole(reached.best.batches)
    aim = Aim(None)
    found = relaxed(country, aim, gap=RELAXED_GAP, seconds=task.seconds)
    if found is None:
        return reached
    reached = lowered(reached, -found.bound)
    task.hear(reached.value, reached.bound)
    grid, parts = country.grid, parts_of(country.grid)
    prices = np.maximum(0.0, found.duals[found.model.coverage_rows])
    slack = OF_GAP * task.gap * max(reached.value, 1e-9)
    joint = joint_of(grid, found, prices)
    _, bound = answer_all(country, parts, joint, 0.0, tops=None, slack=slack, seconds=task.seconds)
    reached = lowered(reached, -bound)
    task.hear(reached.value, reached.bound)
    mixed = _chosen(
        country, aim, reached.best.batches, gap=task.gap / 2, seconds=task.seconds() * TO_CHOOSE
    )
    plan = None if mixed is None else standing(grid, mixed, least_change=False)
    if plan is not None and float(plan.worst or 0) > reached.value:
        reached = replace(reached, best=plan, value=float(plan.worst or 0))
    return replace(reached, bound=max(reached.bound, reached.value))


def relief_apart(country: Country, reached: Reached, task: Task) -> Reached:
    """Return the second stage with the bound that provinces prove, and a plan of theirs."""
    country.plans.add_whole(reached.best.batches)
    level = float(task.kept.worst)
    found = relaxed(country, Aim(level, relief_price=1.0), gap=RELAXED_GAP, seconds=task.seconds)
    if found is None:
        return reached
    reached = lowered(reached, -found.bound)
    task.hear(reached.value, reached.bound)
    grid, parts = country.grid, parts_of(country.grid)
    joint = joint_of(grid, found, np.ones(len(parts)))
    slack = OF_GAP * task.gap * max(reached.value, 1e-9)
    answers, bound = answer_all(
        country, parts, joint, level, tops=None, slack=slack, seconds=task.seconds
    )
    reached = lowered(reached, -bound)
    together = _assembled(country, reached.best, answers)
    mixed = _chosen(
        country,
        Aim(level, relief_price=1.0),
        reached.best.batches,
        gap=task.gap / 2,
        seconds=task.seconds() * TO_CHOOSE,
    )
    for begin in (together, mixed or together):
        plan = standing(grid, with_best_buys(grid, begin, task.seconds), least_change=False)
        if plan is not None and task.kept.by(plan) and plan.relief > reached.value:
            reached = replace(reached, best=plan, value=float(plan.relief))
    return replace(reached, bound=max(reached.bound, reached.value))


def change_apart(country: Country, reached: Reached, task: Task, tops: Floats) -> Reached:
    """Return the third stage with the bound that provinces prove, and a plan of theirs."""
    country.plans.add_whole(reached.best.batches)
    level, least = float(task.kept.worst), float(task.kept.relief)
    scale = country.grid.scale
    aim = Aim(level, relief=least, tops=tops)
    found = relaxed(country, aim, gap=RELAXED_GAP, seconds=task.seconds)
    if found is None:
        return reached
    reached = _raised(reached, found.bound * scale)
    task.hear(reached.value, reached.bound)
    parts = parts_of(country.grid)
    price = max(0.0, float(found.duals[found.model.relief_row]))
    joint = joint_of(country.grid, found, np.full(len(parts), price))
    joint = replace(joint, constant=joint.constant + price * least)
    slack = OF_GAP * task.gap * max(reached.value, 1.0) / scale
    answers, bound = answer_all(
        country,
        parts,
        joint,
        level,
        tops=tops,
        slack=slack,
        seconds=task.seconds,
    )
    reached = _raised(reached, bound * scale)
    together = _assembled(country, reached.best, answers)
    mixed = _chosen(
        country,
        aim,
        reached.best.batches,
        gap=task.gap / 2,
        seconds=task.seconds() * TO_CHOOSE,
    )
    for batches in (together, mixed or together):
        plan = standing(country.grid, batches, least_change=True)
        if plan is not None and task.kept.by(plan) and plan.change < reached.value:
            reached = replace(reached, best=plan, value=float(plan.change))
    return replace(reached, bound=min(reached.bound, reached.value))


def _raised(reached: Reached, bound: float) -> Reached:
    return replace(reached, bound=min(reached.value, max(reached.bound, bound)))


def _assembled(country: Country, best: Standing, answers: Sequence[Answered]) -> list[int]:
    """Return the provinces' plans together, the old one where a province has none."""
    parts = parts_of(country.grid)
    chosen = [
        part.batches_of(best.batches) if answer.batches is None else list(answer.batches)
        for part, answer in zip(parts, answers, strict=True)
    ]
    return assembled(country.grid, parts, chosen)


def _chosen(
    country: Country, aim: Aim, begin: Sequence[int], *, gap: float, seconds: float
) -> list[int] | None:
    """Return the best batches that HiGHS puts together from the plans at hand, in time."""
    country.plans.add_whole(begin)
    model = plan_model(country.grid, country.plans, country.cuts, aim, whole=True)
    rows = in_rows(country.regencies, begin)
    is_begin = (country.plans.batches == rows[country.plans.regency]).all(axis=1)
    hint = (model.chosen, is_begin.astype(np.float64))
    answer = run(model.program, seconds=seconds, gap=gap, hint=hint)
    return None if answer.columns is None else model.batches_in(answer.columns)
