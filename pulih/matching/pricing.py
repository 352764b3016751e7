"""A proven bound on the fill of large cases: weeks and shares get prices, needs stand alone.

For any prices of 0 or more, what all needs together would earn at those prices, plus what weeks
and shares are worth at them, bounds the fill of every lawful answer (Lagrange). Better prices
are found step by step (Polyak): what is asked for too much becomes dearer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from pulih.matching.grid import NO_LIMIT, Floats, Grid, Whole
from pulih.matching.limits import NOISE
from pulih.matching.ways import ALONE, Ways

PATIENCE = 6  # Steps without a better bound before they become half as long.
SMALLEST = 0.02


@dataclass(frozen=True)
class Market:
    """One need as prices see it: its makers once each, and to which suppliers they belong."""

    worth: Floats  # Fill that a unit earns, by step.
    widths: Floats  # Units of each step.
    capacity: Whole
    top: Floats  # Units.
    most: int | None  # Suppliers.
    member: Whole  # Places in `capacity`, by way.
    supplier: Whole  # By way: numbered from 0.


@dataclass
class Prices:
    weeks: Floats  # Fill a week, by firm.
    shares: Floats  # Fill a unit, by place of (regency, product).


def price_bound(
    grid: Grid, ways: Sequence[Ways], value: float, gap: float, seconds: Callable[[], float]
) -> float:
    """Return the best bound found in time; value: the fill of a lawful answer."""
    needs = [_market(grid, each) for each in ways if len(each)]
    room, share_at, share_room = _rooms(grid, ways)
    prices = Prices(np.zeros(len(room)), np.zeros(len(share_room)))
    best, stale, length = np.inf, 0, 1.0
    while seconds() > 0 and length > SMALLEST and best > value * (1 + gap):
        bound, weeks, units = _priced(grid, needs, prices, share_at, room, share_room)
        stale = 0 if bound < best * (1 - 1e-4) else stale + 1
        best = min(best, bound)
        if stale > PATIENCE:
            stale, length = 0, length / 2
        scale = np.maximum(share_room, 1.0)
        over = _pull(prices.weeks, weeks - room)
        over_share = _pull(prices.shares, units - share_room)
        size = float(over @ over + (over_share / scale) @ (over_share / scale))
        step = length * max(bound - value, value * 1e-3) / max(size, 1e-12)
        prices.weeks = np.maximum(0.0, prices.weeks + step * over)
        prices.shares = np.maximum(0.0, prices.shares + step * over_share / scale**2)
    return best * (1 + NOISE)


def _pull(prices: Floats, over: Floats) -> Floats:
    """Return what is asked for too much; what is asked for too little only while it has a price."""
    return np.where((prices <= 0) & (over < 0), 0.0, over)


def _market(grid: Grid, ways: Ways) -> Market:
    need = grid.case.needs[ways.need]
    capacity, first, member = np.unique(ways.capacity, return_index=True, return_inverse=True)
    steps = grid.case.settings.fill
    own = np.where(ways.group == ALONE, len(grid.case.groups) + member, ways.group)
    return Market(
        np.array([float(need.weight * weight) / need.quantity for _, weight in steps]),
        np.array([float(width * need.quantity) for width, _ in steps]),
        capacity,
        ways.top[first].astype(np.float64) * grid.lot[capacity],
        need.max_suppliers,
        member,
        np.unique(own, return_inverse=True)[1],
    )


def _rooms(grid: Grid, ways: Sequence[Ways]) -> tuple[Floats, Whole, Floats]:
    """Return weeks by firm up to its last day, the share each capacity counts to, their units."""
    last = np.zeros(len(grid.case.firms))
    for each in ways:
        np.maximum.at(last, grid.capacity_firm[each.capacity], each.latest)
    weeks = np.maximum(0.0, (last - grid.start) / 7)
    products = len(grid.case.products)
    share_at = grid.firm_regency[grid.capacity_firm] * products + grid.capacity_product
    regencies = len(grid.regency_at)
    most = np.array([float(min(each, NO_LIMIT)) for each in grid.regency_most] * regencies)
    return weeks, share_at, most


def _priced(
    grid: Grid,
    needs: Sequence[Market],
    prices: Prices,
    share_at: Whole,
    room: Floats,
    share_room: Floats,
) -> tuple[float, Floats, Floats]:
    """Return the bound at these prices, and the weeks and units that needs would then ask for."""
    bound = float(prices.weeks @ room)
    priced = prices.shares > 0
    bound += float(prices.shares[priced] @ share_room[priced])
    unit = prices.weeks[grid.capacity_firm] / grid.per_week + prices.shares[share_at]
    asked = np.zeros(len(grid.per_week))
    for need in needs:
        earned, units = _best(need, unit[need.capacity])
        bound += earned
        asked[need.capacity] += units
    weeks = np.bincount(grid.capacity_firm, asked / grid.per_week, minlength=len(room))
    sent = np.bincount(share_at, asked, minlength=len(share_room))
    return bound, weeks.astype(np.float64), sent.astype(np.float64)


def _best(need: Market, price: Floats) -> tuple[float, Floats]:
    """Return the most that a need can earn at these prices a unit, and the units it then takes."""
    order = np.argsort(price, kind="stable")
    ends = np.cumsum(need.top[order])
    units, earned, start = np.zeros(len(price)), 0.0, 0.0
    for width, worth in zip(need.widths, need.worth, strict=True):
        inside = np.clip(ends, start, start + width) - np.clip(
            ends - need.top[order], start, start + width
        )
        gain = worth - price[order]
        taken = np.where(gain > 0, inside, 0.0)
        earned += float(taken @ gain)
        units[order] += taken
        start += width
    if need.most is None:
        return earned, units
    return _by_suppliers(need, price, earned, units)


def _by_suppliers(
    need: Market, price: Floats, earned: float, units: Floats
) -> tuple[float, Floats]:
    """Return the smaller of two bounds: the one before, and so many suppliers that earn most."""
    gains = np.maximum(0.0, need.worth[0] - price) * need.top
    of_supplier = np.bincount(need.supplier, gains[need.member])
    chosen = np.argsort(-of_supplier, kind="stable")[: need.most]
    most = float(of_supplier[chosen].sum())
    if most >= earned:
        return earned, units
    is_chosen = np.zeros(len(of_supplier), dtype=np.bool_)
    is_chosen[chosen] = True
    taken = np.zeros(len(price))
    members = need.member[is_chosen[need.supplier]]
    taken[members] = np.where(gains[members] > 0, need.top[members], 0.0)
    return most, taken
