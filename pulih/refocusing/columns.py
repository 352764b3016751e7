"""The same model said in whole plans of regencies: each regency follows one of those at hand.

Relaxed, it is far tighter than batches by themselves, for half a set-up is never paid. What it
still forgets, that the free money of a pool buys whole batches only, states of pools say where
all regencies of a pool pay the same; elsewhere pool cuts give it back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from pulih.highs import INFINITY
from pulih.refocusing.grid import Floats, Grid, Whole
from pulih.refocusing.model import Changes, Model, minimise_change, money_rule_holds
from pulih.refocusing.pools import PoolCut
from pulih.refocusing.program import Program
from pulih.refocusing.regencies import Prices, Regencies
from pulih.refocusing.states import NO_POOL, Held, States, pools_are_in_states, states_of


@dataclass
class Plans:
    """Plans of regencies at hand, each once; `known` keeps their keys."""

    regencies: Regencies
    regency: Whole
    batches: Whole
    relief: Floats
    known: set[bytes] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.regency)

    def add(self, regency: Whole, batches: Whole) -> int:
        """Add what is new. Returns how many plans that were."""
        keys = np.column_stack((regency, batches)).astype(np.int32)
        fresh = []
        for place, key in enumerate(row.tobytes() for row in keys):
            if key not in self.known:
                self.known.add(key)
                fresh.append(place)
        chosen = np.array(fresh, dtype=np.int64)
        self.regency = np.concatenate((self.regency, regency[chosen]))
        self.batches = np.concatenate((self.batches, batches[chosen]))
        relief = self.regencies.relief(regency[chosen], batches[chosen])
        self.relief = np.concatenate((self.relief, relief))
        return len(fresh)

    def add_whole(self, batches: Sequence[int]) -> int:
        """Add what each regency does in a plan of the whole grid."""
        return self.add(np.arange(len(self.regencies)), in_rows(self.regencies, batches))


def in_rows(regencies: Regencies, batches: Sequence[int]) -> Whole:
    """Return batches by cell as one row per regency."""
    counts = np.append(np.array(batches, dtype=np.int64), 0)  # The last stands for no cell.
    return np.asarray(counts[regencies.cell])


def no_plans(regencies: Regencies) -> Plans:
    """Return the idle plan of every regency and nothing else."""
    shape = (0, regencies.most.shape[1])
    none = np.zeros(0, dtype=np.int64)
    plans = Plans(regencies, none, np.zeros(shape, dtype=np.int64), np.zeros(0))
    plans.add(np.arange(len(regencies)), np.zeros((len(regencies), shape[1]), dtype=np.int64))
    return plans


@dataclass(frozen=True)
class Aim:
    """What is minimised: money and change at their prices, less relief at its price.

    coverage: every province's least, or the greatest that all can reach when None.
    relief: the least total; tops: the most a purse may hold, where change counts.
    """

    coverage: float | None
    relief: float = 0.0
    relief_price: float = 0.0
    money: Floats | None = None
    tops: Floats | None = None


@dataclass
class PlanModel:
    """A program over plans, and where its rows and columns are."""

    grid: Grid
    plans: Plans
    cuts: Sequence[PoolCut]
    program: Program
    money: Whole
    chosen: Whole  # One column per plan.
    pool_rows: Whole
    one_rows: Whole
    coverage_rows: Whole  # One per province of the case.
    relief_row: int
    limit_rows: Whole
    rule_rows: list[int]
    cut_rows: Whole
    worst: int
    changes: Changes | None
    states: States
    held: Held

    def batches_in(self, columns: Floats) -> list[int]:
        """Return batches by cell of a solution in whole plans."""
        found = np.zeros(len(self.grid.cells), dtype=np.int64)
        for plan in np.flatnonzero(columns[self.chosen] > 0.5):
            cell = self.plans.regencies.cell[self.plans.regency[plan]]
            has = cell >= 0
            found[cell[has]] = self.plans.batches[plan][has]
        return [int(count) for count in found]

    def money_prices(self, duals: Floats) -> Floats:
        """Return what a unit of money counts in every purse, beside what it buys."""
        prices = np.concatenate(self.program.cost)[self.money]
        for row, rule in zip(self.rule_rows, self.grid.rules, strict=True):
            dual = max(0.0, float(duals[row]))
            if dual:
                for pool, count in rule.coefficients.items():
                    prices[self.grid.purse_index[pool]] -= dual * count / rule.per_rupiah
        return prices

    def limit_prices(self, duals: Floats) -> Floats:
        """Return what limits add to the price of a batch, by cell; the last stands for none."""
        of_cell = np.zeros(len(self.grid.cells) + 1)
        for row, bound in zip(self.limit_rows, self.grid.bounds, strict=True):
            of_cell[list(bound.cells)] -= duals[row]
        return of_cell

    def prices(self, duals: Floats) -> Prices:
        """Return what a regency's plan pays and earns at these row duals."""
        regencies = self.plans.regencies
        of_money = np.maximum(0.0, duals[self.pool_rows])[regencies.purse]
        relief = duals[self.coverage_rows][regencies.province] + duals[self.relief_row]
        step, setup = regencies.step * of_money, regencies.setup * of_money
        if self.states.pools:
            pool = self.states.of_purse[regencies.purse]
            in_states = pool != NO_POOL
            step = step + np.maximum(0.0, duals[self.held.batch_rows])[pool] * in_states
            setup = setup + np.maximum(0.0, duals[self.held.run_rows])[pool] * in_states
        step = step + self.limit_prices(duals)[regencies.cell]
        for row, cut in zip(self.cut_rows, self.cuts, strict=True):
            dual = max(0.0, float(duals[row]))
            if dual:
                step[cut.regencies, cut.measure] += dual * cut.more
                setup[cut.regencies, cut.measure] += dual * (cut.first - cut.more)
        return Prices(np.maximum(0.0, relief), step, setup)


