"""Two stages by plans of regencies: tight bounds, plans put together, proofs by provinces.

The country's relaxation prices what joins provinces; every province answers at these prices, and
at prices near them; a small program picks one answer of each.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from pulih.refocusing.columns import Aim, Plans, in_rows, plan_model
from pulih.refocusing.country_proofs import proven_apart
from pulih.refocusing.generate import Country, relaxed
from pulih.refocusing.grid import Floats
from pulih.refocusing.parts import joining_rules
from pulih.refocusing.picking import (
    OF_GAP,
    TO_CHOOSE,
    StageAim,
    add_each,
    as_in,
    better,
    bounded,
    picked,
    repriced,
)
from pulih.refocusing.plainly import Choice
from pulih.refocusing.program import run
from pulih.refocusing.provinces import (
    Joint,
    Known,
    aim_of,
    answer_all,
    answer_nearby,
    bases_of,
    joint_in,
    learn_nearby,
    nearby,
    others,
    worth_in,
)
from pulih.refocusing.task import Reached, Task

ROUNDS = 3  # Of answers of all provinces, each at new prices.
RELAXED = 10.0  # The gap of the country's relaxation, in gaps asked for: its prices will do.
TO_RELAX = 0.5  # Share of a stage's time that this may take: it brings no plan.
FOR_PROOFS = 0.6  # Share of the time left that plans from what is at hand may not take.
PRICINGS = 4  # Of answers at hand, before provinces are asked again.
ROUGH_SLACK = 1e-4  # Of the value, that all provinces together may leave open at first.
ENOUGH = 0.1  # Of what the country leaves open, that all provinces together may.
TO_PICK = 0.15  # Share of the time left when provinces are asked, for picking among answers.
ROUGHLY = 0.02  # Gap of a plan that only begins.


def worst_together(known: Known, reached: Reached, task: Task) -> Reached:
    """(1) The smallest coverage where more than the ceiling joins provinces: one program."""
    stage = _worst_aim()
    reached = _put_together(known.country, stage, reached, task, gap=ROUGHLY)
    found = relaxed(known.country, stage.aim, gap=RELAXED * task.gap, seconds=task.seconds)
    if found is None:
        return reached
    reached = bounded(reached, found.bound * stage.unit, task)
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
    known.gather()
    country.plans.add_whole(reached.best.batches)
    for province in every:  # So that each has a lawful plan to begin with.
        province.own.plans.add_whole(province.part.batches_of(reached.best.batches))
    seconds = partial(_before, task, (1 - TO_RELAX) * task.seconds())
    found = relaxed(country, stage.aim, gap=RELAXED * task.gap, seconds=seconds)
    if found is None:
        return reached
    reached = bounded(reached, found.bound * stage.unit, task)
    is_joined = len(joining_rules(country.grid)) > 1
    aim = stage.aim
    price = aim.relief_price or max(0.0, float(found.centre[found.model.relief_row]))
    joint = joint_in(country.grid, found, price, aim.relief)
    proven = proven_apart(found, price)
    slack_asked = OF_GAP * task.gap * abs(reached.value / stage.unit)
    choices = [[as_in(province, reached.best)] for province in every]
    near = nearby(known, found)
    learn_nearby(every, near)
    reached = _near(known, near, stage, reached, task, joint, choices)
    if reached.gap <= task.gap:
        return reached
    for _ in range(ROUNDS):
        first = [
            min(own, key=partial(worth_in, known, aim, joint))
            for known, own in zip(every, choices, strict=True)
        ]
        open_by = abs(reached.value - reached.bound) / abs(stage.unit)
        slack = max(slack_asked, OF_GAP * ENOUGH * open_by)
        loose = OF_GAP * max(task.gap, ENOUGH * reached.gap)
        bases = bases_of(every, aim, joint, loose, task.seconds, proven=proven, begin=first)
        rest = TO_PICK * task.seconds()  # Answers that nobody may pick any more are of no use.
        answers = answer_all(bases, first, slack=slack, seconds=partial(_before, task, rest))
        bound = joint.constant + sum(answer.bound for answer in answers)
        reached = bounded(reached, bound * stage.unit, task)
        add_each(choices, [answer.best for answer in answers])
        before, reached = reached, picked(country.grid, every, choices, stage, reached, task)
        # Answers may not go together where more than the ceiling joins provinces.
        if is_joined and reached.best is before.best and reached.gap > task.gap:
            known.learn([answer.best for answer in answers])
            reached = _put_together(country, stage, reached, task, gap=OF_GAP * task.gap)
        for _ in range(PRICINGS):
            if reached.gap <= task.gap or task.seconds() <= 0:
                return reached
            joint = repriced(country.grid, every, choices, stage, joint, task.seconds())
            add_each(choices, others(every, answers, aim, joint, slack=slack, seconds=task.seconds))
            reached = picked(country.grid, every, choices, stage, reached, task)
        # At these prices nothing is proven yet.
        proven = [replace(one, bound=-np.inf) for one in proven]
    return reached


def _before(task: Task, rest: float) -> float:
    return max(0.0, task.seconds() - rest)


def _near(
    known: Known,
    near: Sequence[tuple[Country, Plans]],
    stage: StageAim,
    reached: Reached,
    task: Task,
    joint: Joint,
    choices: Sequence[list[Choice]],
) -> Reached:
    """Return a better plan of what is at hand; nothing is proven.

    The relaxations of all provinces take long: a plan comes first. Prices of the few whole
    answers at hand bring others, but prove less than those of the relaxation.
    """
    country, every = known.country, known.every
    slack = ROUGH_SLACK * abs(reached.value / stage.unit)
    rest = task.seconds() * FOR_PROOFS
    for tries in range(PRICINGS):
        aims = [aim_of(province, stage.aim, joint) for province in every]
        begin = [own[0] for own in choices]
        before, left = reached, task.seconds()
        add_each(choices, answer_nearby(near, aims, begin, slack=slack, seconds=task.seconds))
        reached = picked(country.grid, every, choices, stage, reached, task)
        joint = repriced(country.grid, every, choices, stage, joint, task.seconds())
        is_in_vain = before.gap - reached.gap < OF_GAP * ENOUGH * reached.gap
        again = left - task.seconds() if tries else 0.0  # What another round would take.
        # The first answers are there to be priced.
        if reached.gap <= task.gap or (tries and is_in_vain) or task.seconds() - again <= rest:
            break
    return reached


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
    return better(country.grid, stage, reached, task, model.batches_in(answer.columns))
