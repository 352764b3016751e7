"""Every plan against all selections tried one by one, and the promises of the contract."""

import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.selection import Infeasible, Solved, Unknown, breaches, decisions_of, solve
from pulih.selection.search import Sizes
from tests.examples import examples
from tests.make import selection as make
from tests.selection.slow_reference import Reference
from tests.selection.small_cases import FAR_APART, as_case, reference, small_cases

LARGE = Sizes(as_one=0, open_columns=3, near=1)  # Every case goes the way of large ones.
GAP = 1e-4
both_ways = st.sampled_from([None, LARGE])


def names(solved: Solved) -> set[str]:
    return {solved.case.applications.codes[place] for place in solved.plan.chosen}


def no_exchange_of_two_alike_helps(slow: Reference, chosen: set[str]) -> None:
    for out in chosen:
        for into in set(slow.codes) - chosen:
            swapped = chosen - {out} | {into}
            if slow.kind(out) == slow.kind(into) and not slow.broken(swapped):
                assert slow.rank(out) < slow.rank(into)


@settings(max_examples=examples(500), deadline=None)
@given(small_cases(most=7), both_ways)
def test_a_plan_is_the_best_of_all_lawful_selections_and_keeps_both_promises(drawn, sizes):
    slow, outcome = reference(drawn), solve(as_case(drawn), sizes=sizes)
    best = slow.best()
    assert isinstance(outcome, Infeasible if best is None else Solved)
    if best is not None and isinstance(outcome, Solved):
        value, bound = (Fraction(each, 10**6) for each in (outcome.value, outcome.bound))
        assert outcome.status == "optimal"
        assert value == slow.value(names(outcome))
        assert best - Fraction(GAP) * best <= value <= best <= bound
        assert bound - value <= Fraction(GAP) * value + Fraction(1, 10**6)
        assert not slow.broken(names(outcome))
        assert not slow.passed_over(names(outcome))
        assert not slow.left_out(names(outcome))
        assert not breaches(outcome.case, outcome.plan)
        no_exchange_of_two_alike_helps(slow, names(outcome))


@settings(max_examples=examples(300), deadline=None)
@given(small_cases(10, FAR_APART))
def test_without_a_gap_not_a_millionth_of_a_point_is_lost(drawn):
    slow, outcome = reference(drawn), solve(as_case(drawn), gap=0)
    if isinstance(outcome, Solved):
        assert outcome.status == "optimal"
        assert Fraction(outcome.value, 10**6) == slow.best()


@pytest.mark.parametrize("sizes", [None, LARGE])
@pytest.mark.parametrize("short", [0, 1])
def test_where_everybody_is_fixed_the_last_rupiah_decides(short, sizes):
    cost = 30_000_000_001
    rows = [
        {"application": "A", "score": "1", "cost": str(cost), "fixed": "in"},
        {"application": "B", "score": "2", "cost": "7", "fixed": "out"},
    ]
    money = [("money", "*", "rupiah", cost + short, None)]
    outcome = solve(make.case(rows, money, exclusive=[]), sizes=sizes)
    assert isinstance(outcome, Infeasible if short else Solved)
    if isinstance(outcome, Infeasible):
        assert outcome.conflict


@settings(max_examples=examples(120), deadline=None)
@given(small_cases(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(drawn, chance: random.Random):
    mixed = {name: list(drawn[name]) for name in ("rows", "quotas", "shares")}
    for rows in mixed.values():
        chance.shuffle(rows)
    first, second = solve(as_case(drawn)), solve(as_case(drawn, **mixed))
    assert type(first) is type(second)
    if isinstance(first, Solved) and isinstance(second, Solved):
        assert names(first) == names(second)
        assert (first.value, first.bound) == (second.value, second.bound)
        assert list(decisions_of(first.case, first.plan)) == list(
            decisions_of(second.case, second.plan)
        )
    if isinstance(first, Infeasible) and isinstance(second, Infeasible):
        assert first.conflict == second.conflict


@settings(max_examples=examples(80), deadline=None)
@given(small_cases(), both_ways)
def test_another_seed_reaches_the_same_value_to_the_gap(drawn, sizes):
    first = solve(as_case(drawn, seed="one"), sizes=sizes)
    second = solve(as_case(drawn, seed="two"), sizes=sizes)
    assert type(first) is type(second)
    if isinstance(first, Solved) and isinstance(second, Solved):
        assert abs(first.value - second.value) <= GAP * max(first.value, second.value) + 1


def test_with_no_time_a_lawful_plan_is_feasible_and_none_is_unknown():
    rows = [{"application": f"A{n}", "score": "1", "a": "x"} for n in range(3)]
    outcome = solve(make.case(rows, [("Q", "a=x", "people", None, 2)], exclusive=[]), time_limit=0)
    assert isinstance(outcome, Solved)
    assert (outcome.status, outcome.value, outcome.bound) == ("feasible", 2_000_000, 3_000_000)
    outcome = solve(make.case(rows, [("Q", "a=x", "people", 2, 2)], exclusive=[]), time_limit=0)
    assert isinstance(outcome, Unknown)


def crowd(seed: int, count: int = 400):
    """An invented case whose program is too large for the reference."""
    chance = np.random.default_rng(seed)
    rows = [
        {
            "application": f"A{number:04}",
            "score": f"{chance.integers(0, 1000) / 10}",
            "cost": str(chance.integers(1, 4) * 250_000),
            "regency": f"R{chance.integers(0, 12)}",
            "sex": str(chance.choice(["P", "L"])),
            "household": f"K{chance.integers(0, 40)}" if chance.random() < 0.3 else None,
            "class": f"C{chance.integers(0, 60)}" if chance.random() < 0.2 else None,
        }
        for number in range(count)
    ]
    quotas = [(f"R{n}", f"regency=R{n}", "people", 4, 12) for n in range(12)]
    quotas += [("all", "*", "people", None, 90), ("money", "*", "rupiah", None, 40_000_000)]
    shares = [(f"S{n}", "sex=P", f"regency=R{n}", "0.4", "0.7") for n in range(12)]
    return make.case(rows, quotas, shares, exclusive=["household", "class"])


@settings(max_examples=examples(5), deadline=None)
@given(st.integers(0, 10**6))
def test_a_large_case_by_prices_meets_the_same_case_as_one_program(seed):
    case = crowd(seed)
    whole = solve(case, gap=1e-6)
    sifted = solve(case, gap=1e-4, sizes=Sizes(as_one=0, open_columns=15, near=60))
    assert isinstance(whole, Solved)
    assert isinstance(sifted, Solved)
    assert sifted.status == "optimal"
    assert (
        whole.value - 1e-4 * whole.value <= sifted.value <= whole.bound <= sifted.bound * (1 + 1e-6)
    )
    assert not breaches(case, sifted.plan)
