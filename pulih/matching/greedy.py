"""Plain ways of sharing needs out, each lawful: need by need, one supplier after another."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from pulih.matching.case import Need
from pulih.matching.draft import Draft, Key
from pulih.matching.grid import Floats, Grid, Whole
from pulih.matching.ways import ALONE, Ways

Order = Callable[[Grid, Ways], Sequence[Floats | Whole]]  # Keys to sort by, the first one first.


def cheapest_first(grid: Grid, ways: Ways) -> Sequence[Floats | Whole]:
    """Order by rupiah a unit delivered, transport spread over the most it could send."""
    return (unit_cost(grid, ways),)


def nearest_first(grid: Grid, ways: Ways) -> Sequence[Floats | Whole]:
    return ways.distance, unit_cost(grid, ways)


def largest_first(grid: Grid, ways: Ways) -> Sequence[Floats | Whole]:
    return -units_by_supplier(grid, ways), unit_cost(grid, ways)


def unit_cost(grid: Grid, ways: Ways, *, spread: bool = True) -> Floats:
    """Return rupiah a unit: goods, fee, carriage and, spread over a full one, the consignment."""
    need = grid.case.needs[ways.need]
    gram = grid.case.product[need.product].gram
    per_unit = np.array([gram * tariff[1] / 1000 for tariff in grid.tariffs])[ways.distance]
    fees = np.array([group.fee for group in grid.case.groups] + [0], dtype=np.float64)
    cost = grid.price[ways.capacity] + fees[ways.group] + per_unit
    if spread:
        fixed = np.array([float(tariff[0]) for tariff in grid.tariffs])[ways.distance]
        cost += fixed / np.minimum(units_by_supplier(grid, ways), need.quantity)
    return np.asarray(cost, dtype=np.float64)


def units_by_supplier(grid: Grid, ways: Ways) -> Floats:
    """Return the most units of the way's supplier, by way."""
    units = (ways.top * grid.lot[ways.capacity]).astype(np.float64)
    grouped = ways.group != ALONE
    sums = np.bincount(ways.group[grouped], units[grouped], minlength=len(grid.case.groups)).astype(
        np.float64
    )
    units[grouped] = sums[ways.group[grouped]]
    return units


def share_out(
    draft: Draft,
    ways: Sequence[Ways],
    order: Order,
    *,
    seconds: Callable[[], float],
    needs: Sequence[int] | None = None,
) -> bool:
    """Serve needs in one order of suppliers; say whether time sufficed for all of them.

    needs: in this order, else by due day.
    """
    for place in by_due(draft.grid) if needs is None else needs:
        if seconds() <= 0:
            return False
        serve(draft, ways[place], order(draft.grid, ways[place]))
    return True


def by_due(grid: Grid) -> list[int]:
    needs = grid.case.needs
    return sorted(range(len(needs)), key=lambda place: (needs[place].due, needs[place].code))


def serve(draft: Draft, ways: Ways, keys: Sequence[Floats | Whole]) -> None:
    """Let suppliers send to one need as much as they can, in order."""
    grid, place = draft.grid, ways.need
    smallest = int(grid.lot[ways.capacity].min()) if len(ways) else 0
    rows = np.flatnonzero(draft.may_have_room(ways))
    had_some, most = bool(draft.suppliers[place]), grid.case.needs[place].max_suppliers
    for supplier in _suppliers(ways, rows, [key[rows] for key in keys]):
        is_full = not had_some and most is not None and len(draft.suppliers[place]) >= most
        if is_full or draft.left[place] < max(1, smallest):
            return
        row = supplier[0]
        group, capacity = int(ways.group[row]), int(ways.capacity[row])
        if not draft.may_open(place, group, grid.firm_of[capacity]):
            continue
        if group == ALONE:
            send_alone(draft, ways, row)
        else:
            send_together(draft, ways, supplier)


def _suppliers(ways: Ways, rows: Whole, keys: Sequence[Floats | Whole]) -> Iterator[list[int]]:
    """Yield the ways (of these rows) of every supplier in order of its best way."""
    seen: set[int] = set()
    order = rows[np.lexsort((rows, *reversed(keys)))]
    grouped = order[ways.group[order] != ALONE]
    members: dict[int, list[int]] = {}
    for row, group in zip(grouped.tolist(), ways.group[grouped].tolist(), strict=True):
        members.setdefault(group, []).append(row)
    for row, group in zip(order.tolist(), ways.group[order].tolist(), strict=True):
        if group == ALONE:
            yield [row]
        elif group not in seen:
            seen.add(group)
            yield members[group]


