"""The rules of a matching as rows of a program, one function a rule.

Columns: lots of every way, many at once of a need of millions; for a consignment that may not be
small, costs a fare or counts as a supplier, whether it is sent; the pieces of every need's share,
widest-earning first.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import gcd

import numpy as np

from pulih.matching.draft import Draft, Key
from pulih.matching.grid import NO_LIMIT, Floats, Grid
from pulih.matching.per_lot import carriage_of, goods_of, margin_of
from pulih.matching.program import Program
from pulih.matching.ways import ALONE

Sender = tuple[int, int, int]  # Need, group or ALONE, firm or ALONE: one consignment.
# Of a need of up to so many lots a column counts each. Beyond, a lot's share of it falls below what
# HiGHS takes for nothing (1e-9): such a column counts many at once, and parts of that.
COUNTED_SINGLY = 10**7
ROUNDED_OFF = 1e-3  # Of a lot: noise of a column that counts many.


@dataclass(frozen=True)
class Way:
    """One way that a program may use, in lots."""

    key: Key
    distance: int
    latest: int
    top: int
    least: int


@dataclass
class Model:
    """A program on some ways to some needs, around parts that stay as they are.

    around: what the other needs get; its time, shares and work are taken off.
    is_relaxed: lots may be parts of lots. Then a maker alone needs no switch: sent to a tenth of
    the most it could send, it is a tenth of a supplier and costs a tenth of a fare.
    """

    grid: Grid
    around: Draft
    needs: Sequence[int]
    ways: Sequence[Way]
    is_relaxed: bool = False
    program: Program = field(default_factory=Program)
    lots: dict[Key, int] = field(default_factory=dict)
    at_once: dict[Key, int] = field(default_factory=dict)  # Lots that one of a column stands for.
    switches: dict[Sender, int] = field(default_factory=dict)
    pieces: dict[tuple[int, int], int] = field(default_factory=dict)
    helps: dict[int, int] = field(default_factory=dict)
    bills: dict[Sender, int] = field(default_factory=dict)
    # Rows that prices are read from, with what a unit, a supplier or a week counts in each.
    of_pieces: dict[int, tuple[int, float]] = field(default_factory=dict)
    of_needs: dict[int, tuple[int, float]] = field(default_factory=dict)
    of_suppliers: dict[int, tuple[int, float]] = field(default_factory=dict)
    of_days: dict[tuple[int, int], tuple[int, float]] = field(default_factory=dict)
    of_firms: dict[int, tuple[int, float]] = field(default_factory=dict)
    of_regencies: dict[tuple[int, int], tuple[int, float]] = field(default_factory=dict)

    @property
    def steps(self) -> tuple[tuple[Fraction, Fraction], ...]:
        return self.grid.case.settings.fill

    def add_way(self, way: Way) -> None:
        asked = self.grid.case.needs[way.key[0]].quantity
        size = -(-asked // (self.grid.lot_of[way.key[2]] * COUNTED_SINGLY))
        self.at_once[way.key] = size
        is_whole = size == 1 and not self.is_relaxed
        self.lots[way.key] = self.program.column(upper=way.top / size, whole=is_whole)

    def lot(self, key: Key, value: float | Fraction) -> tuple[int, float]:
        """Return the entry of a row in which each lot of a way counts so much."""
        return self.lots[key], float(value * self.at_once[key])

    def senders(self) -> dict[Sender, list[Way]]:
        """Return the ways of every consignment."""
        found: dict[Sender, list[Way]] = {}
        for way in self.ways:
            found.setdefault(sender_of(self.grid, way.key), []).append(way)
        return found

    def by_firm(self) -> dict[int, list[Way]]:
        found: dict[int, list[Way]] = {}
        for way in self.ways:
            found.setdefault(self.grid.firm_of[way.key[2]], []).append(way)
        return found

    def draft_of(self, columns: Floats) -> dict[Key, int]:
        """Return the lots of a solution, rounded; up, where a column counts many at once."""
        rounded = ((key, self._rounded(key, columns[place])) for key, place in self.lots.items())
        return {key: lots for key, lots in rounded if lots > 0}

    def _rounded(self, key: Key, value: float) -> int:
        size = self.at_once[key]
        return round(value) if size == 1 else math.ceil(value * size - ROUNDED_OFF)


def sender_of(grid: Grid, key: Key) -> Sender:
    need, group, capacity = key
    return (need, ALONE, grid.firm_of[capacity]) if group == ALONE else (need, group, ALONE)


def model_of(
    grid: Grid,
    around: Draft,
    needs: Sequence[int],
    ways: Sequence[Way],
    *,
    costs: bool = False,
    relaxed: bool = False,
) -> Model:
    """Return the rules without any aim; costs: every consignment with a fare has its switch."""
    model = Model(grid, around, needs, ways, relaxed)
    for way in ways:
        model.add_way(way)
    senders = model.senders()
    for sender, inside in senders.items():
        consignment_is_whole(model, sender, inside, costs=costs)
    needs_get_no_more(model)
    suppliers_are_few(model, senders)
    firms_have_time(model)
    firms_keep_their_share(model)
    regencies_keep_their_share(model)
    return model


def consignment_is_whole(model: Model, sender: Sender, ways: Sequence[Way], *, costs: bool) -> None:
    """A consignment holds at least its smallest order, within the price, or nothing."""
    grid, program = model.grid, model.program
    need = grid.case.needs[sender[0]]
    fixed = grid.tariffs[ways[0].distance][0]
    group = None if sender[1] == ALONE else grid.case.groups[sender[1]]
    least = max(need.min_order, group.min_order) if group else 0
    is_small = (all(way.least <= 1 for way in ways) and least <= 1) or model.is_relaxed
    is_priced = group is not None and need.max_price is not None
    if model.is_relaxed and group is None:
        return
    if is_small and not is_priced and need.max_suppliers is None and not (costs and fixed):
        return
    switch = model.switches[sender] = program.column(upper=1.0, whole=not model.is_relaxed)
    for way in ways:
        column, size = model.lots[way.key], model.at_once[way.key]
        program.row([(column, 1.0), (switch, -way.top / size)], most=0.0)
        if way.least > 1:
            program.row([(column, 1.0), (switch, -way.least / size)], least=0.0)
    if group and least > 1:
        units = [model.lot(way.key, grid.lot_of[way.key[2]] / least) for way in ways]
        program.row([*units, (switch, -1.0)], least=0.0)
    if is_priced and group:
        consignment_is_cheap(model, ways, switch, fixed)


def consignment_is_cheap(model: Model, ways: Sequence[Way], switch: int, fixed: int) -> None:
    """A group's goods, fee and transport cost no more than the highest price of each unit."""
    grid = model.grid
    margins = [model.lot(way.key, margin_of(grid, way.key, way.distance)) for way in ways]
    scale = max([1.0, float(fixed), *(abs(margin) for _, margin in margins)])
    entries = [(column, margin / scale) for column, margin in margins]
    model.program.row([*entries, (switch, -fixed / scale)], least=0.0)


