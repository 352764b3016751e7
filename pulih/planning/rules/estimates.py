"""Needs that are otherwise than counted, as a study asks of them: plans, and how each fares."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pulih.refocusing import Case
from pulih.refocusing.plan import Options, Solved, Stage, StageName, relative_gap
from pulih.refocusing.quick import Quick, quick
from pulih.refocusing.relief import Units, coverage, relief
from pulih.refocusing.uncertain import QUANTILES, Doubtful, Tried, Unsure, unsure

TODAY, QUANTILE, ROBUST = "today", "quantile", "robust"


@dataclass(frozen=True)
class Estimated:
    """A plan of today's case that was made for other needs, and how it fares over the draws.

    solved: None of today's plan, which is kept already. fares: least, mean, regret, draws.
    """

    solved: Solved | None
    fares: dict[str, Any]


def ways() -> list[dict[str, str]]:
    """Return what is tried, as it is kept: today's plan, quantiles, the best of the worst."""
    between = [{"way": QUANTILE, "quantile": str(quantile)} for quantile in QUANTILES]
    return [{"way": TODAY}, *between, {"way": ROBUST}]


def estimates(case: Case, today: Units) -> Iterator[tuple[dict[str, str], Estimated | None]]:
    """Yield how every way fares; None where no plan was found for it."""
    found, most = unsure(case, today, Doubtful()), quick(case)
    for way in ways():
        tried = _tried(found, way)
        yield way, None if tried is None else _estimated(case, found, tried, most)


def _tried(found: Unsure, way: dict[str, str]) -> Tried | None:
    if way["way"] == TODAY:
        return found.today
    if way["way"] == ROBUST:
        return found.robust
    quantile = float(way["quantile"])
    return next((one for one in found.tried if one.quantile == quantile), None)


def _estimated(case: Case, found: Unsure, tried: Tried, most: Quick | None) -> Estimated:
    fares = {
        "least": tried.fared.least,
        "mean": tried.fared.mean,
        "regret": found.regret(tried),
        "draws": len(tried.fared.worst),
        "worst_today": _worst(case, tried.units),
        "is_today": tried is found.today,
    }
    return Estimated(None if tried.quick is None else _solved(case, tried.quick, most), fares)


def _worst(case: Case, units: Units) -> float | None:
    least = min(coverage(case, units).values(), default=None)
    return None if least is None else float(least)


def _solved(case: Case, made: Quick, most: Quick | None) -> Solved:
    """Return a plan that was made for other needs as a plan of the case."""
    plan, worst = made.best.plan, _worst(case, made.best.plan.units)
    total = float(sum(relief(case, plan.units).values()))
    full = float(sum(made.best.grid.full.values())) if most is None else most.relief_most
    change = float(made.best.change)
    stages = (
        _stage("worst", worst, 1.0 if most is None else most.worst_most),
        _stage("relief", total, full),
        _stage("change", change, change),
    )
    return Solved("feasible", case, plan, Options(0.0, 0.0), stages, {}, (), 0.0)


def _stage(name: StageName, value: float | None, bound: float | None) -> Stage:
    if value is None or bound is None:
        return Stage(name, None, None, None, 0.0)
    bound = max(value, bound)
    return Stage(name, value, bound, relative_gap(value, bound), 0.0)
