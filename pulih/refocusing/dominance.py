"""Plans of regencies that another plan of the same regency makes needless.

Plan a may stand for plan b in every plan of a province if it relieves no less, costs no more
whatever the others do, and breaks no limit that b keeps. Fewer plans are quicker programs.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pulih.refocusing.columns import Aim, Plans
from pulih.refocusing.grid import Floats, Grid, Whole
from pulih.refocusing.regencies import Regencies

Flags = NDArray[np.bool_]
DUST = 1e-9


@dataclass(frozen=True)
class Costs:
    """What spending costs a province, by measure.

    price: of a unit spent beyond what its pool holds anyway; is_even: every unit costs that, for
    the pool holds nothing; hard: no price says what a unit costs, so that none may be added.
    """

    price: Floats
    is_even: Flags
    hard: Flags


def costs_of(grid: Grid, aim: Aim) -> Costs:
    """Return what is sure of a province's costs whatever its regencies run together."""
    count = len(grid.purses)
    prices = np.zeros(count) if aim.money is None else aim.money
    only_ceiling = len(grid.rules) == 1 and np.ptp(prices) <= DUST and prices.min(initial=0.0) >= 0
    if aim.tops is not None or not only_ceiling:
        return Costs(np.zeros(count), np.zeros(count, bool), np.ones(count, bool))
    fixed = np.array([purse.is_fixed for purse in grid.purses], dtype=bool)
    empty = np.array([purse.floor == purse.blocked for purse in grid.purses], dtype=bool)
    return Costs(prices, empty & ~fixed, fixed)


def undominated(grid: Grid, plans: Plans, aim: Aim) -> Whole:
    """Return the places of plans that no other makes needless; of equals the first stays."""
    costs, kept = costs_of(grid, aim), []
    for regency in np.unique(plans.regency):
        inside = np.flatnonzero(plans.regency == regency)
        kept.append(inside[_best(grid, plans, costs, int(regency), inside)])
    return np.sort(np.concatenate(kept)) if kept else np.zeros(0, dtype=np.int64)


def _best(grid: Grid, plans: Plans, costs: Costs, regency: int, inside: Whole) -> Whole:
    regencies, batches = plans.regencies, plans.batches[inside]
    spent = batches * regencies.step[regency] + (batches > 0) * regencies.setup[regency]
    even = spent @ np.where(costs.is_even, costs.price, 0.0)
    soft = (spent * costs.price)[:, ~costs.is_even & ~costs.hard]
    hard = np.hstack((spent[:, costs.hard], _limited(grid, regencies, regency, batches)))
    order = np.lexsort((spent.sum(axis=1), -plans.relief[inside]))
    even, soft, hard = even[order], soft[order], hard[order]
    kept = np.zeros(0, dtype=np.int64)
    for place in range(len(order)):
        dearer = even[kept] - even[place]
        dearer = dearer + np.maximum(0.0, soft[kept] - soft[place]).sum(axis=1)
        is_within = (hard[kept] <= hard[place] + DUST).all(axis=1)
        if not (is_within & (dearer <= DUST)).any():
            kept = np.append(kept, place)
    return np.sort(order[kept])


def _limited(grid: Grid, regencies: Regencies, regency: int, batches: Whole) -> Floats:
    """Return batches of cells that may not rise, and less those that may not fall."""
    cells = regencies.cell[regency]
    most = {cell for bound in grid.bounds if bound.most is not None for cell in bound.cells}
    least = {cell for bound in grid.bounds if bound.least for cell in bound.cells}
    rising = batches[:, [int(cell) in most for cell in cells]]
    falling = batches[:, [int(cell) in least for cell in cells]]
    return np.hstack((rising, -falling)).astype(np.float64)