def plan_model(
    grid: Grid, plans: Plans, cuts: Sequence[PoolCut], aim: Aim, *, whole: bool
) -> PlanModel:
    """Return the program of an aim; plans and cuts come last, so that a basis can be kept."""
    program, regencies = Program(), plans.regencies
    cuts = [cut for cut in cuts if aim.tops is not None or not cut.change]
    level = aim.coverage
    worst = program.columns(1, lower=level or 0.0, upper=1.0 if level is None else level)
    total = program.columns(
        1, lower=aim.relief, upper=max(aim.relief, float(sum(grid.full.values())))
    )
    money, states = _money_columns(program, grid), states_of(grid, aim.tops)
    held = pools_are_in_states(
        program, states, money, counts_change=aim.tops is not None, whole=whole
    )
    count_of = int(worst[0]), int(total[0])
    parts, changes = _objective(program, grid, money, aim, count_of, states, held)
    limit_rows, rule_rows = _rules(program, grid, money)
    width = program.width
    chosen = program.columns(len(plans), upper=1.0 if whole else INFINITY, whole=whole)
    assert int(chosen[0]) == width
    place, measure = np.nonzero(plans.batches)
    purse = regencies.purse[plans.regency[place], measure]
    taken = purse, chosen[place], -spending(plans, place, measure)
    pool_rows = _pool_rows(program, grid, money, taken)
    bought, count = chosen[place], plans.batches[place, measure].astype(np.float64)
    program.entries += states.entries(held, purse, bought, bought, count)
    one_rows = program.rows(len(regencies), (plans.regency, chosen, 1.0), least=1.0, most=1.0)
    coverage_rows = _coverage(program, grid, plans, chosen, worst)
    relief_row = program.rows(
        1,
        (np.zeros(len(plans)), chosen, plans.relief),
        (np.zeros(1), total, -np.ones(1)),
        least=0.0,
    )
    _limited(program, grid, plans, chosen, place, measure, limit_rows)
    cut_rows = [_cut(program, cut, plans, money, changes, chosen, place, measure) for cut in cuts]
    program.minimise(*parts)
    return PlanModel(
        grid,
        plans,
        cuts,
        program,
        money,
        chosen,
        pool_rows,
        one_rows,
        coverage_rows,
        int(relief_row[0]),
        limit_rows,
        rule_rows,
        np.array(cut_rows, dtype=np.int64),
        int(worst[0]),
        changes,
        states,
        held,
    )


def _money_columns(program: Program, grid: Grid) -> Whole:
    floor = np.array([purse.floor for purse in grid.purses]) / grid.scale
    fixed = np.array([purse.is_fixed for purse in grid.purses], dtype=bool)
    spare = max(0.0, grid.case.settings.ceiling / grid.scale - floor.sum())
    return program.columns(len(floor), lower=floor, upper=np.where(fixed, floor, floor + spare))


