"""A quick plan for one province: buy the most relief per rupiah until a coverage is reached."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pulih.refocusing.grid import Floats, Grid, Whole


@dataclass(frozen=True)
class Columns:
    """Some cells, and the needs that each serves: place among the cells, need, share a batch."""

    cells: Whole
    place: Whole
    need: Whole
    share: Floats


@dataclass
class Offers:
    """What may be bought of each cell, a row for each size: batches, firms' relief, price.

    top: the most batches that any cell could take when the sizes were chosen; batches: of which
    it was worked out. A price is infinite where nothing may be bought.
    """

    top: float
    sizes: Floats
    batches: Floats
    more: Floats
    gains: Floats
    prices: Floats


class Greedy:
    """Arrays of a grid that every step of the search reads again."""

    def __init__(self, grid: Grid, prices: Floats) -> None:
        self.grid, self.needs, self.purse_price = grid, grid.needs, prices
        self.rupiah_price = prices[grid.cell_purse]
        widths = np.array([width for width, _ in grid.steps])
        self.corners = np.concatenate(([0.0], np.cumsum(widths)))
        earned = widths * np.array([weight for _, weight in grid.steps])
        self.earned = np.concatenate(([0.0], np.cumsum(earned)))
        self.floor = np.array([purse.floor for purse in grid.purses]) / grid.scale
        self.free = np.array([p.floor - p.blocked for p in grid.purses]) / grid.scale
        self.is_fixed = np.array([p.is_fixed for p in grid.purses])[grid.cell_purse]
        self.groups = [(list(b.cells), b.most) for b in grid.bounds if b.most is not None]
        self.every = self._columns(np.arange(len(grid.cells)))
        self.near: dict[int, Columns] = {}
        self.offers: Offers | None = None

    def relief(self, batches: Floats) -> float:
        shares = self.shares(batches)
        return float(self.needs.weight @ np.interp(shares, self.corners, self.earned))

    def shares(self, batches: Floats) -> Floats:
        """Return the share of its firms that each need is served."""
        served = self.needs.pair_share * batches[self.needs.pair_cell]
        return _sums(self.needs.pair_need, served, len(self.needs))

    def money(self, batches: Floats) -> Floats:
        """Return money spent by purse, in solver units."""
        grid = self.grid
        cost = grid.step_money * batches + grid.setup_money * (batches > 0)
        return _sums(grid.cell_purse, cost, len(grid.purses))

    def gains(self, batches: Floats, more: Floats, some: Columns | None = None) -> Floats:
        """Return the relief that each cell alone would add with so many batches more.

        more: a row of batches for each try, a column for each of the cells in `some`, else of all.
        """
        needs, some = self.needs, some or self.every
        shares = self.shares(batches)
        before = np.interp(shares, self.corners, self.earned)[some.need]
        raised = shares[some.need] + some.share * more[:, some.place]
        gain = needs.weight[some.need] * (np.interp(raised, self.corners, self.earned) - before)
        places = some.place + more.shape[1] * np.arange(len(more))[:, None]
        return _sums(places.ravel(), gain.ravel(), more.size).reshape(more.shape)

    def prices(
        self, batches: Floats, more: Floats, spent: Floats, some: Columns | None = None
    ) -> Floats:
        """Return the fresh money each cell alone would need for so many batches more.

        more: as in `gains`.
        """
        grid, cells = self.grid, (some or self.every).cells
        cost = grid.step_money[cells] * more + grid.setup_money[cells] * (batches[cells] == 0)
        purse = grid.cell_purse[cells]
        held, free = spent[purse], self.free[purse]
        fresh = np.maximum(0.0, held + cost - free) - np.maximum(0.0, held - free)
        prices: Floats = fresh * self.rupiah_price[cells] + 1e-6 * cost + 1e-12
        prices[self.is_fixed[cells] & (held + cost > free)] = np.inf
        return prices

    def cost(self, batches: Floats) -> float:
        """Return the priced rupiah that purses hold to pay for batches; rules are not looked at."""
        held = self.floor + np.maximum(0.0, self.money(batches) - self.free)
        return float(self.purse_price @ held) * self.grid.scale

    def buy(self, batches: Floats, lacking: float) -> bool:
        """Add what relieves most per rupiah, up to `lacking` firms. Returns whether any does."""
        offers = self._offers(batches)
        worth = np.minimum(offers.gains, lacking) / offers.prices
        if worth.max(initial=0.0) <= 0:
            return False
        size, cell = np.unravel_index(int(np.argmax(worth)), worth.shape)
        batches[cell] += offers.more[size, cell]
        return True

    def _offers(self, batches: Floats) -> Offers:
        """Return what may be bought: of the last time, but for what has changed since."""
        offers, room = self.offers, self.room(batches)
        if offers is None or room.max(initial=0.0) > offers.top:
            some = self.every
            offers = self.offers = empty_offers(batches, room)
        else:
            changed = np.flatnonzero(batches != offers.batches)
            some = self._near(int(changed[0])) if len(changed) == 1 else self.every
        more = np.minimum(room[some.cells], offers.sizes[:, None])
        prices = self.prices(batches, more, self.money(batches), some)
        offers.more[:, some.cells] = more
        offers.gains[:, some.cells] = self.gains(batches, more, some)
        offers.prices[:, some.cells] = np.where(more > 0, prices, np.inf)
        offers.batches = batches.copy()
        return offers

    def _near(self, cell: int) -> Columns:
        """Return the cells whose gain, price or room hangs on the batches of one."""
        if cell not in self.near:
            needs, purse = self.needs, self.grid.cell_purse
            is_need = np.zeros(len(needs), dtype=bool)
            is_need[needs.pair_need[needs.pair_cell == cell]] = True
            is_near = purse == purse[cell]
            is_near[needs.pair_cell[is_need[needs.pair_need]]] = True
            for cells, _ in self.groups:
                is_near[cells] |= cell in cells
            self.near[cell] = self._columns(np.flatnonzero(is_near))
        return self.near[cell]

    def _columns(self, cells: Whole) -> Columns:
        needs, place = self.needs, np.full(len(self.grid.cells), -1, dtype=np.int64)
        place[cells] = np.arange(len(cells))
        pairs = np.flatnonzero(place[needs.pair_cell] >= 0)
        own = place[needs.pair_cell[pairs]]
        return Columns(cells, own, needs.pair_need[pairs], needs.pair_share[pairs])

    def room(self, batches: Floats) -> Floats:
        """Return the batches each cell may still take on."""
        room = self.grid.most - batches
        for cells, most in self.groups:
            room[cells] = np.minimum(room[cells], most - batches[cells].sum())
        return np.maximum(room, 0.0)


def reaching(grid: Grid, begin: Sequence[int], target: float, prices: Floats) -> list[int] | None:
    """Return batches that reach a relief of `target` firms cheaply, None when none was found.

    prices: what a rupiah counts in each purse.
    """
    if not len(grid.needs):
        return None if target > 0 else list(begin)
    search, batches = Greedy(grid, prices), np.array(begin, dtype=np.float64)
    reached = search.relief(batches)
    while reached < target * (1 - 1e-12):
        if not search.buy(batches, target - reached):
            return None
        reached = search.relief(batches)
    return _trimmed(search, batches, np.array(begin), target)


def _sums(place: Whole, values: Floats, count: int) -> Floats:
    return np.asarray(np.bincount(place, values, count), dtype=np.float64)


def sizes_up_to(top: float) -> Floats:
    """Return how many batches to try at once: 1, 2, 3, 5, 8, … and all."""
    sizes = [1.0, 2.0]
    while sizes[-1] < top:
        sizes.append(sizes[-1] + sizes[-2])
    return np.array(sizes)


def empty_offers(batches: Floats, room: Floats) -> Offers:
    """Return offers for all sizes that fit into some room, none of them worked out."""
    top = float(room.max(initial=0.0))
    sizes = sizes_up_to(top)
    more, gains, prices = np.zeros((3, len(sizes), len(batches)))
    return Offers(top, sizes, batches, more, gains, prices)


def _trimmed(search: Greedy, batches: Floats, begin: Whole, target: float) -> list[int]:
    """Return batches without those that the target does not need, the dearest first."""
    cost = search.grid.step_money * batches + search.grid.setup_money
    for cell in sorted(np.flatnonzero(batches > begin), key=lambda cell: (-cost[cell], cell)):
        low, high = float(begin[cell]), float(batches[cell])
        while low < high:
            batches[cell] = (low + high) // 2
            if search.relief(batches) >= target * (1 - 1e-12):
                high = batches[cell]
            else:
                low = batches[cell] + 1
        batches[cell] = high
    return [round(value) for value in batches]
