"""The contract's model, one function an equation; money in solver units of `grid.scale` rupiah.

Variables: k batches per cell, z whether a cell runs, s share of a need served along each step
of F, M money per purse, t the smallest coverage, and for the third stage what rises or falls.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from pulih.highs import INFINITY
from pulih.refocusing.grid import Floats, Grid, Purse, Whole
from pulih.refocusing.program import Program
from pulih.refocusing.rules import MoneyRule

NO_COLUMN = -1


@dataclass
class Model:
    """A program over a grid, and which of its columns mean what."""

    grid: Grid
    program: Program
    batches: Whole
    runs: Whole  # NO_COLUMN where a cell needs no set-up column.
    money: Whole
    served: Whole  # One row per need, one column per step of F.
    rule_rows: list[int] = field(default_factory=list)  # One per money rule of the grid.
    relief_row: int = NO_COLUMN  # The row of (7), where there is one.
    room: int = 0  # By how many batches a cell may pass its most.

    def switches_for(self, batches: Sequence[int]) -> tuple[Whole, Floats]:
        """Return every whole column but money, and its value for these batches."""
        values = np.array(batches, dtype=np.float64)
        switched = self.runs != NO_COLUMN
        columns = np.concatenate((self.batches, self.runs[switched]))
        return columns, np.concatenate((values, (values[switched] > 0).astype(np.float64)))

    def batches_in(self, columns: Floats) -> list[int]:
        """Return whole batches by cell from a solution."""
        return [round(value) for value in columns[self.batches]]


def model_of(grid: Grid, *, is_tight: bool = False, relaxed: bool = False, room: int = 0) -> Model:
    """Return the variables of a grid with all that must hold in every stage.

    is_tight: say (3) per measure, which costs columns and gives much better bounds.
    relaxed: to be solved as a relaxation, where a cell pays as much of its set-up as it makes of
    its most batches: the same answer with half the columns and a quarter of the rows.
    room: by how many batches a cell may pass its most.
    """
    program = Program()
    model = Model(
        grid,
        program,
        batches=program.columns(len(grid.cells), upper=grid.most + room, whole=True),
        runs=_run_columns(program, grid, relaxed=relaxed),
        money=_money_columns(program, grid),
        served=_served_columns(program, grid),
        room=room,
    )
    money_pays_for_units(model)
    a_cell_runs_before_it_makes_batches(model)
    if is_tight:
        each_measure_fills_steps_where_it_runs(model)
    else:
        served_firms_fill_the_steps(model)
    limits_hold(model)
    model.rule_rows = [int(money_rule_holds(model, rule)[0]) for rule in grid.rules]
    return model


def _run_columns(program: Program, grid: Grid, *, relaxed: bool) -> Whole:
    runs = np.full(len(grid.cells), NO_COLUMN, dtype=np.int64)
    need_one = (grid.setup_money > 0) & (grid.most > 1) & (not relaxed)
    runs[need_one] = program.columns(int(need_one.sum()), upper=1.0, whole=True)
    return runs


def _money_columns(program: Program, grid: Grid) -> Whole:
    floor = np.array([purse.floor for purse in grid.purses]) / grid.scale
    top = np.where([purse.is_fixed for purse in grid.purses], floor, INFINITY)
    return program.columns(len(floor), lower=floor, upper=top, whole=grid.scale == 1.0)


def _served_columns(program: Program, grid: Grid) -> Whole:
    widths = np.tile([width for width, _ in grid.steps], len(grid.needs))
    columns = program.columns(len(widths), upper=widths)
    return columns.reshape(len(grid.needs), len(grid.steps))


def money_pays_for_units(model: Model) -> None:
    """(1)  M[p,m] - sum of (unit costs k + set-ups z) >= blocked[p,m]."""
    grid = model.grid
    used = np.flatnonzero(np.bincount(grid.cell_purse, minlength=len(grid.purses)))
    row_of = np.zeros(len(grid.purses), dtype=np.int64)
    row_of[used] = np.arange(len(used))
    rows = row_of[grid.cell_purse]
    alone = model.runs == NO_COLUMN  # Its set-up is paid with its batches, mostly with the one.
    setup = grid.setup_money / np.maximum(1.0, grid.most + model.room)
    model.program.rows(
        len(used),
        (np.arange(len(used)), model.money[used], 1.0),
        (rows, model.batches, -(grid.step_money + np.where(alone, setup, 0.0))),
        (rows[~alone], model.runs[~alone], -grid.setup_money[~alone]),
        least=[grid.purses[index].blocked / grid.scale for index in used],
    )


def a_cell_runs_before_it_makes_batches(model: Model) -> None:
    """(2)  k <= most z, where a set-up costs money."""
    cells = np.flatnonzero(model.runs != NO_COLUMN)
    rows = np.arange(len(cells))
    model.program.rows(
        len(cells),
        (rows, model.batches[cells], 1.0),
        (rows, model.runs[cells], -model.grid.most[cells]),
        most=0.0,
    )


def served_firms_fill_the_steps(model: Model) -> None:
    """(3)  sum of steps s[r,n] <= sum over m of relief x batch x k / firms."""
    needs, served = model.grid.needs, model.served
    count, steps = served.shape
    model.program.rows(
        count,
        (np.repeat(np.arange(count), steps), served.ravel(), 1.0),
        (needs.pair_need, model.batches[needs.pair_cell], -needs.pair_share),
        most=0.0,
    )


def each_measure_fills_steps_where_it_runs(model: Model) -> None:
    """(3') s[r,n] = sum over m of s[r,n,m]; s[r,n,m] <= relief k / firms and <= width z."""
    grid, needs, program = model.grid, model.grid.needs, model.program
    count, steps = model.served.shape
    widths = np.tile([width for width, _ in grid.steps], len(needs.pair_need))
    filled = program.columns(len(widths), upper=widths)
    step = np.tile(np.arange(steps), len(needs.pair_need))
    program.rows(
        count * steps,
        (np.arange(count * steps), model.served.ravel(), 1.0),
        (np.repeat(needs.pair_need, steps) * steps + step, filled, -1.0),
        most=0.0,
    )
    pairs = np.arange(len(needs.pair_need))
    program.rows(
        len(pairs),
        (np.repeat(pairs, steps), filled, 1.0),
        (pairs, model.batches[needs.pair_cell], -needs.pair_share),
        most=0.0,
    )
    switch = np.where(grid.most == 1, model.batches, model.runs)[needs.pair_cell]
    switches = np.repeat(switch, steps)
    switched = switches != NO_COLUMN
    rows = np.arange(int(switched.sum()))
    program.rows(
        len(rows),
        (rows, filled[switched], 1.0),
        (rows, switches[switched], -widths[switched]),
        most=0.0,
    )


def limits_hold(model: Model) -> None:
    """(4)  least <= sum of k <= most, in batches, over a regency or a province."""
    for bound in model.grid.bounds:
        cells = list(bound.cells)
        model.program.rows(
            1,
            (np.zeros(len(cells)), model.batches[cells], 1.0),
            least=bound.least,
            most=INFINITY if bound.most is None else bound.most,
        )


def money_rule_holds(model: Model, rule: MoneyRule) -> Whole:
    """(5)  ceiling, amounts, shares: sum of coefficient x M >= least."""
    places = [model.grid.purse_index[pool] for pool in rule.coefficients]
    values = np.array([float(a) for a in rule.coefficients.values()]) / rule.per_rupiah
    return model.program.rows(
        1,
        (np.zeros(len(places)), model.money[places], values),
        least=rule.least / rule.per_rupiah / model.grid.scale,
    )


def relief_weights(model: Model) -> Floats:
    """Return the relief in firms of each step column, in the shape of `served`."""
    weights = np.array([weight for _, weight in model.grid.steps])
    return np.outer(model.grid.needs.weight, weights)


def coverage_reaches(model: Model, unit: float, target: int | None = None) -> Whole:
    """(6)  relief[p] / (full[p] x unit) >= t, or >= 1 without a column for t. Returns its rows."""
    grid, needs = model.grid, model.grid.needs
    full = np.array([float(grid.full[p]) for p in grid.provinces]) * unit
    rows = np.repeat(needs.province, model.served.shape[1])
    shares = relief_weights(model) / full[needs.province][:, None]
    entries = [(rows, model.served.ravel(), shares.ravel())]
    if target is not None:
        entries.append((np.arange(len(full)), np.full(len(full), target), -np.ones(len(full))))
    return model.program.rows(len(full), *entries, least=1.0 if target is None else 0.0)


def relief_reaches(model: Model, firms: float) -> None:
    """(7)  total relief / firms >= 1."""
    served = model.served.ravel()
    weights = relief_weights(model).ravel() / firms
    rows = model.program.rows(1, (np.zeros(len(served)), served, weights), least=1.0)
    model.relief_row = int(rows[0])


def maximise_worst(model: Model, unit: float) -> Whole:
    """Maximise t, the smallest coverage counted in `unit`. Returns its column."""
    worst = model.program.columns(1, upper=1.0 / unit)
    coverage_reaches(model, unit, int(worst[0]))
    model.program.minimise(worst, -1.0)
    return worst


def maximise_relief(model: Model, unit: float) -> None:
    """Maximise total relief counted in `unit` firms."""
    model.program.minimise(model.served.ravel(), -relief_weights(model).ravel() / unit)


def minimise_money(model: Model, prices: ArrayLike = 1.0) -> None:
    """Minimise money, each purse's rupiah counted at its price."""
    model.program.minimise(model.money, prices)


@dataclass
class Changes:
    """Columns of the third stage: a purse rises in one line, falls in several."""

    rises: Whole
    has_risen: Whole
    falls: Whole
    has_fallen: Whole
    fall_lines: list[tuple[int, int]]  # (purse, most rupiah it may fall), one per falling line.
    per_line: float  # What changing a line costs, in solver money.

    def of_purse(self, purse: int) -> tuple[Whole, Floats]:
        """Return the columns in which a purse's change counts, and what each counts."""
        lines = np.array([p == purse for p, _ in self.fall_lines], dtype=bool)
        moved = np.concatenate((self.rises[[purse]], self.falls[lines]))
        switched = np.concatenate((self.has_risen[[purse]], self.has_fallen[lines]))
        costs = np.repeat((1.0, self.per_line), (len(moved), len(switched)))
        return np.concatenate((moved, switched)), costs


def minimise_change(model: Model, top: Floats, states: Collection[int] = frozenset()) -> Changes:
    """Minimise rupiah moved plus `change_cost` per line changed, in solver money.

    top: the most each purse may hold, which keeps the switches tight; states: purses whose change
    counts by their state (11).
    """
    grid, program = model.grid, model.program
    cost = grid.case.settings.change_cost / grid.scale
    before = np.array([purse.before for purse in grid.purses]) / grid.scale
    stays = np.array([p.is_fixed or place in states for place, p in enumerate(grid.purses)], bool)
    room = np.maximum(0.0, np.where(stays, 0.0, top - before))
    lines = [line for line in _falling_lines(grid.purses) if line[0] not in states]
    depth = np.array([most for _, most in lines], dtype=np.float64) / grid.scale
    whole = grid.scale == 1.0
    changes = Changes(
        rises=program.columns(len(room), upper=room, whole=whole),
        has_risen=program.columns(len(room), upper=1.0, whole=True),
        falls=program.columns(len(depth), upper=depth, whole=whole),
        has_fallen=program.columns(len(depth), upper=1.0, whole=True),
        fall_lines=lines,
        per_line=cost,
    )
    others = [place for place in range(len(before)) if place not in states]
    money_is_what_was_held_and_what_moved(model, changes, before, others)
    only_changed_lines_move(model, changes, room, depth)
    costs = [np.ones(len(room)), np.full(len(room), cost)]
    costs += [np.ones(len(depth)), np.full(len(depth), cost)]
    columns = [changes.rises, changes.has_risen, changes.falls, changes.has_fallen]
    program.minimise(np.concatenate(columns), np.concatenate(costs))
    return changes


def _falling_lines(purses: Collection[Purse]) -> list[tuple[int, int]]:
    return [
        (index, line.ceiling - line.floor)
        for index, purse in enumerate(purses)
        for line in purse.lines
        if line.ceiling > line.floor
    ]


def money_is_what_was_held_and_what_moved(
    model: Model, changes: Changes, before: Floats, purses: Sequence[int]
) -> None:
    """(8)  M = before + rises - falls."""
    rows, row_of = np.arange(len(purses)), {purse: row for row, purse in enumerate(purses)}
    model.program.rows(
        len(purses),
        (rows, model.money[list(purses)], 1.0),
        (rows, changes.rises[list(purses)], -1.0),
        ([row_of[purse] for purse, _ in changes.fall_lines], changes.falls, 1.0),
        least=before[list(purses)],
        most=before[list(purses)],
    )


def only_changed_lines_move(model: Model, changes: Changes, room: Floats, depth: Floats) -> None:
    """(9)  rises <= room, falls <= depth, each only where the line counts as changed."""
    for moved, switch, most in (
        (changes.rises, changes.has_risen, room),
        (changes.falls, changes.has_fallen, depth),
    ):
        rows = np.arange(len(moved))
        model.program.rows(len(moved), (rows, moved, 1.0), (rows, switch, -most), most=0.0)
