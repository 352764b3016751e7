"""A plan as a value for every column, so that a stage begins where the one before ended."""

import numpy as np

from pulih.refocusing.grid import Floats, Grid
from pulih.refocusing.lawful_plan import LawfulPlan
from pulih.refocusing.model import NO_COLUMN, Changes, Model
from pulih.refocusing.money import lines_after


def columns_of(model: Model, plan: LawfulPlan) -> Floats:
    """Return the columns that every stage shares; the rest is 0."""
    grid = model.grid
    columns = np.zeros(model.program.width)
    batches = np.array(plan.batches, dtype=np.float64)
    columns[model.batches] = batches
    switched = model.runs != NO_COLUMN
    columns[model.runs[switched]] = batches[switched] > 0
    columns[model.money] = np.array(plan.money, dtype=np.float64) / grid.scale
    columns[model.served.ravel()] = filled_steps(grid, batches).ravel()
    return columns


def filled_steps(grid: Grid, batches: Floats) -> Floats:
    """Return how much of each step of F each need fills, one row per need."""
    needs = grid.needs
    rest = np.zeros(len(needs))
    np.add.at(rest, needs.pair_need, needs.pair_share * batches[needs.pair_cell])
    filled = np.zeros((len(needs), len(grid.steps)))
    for step, (width, _) in enumerate(grid.steps):
        filled[:, step] = np.minimum(width, rest)
        rest = rest - filled[:, step]
    return filled


def change_columns(columns: Floats, changes: Changes, grid: Grid, plan: LawfulPlan) -> None:
    """Fill in what rises and falls in this plan."""
    after = lines_after(grid, plan.money)
    for index, (purse, held) in enumerate(zip(grid.purses, plan.money, strict=True)):
        risen = max(0, held - purse.before)
        columns[changes.rises[index]] = risen / grid.scale
        columns[changes.has_risen[index]] = risen > 0
    falling = [line for p in grid.purses for line in p.lines if line.ceiling > line.floor]
    for index, line in enumerate(falling):
        fallen = max(0, line.ceiling - after[line.code])
        columns[changes.falls[index]] = fallen / grid.scale
        columns[changes.has_fallen[index]] = fallen > 0
