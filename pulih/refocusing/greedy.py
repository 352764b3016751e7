"""A quick plan for one province: buy the most relief per rupiah until a coverage is reached."""

from collections.abc import Sequence

import numpy as np

from pulih.refocusing.grid import Floats, Grid, Whole


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

    def relief(self, batches: Floats) -> float:
        shares = np.zeros(len(self.needs))
        np.add.at(shares, self.needs.pair_need, self.pair_shares(batches))
        return float(self.needs.weight @ np.interp(shares, self.corners, self.earned))

    def pair_shares(self, batches: Floats) -> Floats:
        return self.needs.pair_share * batches[self.needs.pair_cell]

    def money(self, batches: Floats) -> Floats:
        """Return money spent by purse, in solver units."""
        grid = self.grid
        cost = grid.step_money * batches + grid.setup_money * (batches > 0)
        spent = np.zeros(len(grid.purses))
        np.add.at(spent, grid.cell_purse, cost)
        return spent

    def gains(self, batches: Floats, more: Floats) -> Floats:
        """Return the relief that each cell alone would add with so many batches more."""
        needs = self.needs
        shares = np.zeros(len(needs))
        np.add.at(shares, needs.pair_need, self.pair_shares(batches))
        before = np.interp(shares, self.corners, self.earned)[needs.pair_need]
        raised = shares[needs.pair_need] + needs.pair_share * more[needs.pair_cell]
        gain = needs.weight[needs.pair_need] * (
            np.interp(raised, self.corners, self.earned) - before
        )
        total = np.zeros(len(batches))
        np.add.at(total, needs.pair_cell, gain)
        return total

    def prices(self, batches: Floats, more: Floats, spent: Floats) -> Floats:
        """Return the fresh money each cell alone would need for so many batches more."""
        grid = self.grid
        cost = grid.step_money * more + grid.setup_money * (batches == 0)
        held, free = spent[grid.cell_purse], self.free[grid.cell_purse]
        fresh = np.maximum(0.0, held + cost - free) - np.maximum(0.0, held - free)
        prices: Floats = fresh * self.rupiah_price + 1e-6 * cost + 1e-12
        prices[self.is_fixed & (held + cost > free)] = np.inf
        return prices

    def cost(self, batches: Floats) -> float:
        """Return the priced rupiah that purses hold to pay for batches; rules are not looked at."""
        held = self.floor + np.maximum(0.0, self.money(batches) - self.free)
        return float(self.purse_price @ held) * self.grid.scale

    def buy(self, batches: Floats, lacking: float) -> bool:
        """Add what relieves most per rupiah, up to `lacking` firms. Returns whether any does."""
        room, spent = self.room(batches), self.money(batches)
        best = (0.0, -1, 0.0)
        for more in tries(room):
            gain = np.minimum(self.gains(batches, more), lacking)
            worth = np.where(more > 0, gain / self.prices(batches, more, spent), 0.0)
            cell = int(np.argmax(worth))
            best = max(best, (float(worth[cell]), cell, float(more[cell])), key=lambda b: b[0])
        if best[0] <= 0:
            return False
        batches[best[1]] += best[2]
        return True

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


def tries(room: Floats) -> list[Floats]:
    """Return how many batches to try at once in each cell: 1, 2, 3, 5, 8, … and all."""
    top, sizes = float(room.max(initial=0.0)), [1.0, 2.0]
    while sizes[-1] < top:
        sizes.append(sizes[-1] + sizes[-2])
    return [np.minimum(room, size) for size in sizes]


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
