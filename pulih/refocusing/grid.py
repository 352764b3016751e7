"""A case as the solver sees it: pools of money, cells where a measure can run, needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pulih.refocusing import relief
from pulih.refocusing.case import Case, Line, Measure
from pulih.refocusing.rules import MoneyRule, Pool, money_rules

if TYPE_CHECKING:
    from pulih.refocusing.parts import RelaxedWorst
    from pulih.refocusing.states import States

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

UNLIMITED = 10**18


@dataclass(frozen=True, slots=True)
class Purse:
    """The pooled lines of one (province, measure); without lines a new one may be opened."""

    pool: Pool
    lines: tuple[Line, ...]
    before: int
    floor: int
    blocked: int
    is_fixed: bool

    @property
    def free_lines(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.is_protected)


@dataclass(frozen=True, slots=True)
class Cell:
    """A measure that can run in a regency: rupiah per batch, rupiah once, most batches."""

    regency: str
    measure: Measure
    purse: int
    step: int
    setup: int
    most: int

    def spends(self, batches: int) -> int:
        return self.step * batches + self.setup if batches else 0


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit in batches on some cells; `cells` is empty where the measure cannot run."""

    area: str
    measure: str
    cells: tuple[int, ...]
    least: int
    most: int | None


@dataclass(frozen=True)
class Grid:
    case: Case
    purses: tuple[Purse, ...]
    cells: tuple[Cell, ...]
    bounds: tuple[Bound, ...]
    rules: tuple[MoneyRule, ...]
    given_scale: float | None = None  # Of the whole that this grid is a part of.

    @cached_property
    def purse_index(self) -> dict[Pool, int]:
        return {purse.pool: index for index, purse in enumerate(self.purses)}

    @cached_property
    def cell_index(self) -> dict[tuple[str, str], int]:
        return {(c.regency, c.measure.code): index for index, c in enumerate(self.cells)}

    @cached_property
    def scale(self) -> float:
        """Rupiah per unit of money in the solver, so that its numbers stay near 10,000."""
        if self.given_scale is not None:
            return self.given_scale
        useful = sum(cell.spends(cell.most) for cell in self.cells)
        held = sum(max(purse.before, purse.floor) for purse in self.purses)
        money = min(self.case.settings.ceiling, useful + held)
        return 1.0 if money <= 10**6 else 10.0 ** (len(str(money)) - 5)

    @cached_property
    def provinces(self) -> tuple[str, ...]:
        """The provinces with need, in order."""
        return tuple(p for p in self.case.provinces if self.full[p])

    @cached_property
    def full(self) -> dict[str, Fraction]:
        return relief.full_relief(self.case)

    @cached_property
    def steps(self) -> tuple[tuple[float, float], ...]:
        """Width and weight of the coverage function where it still earns."""
        return tuple((float(w), float(g)) for w, g in self.case.settings.coverage if g)

    @cached_property
    def needs(self) -> "Needs":
        return needs_of(self)

    @cached_property
    def states(self) -> "dict[bytes, States]":
        """The states of pools, as `states.states_of` has found them."""
        return {}

    @cached_property
    def relaxed_worst(self) -> "list[RelaxedWorst]":
        """The relaxation of the first stage, once `parts.relaxed_worst` has solved it."""
        return []

    @cached_property
    def parts(self) -> "dict[str, Grid]":
        """The grids of provinces alone, as `parts.parts_of` has made them."""
        return {}

    @cached_property
    def cell_purse(self) -> Whole:
        return np.array([cell.purse for cell in self.cells], dtype=np.int64)

    @cached_property
    def step_money(self) -> Floats:
        return np.array([cell.step / self.scale for cell in self.cells], dtype=np.float64)

    @cached_property
    def setup_money(self) -> Floats:
        return np.array([cell.setup / self.scale for cell in self.cells], dtype=np.float64)

    @cached_property
    def most(self) -> Floats:
        return np.array([cell.most for cell in self.cells], dtype=np.float64)

    def units(self, batches: Sequence[int]) -> dict[tuple[str, str], int]:
        """Return units by (regency, measure) where any run."""
        return {
            (cell.regency, cell.measure.code): cell.measure.batch * count
            for cell, count in zip(self.cells, batches, strict=True)
            if count
        }

    def spending(self, batches: Sequence[int]) -> list[int]:
        """Return rupiah spent on units and set-ups, by purse."""
        spent = [0] * len(self.purses)
        for cell, count in zip(self.cells, batches, strict=True):
            if count:
                spent[cell.purse] += cell.spends(count)
        return spent


@dataclass(frozen=True)
class Needs:
    """Needs that some cell can serve: weight in firms, and the share one batch serves.

    pairs: (need, cell, share) as three arrays of one length.
    """

    province: Whole
    weight: Floats
    pair_need: Whole
    pair_cell: Whole
    pair_share: Floats

    def __len__(self) -> int:
        return len(self.weight)


def grid_of(case: Case) -> Grid:
    """Return the grid of a case; cells that can do nothing useful or lawful are left out."""
    purses = tuple(_purse(case, p, m.code) for p in case.provinces for m in case.measures)
    cells = _cells(case, purses)
    return Grid(
        case,
        purses,
        cells,
        _bounds(case, cells),
        tuple(money_rules(case, [purse.pool for purse in purses])),
    )


def _purse(case: Case, province: str, measure: str) -> Purse:
    lines = case.lines_of.get((province, measure), ())
    return Purse(
        (province, measure),
        lines,
        before=sum(line.ceiling for line in lines),
        floor=sum(line.floor for line in lines),
        blocked=sum(line.blocked for line in lines),
        is_fixed=bool(lines) and all(line.is_protected for line in lines),
    )