def needs_get_no_more(model: Model) -> None:
    """What a need gets is the sum of its pieces, each no wider than its width."""
    grid, program = model.grid, model.program
    by_need: dict[int, list[Way]] = {place: [] for place in model.needs}
    for way in model.ways:
        by_need[way.key[0]].append(way)
    for place, ways in by_need.items():
        if not ways:
            continue
        quantity = grid.case.needs[place].quantity
        units = [model.lot(way.key, grid.lot_of[way.key[2]] / quantity) for way in ways]
        common = gcd(*(grid.lot_of[way.key[2]] for way in ways))
        usable = quantity // common * common / quantity
        for step, (width, _) in enumerate(model.steps):
            model.pieces[place, step] = program.column(upper=float(width))
        pieces = [(model.pieces[place, step], -1.0) for step in range(len(model.steps))]
        unit = 1.0 / quantity
        model.of_pieces[place] = program.row([*units, *pieces], least=0.0), unit
        model.of_needs[place] = program.row(units, most=usable), unit


def suppliers_are_few(model: Model, senders: Mapping[Sender, Sequence[Way]]) -> None:
    """A need has at most so many suppliers."""
    by_need: dict[int, list[Sender]] = {}
    for sender in senders:
        by_need.setdefault(sender[0], []).append(sender)
    for place, inside in by_need.items():
        most = model.grid.case.needs[place].max_suppliers
        if most is not None and len(inside) > most:
            counted = [_sent(model, each, senders[each]) for each in inside]
            model.of_suppliers[place] = model.program.row(counted, most=float(most)), 1.0


