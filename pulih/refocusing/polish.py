"""Better plans from a good one: a few provinces are planned again while the others stand.

Small enough to be solved in a second or two, and wide enough to move money between provinces.
It proves nothing: bounds come from the stage's own program.
"""

from collections.abc import Callable, Iterator

import numpy as np

from pulih.refocusing.grid import Floats, Grid, Whole
from pulih.refocusing.lawful_plan import Kept, LawfulPlan, lawful_plan
from pulih.refocusing.model import NO_COLUMN, Model
from pulih.refocusing.program import Program, run

CELLS_AT_ONCE = 40
WIDENING = 1.5  # More cells in each round: what is left to gain lies between more provinces.
SECONDS_AT_ONCE = 2.5


def polished(
    model: Model,
    begin: LawfulPlan,
    columns: Callable[[LawfulPlan], Floats],
    worth: Callable[[LawfulPlan], float],
    kept: Kept,
    *,
    gap: float,
    seconds: Callable[[], float],
    least_change: bool = False,
) -> LawfulPlan:
    """Return the plan of most worth found in time, never one of less worth than `begin`.

    columns: a plan as a value for every column; worth: what is to grow.
    """
    best, without_gain, done = begin, 0, 0
    provinces = len(model.grid.case.provinces)
    for chosen in _groups(model.grid):
        if seconds() <= 0 or without_gain > 2 * provinces:
            return best
        start, done = columns(best), done + len(chosen)
        fixed, values = _standing_columns(model, chosen, start)
        program = _eased(model, kept, float(begin.relief), min(1.0, done / provinces))
        answer = run(
            program.with_fixed(fixed, values),
            seconds=min(SECONDS_AT_ONCE, seconds()),
            gap=gap,
            start=start,
        )
        without_gain += 1
        if answer.columns is None:
            continue
        found = lawful_plan(model.grid, model.batches_in(answer.columns), least_change=least_change)
        if found is not None and kept.by(found) and worth(found) > worth(best) + 1e-9:
            best, without_gain = found, 0
    return best


def _eased(model: Model, kept: Kept, begin: float, share: float) -> Program:
    """Return the program that may give up only its share of the relief that may be given up.

    Else the first provinces planned again would use up what all may.
    """
    if model.relief_row == NO_COLUMN or not kept.relief:
        return model.program
    spare = max(0.0, begin / float(kept.relief) - 1.0)
    return model.program.with_least(model.relief_row, 1.0 + spare * (1.0 - share))


def _groups(grid: Grid) -> Iterator[frozenset[str]]:
    """Yield provinces to plan again together: all once, then all again, in another order."""
    count = dict.fromkeys(grid.case.provinces, 0)
    for cell in grid.cells:
        count[grid.purses[cell.purse].pool[0]] += 1
    order = np.random.default_rng(0)
    at_once = float(CELLS_AT_ONCE)
    while any(count.values()):
        chosen: list[str] = []
        for province in map(str, order.permutation(sorted(count))):
            size = sum(count[other] for other in chosen) + count[province]
            if len(chosen) >= 2 and size > at_once:
                yield frozenset(chosen)
                chosen = []
            chosen.append(province)
        yield frozenset(chosen)
        at_once *= WIDENING


def _standing_columns(
    model: Model, chosen: frozenset[str], columns: Floats
) -> tuple[Whole, Floats]:
    """Return the columns of batches, runs and money outside the chosen provinces."""
    grid = model.grid
    outside = np.array([purse.pool[0] not in chosen for purse in grid.purses])
    cells = outside[grid.cell_purse]
    running = cells & (model.runs != NO_COLUMN)
    found = np.concatenate((model.batches[cells], model.runs[running], model.money[outside]))
    return found, columns[found]
