"""Two stages where provinces have few regencies: each province answers as one plain program.

Prices of what joins provinces are learned from their answers (Dantzig-Wolfe): the answers at hand
go together best at some prices, at which every province answers again. What all answers are worth
at any prices is a bound for the country.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from pulih.refocusing.answers import Answered, worth_of
from pulih.refocusing.columns import Aim
from pulih.refocusing.grid import Floats
from pulih.refocusing.picking import OF_GAP, StageAim, add_each, as_in, bounded, picked, repriced
from pulih.refocusing.plainly import Choice, plainly
from pulih.refocusing.provinces import LONGEST, TOGETHER, Apart, Joint, Known, aim_of, worth_in
from pulih.refocusing.task import Reached, Task

ROUNDS = 30
ENOUGH = 0.05  # Of what the country leaves open, that all provinces together may.
IN_VAIN = 2  # Rounds that change nothing, after which no more are made.


def relief_plainly(known: Known, reached: Reached, task: Task, joint: Joint) -> Reached:
    """(2) Total relief at the coverage kept. joint: prices to begin with."""
    aim = Aim(float(task.kept.worst), relief_price=1.0)
    stage = StageAim(aim, -1.0, least_change=False, worth=lambda plan: float(plan.relief))
    return _answered(known, stage, reached, task, joint)


def change_plainly(
    known: Known, reached: Reached, task: Task, joint: Joint, tops: Floats
) -> Reached:
    """(3) Change at the coverage and the relief kept. joint: prices to begin with."""
    aim = Aim(float(task.kept.worst), relief=float(task.kept.relief), tops=tops)
    unit = known.grid.scale
    stage = StageAim(aim, unit, least_change=True, worth=lambda plan: float(plan.change))
    return _answered(known, stage, reached, task, joint)


def _answered(known: Known, stage: StageAim, reached: Reached, task: Task, joint: Joint) -> Reached:
    grid, every, aim, choices, in_vain = known.grid, known.few, stage.aim, known.choices, 0
    add_each(choices, [as_in(province, reached.best) for province in every])
    for _ in range(ROUNDS):
        before = reached
        first = [
            min(own, key=partial(worth_in, known, aim, joint))
            for known, own in zip(every, choices, strict=True)
        ]
        slack = OF_GAP * max(task.gap, ENOUGH * reached.gap) * abs(reached.value / stage.unit)
        answers = _answers(every, aim, joint, first, slack=slack, seconds=task.seconds)
        bound = joint.constant + sum(answer.bound for answer in answers)
        reached = bounded(reached, bound * stage.unit, task)
        add_each(choices, [answer.best for answer in answers])
        reached = picked(grid, every, choices, stage, reached, task)
        in_vain = in_vain + 1 if before.gap - reached.gap < OF_GAP * task.gap else 0
        if reached.gap <= task.gap or task.seconds() <= 0 or in_vain > IN_VAIN:
            break
        joint = repriced(grid, every, choices, stage, joint, task.seconds())
    return reached


def _answers(
    every: Sequence[Apart],
    aim: Aim,
    joint: Joint,
    begin: Sequence[Choice],
    *,
    slack: float,
    seconds: Callable[[], float],
) -> list[Answered]:
    """Return what every province answers. begin: the best that is known of each."""

    def one(known: Apart, choice: Choice) -> Answered:
        asked = aim_of(known, aim, joint)
        value, limit = worth_of(known.own, asked, choice), seconds() * LONGEST
        answer, found = plainly(known.own, asked, choice, slack=slack / len(every), seconds=limit)
        if found is None or answer.value > value:
            return Answered(choice, value, min(answer.bound, value), None)
        return Answered(found, answer.value, answer.bound, None)

    with ThreadPoolExecutor(TOGETHER) as pool:
        return list(pool.map(one, every, begin))
