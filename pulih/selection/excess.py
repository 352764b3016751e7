"""How many too many of an exclusive column a selection needs, where its rules demand it."""

from dataclasses import replace

import numpy as np

from pulih.highs import INFINITY
from pulih.selection.case import Whole
from pulih.selection.program import Program, maximise

MOST_COLUMNS = 5_000  # Above, a selection that was found speaks for the best.


def too_many(value: Whole, chosen: Whole) -> int:
    """Count the chosen beyond the first of each value; -1 is no value."""
    counts = np.bincount(value[chosen][value[chosen] >= 0], minlength=1)
    return int(np.maximum(counts - 1, 0).sum())


def fewest(program: Program, value: Whole, fixed: Whole, seconds: float) -> int | None:
    """The fewest beyond the first of each value, of any selection that the program allows.

    value: of each of the program's columns; fixed: values of those who are fixed `in`.
    """
    numbers, mine = np.unique(value[value >= 0], return_inverse=True)
    width, height, count = len(program.profit), len(program.least), len(numbers)
    present = fixed[np.isin(fixed, numbers)]
    taken = np.bincount(np.searchsorted(numbers, present), minlength=count)
    extra = np.arange(count)
    widened = replace(
        program,
        profit=np.concatenate((np.zeros(width), -np.ones(count))),
        lower=np.zeros(width + count),
        upper=np.concatenate((program.upper, np.full(count, INFINITY))),
        is_whole=np.ones(width + count, dtype=bool),
        least=np.concatenate((program.least, np.full(count, -INFINITY))),
        most=np.concatenate((program.most, 1.0 - taken)),
        row=np.concatenate((program.row, height + mine, height + extra)),
        column=np.concatenate((program.column, np.flatnonzero(value >= 0), width + extra)),
        value=np.concatenate((program.value, np.ones(len(mine)), -np.ones(count))),
    )
    answer = maximise(widened, seconds=seconds)
    alone = np.setdiff1d(fixed[fixed >= 0], numbers)
    if answer.columns is None:
        return None
    return round(-answer.value) + too_many(fixed, np.flatnonzero(np.isin(fixed, alone)))
