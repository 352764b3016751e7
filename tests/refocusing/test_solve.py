"""The solver against a reference that tries everything."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from benchmarks.refocusing import reference_like
from pulih.refocusing import Infeasible, Solved, breaches, solve
from pulih.refocusing.quick import SOME_GUESSES, quick
from tests.examples import examples
from tests.make import refocusing as make
from tests.refocusing import slow_reference
from tests.refocusing.small_cases import small_cases


@settings(deadline=None, max_examples=examples(80))
@given(small_cases())
def test_the_three_stages_reach_what_trying_everything_reaches(case):
    best = slow_reference.best(case)
    match solve(case, gap=0):
        case Solved() as solved:
            assert best is not None
            assert breaches(case, solved.plan) == []
            worst, relief, change = (stage.value for stage in solved.stages)
            assert worst == (None if best.worst is None else pytest.approx(float(best.worst)))
            assert relief == pytest.approx(float(best.relief))
            assert change == best.change
            assert solved.status == "optimal"
        case Infeasible():
            assert best is None
        case _:
            pytest.fail("Neither a plan nor a proof.")


def of_ceiling(case, rupiah):
    return solve(replace(case, settings=replace(case.settings, ceiling=rupiah)), gap=0)


@settings(deadline=None, max_examples=examples(60))
@given(small_cases())
def test_a_ceiling_far_beyond_all_money_is_as_good_as_none(case):
    near, far = of_ceiling(case, 10**6), of_ceiling(case, 10**18)
    assert type(near) is type(far)
    if isinstance(near, Solved):
        assert far.status == "optimal"
        values = [[stage.value for stage in solved.stages] for solved in (near, far)]
        assert values[0] == pytest.approx(values[1])


class Enough(Exception):
    """A plan was heard of."""


@pytest.mark.slow  # A case of 34 regencies.
def test_the_second_plan_kept_of_a_larger_case_is_the_quick_one():
    case, kept = reference_like(regencies=34), []

    def keep(so_far):
        kept.append(so_far)
        if len(kept) == 2:
            raise Enough(so_far())

    with pytest.raises(Enough) as heard:
        solve(case, keep=keep)
    first = heard.value.args[0]
    assert not breaches(case, first.plan)
    assert first.status == "feasible"
    found = quick(case, guesses=SOME_GUESSES)
    assert first.stages[0].value == pytest.approx(found.worst)
    assert first.stages[0].bound == pytest.approx(found.worst_most)
    assert [stage.name for stage in first.stages] == ["worst", "relief", "change"]


def test_a_share_of_more_decimals_than_the_solver_can_tell_apart_is_kept():
    lines = [("L1", "P", "T", 1000, 150, 0, 0), ("L2", "P", "G", 800, 0, 0, 0)]
    third = [("rule", "P", "T", "0.333333333333", "0.333333333333")]
    outcome = solve(make.case({"ceiling": 2000}, lines=lines, shares=third))
    assert isinstance(outcome, Solved)
    assert outcome.status == "optimal"
