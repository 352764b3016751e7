"""Quick plans: lawful, never better than what trying everything finds, bounded from above."""

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.refocusing import reference_like
from pulih.refocusing import Case, breaches
from pulih.refocusing.explain import explanation
from pulih.refocusing.grid import grid_of
from pulih.refocusing.lawful_plan import lawful_plan
from pulih.refocusing.parts import parts_of
from pulih.refocusing.quick import FEW_GUESSES, Search, in_time, quick
from pulih.refocusing.solve import lawful_start
from pulih.refocusing.spend import with_best_buys
from pulih.refocusing.stages import spends_much
from pulih.refocusing.task import Clock
from tests.examples import examples
from tests.make import refocusing as make
from tests.refocusing import slow_reference
from tests.refocusing.small_cases import small_cases

NEARLY = 1 + 1e-7


@settings(deadline=None, max_examples=examples(80))
@given(small_cases())
def test_a_quick_plan_is_lawful_and_its_bounds_hold(case: Case):
    best, found = slow_reference.best(case), quick(case)
    if found is None:
        return
    assert best is not None
    assert breaches(case, found.best.plan) == []
    if best.worst is not None:
        assert found.worst <= float(best.worst) * NEARLY <= found.worst_most * NEARLY**2 + 1e-9
    assert found.relief <= found.relief_most * NEARLY


@settings(deadline=None, max_examples=examples(80))
@given(small_cases(), st.integers(0, 60))
def test_a_plan_at_any_time_is_lawful_and_helps_all_whom_one_without_limit_helps(case, looks):
    calm = quick(case)
    if calm is None or not calm.worst:
        return
    grid, clock = grid_of(case), count()
    begin = lawful_start(grid, Clock(60.0))
    found = in_time(grid, begin, lambda: float(looks - next(clock)), lambda: 0.0)
    assert found is not None
    assert breaches(case, found[0].plan) == []
    assert found[0].worst > 0


# Shares of the whole country that a cheap plan of a high coverage breaks and one of half keeps.
JOINING = [("S", None, "T", "0", "0.3"), ("S", None, "G", "0.6", "1")]


@pytest.mark.parametrize("share", JOINING, ids=["at most", "at least"])
def test_a_guess_that_rules_across_provinces_refuse_is_none(share):
    grid = grid_of(make.case(shares=[share]))
    search = Search(grid, parts_of(grid), [0] * len(grid.cells), 200.0)
    batches, cost = search.reaching(search.highest(1.0, 6, 0.85))
    assert cost <= search.budget
    assert search.reaching(1.0)[0] is None
    plan = lawful_plan(grid, batches, least_change=False)
    assert plan is not None
    assert plan.worst > 0.4


@settings(deadline=None, max_examples=examples(60))
@given(small_cases(rules=False))
def test_a_case_that_can_hold_has_a_quick_plan(case: Case):
    assert (quick(case) is None) == (slow_reference.best(case) is None)


@pytest.mark.parametrize("guesses", [FEW_GUESSES, 6])
def test_a_quick_plan_is_as_good_as_the_best_on_an_easy_case(guesses):
    found = quick(make.case({"ceiling": 170}), guesses=guesses)
    assert found is not None
    assert found.worst == pytest.approx(1.0)
    assert found.worst_most == pytest.approx(1.0)


def test_money_that_a_floor_holds_anyway_is_spent():
    floors = [("rule", "Q", "*", 70, 70)]
    found = quick(make.case({"ceiling": 200}, amounts=floors))
    assert found is not None
    units = found.best.plan.units
    assert sum(count for (regency, _), count in units.items() if regency == "Q1") > 0


def test_a_quick_plan_can_be_written_as_any_other():
    found = quick(make.case())
    assert found is not None
    told = explanation(found.as_solved())
    assert told["status"] == "feasible"
    assert told["stages"]["worst"]["bound"] >= told["stages"]["worst"]["value"]


def test_without_any_time_every_province_has_something():
    grid = grid_of(reference_like(regencies=34, measures=4))
    idle = lawful_plan(grid, [0] * len(grid.cells), least_change=False)
    late, most = in_time(grid, idle, lambda: 0.0, lambda: 0.0)
    assert breaches(grid.case, late.plan) == []
    assert most == 1.0
    level, _ = in_time(grid_of(grid.case), idle, lambda: 0.0, lambda: 60.0)
    bounded, bound = in_time(grid_of(grid.case), idle, lambda: 60.0, lambda: 60.0)
    assert 0 < late.worst < level.worst < bound < most
    assert level.worst > 0.8 * bounded.worst


def test_the_order_of_rows_changes_nothing():
    rows = {name: list(reversed(found)) for name, found in make.DEFAULTS.items()}
    one, other = quick(make.case()), quick(make.case(**rows))
    assert one is not None
    assert other is not None
    assert one.best.plan == other.best.plan


def test_what_a_rule_makes_a_province_hold_is_not_spent_elsewhere():
    grid = grid_of(
        make.case(
            {"ceiling": 7, "coverage": [[1.0, 1.0]]},
            areas=[("P", None, "P"), ("P1", "P", "P1"), ("Q", None, "Q"), ("Q1", "Q", "Q1")],
            measures=[("G", "G", "unit", 1, 0)],
            costs=[("P1", "G", 2), ("Q1", "G", 1)],
            needs=[("P1", "skill", 9, 50), ("Q1", "skill", 9, 100)],
            effects=[("G", "skill", 1)],
            lines=[],
            limits=[],
            amounts=[("A", "P", "*", 4, None)],
            shares=[],
        )
    )
    batches = with_best_buys(grid, [0, 0], lambda: 1.0)
    assert batches == [2, 2]
    assert lawful_plan(grid, batches, least_change=False) is not None


def test_a_plan_that_spends_next_to_nothing_is_told_from_one_that_was_searched_for():
    found = quick(make.case()).best
    assert spends_much(found)
    idle = lawful_plan(found.grid, [0] * len(found.grid.cells), least_change=False)
    assert not spends_much(idle)