def send_alone(draft: Draft, ways: Ways, row: int, most: int | None = None) -> bool:
    """Let a maker send what it can, or more than it does already; nothing if that is too little."""
    capacity = int(ways.capacity[row])
    key = (ways.need, ALONE, capacity)
    lots = draft.room(ways.need, capacity, int(ways.latest[row]))
    lots = lots if most is None else min(lots, most)
    least = 1 if key in draft.lots else max(1, int(ways.least[row]))
    if lots < least:
        return False
    draft.add(key, lots)
    return True


def send_together(
    draft: Draft, ways: Ways, rows: Sequence[int], most: dict[int, int] | None = None
) -> bool:
    """Let a group send what its members can; nothing where that would not be lawful."""
    grid, place = draft.grid, ways.need
    group = int(ways.group[rows[0]])
    least = max(grid.case.needs[place].min_order, grid.case.groups[group].min_order)
    could = sum(int(ways.top[row]) * grid.lot_of[ways.capacity[row]] for row in rows)
    if could < least > draft.suppliers[place].get((group, ALONE), 0):
        return False
    taken: list[tuple[Key, int]] = []
    for row in sorted(rows, key=lambda row: (grid.price_of[ways.capacity[row]], row)):
        capacity = int(ways.capacity[row])
        lots = draft.room(place, capacity, int(ways.latest[row]))
        lots = lots if most is None else min(lots, most.get(row, 0))
        if lots > 0:
            draft.add((place, group, capacity), lots)
            taken.append(((place, group, capacity), lots))
    while taken and not is_lawful(draft, place, group):
        key, lots = taken.pop()
        draft.add(key, -lots)
    return bool(taken)


def is_lawful(draft: Draft, place: int, group: int) -> bool:
    """Say whether what a group sends to a need is large and cheap enough, or nothing."""
    grid = draft.grid
    need, found = grid.case.needs[place], grid.case.groups[group]
    units = draft.suppliers[place].get((group, ALONE), 0)
    if not units:
        return True
    if units < max(need.min_order, found.min_order):
        return False
    return need.max_price is None or _is_cheap(draft, need, place, group, units)


def _is_cheap(draft: Draft, need: Need, place: int, group: int, units: int) -> bool:
    grid = draft.grid
    found = grid.case.groups[group]
    distance = grid.distance(place, grid.regency_at[found.area])
    fixed, per_kg, _ = grid.tariffs[distance]
    goods = sum(
        lots * grid.lot_of[capacity] * grid.price_of[capacity]
        for (_, sender, capacity), lots in draft.lots_of(place)
        if sender == group
    )
    spare = (need.max_price or 0) * units - goods - found.fee * units - fixed
    return 1000 * spare >= units * grid.case.product[need.product].gram * per_kg


def share_in_proportion(
    draft: Draft, ways: Sequence[Ways], *, seconds: Callable[[], float]
) -> bool:
    """Share every need out in proportion to what each maker could make for it by then."""
    for place in by_due(draft.grid):
        if seconds() <= 0:
            return False
        _share_out_evenly(draft, ways[place])
    return True


def _share_out_evenly(draft: Draft, ways: Ways) -> None:
    grid, place = draft.grid, ways.need
    lot = grid.lot[ways.capacity]
    units = (ways.top * lot).astype(np.float64)
    capacities, first = np.unique(ways.capacity, return_index=True)
    if not len(capacities):
        return
    part = dict(zip(capacities.tolist(), (units[first] / units[first].sum()).tolist(), strict=True))
    quantity = grid.case.needs[place].quantity
    share = np.array([part[capacity] for capacity in ways.capacity.tolist()])
    lots = (share * quantity // lot).astype(np.int64)
    aimed = {int(row): int(lots[row]) for row in np.flatnonzero(lots >= ways.least)}
    sent: set[int] = set()
    members: dict[int, list[int]] = {}
    for row in sorted(aimed, key=lambda row: (-aimed[row] * grid.lot_of[ways.capacity[row]], row)):
        group, capacity = int(ways.group[row]), int(ways.capacity[row])
        if group != ALONE:
            members.setdefault(group, []).append(row)
        elif draft.may_open(place, ALONE, grid.firm_of[capacity]) and send_alone(
            draft, ways, row, aimed[row]
        ):
            sent.add(capacity)
    for group, rows in sorted(members.items()):
        rest = [row for row in rows if int(ways.capacity[row]) not in sent]
        if (
            rest
            and draft.may_open(place, group, 0)
            and send_together(draft, ways, rest, {row: aimed[row] for row in rest})
        ):
            sent |= {int(ways.capacity[row]) for row in rest}
