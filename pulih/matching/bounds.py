"""Proven bounds: the relaxation of a stage on all its ways."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pulih.matching.draft import Draft, Key
from pulih.matching.goal import Goal, program_for
from pulih.matching.grid import Floats, Grid
from pulih.matching.model import Model, Way
from pulih.matching.program import run

NOTHING = 1e-7  # Lots below this are none.


@dataclass(frozen=True)
class Relaxed:
    """The proven bound in the stage's unit, and the ways that the relaxation uses, with lots."""

    bound: float
    used: dict[Key, float]
    weeks: dict[int, float]  # What a week of a firm is worth, in the stage's unit.
    shares: dict[tuple[int, int], float]  # The same of a unit of a regency's share of a product.


def relaxation(
    grid: Grid, goal: Goal, ways: Sequence[Way], seconds: Callable[[], float]
) -> Relaxed | None:
    """Return the bound with all ways at once; None where time ran out."""
    needs = range(len(grid.case.needs))
    model = program_for(goal, grid, Draft(grid), needs, ways, relaxed=True)
    answer = run(model.program, seconds=seconds(), relaxed=True)
    if answer.row_duals is None or answer.columns is None:
        return None
    weeks: dict[int, float] = {}
    for firm, row, units in model.time_rows:
        worth = max(0.0, -float(answer.row_duals[row])) * units * goal.scale
        weeks[firm] = weeks.get(firm, 0.0) + worth
    shares = {
        where: max(0.0, -float(answer.row_duals[row])) * units * goal.scale
        for where, row, units in model.share_rows
    }
    bound = -goal.sign * answer.bound * goal.scale
    return Relaxed(bound, _used(model, answer.columns), weeks, shares)


def _used(model: Model, columns: Floats) -> dict[Key, float]:
    return {
        key: float(columns[column])
        for key, column in model.lots.items()
        if columns[column] > NOTHING
    }
