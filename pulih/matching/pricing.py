"""What all ways are worth at the prices of a program on some of them: a bound, and ways to add.

For any prices of 0 or more, what every need would earn at those prices, plus what weeks and
shares are worth at them, bounds the fill of every lawful answer (Lagrange).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from pulih.matching.grid import Floats, Grid
from pulih.matching.model import Model
from pulih.matching.ways import ALONE, Ways

Rule = TypeVar("Rule")


@dataclass(frozen=True)
class Prices:
    """Fill that a program's rows charge for: what they hold, by need, firm and day, or share."""

    piece: Mapping[int, float]  # What a unit earns, by need.
    room: Mapping[int, float]  # A unit of what the need asks for.
    supplier: Mapping[int, float]
    week: Mapping[tuple[int, int], float]  # Work due by a day, by (firm, day).
    firm_share: Mapping[int, float]  # A unit, by capacity.
    regency_share: Mapping[tuple[int, int], float]  # A unit, by (regency, product).


def prices_of(model: Model, duals: Floats, scale: float) -> Prices:
    """Read the prices from a relaxed program's duals; one of the wrong sign is none."""

    def read(rows: Mapping[Rule, tuple[int, float]], sign: int = -1) -> dict[Rule, float]:
        prices = ((rule, sign * float(duals[row]) * unit) for rule, (row, unit) in rows.items())
        return {rule: price * scale for rule, price in prices if price > 0}

    return Prices(
        read(model.of_pieces, 1),
        read(model.of_needs),
        read(model.of_suppliers),
        read(model.of_days),
        read(model.of_firms),
        read(model.of_regencies),
    )


class Priced:
    """The ways to some needs at such prices."""

    def __init__(self, grid: Grid, prices: Prices) -> None:
        self.grid, self.prices = grid, prices
        self.firms = np.array([firm for firm, _ in prices.week], dtype=np.int64)
        self.days = np.array([day for _, day in prices.week], dtype=np.int64)
        self.weeks = np.array(list(prices.week.values()))
        self.units = self._share_prices()

    def _share_prices(self) -> Floats:
        """Return what the shares of firm and regency charge for a unit, by capacity."""
        grid = self.grid
        of_regency = np.zeros((len(grid.regency_at), len(grid.case.products)))
        for where, price in self.prices.regency_share.items():
            of_regency[where] = price
        found = of_regency[grid.firm_regency[grid.capacity_firm], grid.capacity_product]
        for capacity, price in self.prices.firm_share.items():
            found[capacity] += price
        return np.asarray(found, dtype=np.float64)

    def shared(self) -> float:
        """Return what the weeks and shares of all firms are worth."""
        grid, prices = self.grid, self.prices
        weeks = (
            price * grid.ticks_at_most(firm, day) / (7 * grid.ticks[firm])
            for (firm, day), price in prices.week.items()
        )
        of_firms = (
            price * grid.firm_most[grid.product_of[capacity]]
            for capacity, price in prices.firm_share.items()
        )
        of_regencies = (
            price * grid.regency_most[product]
            for (_, product), price in prices.regency_share.items()
        )
        return sum(weeks) + sum(of_firms) + sum(of_regencies)

    def gains(self, ways: Ways) -> Floats:
        """Return what each way would earn beyond all prices, sent in full; below 0 is a loss."""
        grid, place = self.grid, ways.need
        firms = grid.capacity_firm[ways.capacity]
        earned = self.prices.piece.get(place, 0.0) - self.prices.room.get(place, 0.0)
        week = np.zeros(len(ways))
        for day in np.unique(ways.latest).tolist():
            due, inside = self.days >= day, ways.latest == day
            price = np.bincount(self.firms[due], self.weeks[due], minlength=len(grid.case.firms))
            week[inside] = price[firms[inside]]
        unit = earned - self.units[ways.capacity] - week / grid.per_week[ways.capacity]
        gains = unit * ways.top * grid.lot[ways.capacity]
        alone = ways.group == ALONE
        gains[alone] -= self.prices.supplier.get(place, 0.0)
        return np.asarray(gains, dtype=np.float64)

    def of_groups(self, ways: Ways, gains: Floats) -> Floats:
        """Return what each group earns with all members that gain, one supplier's price off."""
        grouped = (ways.group != ALONE) & (gains > 0)
        found = np.bincount(
            ways.group[grouped], gains[grouped], minlength=len(self.grid.case.groups)
        )
        return np.asarray(found - self.prices.supplier.get(ways.need, 0.0), dtype=np.float64)

    def bound(self, needs: Sequence[Ways]) -> float:
        """Return what no lawful answer to these needs can earn."""
        return self.shared() + sum(map(self.most, needs))

    def most(self, ways: Ways) -> float:
        """Return the most that one need could earn, with what its own rows are worth."""
        need, prices = self.grid.case.needs[ways.need], self.prices
        piece = prices.piece.get(ways.need, 0.0)
        found = prices.room.get(ways.need, 0.0) * need.quantity
        found += prices.supplier.get(ways.need, 0.0) * (need.max_suppliers or 0)
        for width, weight in self.grid.case.settings.fill:
            step = float(need.weight * weight) - piece * need.quantity
            found += float(width) * max(0.0, step)
        gains = self.gains(ways)
        alone = gains[ways.group == ALONE]
        return found + float(np.maximum(0.0, alone).sum() + _positive(self.of_groups(ways, gains)))

    def worth_adding(self, ways: Ways, most: int) -> list[int]:
        """Return the rows that gain most, of groups those of every member that gains."""
        gains = self.gains(ways)
        grouped = ways.group != ALONE
        scores = np.where(grouped & (gains <= 0), 0.0, gains)
        of_groups = self.of_groups(ways, gains)
        scores[grouped] = np.where(gains[grouped] > 0, of_groups[ways.group[grouped]], 0.0)
        best = np.argsort(-scores, kind="stable")[:most]
        chosen = best[scores[best] > 0]
        whole = grouped & np.isin(ways.group, ways.group[chosen]) & (gains > 0)
        found: list[int] = np.union1d(chosen, np.flatnonzero(whole)).tolist()
        return found


def _positive(values: Floats) -> float:
    return float(np.maximum(0.0, values).sum())
