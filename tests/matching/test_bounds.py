"""Bounds of cases with too many ways for one program, on sizes that one program still takes."""

import math

import pytest
from hypothesis import assume, given

from benchmarks.matching import invented
from pulih.matching.answer import Answer, Kept
from pulih.matching.bounds import fill_by_product, relaxation
from pulih.matching.draft import Draft
from pulih.matching.goal import Goal, scale_of
from pulih.matching.greedy import largest_first, share_out
from pulih.matching.grid import Grid
from pulih.matching.limits import most_fill
from pulih.matching.neighbours import Field
from pulih.matching.ways import EveryWay
from tests.matching.slow_reference import best_of_each, lawful_answers
from tests.matching.small_cases import small_cases
from tests.matching.test_solve import quick


def fill_of(case):
    """Return the field, the fill as a goal and a lawful answer to begin with."""
    grid = Grid(case)
    field, draft = Field(grid, EveryWay(grid), frozenset()), Draft(grid)
    share_out(draft, field.ways, largest_first, seconds=lambda: math.inf)
    answer = Answer(grid, dict(draft.lots))
    return field, Goal("fill", Kept(), scale_of(grid, "fill", answer)), answer


@quick
@given(small_cases())
def test_no_lawful_answer_passes_the_bound_of_all_products(case):
    answers = lawful_answers(case, 500)
    assume(answers is not None)
    field, goal, answer = fill_of(case)
    bound = fill_by_product(field, goal, answer.lots, lambda: 60.0).bound
    assert bound >= float(best_of_each(case, answers)[0]) * (1 - 1e-9)


def test_a_bound_by_prices_comes_near_the_relaxation_of_all_ways():
    """Firms that make two products are counted twice, which is most of what lies between."""
    case = invented(80, 640, 4, 20, 3)
    field, goal, answer = fill_of(case)
    found = fill_by_product(field, goal, answer.lots, lambda: 60.0)
    whole = relaxation(field.grid, goal, field.every_way(range(80)), lambda: 60.0)
    assert float(answer.fill) <= whole.bound
    assert whole.bound * (1 - 1e-6) <= found.bound <= whole.bound * 1.04
    assert found.used


def test_without_time_the_bound_is_that_of_each_need_by_itself():
    field, goal, answer = fill_of(invented(8, 60, 2, 3, 3))
    found = fill_by_product(field, goal, answer.lots, lambda: 0.0)
    assert not found.used
    assert found.bound == pytest.approx(goal_alone(field), rel=1e-6)


def goal_alone(field):
    """Return the fill of all needs if each had every maker for itself."""
    return sum(most_fill(field.grid, each) for each in field.ways)
