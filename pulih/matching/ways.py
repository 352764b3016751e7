"""Every way in which a firm could send to a need: alone or through one of its groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast, overload

import numpy as np
from numpy.typing import NDArray

from pulih.matching.case import Need
from pulih.matching.grid import Flags, Floats, Grid, Whole

ALONE = -1


@dataclass(frozen=True)
class Makers:
    """The makers of a need's product, in order of their capacities: what each could do for it."""

    capacities: Whole
    distance: Whole  # Place in CLASSES.
    latest: Whole  # The day by which its part must be ready, as an ordinal.
    free: Whole  # Units by then, alone and free but for placed orders.
    certified: Flags
    margin: Whole  # Per mille of a rupiah: what the highest price leaves of a unit, alone.
    fixed: Whole  # Rupiah that a consignment costs whatever it holds.


def makers_of(grid: Grid, need: Need) -> Makers:
    capacities = grid.makers[grid.product_at[need.product]]
    firms = grid.capacity_firm[capacities]
    distance = grid.distances(grid.regency_at[need.area])[grid.firm_regency[firms]]
    tariffs = grid.tariffs
    days = np.array([min(tariff[2], 10**9) for tariff in tariffs], dtype=np.int64)
    latest = need.due.toordinal() - days[distance]
    gram = grid.case.product[need.product].gram
    most = need.max_price
    per_unit = [0 if most is None else 1000 * most - gram * tariff[1] for tariff in tariffs]
    is_large = max(map(abs, per_unit), default=0) >= 10**18
    margin = exact(np.array(per_unit, dtype=np.object_), is_large=is_large)[distance]
    if most is not None:
        margin = margin - 1000 * exact(grid.price[capacities], is_large=is_large)
    return Makers(
        capacities,
        distance,
        latest,
        grid.free_units(capacities, latest),
        grid.is_certified(need, firms),
        margin,
        np.array([tariff[0] for tariff in tariffs], dtype=np.int64)[distance],
    )


