"""A province as one plain program of batches and runs, with the cuts that its plans taught."""

from dataclasses import dataclass

import numpy as np

from pulih.refocusing.columns import Aim
from pulih.refocusing.generate import Country
from pulih.refocusing.grid import Floats, Grid
from pulih.refocusing.model import (
    NO_COLUMN,
    Changes,
    Model,
    coverage_reaches,
    minimise_change,
    model_of,
    relief_weights,
)
from pulih.refocusing.money import change_of
from pulih.refocusing.pools import PoolCut
from pulih.refocusing.program import Answer, run
from pulih.refocusing.regencies import NO_CELL
from pulih.refocusing.states import Held, States, pools_are_in_states, states_of


@dataclass(frozen=True)
class Choice:
    """A province's lawful batches, by cell of its part, and its money by purse."""

    batches: tuple[int, ...]
    money: Floats


def change_in(grid: Grid, choice: Choice) -> float:
    """Return what a choice changes, in solver money."""
    return change_of(grid, [round(held * grid.scale) for held in choice.money]) / grid.scale


def plainly(
    own: Country, aim: Aim, begin: Choice | None, *, slack: float, seconds: float
) -> tuple[Answer, Choice | None]:
    """Return what the plain program of a province and its cuts prove and find."""
    grid, model = own.grid, model_of(own.grid)
    if aim.coverage and grid.provinces:
        coverage_reaches(model, aim.coverage)
    states = states_of(grid, aim.tops)
    held = cells_run_in_states(model, states, counts_change=aim.tops is not None)
    changes = None
    columns, costs = [model.served.ravel()], [-aim.relief_price * relief_weights(model).ravel()]
    if aim.money is not None:
        columns, costs = [*columns, model.money], [*costs, aim.money]
    if aim.tops is not None:
        changes = minimise_change(model, aim.tops, set(states.purse.tolist()))
        counted = np.flatnonzero(np.concatenate(model.program.cost))
        costs = [*costs, np.concatenate(model.program.cost)[counted], held.costs]
        columns = [*columns, counted, held.columns]
    model.program.minimise(np.concatenate(columns), np.concatenate(costs))
    for cut in own.cuts:
        if changes is not None or not cut.change:
            _plain_cut(model, own, cut, changes)
    hint = None if begin is None else model.switches_for(begin.batches)
    answer = run(model.program, seconds=seconds, slack=slack, hint=hint, is_small=True)
    if answer.columns is None:
        return answer, None
    return answer, Choice(tuple(model.batches_in(answer.columns)), answer.columns[model.money])


def cells_run_in_states(model: Model, states: States, *, counts_change: bool) -> Held:
    """Let cells run and buy from the states of their pools."""
    held = pools_are_in_states(
        model.program, states, model.money, counts_change=counts_change, whole=True
    )
    # A cell of one batch at most has no column for its run.
    runs = np.where(model.runs == NO_COLUMN, model.batches, model.runs)
    purses, one = model.grid.cell_purse, np.ones(len(runs))
    model.program.entries += states.entries(held, purses, runs, model.batches, one)
    return held


def _plain_cut(model: Model, own: Country, cut: PoolCut, changes: Changes | None) -> None:
    """(10) as in `columns`, in batches and runs."""
    cells = own.regencies.cell[cut.regencies, cut.measure]
    has_cell = cells != NO_CELL
    cells, first, more = cells[has_cell], cut.first[has_cell], cut.more[has_cell]
    # Without a column for its run a cell of many batches counts none, which is less.
    runs = model.runs[cells]
    alone = runs == NO_COLUMN
    entries = [
        (np.zeros(1), model.money[[cut.purse]], np.full(1, cut.money)),
        (
            np.zeros(len(cells)),
            model.batches[cells],
            -np.where(own.grid.most[cells] == 1, first, more),
        ),
        (np.zeros(int((~alone).sum())), runs[~alone], -(first - more)[~alone]),
    ]
    if changes is not None and cut.change:
        columns, costs = changes.of_purse(cut.purse)
        entries.append((np.zeros(len(columns)), columns, cut.change * costs))
    model.program.rows(1, *entries, least=cut.least)
