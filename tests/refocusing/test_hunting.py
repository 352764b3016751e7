"""No random restart finds a plan that a stage has proven impossible; `make prove` hunts longer."""

import random

import pytest

from benchmarks.refocusing import reference_like
from pulih.refocusing import Solved, solve
from tests.refocusing.hunting import better_than_bounds, eased, hunted


@pytest.mark.slow  # A case of 34 regencies.
def test_no_restart_finds_a_plan_beyond_a_bound():
    case = eased(reference_like(regencies=34, measures=4, seed=1), "0.3")
    solved = solve(case, time_limit=3)
    assert isinstance(solved, Solved)
    plans = list(hunted(case, random.Random(1), 4))
    assert len(plans) > 4
    kept = [plan for plan in plans if float(plan.worst) >= solved.stages[0].value * 0.7]
    assert kept  # Else nothing was held against the second bound.
    assert list(better_than_bounds(solved, iter(plans))) == []
