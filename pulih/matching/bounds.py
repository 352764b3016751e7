"""Proven bounds: the relaxation of a stage, on all its ways or growing by priced ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from pulih.matching.answer import Answer
from pulih.matching.draft import Draft, Key
from pulih.matching.goal import Goal, program_for
from pulih.matching.grid import Floats, Grid
from pulih.matching.model import Model, Way
from pulih.matching.neighbours import Field
from pulih.matching.program import run
from pulih.matching.ways import Ways

NOTHING = 1e-7  # Lots below this are none.


@dataclass(frozen=True)
class Relaxed:
    """The proven bound in the stage's unit, and the ways that the relaxation uses, with lots."""

    bound: float
    used: dict[Key, float]


def quick_bound(grid: Grid, goal: Goal, ways: Sequence[Ways], begin: Answer) -> float:
    """Return what holds without any program: no need gets more than its makers could send."""
    match goal.name:
        case "fill":
            return sum(_most_fill(grid, each) for each in ways)
        case "work":
            firms = {int(firm) for each in ways for firm in np.unique(_firms(grid, each))}
            return float(sum(grid.severity[firm] for firm in sorted(firms)))
        case "cost":
            return 0.0


def _firms(grid: Grid, ways: Ways) -> Floats:
    return grid.capacity_firm[ways.capacity].astype(np.float64)


def _most_fill(grid: Grid, ways: Ways) -> float:
    need = grid.case.needs[ways.need]
    capacities, first = np.unique(ways.capacity, return_index=True)
    units = float(sum((ways.top[first] * grid.lot[capacities]).tolist()))
    share, total = min(1.0, units / need.quantity), 0.0
    for width, weight in grid.case.settings.fill:
        total += float(weight) * min(float(width), share)
        share -= min(float(width), share)
    return float(need.weight) * total * (1 + 1e-12)


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


def growing_relaxation(field: Field, goal: Goal, seconds: Callable[[], float]) -> Relaxed | None:
    """Return the bound from some ways, more of them while duals show that they would help."""
    return None