def _pool_rows(
    program: Program, grid: Grid, money: Whole, taken: tuple[Whole, Whole, Floats]
) -> Whole:
    """(1)  money of a pool - what plans spend of it >= blocked."""
    blocked = np.array([purse.blocked for purse in grid.purses]) / grid.scale
    return program.rows(len(money), (np.arange(len(money)), money, 1.0), taken, least=blocked)


def spending(plans: Plans, place: Whole, measure: Whole) -> Floats:
    """Return the money that plans spend on a measure, in solver units."""
    regency = plans.regency[place]
    step, setup = plans.regencies.step[regency, measure], plans.regencies.setup[regency, measure]
    return np.asarray(step * plans.batches[place, measure] + setup)


def _objective(
    program: Program,
    grid: Grid,
    money: Whole,
    aim: Aim,
    count_of: tuple[int, int],
    states: States,
    held: Held,
) -> tuple[tuple[Whole, Floats], Changes | None]:
    """Return the columns that count and what they count, and the columns of change.

    count_of: the columns of the smallest coverage and of all relief.
    """
    worst, total = count_of
    changes = None
    columns, costs = [np.array([total])], [np.array([-aim.relief_price])]
    if aim.coverage is None:
        columns, costs = [*columns, np.array([worst])], [*costs, np.array([-1.0])]
    if aim.money is not None:
        columns, costs = [*columns, money], [*costs, aim.money]
    if aim.tops is not None:
        none = np.zeros(0, dtype=np.int64)
        model = Model(grid, program, none, none, money, none.reshape(0, 0))
        changes = minimise_change(model, aim.tops, set(states.purse.tolist()))
        every = np.concatenate(program.cost)
        counted = np.flatnonzero(every)
        columns, costs = [*columns, counted, held.columns], [*costs, every[counted], held.costs]
    return (np.concatenate(columns), np.concatenate(costs)), changes


def _rules(program: Program, grid: Grid, money: Whole) -> tuple[Whole, list[int]]:
    """Add rows for limits, still empty, and for the rules on money."""
    least = np.array([float(bound.least) for bound in grid.bounds])
    most = [INFINITY if bound.most is None else float(bound.most) for bound in grid.bounds]
    limit_rows = program.rows(len(grid.bounds), least=least, most=np.array(most))
    none = np.zeros(0, dtype=np.int64)
    model = Model(grid, program, none, none, money, none.reshape(0, 0))
    return limit_rows, [int(money_rule_holds(model, rule)[0]) for rule in grid.rules]


def _limited(
    program: Program,
    grid: Grid,
    plans: Plans,
    chosen: Whole,
    place: Whole,
    measure: Whole,
    rows: Whole,
) -> None:
    """(4)  least <= sum of batches of plans <= most, over a regency or a province."""
    cell = plans.regencies.cell[plans.regency[place], measure]
    for row, bound in zip(rows, grid.bounds, strict=True):
        inside = np.flatnonzero(np.isin(cell, bound.cells))
        counts = plans.batches[place[inside], measure[inside]]
        entry = (np.full(len(inside), row), chosen[place[inside]], counts.astype(np.float64))
        program.entries.append(entry)


def _coverage(program: Program, grid: Grid, plans: Plans, chosen: Whole, worst: Whole) -> Whole:
    """(6)  relief[p] >= full[p] x t."""
    full = np.array([float(grid.full[province]) for province in grid.case.provinces])
    return program.rows(
        len(full),
        (plans.regencies.province[plans.regency], chosen, plans.relief),
        (np.arange(len(full)), np.full(len(full), worst[0]), -full),
        least=0.0,
    )


def _cut(
    program: Program,
    cut: PoolCut,
    plans: Plans,
    money: Whole,
    changes: Changes | None,
    chosen: Whole,
    place: Whole,
    measure: Whole,
) -> int:
    """(10) cost of a pool's money - worth of what is bought >= least; see `pools`."""
    first, more = cut.by_regency(len(plans.regencies))
    regency = plans.regency[place]
    inside = np.flatnonzero((measure == cut.measure) & (first[regency] > 0))
    counts = plans.batches[place[inside], measure[inside]]
    taken = first[regency[inside]] + more[regency[inside]] * (counts - 1)
    entries = [
        (np.zeros(1), money[[cut.purse]], np.full(1, cut.money)),
        (np.zeros(len(inside)), chosen[place[inside]], -taken),
    ]
    if changes is not None and cut.change:
        columns, costs = changes.of_purse(cut.purse)
        entries.append((np.zeros(len(columns)), columns, cut.change * costs))
    rows = program.rows(1, *entries, least=cut.least)
    return int(rows[0])
