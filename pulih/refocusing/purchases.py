"""Plans of a province's regencies joined with whole purchases of its pools: where cuts come from.

The program minimises what the pools cost less what relief earns. Its rows say that every run and
every batch of a regency's plan must be bought; their duals are the prices of the cuts.
"""

from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np

from pulih.highs import quiet_solver
from pulih.refocusing.grid import Floats, Grid, Whole
from pulih.refocusing.pools import DUST, Item, PoolCut, Purchase, Purchases, Till, lifted
from pulih.refocusing.program import Program
from pulih.refocusing.regencies import Regencies

ROUNDS = 30
ENOUGH = 1e-4  # Of the value, from where on better purchases hardly move the prices.
SHORT_RELIEF = 100.0  # Times the dearest price that relief may cost: what lacks it costs more.


@dataclass(frozen=True)
class Asked:
    """One province: its plans at hand and what they earn, what pools cost, the least relief.

    regency, batches, relief: one entry per plan; worth: what a plan earns less what limits
    price; tills: by measure, None where money costs nothing.
    """

    regencies: Regencies
    regency: Whole
    batches: Whole
    relief: Floats
    worth: Floats
    least: float
    tills: list[Till | None]


@dataclass
class Bought:
    """The prices of runs and batches, R x M, and the most that a purchase is worth at them."""

    run: Floats
    batch: Floats
    most: Floats


