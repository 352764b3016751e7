"""Random restarts that hunt for a better plan than a bound allows: none may be found."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from pulih.refocusing import Case, Solved
from pulih.refocusing.changes import Change, changed
from pulih.refocusing.grid import grid_of
from pulih.refocusing.lawful_plan import LawfulPlan, lawful_plan
from pulih.refocusing.quick import FEW_GUESSES, quick
from pulih.refocusing.spend import with_best_buys

NEAR = 1e-7


def hunted(case: Case, chance: random.Random, tries: int) -> Iterator[LawfulPlan]:
    """Yield lawful plans of a case, begun from plans of cases with other needs and prices."""
    grid = grid_of(case)
    for _ in range(tries):
        found = quick(
            changed(case, _other(case, chance)), guesses=FEW_GUESSES, first=chance.uniform(0.5, 1)
        )
        if found is None:
            continue
        units = found.best.plan.units
        batches = [
            units.get((cell.regency, cell.measure.code), 0) // cell.measure.batch
            for cell in grid.cells
        ]
        dropped = [n if chance.random() < 0.9 else 0 for n in batches]
        for chosen in (batches, with_best_buys(grid, dropped, lambda: 1.0)):
            plan = lawful_plan(grid, chosen, least_change=chance.random() < 0.5)
            if plan is not None:
                yield plan


def _other(case: Case, chance: random.Random) -> Change:
    def factor() -> Fraction:
        return Fraction(chance.randint(50, 150), 100)

    return Change(
        severity={province: factor() for province in case.provinces},
        # Never cheaper: a plan must be able to pay for what it was promised.
        costs={measure: max(Fraction(1), factor()) for measure in case.measure},
        given_up=Fraction(chance.choice([0, 2, 10, 30]), 100),
    )


def better_than_bounds(solved: Solved, plans: Iterator[LawfulPlan]) -> Iterator[str]:
    """Yield what is wrong: a plan that passes what was proven that no plan can pass."""
    worst, relief, change = solved.stages
    first, second = solved.case.settings.tolerance
    for plan in plans:
        if worst.bound is not None and float(plan.worst or 0) > worst.bound * (1 + NEAR):
            yield f"worst {float(plan.worst or 0)} above its bound {worst.bound}"
        keeps = worst.value is None or float(plan.worst or 0) >= worst.value * float(1 - first)
        if keeps and relief.bound is not None and float(plan.relief) > relief.bound * (1 + NEAR):
            yield f"relief {float(plan.relief)} above its bound {relief.bound}"
        keeps = keeps and float(plan.relief) >= (relief.value or 0) * float(1 - second)
        if keeps and change.bound is not None and plan.change < change.bound * (1 - NEAR):
            yield f"change {plan.change} below its bound {change.bound}"


def eased(case: Case, tolerance: str) -> Case:
    """Return the case with tolerances in which more plans keep what earlier stages reached."""
    share = Fraction(tolerance)
    return replace(case, settings=replace(case.settings, tolerance=(share, share)))
