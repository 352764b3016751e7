"""Bounds that hold without any program, quick at any size."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from pulih.matching.goal import Goal
from pulih.matching.greedy import unit_cost, units_by_supplier
from pulih.matching.grid import Floats, Grid
from pulih.matching.ways import ALONE, Ways
from pulih.matching.worth import earned

NOISE = 1e-9  # Relative, given away so that rounding of floats never proves too much.


def quick_bound(grid: Grid, goal: Goal, ways: Sequence[Ways]) -> float:
    """Return what no lawful answer can pass: each need, or each firm, taken by itself."""
    match goal.name:
        case "fill":
            return sum(most_fill(grid, each) for each in ways) * (1 + NOISE)
        case "work":
            return _most_work(grid, ways) * (1 + NOISE)
        case "cost":
            return _least_cost(grid, goal, ways) * (1 - NOISE)


def plain_bound(grid: Grid, goal: Goal) -> float:
    """Return what holds without a look at any maker: every need filled, every firm helped."""
    match goal.name:
        case "fill":
            top = earned(grid.case.settings.fill, Fraction(1))
            return float(top * sum(need.weight for need in grid.case.needs)) * (1 + NOISE)
        case "work":
            return float(grid.severity.sum()) * (1 + NOISE)
        case "cost":
            return 0.0


def most_units(grid: Grid, ways: Ways) -> float:
    """Return the most units of a need that its makers, or so many suppliers, could send."""
    need = grid.case.needs[ways.need]
    capacities, first = np.unique(ways.capacity, return_index=True)
    units = float((ways.top[first].astype(np.float64) * grid.lot[capacities]).sum())
    if need.max_suppliers is not None:
        units = min(units, float(by_supplier(grid, ways)[: need.max_suppliers].sum()))
    return min(float(need.quantity), units)


def by_supplier(grid: Grid, ways: Ways) -> Floats:
    """Return the most units of every supplier of a need, the largest first."""
    units = units_by_supplier(grid, ways)
    grouped = ways.group != ALONE
    _, first = np.unique(ways.group[grouped], return_index=True)
    return -np.sort(-np.concatenate((units[~grouped], units[grouped][first])))


def most_fill(grid: Grid, ways: Ways) -> float:
    need = grid.case.needs[ways.need]
    share, total = most_units(grid, ways) / need.quantity, 0.0
    for width, weight in grid.case.settings.fill:
        total += float(weight) * min(float(width), share)
        share -= min(float(width), share)
    return float(need.weight) * total


def _most_work(grid: Grid, ways: Sequence[Ways]) -> float:
    """Return the help of every firm that any need could reach, no more than its time allows."""
    full, last = float(grid.case.settings.full_weeks), np.zeros(len(grid.case.firms))
    for each in ways:
        np.maximum.at(last, grid.capacity_firm[each.capacity], each.latest)
    weeks = np.maximum(0.0, (last - grid.start) / 7)
    return float(grid.severity @ np.minimum(1.0, weeks / full))


def _least_cost(grid: Grid, goal: Goal, ways: Sequence[Ways]) -> float:
    """Return the rupiah at which the fill could be had if every maker's time were free."""
    steps: list[tuple[float, float]] = []  # Rupiah a fill, and the fill of the step.
    for each in ways:
        need = grid.case.needs[each.need]
        if not len(each) or not need.weight:
            continue
        unit = float(unit_cost(grid, each, spread=False).min())
        for width, weight in grid.case.settings.fill:
            gain = float(need.weight * weight * width)
            if gain:
                steps.append((unit * need.quantity * float(width) / gain, gain))
    left, total = float(goal.kept.fill), 0.0
    for price, gain in sorted(steps):
        total += price * min(gain, left)
        left -= min(gain, left)
    return total
