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


def relaxation(
    grid: Grid, goal: Goal, ways: Sequence[Way], seconds: Callable[[], float]
) -> Relaxed | None:
    """Return the bound with all ways at once; None where time ran out."""
    needs = range(len(grid.case.needs))
    model = program_for(goal, grid, Draft(grid), needs, ways, relaxed=True)
    answer = run(model.program, seconds=seconds(), relaxed=True)
    if answer.row_duals is None or answer.columns is None:
        return None
    return Relaxed(-goal.sign * answer.bound * goal.scale, _used(model, answer.columns))


def _used(model: Model, columns: Floats) -> dict[Key, float]:
    return {
        key: float(columns[column])
        for key, column in model.lots.items()
        if columns[column] > NOTHING
    }
