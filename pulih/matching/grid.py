"""A case as numbers and arrays: needs, firms and capacities by position, days as ordinals.

Units, lots and rupiah are whole and exact. A firm's time is counted in its own whole *ticks*:
so many to a day that one unit of any of its products takes a whole number of them.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pulih.matching.case import CLASSES, Case, Need

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

FAR = 4_000_000  # An ordinal after every day: a certificate without end.
NO_LIMIT = 4 * 10**18


@dataclass(frozen=True)
class Clock:
    """When a firm can work: ticks a day, ticks a unit of each capacity, orders placed before."""

    start: int
    ticks: int
    placed: tuple[tuple[int, int], ...]  # (due day, ticks), by day.

    def until(self, day: int) -> int:
        """Return the ticks for new work up to a day."""
        return max(
            0, (day - self.start) * self.ticks - sum(t for due, t in self.placed if due <= day)
        )

    def at_most(self, day: int) -> int:
        """Return the most ticks of work that may be due by a day, orders due later included."""
        later = [self.until(due) for due, _ in self.placed if due > day]
        return min([self.until(day), *later])


@dataclass(frozen=True)
class Grid:
    case: Case

    @cached_property
    def regency_at(self) -> dict[str, int]:
        codes = [area.code for area in self.case.areas if area.parent]
        return {code: place for place, code in enumerate(codes)}

    @cached_property
    def firm_at(self) -> dict[str, int]:
        return {firm.code: place for place, firm in enumerate(self.case.firms)}

    @cached_property
    def product_at(self) -> dict[str, int]:
        return {product.code: place for place, product in enumerate(self.case.products)}

    @cached_property
    def capacity_at(self) -> dict[tuple[str, str], int]:
        return {(each.firm, each.product): i for i, each in enumerate(self.case.capacities)}

    @cached_property
    def firm_regency(self) -> Whole:
        return _whole(self.regency_at[firm.regency] for firm in self.case.firms)

    @cached_property
    def severity(self) -> Floats:
        """As a share, by firm."""
        return np.array([float(firm.severity / 100) for firm in self.case.firms])

    @cached_property
    def capacity_firm(self) -> Whole:
        return _whole(self.firm_at[each.firm] for each in self.case.capacities)

    @cached_property
    def capacity_product(self) -> Whole:
        return _whole(self.product_at[each.product] for each in self.case.capacities)

    @cached_property
    def per_week(self) -> Whole:
        return _whole(each.per_week for each in self.case.capacities)

    @cached_property
    def price(self) -> Whole:
        return _whole(each.price for each in self.case.capacities)

    @cached_property
    def lot(self) -> Whole:
        return _whole(each.lot for each in self.case.capacities)

    @cached_property
    def min_order(self) -> Whole:
        return _whole(each.min_order for each in self.case.capacities)

    @cached_property
    def firm_of(self) -> list[int]:
        """By capacity; lists answer single questions faster than arrays."""
        return list(map(int, self.capacity_firm))

    @cached_property
    def product_of(self) -> list[int]:
        return list(map(int, self.capacity_product))

    @cached_property
    def lot_of(self) -> list[int]:
        return list(map(int, self.lot))

    @cached_property
    def price_of(self) -> list[int]:
        return list(map(int, self.price))

    @cached_property
    def regency_of(self) -> list[int]:
        """By firm."""
        return list(map(int, self.firm_regency))

    @cached_property
    def _distance_lists(self) -> dict[int, list[int]]:
        return {}

    def distance(self, need: int, regency: int) -> int:
        """Return the class (place in CLASSES) between a need and a regency."""
        area = self.regency_at[self.case.needs[need].area]
        if area not in self._distance_lists:
            self._distance_lists[area] = list(map(int, self.distances(area)))
        return self._distance_lists[area][regency]

    @cached_property
    def due(self) -> list[int]:
        return [need.due.toordinal() for need in self.case.needs]

    def days_on_the_way(self, need: int, regency: int) -> int:
        return self.tariffs[self.distance(need, regency)][2]

    @cached_property
    def makers(self) -> list[Whole]:
        """The capacities of every product."""
        order = np.argsort(self.capacity_product, kind="stable")
        counts = np.bincount(self.capacity_product, minlength=len(self.case.products))
        return np.split(order.astype(np.int64), np.cumsum(counts)[:-1]) if len(counts) else []

    @cached_property
    def ticks(self) -> list[int]:
        """Ticks a day by firm: with 7 of them a week takes the least common multiple."""
        found = [1] * len(self.case.firms)
        for each in self.case.capacities:
            place = self.firm_at[each.firm]
            found[place] = math.lcm(found[place], each.per_week)
        return found

    @cached_property
    def ticks_a_unit(self) -> list[int]:
        """By capacity."""
        return [
            7 * self.ticks[firm] // each.per_week
            for firm, each in zip(self.capacity_firm.tolist(), self.case.capacities, strict=True)
        ]

    @cached_property
    def clocks(self) -> list[Clock]:
        as_of = self.case.settings.as_of
        placed: dict[int, list[tuple[int, int]]] = {}
        for each in self.case.placed:
            spent = self.ticks_a_unit[self.capacity_at[each.firm, each.product]] * each.quantity
            placed.setdefault(self.firm_at[each.firm], []).append((each.due.toordinal(), spent))
        return [
            Clock(
                max(as_of, firm.free_from or as_of).toordinal(),
                self.ticks[place],
                tuple(sorted(placed.get(place, ()))),
            )
            for place, firm in enumerate(self.case.firms)
        ]

    @cached_property
    def start(self) -> Whole:
        return _whole(clock.start for clock in self.clocks)

    @cached_property
    def has_placed(self) -> Flags:
        return np.array([bool(clock.placed) for clock in self.clocks], dtype=np.bool_)

    @cached_property
    def group_at(self) -> dict[str, int]:
        return {group.code: place for place, group in enumerate(self.case.groups)}

    @cached_property
    def group_fee(self) -> Whole:
        return _whole(group.fee for group in self.case.groups)

    @cached_property
    def group_least(self) -> Whole:
        return _whole(group.min_order for group in self.case.groups)

    @cached_property
    def member_firm(self) -> Whole:
        """By membership, groups in order."""
        return _whole(self.firm_at[member.firm] for member in self.case.members)

    @cached_property
    def member_group(self) -> Whole:
        return _whole(self.group_at[member.group] for member in self.case.members)

    @cached_property
    def _barred(self) -> dict[int, set[str]]:
        """By need: the suppliers that send it nothing."""
        at = {need.code: place for place, need in enumerate(self.case.needs)}
        found: dict[int, set[str]] = {}
        for each in self.case.barred:
            found.setdefault(at[each.need], set()).add(each.supplier)
        return found

    def may_send_alone(self, need: int, firms: Whole) -> Flags:
        barred = self._barred.get(need, set())
        places = [self.firm_at[code] for code in barred if code in self.firm_at]
        return ~np.isin(firms, places)

    def groups_that_may_send(self, need: int) -> Flags:
        """By group."""
        barred = self._barred.get(need, set())
        return np.array([group.code not in barred for group in self.case.groups], dtype=np.bool_)

    @cached_property
    def firm_most(self) -> list[int]:
        """The most units of every product that one firm may get."""
        return [_or_all(self.case.most_of_a_firm(each.code)) for each in self.case.products]

    @cached_property
    def regency_most(self) -> list[int]:
        return [_or_all(self.case.most_of_a_regency(each.code)) for each in self.case.products]

    @cached_property
    def _province_at(self) -> Whole:
        codes = {area.code: i for i, area in enumerate(self.case.areas)}
        return _whole(codes[area.parent] for area in self.case.areas if area.parent)

    @cached_property
    def _island_at(self) -> Whole:
        """By regency; −1 where its province names none."""
        names = sorted({area.island for area in self.case.areas if area.island and not area.parent})
        islands = [self.case.area[a.parent].island for a in self.case.areas if a.parent]
        return _whole(names.index(island) if island else -1 for island in islands)

    @cached_property
    def _routes_of(self) -> dict[int, list[tuple[int, int]]]:
        found: dict[int, list[tuple[int, int]]] = {}
        for route in self.case.routes:
            start, end = self.regency_at[route.start], self.regency_at[route.end]
            kind = CLASSES.index(route.kind)
            found.setdefault(start, []).append((end, kind))
            found.setdefault(end, []).append((start, kind))
        return found

    @cached_property
    def _distances(self) -> dict[int, Whole]:
        return {}

    def distances(self, regency: int) -> Whole:
        """Return the class (place in CLASSES) of every regency to this one."""
        if regency not in self._distances:
            same_island = (self._island_at == self._island_at[regency]) & (self._island_at >= 0)
            found = np.where(same_island, 2, 3)
            found[self._province_at == self._province_at[regency]] = 1
            for other, kind in self._routes_of.get(regency, ()):
                found[other] = kind
            found[regency] = 0
            self._distances[regency] = found.astype(np.int64)
        return self._distances[regency]

    @cached_property
    def _valid_until(self) -> dict[str, Whole]:
        """By standard and firm: the last day on which an accepted certificate holds; 0 none."""
        standards: dict[str, list[str]] = {}
        for standard, names in self.case.accepted_by.items():
            for name in names:
                standards.setdefault(name, []).append(standard)
        found = {
            standard: np.zeros(len(self.case.firms), dtype=np.int64)
            for standard in self.case.accepted_by
        }
        for each in self.case.certificates:
            end = each.valid_to.toordinal() if each.valid_to else FAR
            for standard in standards.get(each.certificate, ()):
                until, firm = found[standard], self.firm_at[each.firm]
                until[firm] = max(int(until[firm]), end)
        return found

    def is_certified(self, need: Need, firms: Whole) -> Flags:
        if not need.standard:
            return np.ones(len(firms), dtype=np.bool_)
        return self._valid_until[need.standard][firms] >= need.due.toordinal()

    @cached_property
    def tariffs(self) -> list[tuple[int, int, int]]:
        """Rupiah a consignment, rupiah a kilogram and days, by class."""
        found = (self.case.transport_of[name] for name in CLASSES)
        return [(each.per_consignment, each.per_kg, each.days) for each in found]

    @cached_property
    def _at_most(self) -> dict[tuple[int, int], int]:
        return {}

    def ticks_at_most(self, firm: int, day: int) -> int:
        """Return the most ticks of work that a firm may have due by a day."""
        if (firm, day) not in self._at_most:
            self._at_most[firm, day] = self.clocks[firm].at_most(day)
        return self._at_most[firm, day]

    def free_units(self, capacities: Whole, latest: Whole) -> Whole:
        """Return the units each could make by its latest day, but for orders placed before."""
        firms = self.capacity_firm[capacities]
        days = np.clip(latest - self.start[firms], 0, FAR)
        found: Whole = days * np.minimum(self.per_week[capacities], 10**12) // 7
        for place in np.flatnonzero(self.has_placed[firms]).tolist():
            ticks = self.ticks_at_most(int(firms[place]), int(latest[place]))
            found[place] = min(NO_LIMIT, ticks // self.ticks_a_unit[capacities[place]])
        return found


def _whole(values: object) -> Whole:
    return np.array(list(values), dtype=np.int64)  # type: ignore[call-overload]


def _or_all(most: int | None) -> int:
    return NO_LIMIT if most is None else most
