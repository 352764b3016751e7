"""Regencies as arrays: for given prices each finds its own best batches, all at once.

A plan of a regency is one count of batches per measure. Once money has a price in every pool,
regencies do not meet; the search below is exact, or says by how much it may fall short.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pulih.refocusing.grid import Floats, Grid, Whole

NO_CELL = -1
DUST = 1e-9


@dataclass(frozen=True)
class Regencies:
    """Arrays by regency R, measure M, need N and step I of F; money in solver units."""

    cell: Whole  # R x M, NO_CELL where a measure cannot run.
    purse: Whole  # R x M
    province: Whole  # R
    step: Floats  # R x M, money per batch.
    setup: Floats  # R x M, money once.
    most: Whole  # R x M, batches.
    gain: Floats  # R x M x N, share of the need that one batch serves.
    slope: Floats  # R x N x I, relief in firms per share served along a step.
    widths: Floats  # I

    def __len__(self) -> int:
        return len(self.province)

    @cached_property
    def starts(self) -> Floats:
        """The share at which each step of F begins."""
        return np.concatenate(([0.0], np.cumsum(self.widths)[:-1]))

    def filled(self, shares: Floats) -> Floats:
        """How far shares fill each step of F, one more axis than `shares`."""
        return np.clip(shares[..., None] - self.starts, 0.0, self.widths)

    def relief(self, regency: Whole, batches: Whole) -> Floats:
        """Relief in firms of plans: a regency and a row of batches each."""
        shares = np.einsum("im,imn->in", batches.astype(np.float64), self.gain[regency])
        return np.asarray(np.einsum("rni,rni->r", self.filled(shares), self.slope[regency]))

    @cached_property
    def corners(self) -> tuple[Floats, Floats]:
        """Counts of batches where a measure alone meets a corner of F, and what they fill."""
        with np.errstate(divide="ignore", invalid="ignore"):
            counts = np.cumsum(self.widths) / self.gain[..., None]
        counts = counts.reshape(*self.most.shape, -1)
        ends = np.stack((np.ones_like(self.most), self.most), axis=2)
        counts = np.concatenate((np.nan_to_num(counts, posinf=1e15), ends), axis=2)
        counts = np.clip(counts, 1.0, np.maximum(1, self.most)[..., None])
        filled = self.filled(self.gain[:, :, None, :] * counts[..., None])
        return counts, filled.reshape(*counts.shape, -1)


def regencies_of(grid: Grid) -> Regencies:
    """Return the regencies of a grid, in its case's order."""
    case, needs = grid.case, sorted({need.need for need in grid.case.needs})
    place = {code: index for index, code in enumerate(case.regencies)}
    kind = {measure.code: index for index, measure in enumerate(case.measures)}
    shape = (len(place), len(kind))
    cell = np.full(shape, NO_CELL, dtype=np.int64)
    for index, found in enumerate(grid.cells):
        cell[place[found.regency], kind[found.measure.code]] = index
    provinces = [case.provinces.index(case.province_of[code]) for code in case.regencies]
    province = np.array(provinces, dtype=np.int64)
    has_cell = cell != NO_CELL
    gain, slope = _needs(grid, needs, shape)
    return Regencies(
        cell,
        province[:, None] * len(kind) + np.arange(len(kind)),
        province,
        np.where(has_cell, _of_cells(grid.step_money, cell), 0.0),
        np.where(has_cell, _of_cells(grid.setup_money, cell), 0.0),
        np.where(has_cell, _of_cells(grid.most, cell), 0.0).astype(np.int64),
        gain,
        slope,
        np.array([width for width, _ in grid.steps]),
    )


def _of_cells(values: Floats, cell: Whole) -> Floats:
    return values[cell] if len(values) else np.zeros(cell.shape)


def _needs(grid: Grid, needs: list[str], shape: tuple[int, int]) -> tuple[Floats, Floats]:
    """Return the share a batch serves (R x M x N) and the relief per share (R x N x I)."""
    case, served = grid.case, np.zeros((shape[1], len(needs)))
    kind = {measure.code: index for index, measure in enumerate(case.measures)}
    place = {code: index for index, code in enumerate(case.regencies)}
    for effect in case.effects:
        if effect.need in needs:
            batch = case.measure[effect.measure].batch
            served[kind[effect.measure], needs.index(effect.need)] = float(effect.relief * batch)
    firms = np.full((shape[0], len(needs)), np.inf)
    weight = np.zeros((shape[0], len(needs)))
    for need in case.needs:
        if need.firms and need.severity:
            at = place[need.regency], needs.index(need.need)
            firms[at], weight[at] = need.firms, float(need.severity * need.firms / 100)
    weights = np.array([weight for _, weight in grid.steps])
    return served[None] / firms[:, None, :], weight[..., None] * weights


@dataclass(frozen=True)
class Prices:
    """What counts in a regency: a firm's relief, a batch and a set-up of each measure."""

    relief: Floats  # R
    step: Floats  # R x M
    setup: Floats  # R x M

    def worth(self, regency: Whole, batches: Whole, relief: Floats) -> Floats:
        """Priced relief less priced costs of plans."""
        cost = np.einsum("im,im->i", batches.astype(np.float64), self.step[regency])
        cost += np.einsum("im,im->i", (batches > 0).astype(np.float64), self.setup[regency])
        return np.asarray(self.relief[regency] * relief - cost)


@dataclass(frozen=True)
class Found:
    """The best worth of each regency, the most that any plan may have, and the plans kept."""

    best: Floats
    most: Floats
    regency: Whole
    batches: Whole
    worth: Floats


class Nodes:
    """Half-made plans: the first measures of each regency's order are decided."""

    def __init__(self, regency: Whole, needs: int, measures: int) -> None:
        self.regency = regency
        self.shares = np.zeros((len(regency), needs))
        self.cost = np.zeros(len(regency))
        self.batches = np.zeros((len(regency), measures), dtype=np.int64)
        self.worth = np.zeros(len(regency))
        self.above = np.zeros(len(regency))

    def at(self, chosen: Whole) -> "Nodes":
        found = Nodes.__new__(Nodes)
        for name, values in vars(self).items():
            setattr(found, name, values[chosen])
        return found


def joined(parts: list[Nodes]) -> Nodes:
    found = Nodes.__new__(Nodes)
    for name in vars(parts[0]):
        setattr(found, name, np.concatenate([getattr(part, name) for part in parts]))
    return found
