"""The least money with which a province apart reaches a coverage: what the first stage asks."""

import time
from collections.abc import Sequence

import numpy as np

from pulih.refocusing.columns import Aim
from pulih.refocusing.generate import relaxed
from pulih.refocusing.greedy import reaching
from pulih.refocusing.money import least_money
from pulih.refocusing.parts import Cheapest, cheapest, reached_coverage
from pulih.refocusing.plainly import Choice, plainly
from pulih.refocusing.provinces import Apart
from pulih.refocusing.regencies import DUST

LP_SECONDS = 2.0
GRACE_SECONDS = 0.5  # What a program may take where its relaxation took all the time.
ROUGHLY = 2e-3  # Gap of a relaxation that only says where to look.


def cheapest_apart(
    known: Apart, begin: Sequence[int], coverage: float, *, seconds: float, gap: float
) -> Cheapest:
    """Return the least money with which a province reaches a coverage, by plans of regencies.

    begin: batches that the limits allow, to add to. seconds: 0 asks only for a quick plan and
    the bound of the relaxation.
    """
    part, own = known.part, known.own
    grid, until = own.grid, time.monotonic() + seconds
    target = coverage * sum(map(float, grid.full.values()))
    guess = reaching(part.grid, begin, target, part.prices)
    for batches in (begin, guess):
        if batches is not None:
            own.plans.add_whole(batches)
    aim = Aim(coverage if grid.provinces else 0.0, money=part.prices)
    near = gap if seconds else max(gap, ROUGHLY)
    base = relaxed(own, aim, gap=near, seconds=lambda: until + LP_SECONDS - time.monotonic())
    if base is None:
        return cheapest(part, begin, coverage, seconds=seconds, gap=gap)
    found, bound = None, base.bound
    if seconds:
        slack = gap * max(base.value, DUST)
        begun = _as_choice(known, guess)
        proven, best = plainly(
            own, aim, begun, slack=slack, seconds=until + GRACE_SECONDS - time.monotonic()
        )
        found, bound = best, max(bound, proven.bound)
    return _cheapest(known, [guess, found.batches if found else None], bound)


def _as_choice(known: Apart, batches: Sequence[int] | None) -> Choice | None:
    grid = known.own.grid
    money = None if batches is None else least_money(grid, grid.spending(batches))
    if batches is None or money is None:
        return None
    return Choice(tuple(batches), np.array(money, dtype=np.float64) / grid.scale)


def _cheapest(known: Apart, plans: Sequence[Sequence[int] | None], bound: float) -> Cheapest:
    part, least = known.part, bound * known.own.grid.scale
    best = Cheapest(None, 0.0, np.inf, least)
    for batches in plans:
        money = None if batches is None else least_money(part.grid, part.grid.spending(batches))
        if batches is not None and money is not None and part.worth(money) < best.money:
            value = part.worth(money)
            reached = reached_coverage(part.grid, batches)
            best = Cheapest(tuple(batches), reached, value, min(least, value))
    return best
