"""Solve a case: a plan with its proof, the conflict that forbids any, or neither in time."""

import numpy as np

from pulih.selection.case import IN, Case
from pulih.selection.check import breaches
from pulih.selection.clock import Clock
from pulih.selection.conflict import conflict_of
from pulih.selection.groups import Groups, groups_of
from pulih.selection.partners import partners_of
from pulih.selection.plan import Infeasible, Options, Outcome, Plan, Solved, Unknown
from pulih.selection.prices import prices_of
from pulih.selection.rules import Lines, lines_of
from pulih.selection.search import Search, Sizes


def solve(
    case: Case, *, gap: float = 1e-4, time_limit: float = 30.0, sizes: Sizes | None = None
) -> Outcome:
    """Give the best lawful plan found in time, the conflict that forbids any, or Unknown.

    gap: relative; time_limit: wall seconds.
    """
    clock, options, groups = Clock(time_limit), Options(gap, time_limit), groups_of(case)
    partners = partners_of(case)
    if partners.are_doubled(np.flatnonzero(case.applications.fixed == IN)):
        return _infeasible(case, groups, options, clock)
    lines = Lines(lines_of(case, groups), groups.count)
    search = Search(case, groups, partners, lines, options, sizes or Sizes(), clock)
    search.run()
    if search.is_infeasible:
        return _infeasible(case, groups, options, clock)
    if search.best is None:
        return Unknown(case, options, clock.spent)
    plan = Plan(search.best.chosen)
    assert not breaches(case, plan)
    return Solved(
        "optimal" if search.is_proven() else "feasible",
        case,
        options,
        plan,
        search.best.value,
        search.proven_bound,
        prices_of(search),
        clock.spent,
    )


def _infeasible(case: Case, groups: Groups, options: Options, clock: Clock) -> Infeasible:
    conflict = conflict_of(case, groups, clock)
    return Infeasible(case, options, conflict, clock.spent)
