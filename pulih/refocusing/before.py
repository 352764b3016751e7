"""The largest coverage each province could reach with its lines as they were."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from pulih.refocusing.case import Case
from pulih.refocusing.grid import grid_of
from pulih.refocusing.model import maximise_relief, model_of
from pulih.refocusing.plan import relative_gap
from pulih.refocusing.program import run
from pulih.refocusing.relief import coverage


def coverage_before(case: Case, gap: float, seconds: Callable[[], float]) -> dict[str, Fraction]:
    """Return coverage by province, where it was proven to `gap` before `seconds` ran out."""
    found = {}
    for province in case.provinces:
        reached = _coverage_before(as_it_was(case, province), gap, seconds())
        if reached is not None:
            found[province] = reached
    return found


def as_it_was(case: Case, province: str) -> Case:
    """Return the case of one province alone, every line kept as it is."""
    inside = {province, *case.regencies_of[province]}
    lines = [line for line in case.lines if line.province == province]
    held = {line.measure for line in lines}
    return replace(
        case,
        settings=replace(case.settings, ceiling=sum(line.ceiling for line in lines)),
        areas=tuple(area for area in case.areas if area.code in inside),
        lines=tuple(replace(line, is_protected=True) for line in lines),
        costs=tuple(c for c in case.costs if c.area in inside | {""} and c.measure in held),
        needs=tuple(need for need in case.needs if need.regency in inside),
        limits=tuple(limit for limit in case.limits if limit.area in inside),
        amounts=(),
        shares=(),
    )


def _coverage_before(case: Case, gap: float, seconds: float) -> Fraction | None:
    """Return the coverage of a case of one province; None without need, proof or lawful units."""
    grid = grid_of(case)
    if not grid.provinces:
        return None
    if not grid.cells and not grid.bounds:
        return Fraction(0)
    model = model_of(grid)
    unit = max(1e-6, float(sum(grid.full.values())))
    maximise_relief(model, unit)
    answer = run(model.program, seconds=seconds, gap=gap)
    if answer.columns is None:
        return None
    reached = coverage(case, grid.units(model.batches_in(answer.columns)))
    best = next(iter(reached.values()))
    proven = relative_gap(float(best), max(float(best), -answer.bound)) <= gap
    return best if proven else None
