"""The second stage's quick plan: each province's cheapest lawful coverage, then the best buys."""

from collections.abc import Callable

import numpy as np

from pulih.refocusing.greedy import Greedy, tries
from pulih.refocusing.grid import Grid
from pulih.refocusing.parts import assembled, cheapest, parts_of
from pulih.refocusing.standing import Kept, Standing, standing


def best_buys(
    grid: Grid, begin: Standing, kept: Kept, lawful: Standing, seconds: Callable[[], float]
) -> Standing:
    """Return a plan of more relief than `begin`, or `begin` when none was found in time.

    lawful: the plan of least money, whose batches the limits allow.
    """
    found = begin
    for batches in (list(begin.batches), _thriftiest(grid, begin, kept, lawful, seconds)):
        plan = standing(grid, with_best_buys(grid, batches, seconds), least_change=False)
        if plan is not None and kept.by(plan) and plan.relief > found.relief:
            found = plan
    return found


def _thriftiest(
    grid: Grid, begin: Standing, kept: Kept, lawful: Standing, seconds: Callable[[], float]
) -> list[int]:
    """Return batches that keep the least coverage in every province with little money."""
    parts, chosen = parts_of(grid), []
    for part in parts:
        own = part.batches_of(begin.batches)
        if seconds() > 0:
            first = part.batches_of(lawful.batches)
            answer = cheapest(part, first, float(kept.worst), seconds=0.0, gap=0.0)
            if answer.batches is not None:
                own = min(
                    own, list(answer.batches), key=lambda b: part.worth(part.grid.spending(b))
                )
        chosen.append(own)
    return assembled(grid, parts, chosen)


def with_best_buys(grid: Grid, begin: list[int], seconds: Callable[[], float]) -> list[int]:
    """Return batches with what is left of the ceiling spent where a rupiah relieves most."""
    if not len(grid.needs):
        return begin
    search, batches = Greedy(grid, np.ones(len(grid.purses))), np.array(begin, dtype=np.float64)
    ceiling = grid.case.settings.ceiling / grid.scale
    blocked = np.array([purse.blocked for purse in grid.purses]) / grid.scale
    floor = np.array([purse.floor for purse in grid.purses]) / grid.scale
    while seconds() > 0:
        room, spent = search.room(batches), search.money(batches)
        left = ceiling - float(np.maximum(floor, spent + blocked).sum())
        best = (0.0, -1, 0.0)
        for more in tries(room):
            price = search.prices(batches, more, spent)
            gain = search.gains(batches, more)
            worth = np.where((more > 0) & (price <= left + 1e-9), gain / price, 0.0)
            cell = int(np.argmax(worth))
            best = max(best, (float(worth[cell]), cell, float(more[cell])), key=lambda b: b[0])
        if best[0] <= 0:
            break
        batches[best[1]] += best[2]
    return [round(value) for value in batches]
