"""An answer while it is built: what is taken, and how much room each rule still leaves.

Everything is exact. Parts are (need, group or ALONE, capacity) by position, in lots.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from pulih.matching.grid import NO_LIMIT, Flags, Floats, Grid
from pulih.matching.plan import Parts
from pulih.matching.ways import ALONE, Ways

Key = tuple[int, int, int]


class Draft:
    def __init__(
        self, grid: Grid, parts: Mapping[Key, int] | None = None, due: Sequence[int] | None = None
    ) -> None:
        """due: the day of every need's parts, where they are not due when the grid says."""
        case = grid.case
        self.grid = grid
        self.due = list(grid.due if due is None else due)
        self.lots: dict[Key, int] = {}
        self.keys_of: list[set[Key]] = [set() for _ in case.needs]
        self.left = [need.quantity for need in case.needs]
        self.suppliers: list[dict[tuple[int, int], int]] = [{} for _ in case.needs]
        self.orders: list[list[tuple[int, int]]] = [[] for _ in case.firms]  # (latest, ticks)
        self.last_day = np.zeros(len(case.firms), dtype=np.int64)  # No new part is due later.
        self.weeks = np.zeros(len(case.firms))  # Of new parts, for a first look.
        self.made = [0] * len(case.capacities)
        self.made_in: dict[tuple[int, int], int] = {}
        for key, lots in (parts or {}).items():
            self.add(key, lots)

    def add(self, key: Key, lots: int) -> None:
        """Add lots to a part, or take them away when negative; the rules are the caller's."""
        need, group, capacity = key
        grid = self.grid
        units = lots * grid.lot_of[capacity]
        firm = grid.firm_of[capacity]
        regency = grid.regency_of[firm]
        product = grid.product_of[capacity]
        self.lots[key] = self.lots.get(key, 0) + lots
        self.keys_of[need].add(key)
        if not self.lots[key]:
            del self.lots[key]
            self.keys_of[need].discard(key)
        self.left[need] -= units
        self.made[capacity] += units
        self.made_in[regency, product] = self.made_in.get((regency, product), 0) + units
        supplier = _supplier(group, firm)
        sent = self.suppliers[need]
        sent[supplier] = sent.get(supplier, 0) + units
        if not sent[supplier]:
            del sent[supplier]
        self.weeks[firm] += units / grid.case.capacities[capacity].per_week
        latest = self.due[need] - grid.days_on_the_way(need, regency)
        self._book(firm, latest, units * grid.ticks_a_unit[capacity])

    def _book(self, firm: int, latest: int, ticks: int) -> None:
        orders = self.orders[firm]
        place = bisect_left(orders, (latest, -1))
        if place < len(orders) and orders[place][0] == latest:
            ticks += orders.pop(place)[1]
        if ticks:
            insort(orders, (latest, ticks))
        self.last_day[firm] = orders[-1][0] if orders else 0

    def may_have_room(self, ways: Ways) -> Flags:
        """Say of which ways a part may still be sent: every one that can be, and few others."""
        lot, alone = self.grid.lot[ways.capacity], ways.group == ALONE
        units = self._most_units(ways)
        least = np.where(alone, ways.least, 1)
        sending = [capacity for _, group, capacity in self.keys_of[ways.need] if group == ALONE]
        if sending:
            least[alone & np.isin(ways.capacity, sending)] = 1
        found = units >= least * lot
        found[~alone] &= self._may_send(ways, np.where(found, units, 0.0))[ways.group[~alone]]
        return np.asarray(found, dtype=np.bool_)

    def _most_units(self, ways: Ways) -> Floats:
        """Return no less than each maker could still make; orders placed are left aside."""
        grid = self.grid
        firms = grid.capacity_firm[ways.capacity]
        last = np.maximum(self.last_day[firms], ways.latest)
        weeks = (last - grid.start[firms]) / 7 - self.weeks[firms]
        units = np.minimum(weeks * grid.per_week[ways.capacity] + 1e-3, self.left[ways.need])
        return np.asarray(np.minimum(units, ways.top * grid.lot[ways.capacity]), dtype=np.float64)

    def _may_send(self, ways: Ways, units: Floats) -> Flags:
        """Say which groups send already, or could together send their least."""
        grid, place = self.grid, ways.need
        least = np.maximum(grid.case.needs[place].min_order, grid.group_least)
        grouped = ways.group != ALONE
        most = np.bincount(ways.group[grouped], units[grouped], minlength=len(least))
        found = most + 1e-3 >= least
        found[[group for group, _ in self.suppliers[place] if group != ALONE]] = True
        return np.asarray(found, dtype=np.bool_)

    def ticks_left(self, firm: int, latest: int) -> int:
        """Return the ticks of more work due by a day that a firm can take."""
        clock, orders = self.grid.clocks[firm], self.orders[firm]
        if clock.placed:
            days = {latest, *(day for day, _ in orders), *(day for day, _ in clock.placed)}
            return min(
                clock.until(day) - sum(ticks for due, ticks in orders if due <= day)
                for day in days
                if day >= latest
            )
        used, before, tightest = 0, 0, None
        for due, ticks in orders:
            used += ticks
            if due <= latest:
                before = used
            else:
                left = (due - clock.start) * clock.ticks - used
                tightest = left if tightest is None else min(left, tightest)
        left = max(0, latest - clock.start) * clock.ticks - before
        return left if tightest is None else min(left, tightest)

    def room(self, need: int, capacity: int, latest: int) -> int:
        """Return the lots that a firm could still make for a need."""
        grid = self.grid
        firm, product = grid.firm_of[capacity], grid.product_of[capacity]
        units = min(self.left[need], self._shares_left(firm, product, capacity))
        if units > 0:
            units = min(units, self.ticks_left(firm, latest) // grid.ticks_a_unit[capacity])
        return max(0, units // grid.lot_of[capacity])

    def _shares_left(self, firm: int, product: int, capacity: int) -> int:
        grid = self.grid
        most, inside = grid.firm_most[product], grid.regency_most[product]
        if inside < NO_LIMIT:
            inside -= self.made_in.get((grid.regency_of[firm], product), 0)
        return min(most - self.made[capacity] if most < NO_LIMIT else most, inside)

    def may_open(self, need: int, group: int, firm: int) -> bool:
        """Say whether a supplier may send to a need, or does already."""
        most = self.grid.case.needs[need].max_suppliers
        sent = self.suppliers[need]
        return most is None or len(sent) < most or _supplier(group, firm) in sent

    def parts(self) -> Parts:
        return parts_of(self.grid, self.lots)

    def lots_of(self, need: int) -> list[tuple[Key, int]]:
        """Return the parts of one need in order."""
        return [(key, self.lots[key]) for key in sorted(self.keys_of[need])]

    def without(self, needs: Iterable[int]) -> "Draft":
        """Return a copy in which these needs get nothing."""
        gone = set(needs)
        return Draft(
            self.grid, {key: lots for key, lots in self.lots.items() if key[0] not in gone}
        )


def parts_of(grid: Grid, lots: Mapping[Key, int]) -> Parts:
    """Return an answer by codes, in units."""
    case, found = grid.case, {}
    for (need, group, capacity), count in lots.items():
        made = case.capacities[capacity]
        supplier = made.firm if group == ALONE else case.groups[group].code
        found[case.needs[need].code, supplier, made.firm] = count * grid.lot_of[capacity]
    return dict(sorted(found.items()))


def _supplier(group: int, firm: int) -> tuple[int, int]:
    return (group, ALONE) if group != ALONE else (ALONE, firm)