def _sent(model: Model, sender: Sender, ways: Sequence[Way]) -> tuple[int, float]:
    """Return the column that says whether a consignment is sent, and what one of it counts."""
    if sender in model.switches:
        return model.switches[sender], 1.0
    return model.lot(ways[0].key, 1.0 / ways[0].top)


def firms_have_time(model: Model) -> None:
    """By every latest day, a firm's work fits into the weeks until then, orders placed aside."""
    grid = model.grid
    for firm, ways in model.by_firm().items():
        clock, orders = grid.clocks[firm], model.around.orders[firm]
        later: int | None = None
        days = {way.latest for way in ways} | {day for day, _ in orders}
        days |= {day for day, _ in clock.placed}
        for day, before in pairwise([*sorted(days, reverse=True), -1]):
            used = sum(ticks for due, ticks in orders if due <= day)
            left = clock.until(day) - used
            later = left if later is None else min(left, later)
            inside = [way for way in ways if way.latest <= day]
            if inside and any(way.latest > before for way in inside):
                _time_row(model, firm, day, inside, max(0, later))


def _time_row(model: Model, firm: int, day: int, ways: Sequence[Way], ticks: int) -> None:
    """In whole ticks, divided by what all lots share, so that the row is as tight as it can be."""
    grid = model.grid
    taken = [grid.lot_of[way.key[2]] * grid.ticks_a_unit[way.key[2]] for way in ways]
    if sum(t * way.top for t, way in zip(taken, ways, strict=True)) <= ticks:
        return
    common = gcd(*taken)
    most = ticks // common
    largest = max(t // common * model.at_once[way.key] for t, way in zip(taken, ways, strict=True))
    entries = [
        model.lot(way.key, t // common / largest) for t, way in zip(taken, ways, strict=True)
    ]
    row = model.program.row(entries, most=most / largest)
    model.of_days[firm, day] = row, 7 * grid.ticks[firm] / (common * largest)


def firms_keep_their_share(model: Model) -> None:
    """No firm gets more than its share of all that is asked for of a product."""
    grid = model.grid
    by_capacity: dict[int, list[Way]] = {}
    for way in model.ways:
        by_capacity.setdefault(way.key[2], []).append(way)
    for capacity, ways in by_capacity.items():
        most = grid.firm_most[grid.product_of[capacity]]
        if most >= NO_LIMIT:
            continue
        lots = max(0, most - model.around.made[capacity]) // grid.lot_of[capacity]
        if sum(way.top for way in ways) > lots:
            largest = max(model.at_once[way.key] for way in ways)
            entries = [model.lot(way.key, 1 / largest) for way in ways]
            row = model.program.row(entries, most=lots / largest)
            model.of_firms[capacity] = row, 1 / (grid.lot_of[capacity] * largest)


def regencies_keep_their_share(model: Model) -> None:
    """No regency's firms together get more than its share."""
    grid = model.grid
    together: dict[tuple[int, int], list[Way]] = {}
    for way in model.ways:
        capacity = way.key[2]
        where = grid.regency_of[grid.firm_of[capacity]], grid.product_of[capacity]
        together.setdefault(where, []).append(way)
    for where, ways in together.items():
        most = grid.regency_most[where[1]]
        if most >= NO_LIMIT:
            continue
        left = max(0, most - model.around.made_in.get(where, 0))
        units = [grid.lot_of[way.key[2]] for way in ways]
        if sum(u * way.top for u, way in zip(units, ways, strict=True)) <= left:
            continue
        common = gcd(*units)
        scale = max(1, left // common)
        entries = [
            model.lot(way.key, u // common / scale) for u, way in zip(units, ways, strict=True)
        ]
        row = model.program.row(entries, most=left // common / scale)
        model.of_regencies[where] = row, 1 / (common * scale)


def fill_terms(model: Model) -> list[tuple[int, float]]:
    """Return columns and what a whole share of each adds to the fill."""
    found = []
    for (place, step), column in model.pieces.items():
        worth = model.grid.case.needs[place].weight * model.steps[step][1]
        if worth:
            found.append((column, float(worth)))
    return found


def add_help(model: Model) -> list[tuple[int, float]]:
    """Add how much of full help every firm gets; return columns and what each adds to work."""
    grid, program = model.grid, model.program
    full = float(grid.case.settings.full_weeks)
    for firm, ways in model.by_firm().items():
        if not grid.severity[firm]:
            continue
        before = model.around.weeks[firm] / full
        if before >= 1:
            continue
        help_ = model.helps[firm] = program.column(upper=1.0)
        entries = [
            model.lot(
                way.key,
                -grid.lot_of[way.key[2]] / (grid.case.capacities[way.key[2]].per_week * full),
            )
            for way in ways
        ]
        program.row([(help_, 1.0), *entries], most=before)
    return [(column, float(grid.severity[firm])) for firm, column in model.helps.items()]


def add_cost(model: Model, *, exact: bool) -> list[tuple[int, float]]:
    """Return columns and rupiah: goods, fee and carriage of a lot, the fare of a consignment.

    exact: a bill is rounded up to a rupiah, by a whole column of its own where that matters.
    """
    found = []
    for sender, ways in model.senders().items():
        fixed = model.grid.tariffs[ways[0].distance][0]
        if fixed:
            column, once = _sent(model, sender, ways)
            found.append((column, once * fixed))
        by_weight = {way.key: carriage_of(model.grid, way.key, way.distance) for way in ways}
        if exact and any(rupiah.denominator > 1 for rupiah in by_weight.values()):
            most = sum(by_weight[way.key] * way.top for way in ways)
            bill = model.bills[sender] = model.program.column(upper=float(most) + 1, whole=True)
            taken = [model.lot(key, -rupiah) for key, rupiah in by_weight.items()]
            model.program.row([(bill, 1.0), *taken], least=0.0)
            found.append((bill, 1.0))
            by_weight = {}
        found += [model.lot(key, rupiah) for key, rupiah in by_weight.items()]
        found += [model.lot(way.key, goods_of(model.grid, way.key)) for way in ways]
    return found


def aim(model: Model, terms: Iterable[tuple[int, float]], scale: float) -> None:
    """Minimise these terms, divided by the scale, and nothing else."""
    model.program.cost = [0.0] * len(model.program.lower)
    for column, value in terms:
        model.program.cost[column] += value / scale


def keep(model: Model, terms: Sequence[tuple[int, float]], least: float) -> int:
    """Let the terms sum to at least so much."""
    scale = max((abs(value) for _, value in terms), default=1.0)
    entries = [(column, value / scale) for column, value in terms]
    return model.program.row(entries, least=least / scale)


def start_of(model: Model, parts: Mapping[Key, int]) -> Floats:
    """Return an answer as a value for every column; aims must be added before."""
    columns = np.zeros(len(model.program.lower))
    grid, units = model.grid, dict.fromkeys(model.needs, 0)
    bills: dict[Sender, Fraction] = {}
    ways = {way.key: way for way in model.ways} if model.bills else {}
    full = float(grid.case.settings.full_weeks)
    weeks = {firm: model.around.weeks[firm] / full for firm in model.helps}
    for key, lots in parts.items():
        columns[model.lots[key]] = lots / model.at_once[key]
        sent = lots * grid.lot_of[key[2]]
        units[key[0]] += sent
        firm = grid.firm_of[key[2]]
        if firm in weeks:
            weeks[firm] += sent / (grid.case.capacities[key[2]].per_week * full)
        sender = sender_of(grid, key)
        if sender in model.switches:
            columns[model.switches[sender]] = 1.0
        if sender in model.bills:
            bill = bills.get(sender, Fraction(0)) + lots * carriage_of(
                grid, key, ways[key].distance
            )
            bills[sender] = bill
    for firm, column in model.helps.items():
        columns[column] = min(1.0, weeks[firm])
    for sender, bill in bills.items():
        columns[model.bills[sender]] = math.ceil(bill)
    for place, sent in units.items():
        share = sent / grid.case.needs[place].quantity
        for step, (width, _) in enumerate(model.steps):
            if (place, step) in model.pieces:
                columns[model.pieces[place, step]] = min(float(width), share)
                share -= min(float(width), share)
    return columns
