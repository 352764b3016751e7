"""Cuts for pools: the money that a pool holds anyway buys whole batches only.

With free money f and fresh money y, sum(a_j x_j) <= f + y over whole x_j. For any d, rounding
gives sum(G(a_j) x_j) <= floor(f / d) + y / (d (1 - f0)), f0 the fraction of f / d and
G(a) = floor(a / d) + max(0, fraction(a / d) - f0) / (1 - f0): mixed-integer rounding
(Nemhauser and Wolsey 1990). x_j counts first batches with their set-up, and further batches.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pulih.refocusing.grid import Floats, Grid, Whole
from pulih.refocusing.regencies import NO_CELL, Regencies

LEAST_VIOLATION = 1e-4  # Of the pool's free money, or of a solver unit.
AT_ONCE = 3  # Cuts per pool and round.


@dataclass(frozen=True)
class PoolCut:
    """M[purse] - sum(first x [runs] + more x further batches) >= least, in solver money."""

    purse: int
    measure: int
    divisor: float
    regencies: Whole
    first: Floats
    more: Floats
    least: float

    def by_regency(self, count: int) -> tuple[Floats, Floats]:
        first, more = np.zeros(count), np.zeros(count)
        first[self.regencies], more[self.regencies] = self.first, self.more
        return first, more


def violated_cuts(
    grid: Grid, regencies: Regencies, batches: Floats, runs: Floats, money: Floats
) -> Iterator[PoolCut]:
    """Yield cuts that a relaxed solution breaks.

    batches, runs: R x M, in the mean of the plans chosen; money by purse.
    """
    measures = regencies.most.shape[1]
    for index, purse in enumerate(grid.purses):
        province, measure = divmod(index, measures)
        inside = np.flatnonzero(
            (regencies.province == province) & (regencies.cell[:, measure] != NO_CELL)
        )
        if not len(inside) or not (runs[inside, measure] > 1e-7).any():
            continue
        free = (purse.floor - purse.blocked) / grid.scale
        pool = Pool(index, measure, inside, free, purse.floor / grid.scale, regencies)
        yield from pool.broken(
            runs[inside, measure], batches[inside, measure], money[index] - pool.floor
        )


@dataclass(frozen=True)
class Pool:
    index: int
    measure: int
    inside: Whole
    free: float
    floor: float
    regencies: Regencies

    def broken(self, runs: Floats, batches: Floats, fresh: float) -> list[PoolCut]:
        """Return the most broken cuts of this pool."""
        step = self.regencies.step[self.inside, self.measure]
        first = step + self.regencies.setup[self.inside, self.measure]
        further = np.maximum(0.0, batches - runs)
        sizes = np.concatenate((first[runs > 1e-7], step[further > 1e-7], [self.free + fresh]))
        divisors = np.unique(np.concatenate((sizes, sizes / 2, sizes / 3)))
        found = []
        for divisor in divisors[divisors > 1e-7]:
            whole = np.floor(self.free / divisor + 1e-9)
            part = self.free / divisor - whole
            if not 1e-3 < part < 1 - 1e-3:
                continue
            weight = divisor * (1 - part)
            on_first = rounded(first, divisor, part) * weight
            on_more = rounded(step, divisor, part) * weight
            broken_by = on_first @ runs + on_more @ further - whole * weight - fresh
            if broken_by > LEAST_VIOLATION * max(1.0, self.free):
                least = self.floor - whole * weight
                cut = PoolCut(
                    self.index,
                    self.measure,
                    float(divisor),
                    self.inside,
                    on_first,
                    on_more,
                    least - 1e-9 * max(1.0, abs(least)),
                )
                found.append((float(broken_by), cut))
        found.sort(key=lambda pair: -pair[0])
        return [cut for _, cut in found[:AT_ONCE]]


def rounded(sizes: Floats, divisor: float, part: float) -> Floats:
    """Return G of sizes."""
    whole = np.floor(sizes / divisor + 1e-9)
    beyond = np.maximum(0.0, sizes / divisor - whole - part)
    return np.asarray(whole + beyond / (1 - part))
