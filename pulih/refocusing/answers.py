"""The best of one province at given prices, over the plans that may be part of it.

A plan that falls short of its regency's row by more than a province's gap cannot be part of a
better answer. So a program over all that fall short by less proves the province's best; over
fewer, it proves the relaxation plus the least that was left out.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pulih.refocusing.columns import Aim, Plans, in_rows, no_plans, plan_model
from pulih.refocusing.dominance import undominated
from pulih.refocusing.generate import Country, Relaxed
from pulih.refocusing.plainly import Choice, change_in, plainly
from pulih.refocusing.program import Answer, run
from pulih.refocusing.regencies import DUST
from pulih.refocusing.states import states_of

WINDOWS = 5  # At most, each wider than the one before.
WIDEST = 4000  # Plans in one program of a province.
MANY = 1200  # Plans from where on the plain program is the quicker one,
MANY_IN_STATES = 500  # where all pools are in states,
NARROW = 0.004  # of what counts: the window in which the best plan mostly is.


@dataclass(frozen=True)
class Answered:
    """One province at given prices: its best plan found and what is proven.

    within, beyond: what the last window proves of plans inside it and of all others.
    """

    best: Choice | None
    value: float
    bound: float
    plans: Plans | None  # Those of its last program.
    within: float = np.inf
    beyond: float = -np.inf


def answered(
    own: Country,
    aim: Aim,
    base: Relaxed,
    *,
    slack: float,
    seconds: Callable[[], float],
    begin: Choice | None = None,
    to_the_end: bool = True,
    windows: int = WINDOWS,
) -> Answered:
    """Return the best of one province, proven to `slack` where time and size allow.

    base: its relaxation; slack: absolute, in what the aim counts; to_the_end: else one narrow
    window is enough, for the best plan is mostly there; windows: 0 asks the plain program alone.
    """
    best, chosen, value, size = begin, None, np.inf, abs(base.value)
    if begin is not None:
        value = worth_of(own, aim, begin)
        size = max(size, aim.relief_price * relief_of(own, begin))
    within, beyond, is_plain = np.inf, -np.inf, to_the_end or not windows
    in_states = states_of(own.grid, aim.tops).are_all
    bound, window = base.bound, max(4 * slack, NARROW * size, DUST)
    if to_the_end and np.isfinite(value):
        window = max(window, min(value - bound + slack, 4 * window))
    for tries in range(windows):
        if seconds() <= 0 or value - bound <= slack:
            break
        chosen, others_cost = _within(own, aim, base, window, seconds)
        if in_states and len(chosen) > MANY_IN_STATES:
            is_plain = True
            break
        if len(chosen) > MANY and (tries or (to_the_end and best is not None)):
            break
        answer, found = chosen_of(own, chosen, aim, best, slack / 2, seconds())
        if found is not None and answer.value < value:
            value, best = answer.value, found
        within, beyond = min(value, answer.bound), others_cost
        bound = max(bound, min(within, beyond))
        is_whole = others_cost >= base.bound + window - slack / 4 and answer.status != "stopped"
        if not is_whole or (not to_the_end and found is not None):
            break
        window = value - base.bound + slack if np.isfinite(value) else 8 * window
    if is_plain and value - bound > slack and seconds() > 0:
        answer, found = plainly(own, aim, best, slack=slack, seconds=seconds())
        bound = max(bound, answer.bound)
        if found is not None and answer.value < value:
            value, best = answer.value, found
    return Answered(best, value, min(bound, value), chosen, within, beyond)


def relief_of(own: Country, choice: Choice) -> float:
    """Return the relief of a province's batches, in firms."""
    rows = in_rows(own.regencies, choice.batches)
    return float(own.regencies.relief(np.arange(len(rows)), rows).sum())


def worth_of(own: Country, aim: Aim, choice: Choice) -> float:
    """Return what an aim counts for a choice."""
    money = 0.0 if aim.money is None else float(aim.money @ choice.money)
    change = 0.0 if aim.tops is None else change_in(own.grid, choice)
    return money + change - aim.relief_price * relief_of(own, choice)


def chosen_of(
    own: Country, plans: Plans, aim: Aim, begin: Choice | None, slack: float, seconds: float
) -> tuple[Answer, Choice | None]:
    """Return what HiGHS makes of some plans of a province."""
    model = plan_model(own.grid, plans, own.cuts, aim, whole=True)
    hint = None
    if begin is not None:
        rows = in_rows(own.regencies, begin.batches)
        is_begin = (plans.batches == rows[plans.regency]).all(axis=1)
        if is_begin.sum() == len(own.regencies):
            hint = (model.chosen, is_begin.astype(np.float64))
    answer = run(model.program, seconds=seconds, slack=slack, hint=hint)
    if answer.columns is None:
        return answer, None
    return answer, Choice(tuple(model.batches_in(answer.columns)), answer.columns[model.money])


def _within(
    own: Country, aim: Aim, base: Relaxed, window: float, seconds: Callable[[], float]
) -> tuple[Plans, float]:
    """Return the plans that fall short by no more than a window, and what others cost at least.

    The window shrinks where they are too many; plans that others make needless are left out.
    """
    prices = base.model.prices(base.duals)
    found = own.oracle.best(prices, window=window, labels=WIDEST // 2, seconds=seconds)
    paid = -base.duals[base.model.one_rows]
    over = np.maximum(0.0, found.most - paid)  # Where the relaxation was stopped early.
    short = (paid + over)[found.regency] - found.worth
    kept = float(min(window, (paid - found.most)[found.most > found.best].min(initial=window)))
    order = np.argsort(short, kind="stable")
    if len(order) > WIDEST:
        kept = min(kept, float(short[order[WIDEST]]))
        order = order[:WIDEST]
    regency, batches = found.regency[order], found.batches[order]
    near = Plans(own.regencies, regency, batches, own.regencies.relief(regency, batches))
    order = order[undominated(own.grid, near, aim)]
    plans = no_plans(own.regencies)
    plans.add(found.regency[order], found.batches[order])
    used = base.columns[base.model.chosen] > 1e-9
    plans.add(
        base.model.plans.regency[: len(used)][used], base.model.plans.batches[: len(used)][used]
    )
    return plans, base.value - float(over.sum()) + max(0.0, kept)
