"""Why a match gave a maker work for a need, or passed it over. Plain values, no database."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pulih.matching import Case, Parts, worth
from pulih.matching.case import Need
from pulih.matching.gates import GATES, gates_of
from pulih.matching.grid import Grid
from pulih.matching.ways import makers_of

ABLE = "able"


@dataclass(frozen=True)
class Judged:
    """One maker of a need's product in a match.

    reason: `given`, a gate at which it falls, or why an able one got nothing. units: its part,
    through a group where one is named. unit_cost: rupiah a unit with transport, sent alone at its
    part or, without one, at what it could send; None where that is nothing.
    """

    firm: str
    reason: str
    units: int
    through: str
    distance: str
    severity: Fraction
    price: int
    unit_cost: int | None


@dataclass(frozen=True)
class Reached:
    """What the chosen of one need have in common, to compare the others with."""

    is_filled: bool
    is_full: bool
    least_severity: Fraction
    most_unit_cost: int


def judged(
    case: Case, parts: Parts, need: Need, grid: Grid | None = None, of: str = ""
) -> Sequence[Judged]:
    """Say of every maker of a need's product what the match gave it and why, those with most first.

    parts: those of the whole match, units by (need, supplier, firm). grid: of the case, where it is
    at hand. of: only this firm and those that have work are judged.
    """
    grid = grid or Grid(case)
    place = next(at for at, one in enumerate(case.needs) if one.code == need.code)
    makers, gates = makers_of(grid, need), gates_of(grid, place)
    units, through = Counter[str](), {}
    for (asked, supplier, maker), count in parts.items():
        if asked == need.code:
            units[maker] += count
            through[maker] = "" if supplier == maker else supplier
    rows = []
    for row, capacity_at in enumerate(makers.capacities.tolist()):
        capacity = case.capacities[capacity_at]
        code, price = capacity.firm, capacity.price
        if of and code != of and not units[code]:
            continue
        firm = case.firm[code]
        distance = case.class_between(firm.regency, need.area)
        alone = units[code] or min(int(makers.free[row]), need.quantity)
        reason = "given" if units[code] else GATES[int(gates[row])]
        cost = _unit_cost(case, need, distance, price, alone)
        rows.append(
            Judged(code, reason, units[code], through.get(code, ""), distance, firm.severity,
                   price, cost)
        )  # fmt: skip
    reached = _reached(parts, need, rows)
    told = [_why_not(parts, reached, one) for one in rows]
    return sorted(told, key=lambda one: (-one.units, one.reason, one.firm))


def _unit_cost(case: Case, need: Need, distance: str, price: int, units: int) -> int | None:
    if units <= 0:
        return None
    return price + -(-worth.transport(case, need, distance, units) // units)


def _reached(parts: Parts, need: Need, rows: Sequence[Judged]) -> Reached:
    chosen = [one for one in rows if one.units]
    suppliers = {supplier for (of, supplier, _firm) in parts if of == need.code}
    return Reached(
        sum(one.units for one in chosen) >= need.quantity,
        need.max_suppliers is not None and len(suppliers) >= need.max_suppliers,
        min((one.severity for one in chosen), default=Fraction(0)),
        max((one.unit_cost or 0 for one in chosen), default=0),
    )


def _why_not(parts: Parts, reached: Reached, one: Judged) -> Judged:
    return one if one.reason != ABLE else replace(one, reason=_reason(parts, reached, one))


def _reason(parts: Parts, reached: Reached, one: Judged) -> str:
    """Say why an able maker got nothing: what others have, or what it lacks for what is left."""
    if any(firm == one.firm for (_need, _supplier, firm) in parts):
        return "elsewhere"
    if not reached.is_filled:
        return "suppliers" if reached.is_full else "left"
    if one.severity < reached.least_severity:
        return "harder_hit"
    if one.unit_cost is not None and one.unit_cost > reached.most_unit_cost:
        return "cheaper"
    return "filled"
