"""Fairness beyond the worst province: who can rise no further is held, the others are raised.

A province that its own rules, costs or needs keep low would decide the first stage for all: any
plan is as good as another that leaves it where it is. So it is held at what it can reach, its
needs are taken out, and the first stage is asked again of the others; until what keeps the lowest
down is the money that all share (leximin).

Whether a province can rise is asked of it alone, with all money that no floor holds. Where rules
on several provinces together keep one down this is not seen, and the levels end there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial

from pulih.refocusing.before import coverage_before, most_relief
from pulih.refocusing.case import Case, Limit
from pulih.refocusing.earlier import Earlier
from pulih.refocusing.greedy import reaching
from pulih.refocusing.grid import Grid, grid_of
from pulih.refocusing.lawful_plan import lawful_plan
from pulih.refocusing.parts import Part, cheapest, parts_of, reached_coverage
from pulih.refocusing.plan import (
    ROUNDING,
    Level,
    Outcome,
    Progress,
    SoFar,
    Solved,
    Stage,
    relative_gap,
)
from pulih.refocusing.relief import Units, full_relief, relief
from pulih.refocusing.solve import first_stage, solve
from pulih.refocusing.task import Clock, clock_of

LOOKING = 0.5  # Of the time limit, that looking for levels may take.
ONE_LEVEL = 0.4  # Of what is left of it, that one first stage may take.
ONE_PROVINCE = 5.0  # Seconds, that asking one province how far it can rise may take.
BEFORE = 0.05  # Of the time limit, for what held provinces reached before.
DUST = 1e-9


def solve_levels(
    case: Case,
    *,
    gap: float = 1e-4,
    time_limit: float = 60.0,
    progress: Progress | None = None,
    keep: Callable[[SoFar], None] = lambda so_far: None,
    began: float | None = None,
) -> Outcome:
    """Solve a case with fairness beyond its worst province; else as `solve`."""
    clock, asked, levels = clock_of(time_limit, began), case, list[Level]()
    while first := first_stage(asked, gap, ONE_LEVEL * clock.left(LOOKING)):
        keep(partial(_whole, case, first, tuple(levels)))
        held = _held(asked, first, gap, clock)
        levels.append(_level(first, held))
        if not held:
            break
        asked = without(asked, frozenset(held), _units(asked, first, held))
    outcome = solve(
        asked,
        gap=gap,
        time_limit=clock.left(1 - BEFORE),
        progress=progress,
        keep=lambda so_far: keep(lambda: _whole(case, so_far(), tuple(levels))),
        earlier=None if first is None else Earlier(first.plan.units, first.stages),
    )
    if not isinstance(outcome, Solved):
        return replace(outcome, case=case)
    found = _raised(levels, outcome)
    whole = _whole(case, outcome, found)
    of_held = coverage_before(_needs_of(case, _most(found)), gap, clock.left)
    before = {**whole.coverage_before, **of_held}
    return replace(whole, coverage_before=before, seconds=clock.spent)


def without(case: Case, provinces: frozenset[str], units: Units) -> Case:
    """Return the case without the needs of some provinces, which run at least these units."""
    limits = {(limit.area, limit.measure): limit for limit in case.limits}
    for key, count in units.items():
        old = limits.get(key, Limit(*key, None, None))
        limits[key] = replace(old, min_units=max(count, old.min_units or 0))
    needs = tuple(need for need in case.needs if case.province_of[need.regency] not in provinces)
    return replace(case, needs=needs, limits=tuple(sorted(limits.values(), key=_key)))


def _key(limit: Limit) -> tuple[str, str]:
    return limit.area, limit.measure


def _held(case: Case, first: Solved, gap: float, clock: Clock) -> dict[str, float]:
    """Return the provinces that can rise no further, with the most that each can reach."""
    stage = first.stages[0]
    assert stage.value is not None
    most = stage.value * (1 + max(gap, stage.gap or 0.0)) + DUST
    found = {}
    for part in parts_of(grid_of(case)):
        if part.grid.provinces and not _rises_at_once(part, most):
            reach = _reach(part, gap, min(ONE_PROVINCE, clock.left(LOOKING)))
            if reach <= most:
                found[part.province] = reach
    return found


def _rises_at_once(part: Part, level: float) -> bool:
    """Tell whether a quick plan of a province alone passes a level."""
    full = sum(map(float, part.grid.full.values()))
    idle = [0] * len(part.grid.cells)
    batches = reaching(part.grid, idle, level * full, part.prices)
    if batches is None or lawful_plan(part.grid, batches, least_change=False) is None:
        return False
    return reached_coverage(part.grid, batches) > level


def _reach(part: Part, gap: float, seconds: float) -> float:
    """Return a bound on the coverage that a province alone can reach."""
    grid, clock = part.grid, Clock(seconds)
    full = sum(map(float, grid.full.values()))
    if not grid.cells:
        return 0.0
    _batches, most = most_relief(grid, gap, clock.left)
    return max(0.0, most / full)


def _units(case: Case, first: Solved, held: Mapping[str, float]) -> Units:
    """Return units with which held provinces reach what they reached, of little money."""
    assert first.stages[0].value is not None
    grid, units = grid_of(case), dict(first.plan.units)
    for part in parts_of(grid):
        if part.province in held:
            own = _without_needless(grid, part, units, first.stages[0].value)
            units = {key: n for key, n in units.items() if not _inside(case, key, part)} | own
    return {key: n for key, n in units.items() if case.province_of[key[0]] in held}


def _inside(case: Case, key: tuple[str, str], part: Part) -> bool:
    return case.province_of[key[0]] == part.province


def _without_needless(
    grid: Grid, part: Part, units: Units, level: float
) -> dict[tuple[str, str], int]:
    """Return the cheapest units of a province that reach a level, where the rest stays lawful."""
    inside = {key: n for key, n in units.items() if _inside(grid.case, key, part)}
    begin = [inside.get((c.regency, c.measure.code), 0) // c.measure.batch for c in part.grid.cells]
    idle = [0] * len(begin)
    found = cheapest(part, idle, level * (1 - DUST), seconds=ONE_PROVINCE, gap=1e-6)
    if found.batches is None or found.coverage < level * (1 - DUST):
        return inside
    whole = [0] * len(grid.cells)
    for key, count in units.items():
        cell = grid.cell_index[key]
        whole[cell] = count // grid.cells[cell].measure.batch
    for index, count in zip(part.cells, found.batches, strict=True):
        whole[index] = count
    is_lawful = lawful_plan(grid, whole, least_change=False) is not None
    return part.grid.units(found.batches if is_lawful else begin)


def _level(first: Solved, held: Mapping[str, float]) -> Level:
    stage = first.stages[0]
    assert stage.value is not None
    assert stage.bound is not None
    return Level(stage.value, stage.bound, held)


def _raised(levels: Sequence[Level], outcome: Solved) -> tuple[Level, ...]:
    """Return the levels with what the last first stage has reached and proven in the end."""
    value, bound = outcome.stages[0].value, outcome.stages[0].bound
    if value is None or bound is None or not levels:
        return tuple(levels)
    return (*levels[:-1], Level(value, bound, levels[-1].held))


def _most(levels: Sequence[Level]) -> dict[str, float]:
    """Return every held province with the most that it can reach."""
    return {province: most for level in levels for province, most in level.held.items()}


def _whole(case: Case, solved: Solved, levels: Sequence[Level]) -> Solved:
    """Return the answer to a case from that to the case without held provinces."""
    most, full = _most(levels), full_relief(case)
    reached = relief(case, solved.plan.units)
    worst, total, change = solved.stages
    if levels:
        worst = _stage(worst, levels[0].coverage, levels[0].bound)
    if total.value is not None and total.bound is not None:
        own = float(sum((reached[province] for province in most), Fraction(0)))
        bound = sum(share * float(full[province]) for province, share in most.items())
        total = _stage(total, total.value + own, total.bound + max(own, bound))
    stages = (worst, total, change)
    gap = solved.options.gap
    is_proven = all(stage.is_within(gap) for stage in stages) and all(
        relative_gap(level.coverage, level.bound) <= gap + ROUNDING for level in levels
    )
    rules = {f"limit:{limit.area}:{limit.measure}:min" for limit in case.limits}
    return replace(
        solved,
        case=case,
        status="optimal" if is_proven else "feasible",
        stages=stages,
        levels=tuple(levels),
        binding=tuple(b for b in solved.binding if _is_of(b.rule, rules)),
    )


def _is_of(rule: str, known: set[str]) -> bool:
    """Tell whether a rule is the case's own: what held provinces run is none."""
    return not (rule.startswith("limit:") and rule.endswith(":min")) or rule in known


def _stage(stage: Stage, value: float, bound: float) -> Stage:
    return replace(stage, value=value, bound=bound, gap=relative_gap(value, bound))


def _needs_of(case: Case, provinces: Mapping[str, float]) -> Case:
    return replace(
        case, needs=tuple(n for n in case.needs if case.province_of[n.regency] in provinces)
    )
