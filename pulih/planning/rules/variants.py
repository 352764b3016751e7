"""What a variant's plan comes to, as plain values that are kept and shown."""

from typing import Any

from pulih.refocusing.case import Case
from pulih.refocusing.check import breaches
from pulih.refocusing.plan import Infeasible, Outcome, Solved
from pulih.refocusing.relief import relief

from .results import line_results, province_results, totals

Figures = dict[str, Any]


def figures_of(outcome: Outcome) -> Figures:
    """Return what an outcome comes to.

    status; without a plan also `missing` rupiah or units and the sentences. Else the country's
    totals, worst and relief with `…_most`, which no plan passes, and rows by province: code,
    before, after, coverage.
    """
    if not isinstance(outcome, Solved):
        return _without_plan(outcome)
    assert not breaches(outcome.case, outcome.plan)
    found = totals(outcome)
    bounds = {stage.name: stage for stage in outcome.stages}
    total = sum(relief(outcome.case, outcome.plan.units).values())
    return {
        "status": outcome.status,
        "ceiling": outcome.case.settings.ceiling,
        "after": found.after,
        "moved": found.moved,
        "changed": found.changed,
        "new_lines": found.new_lines,
        "worst": found.worst_after,
        "worst_most": bounds["worst"].bound,
        "worst_province": found.worst_province,
        "relief": float(total),
        "relief_most": bounds["relief"].bound,
        "provinces": [
            [row.code, row.before, row.after, row.coverage_after]
            for row in province_results(outcome)
        ],
        "lines": {
            row.code: row.after
            for row in line_results(outcome.case, outcome.plan.after)
            if row.is_changed
        },
    }


def _without_plan(outcome: Outcome) -> Figures:
    if not isinstance(outcome, Infeasible):
        return {"status": "unknown"}
    conflict = outcome.conflict
    return {
        "status": "infeasible",
        "missing": conflict.fails_by,
        "unit": conflict.unit,
        "id": conflict.message.id,
        "en": conflict.message.en,
    }


def bend(points: list[tuple[float, float]]) -> float | None:
    """Return where a rising curve bends most: the point furthest above the line of its ends.

    points: (x, y), x rising. None where it is straight, or of fewer than three points.
    """
    if len(points) < 3:
        return None
    (x0, y0), (x1, y1) = points[0], points[-1]
    if x1 == x0 or y1 <= y0:
        return None
    above = [((y - y0) / (y1 - y0) - (x - x0) / (x1 - x0), x) for x, y in points[1:-1]]
    most, x = max(above)
    return x if most > 0.02 else None


def ceilings_of(case: Case, points: int = 20) -> list[int]:
    """Return ceilings from what no rule lets go to what there was, that of the case among them."""
    bound = sum(line.floor for line in case.lines)
    least = max(bound, sum(_floors(case).values()))
    top = max(sum(line.ceiling for line in case.lines), case.settings.ceiling)
    steps = points - 1
    even = {least + (top - least) * step // (steps - 1) for step in range(steps)}
    return sorted(even | {case.settings.ceiling})


def _floors(case: Case) -> dict[str, int]:
    held = dict.fromkeys(case.provinces, 0)
    for line in case.lines:
        held[line.province] += line.floor
    for amount in case.amounts:
        if amount.province and amount.measures == ("*",):
            held[amount.province] = max(held[amount.province], amount.min_amount or 0)
    return held
