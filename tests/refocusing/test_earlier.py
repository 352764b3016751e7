"""Going on from an earlier answer: nothing is lost, nothing that was proven is forgotten."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from pulih.refocusing import Solved, solve
from pulih.refocusing.earlier import LEFT, Earlier, is_further, resumed, widest_gap
from pulih.refocusing.grid import grid_of
from pulih.refocusing.plan import Stage
from tests.examples import examples
from tests.make import refocusing as make
from tests.refocusing import slow_reference
from tests.refocusing.small_cases import small_cases


def earlier_of(solved: Solved) -> Earlier:
    return Earlier(solved.plan.units, solved.stages)


@settings(deadline=None, max_examples=examples(40), suppress_health_check=list(HealthCheck))
@given(small_cases())
def test_going_on_from_the_best_plan_ends_with_it(case):
    first = solve(case, gap=0)
    if not isinstance(first, Solved):
        return
    again = solve(case, gap=0, earlier=earlier_of(first))
    assert isinstance(again, Solved)
    for one, other in zip(first.stages, again.stages, strict=True):
        assert one.value == pytest.approx(other.value)
    assert not is_further(again, earlier_of(first))


@settings(deadline=None, max_examples=examples(40), suppress_health_check=list(HealthCheck))
@given(small_cases())
def test_going_on_from_a_plan_that_proves_nothing_finds_the_best(case):
    best, first = slow_reference.best(case), solve(case, gap=0)
    if best is None or best.worst is None or not isinstance(first, Solved):
        return
    open_ones = [
        replace(stage, bound=2 * stage.value if stage.name != "change" else 0.0, gap=1.0)
        for stage in first.stages
    ]
    earlier = Earlier(first.plan.units, open_ones)
    again = solve(case, gap=0, earlier=earlier)
    assert isinstance(again, Solved)
    assert again.stages[0].value == pytest.approx(float(best.worst))
    for one, other in zip(first.stages, again.stages, strict=True):
        assert one.value == pytest.approx(other.value)
    assert widest_gap(again.stages) <= LEFT
    assert is_further(again, earlier)


def test_a_stage_goes_on_from_what_an_earlier_plan_reached_and_proved():
    case = make.case({"ceiling": 80})
    first = solve(case)
    assert isinstance(first, Solved)
    worst = first.stages[0]
    heard = []
    open_one = replace(worst, bound=worst.value * 1.4, gap=0.4)
    earlier = Earlier(first.plan.units, (open_one, *first.stages[1:]))
    solve(case, earlier=earlier, progress=lambda *said: heard.append(said))
    assert heard[0][0] == "worst"
    assert all(value >= worst.value * (1 - 1e-9) for name, value, *_ in heard if name == "worst")
    assert all(bound <= worst.value * 1.4 for name, _, bound, *_ in heard if name == "worst")


def test_a_stage_that_leaves_far_less_open_than_another_stays_as_it_is():
    case = make.case({"ceiling": 100})
    first = solve(case)
    assert isinstance(first, Solved)
    worst, relief, change = first.stages
    before = (
        worst,
        replace(relief, bound=relief.value * 1.005, gap=0.005),
        replace(change, bound=160.0, gap=change.value / 160 - 1),
    )
    again = solve(case, earlier=Earlier(first.plan.units, before))
    assert isinstance(again, Solved)
    assert again.stages[1].gap == pytest.approx(0.005)
    assert again.stages[1].value == relief.value
    assert again.stages[2].gap == pytest.approx(change.gap, abs=1e-4)
    assert is_further(again, Earlier(first.plan.units, before))


def test_what_would_be_left_at_once_is_the_earlier_plan_with_its_proof():
    case = make.case()
    first = solve(case)
    assert isinstance(first, Solved)
    kept = []
    solve(case, earlier=earlier_of(first), keep=kept.append)
    left = kept[0]()
    assert left.plan.units == first.plan.units
    assert widest_gap(left.stages) == pytest.approx(widest_gap(first.stages))


def test_a_plan_of_another_case_is_not_gone_on_from():
    grid = grid_of(make.case())
    nowhere = Earlier({("99.99", "masks"): 1}, ())
    assert resumed(grid, nowhere).plan is None
    assert resumed(grid, None).plan is None


@pytest.mark.parametrize(
    ("gaps", "values", "further"),
    [
        ((0.01, 0.01, 0.02), (0.5, 100.0, 10.0), True),
        ((0.01, 0.01, 0.05), (0.5, 100.0, 10.0), False),
        ((0.01, 0.01, 0.02), (0.5, 99.0, 10.0), False),
        ((0.01, 0.01, 0.02), (0.6, 99.0, 10.0), True),
        ((0.01, 0.01, 0.02), (0.5, 100.0, 11.0), False),
        ((0.01, 0.01, 0.02), (0.5, 101.0, 11.0), True),
    ],
)
def test_an_answer_is_further_when_less_is_open_and_nothing_is_worse(gaps, values, further):
    names = ("worst", "relief", "change")
    before = [Stage(n, v, None, 0.05, 1.0) for n, v in zip(names, (0.5, 100.0, 10.0), strict=True)]
    first = solve(make.case())
    assert isinstance(first, Solved)
    stages = [Stage(n, v, None, g, 1.0) for n, v, g in zip(names, values, gaps, strict=True)]
    assert is_further(replace(first, stages=tuple(stages)), Earlier({}, before)) is further
