"""At which gate each maker of a need's product falls, alone and free but for placed orders."""

from collections.abc import Iterator

import numpy as np

from pulih.matching.grid import Flags, Grid, Whole
from pulih.matching.ways import is_within_price, least_alone, makers_of, most_alone

GATES = ("barred", "certificate", "late", "small", "large", "dear", "able")


def gates_of(grid: Grid, place: int) -> Whole:
    """Return the first gate (place in GATES) of every maker of a need, in order of capacities."""
    need = grid.case.needs[place]
    makers = makers_of(grid, need)
    if not len(makers.capacities):
        return np.zeros(0, dtype=np.int64)
    least, most = least_alone(grid, need, makers), most_alone(grid, need, makers)
    lot = grid.lot[makers.capacities]
    falls = [
        ~grid.may_send_alone(place, grid.capacity_firm[makers.capacities]),
        ~makers.certified,
        _has_no_time(grid, makers.capacities, makers.latest),
        makers.free // lot * lot < least,
        least > need.quantity,
        ~is_within_price(need, makers, most),
    ]
    found: Whole = np.argmax([*falls, np.ones(len(least), dtype=np.bool_)], axis=0)
    return found


def _has_no_time(grid: Grid, capacities: Whole, latest: Whole) -> Flags:
    firms = grid.capacity_firm[capacities]
    found = latest <= grid.start[firms]
    for row in np.flatnonzero(grid.has_placed[firms]).tolist():
        found[row] = grid.ticks_at_most(int(firms[row]), int(latest[row])) <= 0
    return found


def counts(grid: Grid) -> Iterator[tuple[str, str, int]]:
    """Yield (need, gate, makers) of every gate at which any maker stands."""
    for place, need in enumerate(grid.case.needs):
        found = np.bincount(gates_of(grid, place), minlength=len(GATES))
        for gate, makers in zip(GATES, found.tolist(), strict=True):
            if makers:
                yield need.code, gate, makers