def _cells(case: Case, purses: Sequence[Purse]) -> tuple[Cell, ...]:
    place = {purse.pool: index for index, purse in enumerate(purses)}
    useful, asked, capped = _useful_batches(case), _asked_batches(case), _capped_batches(case)
    spare = case.settings.ceiling - sum(purse.floor for purse in purses)
    found = []
    for regency in case.regencies:
        province = case.province_of[regency]
        for measure in case.measures:
            unit_cost = case.unit_cost(regency, measure.code)
            key = (regency, measure.code)
            wanted = max(useful.get(key, 0), asked.get(key, 0))
            if unit_cost is None or not wanted:
                continue
            index = place[province, measure.code]
            step = unit_cost * measure.batch
            money = _payable(purses[index], spare) - measure.setup_cost
            payable = UNLIMITED if not step and money >= 0 else money // step if step else 0
            most = max(0, min(wanted, payable, capped.get(key, UNLIMITED)))
            if most or asked.get(key):
                found.append(Cell(regency, measure, index, step, measure.setup_cost, most))
    return tuple(found)


def _payable(purse: Purse, spare: int) -> int:
    """Return the most a purse may ever spend: its own floor and all that no floor holds."""
    return purse.floor + (0 if purse.is_fixed else max(0, spare)) - purse.blocked


def _useful_batches(case: Case) -> dict[tuple[str, str], int]:
    """Return batches by (regency, measure) beyond which nothing more is earned."""
    reach = sum((width for width, weight in case.settings.coverage if weight), Fraction(0))
    # Batches for each firm, as whole numbers: fractions would take seconds in a large case.
    effects: dict[str, list[tuple[str, int, int]]] = {}
    for effect in case.effects:
        if effect.relief:
            per_firm = reach / (effect.relief * case.measure[effect.measure].batch)
            kept = (effect.measure, per_firm.numerator, per_firm.denominator)
            effects.setdefault(effect.need, []).append(kept)
    found: dict[tuple[str, str], int] = {}
    for need in case.needs:
        if reach and relief.weight_of(need):
            for measure, batches, firms in effects.get(need.need, ()):
                key = (need.regency, measure)
                found[key] = max(found.get(key, 0), -(-need.firms * batches // firms))
    return found


def _asked_batches(case: Case) -> dict[tuple[str, str], int]:
    """Return batches by (regency, measure) that a minimum could ask of that regency alone."""
    found: dict[tuple[str, str], int] = {}
    for limit in case.limits:
        if limit.min_units:
            least = _up(Fraction(limit.min_units, case.measure[limit.measure].batch))
            for regency in case.regencies_of.get(limit.area, (limit.area,)):
                key = (regency, limit.measure)
                found[key] = max(found.get(key, 0), least)
    return found


def _capped_batches(case: Case) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for limit in case.limits:
        if limit.max_units is not None:
            most = limit.max_units // case.measure[limit.measure].batch
            for regency in case.regencies_of.get(limit.area, (limit.area,)):
                key = (regency, limit.measure)
                found[key] = min(found.get(key, UNLIMITED), most)
    return found


def _bounds(case: Case, cells: Sequence[Cell]) -> tuple[Bound, ...]:
    """Return the limits that a plan could break."""
    place = {(cell.regency, cell.measure.code): index for index, cell in enumerate(cells)}
    found = []
    for limit in case.limits:
        batch = case.measure[limit.measure].batch
        regencies = case.regencies_of.get(limit.area, (limit.area,))
        inside = tuple(place[r, limit.measure] for r in regencies if (r, limit.measure) in place)
        most = None if limit.max_units is None else limit.max_units // batch
        least = _up(Fraction(limit.min_units or 0, batch))
        if least or (most is not None and inside):
            found.append(Bound(limit.area, limit.measure, inside, least, most))
    return tuple(found)


def needs_of(grid: Grid) -> Needs:
    """Return the needs that cells of the grid serve, as arrays."""
    case = grid.case
    province = {code: index for index, code in enumerate(grid.provinces)}
    effects: dict[str, list[tuple[str, float]]] = {}
    for effect in case.effects:
        if effect.relief:
            served = float(effect.relief * case.measure[effect.measure].batch)
            effects.setdefault(effect.need, []).append((effect.measure, served))
    provinces: list[int] = []
    weights: list[float] = []
    pairs: list[tuple[int, int, float]] = []
    for need in case.needs:
        weight = relief.weight_of(need)
        runs = [
            (grid.cell_index[need.regency, measure], served / need.firms)
            for measure, served in effects.get(need.need, ())
            if weight and (need.regency, measure) in grid.cell_index
        ]
        if runs and grid.steps:
            pairs += [(len(weights), cell, share) for cell, share in runs]
            provinces.append(province[case.province_of[need.regency]])
            weights.append(float(weight))
    columns = list(zip(*pairs, strict=True)) or [(), (), ()]
    return Needs(
        np.array(provinces, dtype=np.int64),
        np.array(weights, dtype=np.float64),
        np.array(columns[0], dtype=np.int64),
        np.array(columns[1], dtype=np.int64),
        np.array(columns[2], dtype=np.float64),
    )


def _up(number: Fraction) -> int:
    return -(-number.numerator // number.denominator)


def by_pool(grid: Grid, money: Sequence[int]) -> Mapping[Pool, int]:
    """Return whole rupiah by pool."""
    return {purse.pool: held for purse, held in zip(grid.purses, money, strict=True)}
