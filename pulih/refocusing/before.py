"""The largest coverage each province could reach with its lines as they were."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from functools import partial

from pulih.refocusing.answers import answered
from pulih.refocusing.case import Case
from pulih.refocusing.columns import Aim
from pulih.refocusing.generate import country_of, relaxed
from pulih.refocusing.grid import Grid, grid_of
from pulih.refocusing.model import maximise_relief, model_of
from pulih.refocusing.parts import MANY_CELLS
from pulih.refocusing.plan import relative_gap
from pulih.refocusing.program import run
from pulih.refocusing.provinces import TOGETHER
from pulih.refocusing.relief import coverage

SHARES = (0.15, 0.5)  # Of the time left, that one province may take: first all, then the hard ones.
RELAXED = 0.1  # Gap of a relaxation, in gaps asked for.


def coverage_before(case: Case, gap: float, seconds: Callable[[], float]) -> dict[str, Fraction]:
    """Return coverage by province, where it was proven to `gap` before `seconds` ran out."""
    found: dict[str, Fraction] = {}
    if seconds() <= 0:
        return found
    # Where time is short, the many small ones come before the few that would take it all.
    by_size = sorted(case.provinces, key=lambda province: len(case.regencies_of[province]))
    for share in SHARES:  # The hard ones again, once all others are done.
        waiting = [province for province in by_size if province not in found]
        each = partial(_proven, case, gap, partial(_some, seconds, share * seconds()))
        with ThreadPoolExecutor(TOGETHER) as pool:
            reached = zip(waiting, pool.map(each, waiting), strict=True)
            found |= {province: best for province, best in reached if best is not None}
    return {province: found[province] for province in case.provinces if province in found}


def _some(seconds: Callable[[], float], most: float) -> float:
    return min(seconds(), most)


def as_it_was(case: Case, province: str) -> Case:
    """Return the case of one province alone, every line kept as it is."""
    inside = {province, *case.regencies_of[province]}
    lines = [line for line in case.lines if line.province == province]
    useful = {line.measure for line in lines} | free_of_charge(case)
    return replace(
        case,
        settings=replace(case.settings, ceiling=sum(line.ceiling for line in lines)),
        areas=tuple(area for area in case.areas if area.code in inside),
        lines=tuple(replace(line, is_protected=True) for line in lines),
        costs=tuple(c for c in case.costs if c.area in inside | {""} and c.measure in useful),
        needs=tuple(need for need in case.needs if need.regency in inside),
        limits=tuple(limit for limit in case.limits if limit.area in inside),
        amounts=(),
        shares=(),
    )


def free_of_charge(case: Case) -> set[str]:
    """Measures that run somewhere without any money, so that they need no line either."""
    free = {measure.code for measure in case.measures if not measure.setup_cost}
    return {cost.measure for cost in case.costs if not cost.unit_cost} & free


def _proven(case: Case, gap: float, seconds: Callable[[], float], province: str) -> Fraction | None:
    """Return a province's coverage before; None without need, proof or lawful units."""
    if seconds() <= 0:
        return None
    grid = grid_of(as_it_was(case, province))
    if not grid.provinces:
        return None
    if not grid.cells and not grid.bounds:
        return Fraction(0)
    batches, most = most_relief(grid, gap, seconds)
    if batches is None:
        return None
    reached = next(iter(coverage(grid.case, grid.units(batches)).values()))
    full = float(sum(grid.full.values()))
    proven = relative_gap(float(reached), max(float(reached), most / full)) <= gap
    return reached if proven else None


def most_relief(
    grid: Grid, gap: float, seconds: Callable[[], float]
) -> tuple[Sequence[int] | None, float]:
    """Return the batches that relieve most in a province alone, and a bound in firms."""
    best = _by_plans if len(grid.cells) > MANY_CELLS else _plainly
    return best(grid, gap, seconds)


def _plainly(
    grid: Grid, gap: float, seconds: Callable[[], float]
) -> tuple[Sequence[int] | None, float]:
    """Return batches and the most relief there may be, by one program."""
    model = model_of(grid)
    unit = max(1e-6, float(sum(grid.full.values())))
    maximise_relief(model, unit)
    answer = run(model.program, seconds=seconds(), gap=gap)
    found = None if answer.columns is None else model.batches_in(answer.columns)
    return found, -answer.bound * unit


def _by_plans(
    grid: Grid, gap: float, seconds: Callable[[], float]
) -> tuple[Sequence[int] | None, float]:
    """Return the same by plans of regencies."""
    own, aim, ends = country_of(grid), Aim(0.0, relief_price=1.0), time.monotonic() + seconds()

    def left() -> float:
        return ends - time.monotonic()

    base = relaxed(own, aim, gap=RELAXED * gap, seconds=left)
    if base is None:
        return None, float("inf")
    found = answered(own, aim, base, slack=0.5 * gap * abs(base.value), seconds=left)
    return (None if found.best is None else found.best.batches), -found.bound