def least_alone(grid: Grid, need: Need, makers: Makers) -> Whole:
    """Return the units of the smallest consignment that each may send alone, price aside."""
    lot = grid.lot[makers.capacities]
    least = np.maximum(need.min_order, grid.min_order[makers.capacities])
    return np.maximum(1, -(-least // lot)) * lot


def most_alone(grid: Grid, need: Need, makers: Makers) -> Whole:
    """Return the units of the largest consignment that each could send alone, price aside."""
    lot = grid.lot[makers.capacities]
    return np.minimum(makers.free, need.quantity) // lot * lot


def is_within_price(need: Need, makers: Makers, units: Whole) -> Flags:
    if need.max_price is None:
        return np.ones(len(units), dtype=np.bool_)
    is_large = _is_large(makers.margin, units)
    earned = exact(makers.margin, is_large=is_large) * exact(units, is_large=is_large)
    fixed = 1000 * exact(makers.fixed, is_large=is_large)
    return np.asarray(earned >= fixed, dtype=np.bool_)


def exact(values: NDArray[Any], *, is_large: bool) -> Whole:
    """Return whole numbers as 64 bits, or as Python's own where those would not hold a product."""
    return cast(Whole, values.astype(np.object_ if is_large else np.int64))


def _is_large(margin: Whole, units: Whole) -> bool:
    highest = max((abs(int(each)) for each in (margin.max(), margin.min())), default=0)
    return highest * max(1, int(units.max())) > 10**18  # The margin alone must fit, too.


@dataclass(frozen=True)
class Ways:
    """Ways to one need, alone ones first, then by group: counts in lots of the capacity."""

    need: int
    capacity: Whole
    group: Whole  # Place of the group, or ALONE.
    distance: Whole
    latest: Whole
    top: Whole  # Most lots.
    least: Whole  # Fewest lots if any; more than 1 only alone.

    def __len__(self) -> int:
        return len(self.capacity)


class EveryWay(Sequence[Ways]):
    """The ways to every need, each found when first asked for and kept."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.found: dict[int, Ways] = {}

    def __len__(self) -> int:
        return len(self.grid.case.needs)

    @overload
    def __getitem__(self, place: int) -> Ways: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Ways]: ...
    def __getitem__(self, place: int | slice) -> Ways | Sequence[Ways]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        if place not in self.found:
            self.found[place] = ways_to(self.grid, place)
        return self.found[place]


def ways_to(grid: Grid, place: int) -> Ways:
    """Return the ways to a need that could be part of a lawful answer."""
    need = grid.case.needs[place]
    makers = makers_of(grid, need)
    product = grid.product_at[need.product]
    capped = min(grid.firm_most[product], grid.regency_most[product])
    lot = grid.lot[makers.capacities]
    top = np.minimum(np.minimum(makers.free, need.quantity), capped) // lot
    able = makers.certified & (top > 0)
    by_itself = able & grid.may_send_alone(place, grid.capacity_firm[makers.capacities])
    alone = _alone(grid, need, makers, top, by_itself)
    grouped = _grouped(grid, need, makers, top, able)
    may_send = grid.groups_that_may_send(place)[grouped[1]]
    grouped = grouped[0][may_send], grouped[1][may_send]
    rows = np.concatenate((alone[0], grouped[0]))
    return Ways(
        place,
        makers.capacities[rows],
        np.concatenate((np.full(len(alone[0]), ALONE, dtype=np.int64), grouped[1])),
        makers.distance[rows],
        makers.latest[rows],
        top[rows],
        np.concatenate((alone[1], np.ones(len(grouped[0]), dtype=np.int64))),
    )


def _alone(grid: Grid, need: Need, makers: Makers, top: Whole, able: Flags) -> tuple[Whole, Whole]:
    """Return the makers that can send alone and their fewest lots."""
    if not len(top):
        return top, top
    lot = grid.lot[makers.capacities]
    least = least_alone(grid, need, makers) // lot
    if need.max_price is not None:
        able = able & is_within_price(need, makers, top * lot)
        is_large = _is_large(makers.margin, lot)
        margin = exact(makers.margin, is_large=is_large)
        per_lot = np.where(margin > 0, margin * exact(lot, is_large=is_large), 1)
        fewest = -(-1000 * exact(makers.fixed, is_large=is_large) // per_lot)
        least = np.maximum(least, fewest.astype(np.int64))
    rows = np.flatnonzero(able & (least <= top))
    return rows, least[rows]


def _grouped(
    grid: Grid, need: Need, makers: Makers, top: Whole, able: Flags
) -> tuple[Whole, Whole]:
    """Return (maker, group) of the groups whose able members together can send."""
    row_of = np.full(len(grid.case.firms), -1, dtype=np.int64)
    row_of[grid.capacity_firm[makers.capacities[able]]] = np.flatnonzero(able)
    rows = row_of[grid.member_firm]
    rows, groups = rows[rows >= 0], grid.member_group[rows >= 0]
    if not len(rows):
        return rows, groups
    most = top[rows] * grid.lot[makers.capacities[rows]]
    least = np.maximum(need.min_order, grid.group_least)
    can = (_sums(most, groups, len(least)) >= least) & (least <= need.quantity)
    if need.max_price is not None:
        surely, perhaps = _cheap_enough(grid, makers, most, rows, groups, least)
        members: dict[int, list[int]] = {}
        doubtful = can & perhaps & ~surely
        for row, group in zip(rows.tolist(), groups.tolist(), strict=True):
            if doubtful[group]:
                members.setdefault(group, []).append(row)
        can &= surely
        for group, inside in members.items():
            can[group] = _can_send(grid, need, makers, top, group, inside)
    return rows[can[groups]], groups[can[groups]]


def _sums(units: Whole, groups: Whole, count: int) -> Floats:
    return np.bincount(groups, units, minlength=count).astype(np.float64)


def _cheap_enough(
    grid: Grid, makers: Makers, most: Whole, rows: Whole, groups: Whole, least: Whole
) -> tuple[Flags, Flags]:
    """Say of which groups the members with a margin alone can surely send, and of which perhaps."""
    margin = makers.margin[rows].astype(np.float64) - 1000.0 * grid.group_fee[groups]
    gains = margin > 0
    units = _sums(most[gains], groups[gains], len(least))
    earned = np.bincount(groups, np.where(gains, margin * most, 0.0), minlength=len(least))
    fixed = np.zeros(len(least))
    fixed[groups] = 1000.0 * makers.fixed[rows]
    perhaps = earned >= fixed * (1 - 1e-9)
    return (units >= least) & (earned > fixed * (1 + 1e-9)), perhaps


def _can_send(
    grid: Grid, need: Need, makers: Makers, top: Whole, group: int, members: list[int]
) -> bool:
    found = grid.case.groups[group]
    least = max(need.min_order, found.min_order)
    lots = grid.lot[makers.capacities]
    most = {row: int(top[row] * lots[row]) for row in members}
    if sum(most.values()) < least or least > need.quantity:
        return False
    if need.max_price is None:
        return True
    units = earned = 0
    for margin, row in sorted(((int(makers.margin[row]), row) for row in members), reverse=True):
        margin -= 1000 * found.fee
        take = most[row] if margin > 0 else min(most[row], max(0, least - units))
        units, earned = units + take, earned + take * margin
    return earned >= 1000 * int(makers.fixed[members[0]])
