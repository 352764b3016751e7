"""Sums of large rupiah, exact in a program of doubles: digits of six, with carries.

A line whose coefficients have more digits than a double's tolerance can distinguish keeps its
scaled row and gets one row for each six digits more; whole carry columns link them.
"""

import math
from dataclasses import replace

import numpy as np

from pulih.highs import INFINITY
from pulih.selection.case import Floats, Whole, exact_sum
from pulih.selection.model import Model
from pulih.selection.program import Program

BASE = 1_000_000
NARROW = 10_000_000  # Up to here one unit is well above the solver's tolerance.


def wide_lines(model: Model) -> list[int]:
    """The places of lines whose coefficients a double's tolerance cannot distinguish."""
    steps = model.scale / np.array(model.divisor, dtype=np.float64)
    return np.flatnonzero(steps > NARROW).tolist()


def with_digits(model: Model, program: Program, chosen: Whole, held: Whole) -> Program:
    """Add the rows of digits for every wide line; `held` counts all atoms that stay fixed."""
    if not len(chosen):
        return program  # Exact sums judge what is found.
    rest = held.copy()
    rest[chosen] = 0
    of_group = np.zeros(model.lines.groups, dtype=np.int64)
    np.add.at(of_group, model.atoms.group, rest)
    people = int(model.atoms.capacity[chosen].sum()) + 2
    for place in wide_lines(model):
        line, divisor = model.lines.lines[place], model.divisor[place]
        least = model.needed[place] - exact_sum(line.coefficients, of_group[line.groups])
        by_group = np.zeros(model.lines.groups, dtype=np.int64)
        by_group[line.groups] = line.coefficients // divisor
        mine = by_group[model.atoms.group[chosen]]
        program = _carried(program, mine, -(-least // divisor), float(people))
    return program


def _carried(program: Program, coefficients: Whole, least: int, most_carried: float) -> Program:
    """Add Σ coefficient · x ≥ least by digits; the coefficients are all ≥ 0 or all ≤ 0."""
    sign = -1 if (coefficients < 0).any() else 1
    left, goal = np.abs(coefficients), sign * least
    count = math.ceil(math.log(max(int(left.max()), 2), BASE)) or 1
    width, height = len(program.profit), len(program.least)
    rows, columns, values, goals = [], [], [], []
    for level in range(count):
        is_top = level == count - 1
        left, digits = (left, left) if is_top else np.divmod(left, BASE)
        goal, goal_digits = (goal, goal) if is_top else divmod(goal, BASE)
        rows.append(np.full(len(digits), height + level))
        columns.append(np.arange(len(digits)))
        values.append(digits.astype(np.float64))
        goals.append(float(goal_digits))
        carries = [] if is_top else [(level, sign * BASE)]
        carries += [(level - 1, -sign)] if level else []
        for carry, weight in carries:
            rows.append(np.array([height + level]))
            columns.append(np.array([width + carry]))
            values.append(np.array([float(weight)]))
    return _extended(program, (rows, columns, values), np.array(goals), sign, most_carried)


def _extended(
    program: Program,
    entries: tuple[list[Whole], list[Whole], list[Floats]],
    goals: Floats,
    sign: int,
    most_carried: float,
) -> Program:
    added, free = len(goals) - 1, np.full(len(goals), INFINITY)
    rows, columns, values = entries
    return replace(
        program,
        profit=np.concatenate((program.profit, np.zeros(added))),
        lower=np.concatenate((program.lower, np.full(added, -most_carried))),
        upper=np.concatenate((program.upper, np.full(added, most_carried))),
        is_whole=np.concatenate((program.is_whole, np.ones(added, dtype=bool))),
        least=np.concatenate((program.least, goals if sign > 0 else -free)),
        most=np.concatenate((program.most, free if sign > 0 else goals)),
        row=np.concatenate((program.row, *rows)),
        column=np.concatenate((program.column, *columns)),
        value=np.concatenate((program.value, *values)),
    )