class Joined:
    """The program: plans first, then purchases as they are found."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        regencies = asked.regencies
        place, measure = np.nonzero(asked.batches)
        priced = np.array([till is not None for till in asked.tills])
        place, measure = place[priced[measure]], measure[priced[measure]]
        cells = asked.regency[place] * regencies.most.shape[1] + measure
        self.cells, row = np.unique(cells, return_inverse=True)
        self.row_of = {int(cell): index for index, cell in enumerate(self.cells)}
        self.program = program = Program()
        count = len(asked.regency)
        plans = program.columns(count, cost=-asked.worth)
        lacking = program.columns(1, cost=self._dear())
        places, ones = np.unique(asked.regency, return_inverse=True)
        program.rows(len(places), (ones, plans, 1.0), least=1.0, most=1.0)
        program.rows(
            1, (np.zeros(count), plans, asked.relief), ([0], lacking, 1.0), least=asked.least
        )
        self.pool_rows = program.rows(len(asked.tills), least=1.0, most=1.0)
        many = len(self.cells)
        self.run_rows = program.rows(many, (row, plans[place], 1.0), most=0.0)
        batches = asked.batches[place, measure].astype(np.float64)
        self.batch_rows = program.rows(many, (row, plans[place], batches), most=0.0)
        self.items: list[list[Item]] = self._items()
        self.item_of = {item.place: item for items in self.items for item in items}

    def _dear(self) -> float:
        """Return a price of lacking relief that nothing else is worth."""
        prices = [till.price for till in self.asked.tills if till is not None]
        regencies = self.asked.regencies
        cost = float((regencies.step * regencies.most + regencies.setup).sum())
        return SHORT_RELIEF * (1.0 + max(prices, default=1.0) * cost)

    def _items(self) -> list[list[Item]]:
        """Return what every pool may buy, in places of `cells`, worth nothing yet."""
        regencies = self.asked.regencies
        found: list[list[Item]] = [[] for _ in self.asked.tills]
        for index, cell in enumerate(self.cells):
            place, measure = divmod(int(cell), regencies.most.shape[1])
            item = Item(
                index,
                float(regencies.setup[place, measure]),
                float(regencies.step[place, measure]),
                int(regencies.most[place, measure]),
                0.0,
                0.0,
            )
            found[measure].append(item)
        return found

    def solved(self, seconds: Callable[[], float]) -> Bought | None:
        """Return the prices at which purchases cost most, the best ones in time."""
        for measure, till in enumerate(self.asked.tills):
            self._begin(measure, till)
        solver = quiet_solver()
        solver.passModel(self.program.as_highs())
        best, above = None, -np.inf
        for _ in range(ROUNDS):
            solver.setOptionValue("time_limit", solver.getRunTime() + max(0.0, seconds()))
            solver.run()
            if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                break
            value = solver.getInfo().objective_function_value
            found, gain, fresh = self._priced(np.array(solver.getSolution().row_dual))
            if value - gain > above:
                best, above = found, value - gain
            if gain <= ENOUGH * abs(value):
                break
            for measure, purchase in fresh:
                cost, rows, values = self._column(measure, purchase)
                solver.addCol(cost, 0.0, highspy.kHighsInf, len(rows), rows, values)
        return best

    def _priced(self, duals: Floats) -> tuple[Bought, float, list[tuple[int, Purchase]]]:
        """Return prices, what the best purchases gain at them, and those that gain."""
        on_run = np.maximum(0.0, -duals[self.run_rows])
        on_batch = np.maximum(0.0, -duals[self.batch_rows])
        most, gains, fresh = np.zeros(len(self.items)), 0.0, []
        for measure, (till, items) in enumerate(zip(self.asked.tills, self.items, strict=True)):
            if till is None:
                continue
            priced = [
                item._replace(run=float(on_run[item.place]), batch=float(on_batch[item.place]))
                for item in items
                if on_run[item.place] + on_batch[item.place] > DUST
            ]
            purchase = Purchases(till, priced).best()
            most[measure] = purchase.worth
            gain = purchase.worth + duals[self.pool_rows[measure]]
            if gain > DUST:
                gains += gain
                fresh.append((measure, purchase))
        return self._bought(on_run, on_batch, most), gains, fresh

    def _bought(self, on_run: Floats, on_batch: Floats, most: Floats) -> Bought:
        shape = self.asked.regencies.most.shape
        runs, batches = np.zeros(shape), np.zeros(shape)
        runs.ravel()[self.cells], batches.ravel()[self.cells] = on_run, on_batch
        return Bought(runs, batches, most)

    def _begin(self, measure: int, till: Till | None) -> None:
        """Give a pool its first purchases: none, each cell alone, and all of them."""
        self._add(measure, Purchase(0.0, ()))
        if till is None:
            return
        for item in self.items[measure]:
            self._add(measure, Purchase(0.0, ((item.place, item.most),)))
        if till.over is not None:
            every = tuple((item.place, item.most) for item in self.items[measure])
            self._add(measure, Purchase(0.0, every))

    def _add(self, measure: int, purchase: Purchase) -> None:
        cost, rows, values = self._column(measure, purchase)
        column = self.program.columns(1, cost=cost)
        self.program.entries.append((rows, np.full(len(rows), column[0]), values))

    def _column(self, measure: int, purchase: Purchase) -> tuple[float, Whole, Floats]:
        """Return what a purchase costs, and its rows."""
        items, till = self.item_of, self.asked.tills[measure]
        spent = sum(items[at].setup + items[at].step * count for at, count in purchase.counts)
        places = np.array([place for place, _ in purchase.counts], dtype=np.int64)
        counts = np.array([count for _, count in purchase.counts], dtype=np.float64)
        rows = (self.pool_rows[[measure]], self.run_rows[places], self.batch_rows[places])
        values = (np.ones(1), -np.ones(len(places)), -counts)
        cost = 0.0 if till is None else till.cost(spent)
        return cost, np.concatenate(rows), np.concatenate(values)


def cuts_of(
    grid: Grid,
    asked: Asked,
    bought: Bought,
    purses: Whole,
    change_cost: float | None,
    prices: Floats,
) -> list[PoolCut]:
    """Return one cut for every pool of a province whose money costs something.

    purses: of the province, by measure; prices: of money, by measure.
    """
    found = []
    own = np.flatnonzero(asked.regencies.purse[:, 0] == purses[0])
    for measure, till in enumerate(asked.tills):
        if till is None or not (bought.run[:, measure] + bought.batch[:, measure] > DUST).any():
            continue
        inside, first, batch, most = _with_all(asked, bought, measure, till, own)
        purse = grid.purses[purses[measure]]
        if change_cost is not None:
            price, scale, least = float(prices[measure]), 1.0, -most
        else:
            price, scale = 1.0, (1.0 if purse.is_fixed else float(prices[measure]))
            least = purse.floor / grid.scale - most / scale
        slack = 1e-9 * max(1.0, abs(least))
        found.append(
            PoolCut(
                int(purses[measure]),
                measure,
                inside,
                first / scale,
                batch / scale,
                price,
                0.0 if change_cost is None else 1.0,
                least - slack,
            )
        )
    return found


def _with_all(
    asked: Asked, bought: Bought, measure: int, till: Till, own: Whole
) -> tuple[Whole, Floats, Floats, float]:
    """Return regencies, their worth of a first and of a further batch, the most of any purchase.

    Cells that the program did not price are worth what changes nothing.
    """
    regencies = asked.regencies
    inside = own[regencies.most[own, measure] > 0]
    priced = bought.run[:, measure] + bought.batch[:, measure] > DUST
    purchases, items = Purchases(till), []
    for place in sorted(inside, key=lambda place: not priced[place]):
        item = Item(
            int(place),
            float(regencies.setup[place, measure]),
            float(regencies.step[place, measure]),
            int(regencies.most[place, measure]),
            float(bought.run[place, measure]),
            float(bought.batch[place, measure]),
        )
        item = item if priced[place] else lifted(purchases, item)
        purchases.add(item)
        items.append(item)
    first = np.array([item.run + item.batch for item in items])
    batch = np.array([item.batch for item in items])
    places = np.array([item.place for item in items], dtype=np.int64)
    return places, first, batch, purchases.best().worth
