"""Plans of regencies and proofs by provinces against trying everything."""

import itertools
from dataclasses import replace
from fractions import Fraction
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.refocusing import reference_like
from pulih.refocusing import Solved, solve
from pulih.refocusing.answers import worth_of
from pulih.refocusing.apart import change_apart, relief_apart
from pulih.refocusing.case import COUNTRY, Share
from pulih.refocusing.cheapest import cheapest_apart
from pulih.refocusing.columns import Aim, plan_model
from pulih.refocusing.country_proofs import FromCountry, proven_apart
from pulih.refocusing.few import change_plainly, relief_plainly
from pulih.refocusing.generate import country_of, own_rows, relaxed
from pulih.refocusing.grid import grid_of
from pulih.refocusing.lawful_plan import Kept, LawfulPlan, lawful_plan
from pulih.refocusing.money import least_money
from pulih.refocusing.oracle import Oracle
from pulih.refocusing.parts import cheapest, eased, joining_rules, parts_of, plain_proof
from pulih.refocusing.picking import as_in
from pulih.refocusing.provinces import (
    Known,
    aim_of,
    answer_all,
    bases_of,
    joint_in,
    joint_of,
    known_of,
    learn_nearby,
    most_open_first,
    nearby,
)
from pulih.refocusing.regencies import Prices, regencies_of
from pulih.refocusing.solve import lawful_start
from pulih.refocusing.stages import most_by_purse, worst_stage
from pulih.refocusing.task import Clock, Reached, Task
from tests.examples import examples
from tests.make import refocusing as make
from tests.refocusing import slow_reference
from tests.refocusing.small_cases import small_cases

rates = st.lists(st.floats(-0.5, 3), min_size=4, max_size=4)


@settings(deadline=None, max_examples=examples(60))
@given(small_cases(), rates, st.floats(0, 2))
def test_a_regency_finds_its_best_plan_and_all_that_are_near(case, chosen, window):
    regencies = regencies_of(grid_of(case))
    count = len(regencies)
    step, setup = np.tile(chosen[:2], (count, 1)), np.tile(np.abs(chosen[2:]), (count, 1))
    prices = Prices(np.ones(count), step, setup)
    found = Oracle(regencies).best(prices, window=window, labels=1000)
    near = {(int(r), *map(int, k)) for r, k in zip(found.regency, found.batches, strict=True)}
    for regency in range(count):
        ways = itertools.product(*(range(most + 1) for most in regencies.most[regency]))
        plans = np.array(list(ways), dtype=np.int64)
        places = np.full(len(plans), regency)
        worth = prices.worth(places, plans, regencies.relief(places, plans))
        assert found.best[regency] == pytest.approx(worth.max())
        for plan, value in zip(plans, worth, strict=True):
            if value > worth.max() - window + 1e-6:
                assert (regency, *map(int, plan)) in near
    late = Oracle(regencies).best(prices, window=window, seconds=lambda: 0.0)
    assert (late.best <= found.best + 1e-9).all()
    assert (late.most >= found.best - 1e-9).all()


def test_a_search_stopped_before_its_first_measure_proves_nothing_false():
    regencies = regencies_of(grid_of(reference_like(regencies=34)))
    prices = Prices(np.ones(34), regencies.step * 0.01, regencies.setup * 0.01)
    found = Oracle(regencies).best(prices)
    assert (found.best > 0).any()
    late = Oracle(regencies).best(prices, seconds=lambda: 0.0)
    assert (late.most >= found.best - 1e-9).all()


@settings(deadline=None, max_examples=examples(60))
@given(small_cases())
def test_no_plan_passes_what_provinces_prove(case):
    best = slow_reference.best(case)
    outcome = solve(case, gap=0)
    if best is None or not isinstance(outcome, Solved):
        return
    grid = grid_of(case)
    units = outcome.plan.units
    batches = [units.get((c.regency, c.measure.code), 0) // c.measure.batch for c in grid.cells]
    begin = lawful_plan(grid, batches, least_change=True)
    first, second = case.settings.tolerance
    known = known_of(grid, large=0)

    def task(kept):
        return Task(kept, begin, 1e-9, lambda: 10.0, lambda value, bound: None)

    kept = Kept()
    if best.worst is not None:
        stage = worst_stage(known, Reached(begin, float(begin.worst or 0), 1.0), task(kept))
        assert float(best.worst) <= stage.bound * (1 + 1e-7) + 1e-9
        assert stage.value <= float(best.worst) * (1 + 1e-9)
        kept = Kept(best.worst * (1 - first))
    full = float(sum(grid.full.values(), Fraction(0)))
    stage = relief_apart(known, Reached(begin, float(begin.relief), full), task(kept))
    assert float(best.relief) <= stage.bound * (1 + 1e-7) + 1e-9
    assert stage.value <= float(best.relief) * (1 + 1e-9)
    both = Kept(kept.worst, best.relief * (1 - second))
    reached = Reached(begin, float(begin.change), 0.0)
    stage = change_apart(known, reached, task(both), most_by_purse(grid, begin.change))
    assert stage.bound <= best.change * (1 + 1e-7) + 1e-6
    assert stage.value >= best.change


@settings(deadline=None, max_examples=examples(60))
@given(small_cases(), st.lists(st.integers(0, 2), min_size=6, max_size=6))
def test_rules_on_all_money_of_a_province_say_the_same_once_units_are_known(case, counts):
    for part in parts_of(grid_of(case)):
        grid, fewer = part.grid, eased(part)
        batches = [min(n, cell.most) for n, cell in zip(counts, grid.cells, strict=False)]
        exact = least_money(grid, grid.spending(batches))
        plain = least_money(fewer.grid, grid.spending(batches))
        held = np.inf if plain is None else fewer.worth(plain)
        if exact is not None:
            assert held == part.worth(exact)
        elif held <= grid.case.settings.ceiling:
            assert all(purse.is_fixed for purse in grid.purses)


def test_the_cheapest_plan_of_a_province_counts_what_a_rule_makes_it_hold():
    case = make.case(amounts=[("A", "Q", "*", 70, None)])
    part = next(eased(one) for one in parts_of(grid_of(case)) if one.province == "Q")
    found = cheapest(part, [0] * len(part.cells), 0.2, seconds=2.0, gap=1e-6)
    money = least_money(part.grid, part.grid.spending(list(found.batches)))
    assert found.money == part.worth(money) == 70


@settings(deadline=None, max_examples=examples(60))
@given(small_cases(), st.floats(0.05, 1), st.floats(0.05, 1))
def test_a_plain_proof_holds_at_every_coverage(case, asked, other):
    for part in map(eased, parts_of(grid_of(case))):
        begin = [0] * len(part.cells)
        proofs = cheapest(part, begin, asked, seconds=0.0, gap=0.0).proofs
        plain = plain_proof(part, asked, 10.0)
        for proof in (*proofs, *([] if plain is None else [plain])):
            found = cheapest(part, begin, other, seconds=10.0, gap=0.0)
            assert part.held(max(0.0, proof.at(other))) <= found.money * (1 + 1e-7) + 1e-6
    assert plain_proof(part, asked, 0.0) is None


def test_the_relaxation_of_a_small_province_tells_what_more_coverage_costs():
    part = parts_of(grid_of(make.case()))[0]
    (proof,) = cheapest(part, [0] * len(part.cells), 0.9, seconds=0.0, gap=0.0).proofs
    assert proof.at(0.8) < proof.at(0.9) < proof.at(1.0)


@settings(deadline=None, max_examples=examples(40))
@given(small_cases(), st.floats(0, 2), st.floats(0, 3))
def test_no_plan_passes_what_provinces_of_few_regencies_prove(case, of_money, of_relief):
    best, grid = slow_reference.best(case), grid_of(case)
    begin = lawful_start(grid, Clock(10.0))
    if best is None or not isinstance(begin, LawfulPlan):
        return
    known = Known(country_of(grid), [], known_of(grid, large=0).every)
    first, second = case.settings.tolerance
    duals = [of_money] * len(joining_rules(grid))
    kept = Kept((best.worst or Fraction(0)) * (1 - first))

    def task(kept):
        return Task(kept, begin, 1e-9, lambda: 10.0, lambda value, bound: None)

    full = float(sum(grid.full.values(), Fraction(0)))
    reached = Reached(begin, float(begin.relief), full)
    stage = relief_plainly(known, reached, task(kept), joint_of(grid, duals, 1.0, 0.0))
    assert stage.value <= float(best.relief) * (1 + 1e-9)
    assert float(best.relief) <= stage.bound * (1 + 1e-7) + 1e-9
    both = Kept(kept.worst, best.relief * (1 - second))
    joint = joint_of(grid, duals, of_relief, float(both.relief))
    reached = Reached(begin, float(begin.change), 0.0)
    stage = change_plainly(known, reached, task(both), joint, most_by_purse(grid, begin.change))
    assert stage.bound <= best.change * (1 + 1e-7) + 1e-6
    assert not both.by(stage.best) or stage.value >= best.change


@pytest.mark.slow  # Some twenty seconds of processor time: a province of real size.
def test_a_province_of_real_size_is_proven_and_no_bound_is_passed_by_a_longer_search():
    case = reference_like(regencies=68)
    quick, long = solve(case, gap=1e-2, time_limit=10), solve(case, gap=1e-4, time_limit=20)
    assert isinstance(quick, Solved)
    assert isinstance(long, Solved)
    assert long.stages[0].value <= quick.stages[0].bound * (1 + 1e-7)


@pytest.mark.slow  # Ten seconds of processor time: 400 cells, and a search that is stopped.
def test_a_share_of_the_whole_countrys_money_leaves_the_first_stage_a_plan():
    case = reference_like(regencies=34)
    codes = tuple(measure.code for measure in case.measures[:3])
    share = Share("S", COUNTRY, codes, Fraction(1, 10), Fraction(2, 5))
    outcome = solve(replace(case, shares=(share,)), gap=1e-2, time_limit=10)
    assert isinstance(outcome, Solved)
    worst = outcome.stages[0]
    assert 0 < worst.value <= worst.bound


def asked_of(known, aim, joint, gap, proven=None, seconds=lambda: 60.0):
    every = known.every
    none = [FromCountry(-np.inf, np.zeros(0))] * len(every)
    proven, begin = proven or none, [None] * len(every)
    return bases_of(every, aim, joint, gap, seconds, proven=proven, begin=begin)


def aims_of(grid, best):
    """Return the aims of the second and third stage, and what the best plan counts in each."""
    first, second = grid.case.settings.tolerance
    worst, relief = float((best.worst or 0) * (1 - first)), float(best.relief * (1 - second))
    tops = most_by_purse(grid, lawful_start(grid, Clock(10.0)).change)
    yield Aim(worst, relief_price=1.0), -float(best.relief)
    yield Aim(worst, relief=relief, tops=tops), best.change / grid.scale


@settings(deadline=None, max_examples=examples(60))
@given(small_cases(), st.integers(1, 40), st.integers(0, 40))
def test_whenever_time_ends_what_is_proven_of_provinces_holds(case, looks, later):
    best, grid = slow_reference.best(case), grid_of(case)
    if best is None:
        return
    for aim, least in aims_of(grid, best):
        known = known_of(grid, large=0)
        found = relaxed(known.country, aim, gap=1e-9, seconds=counting(looks))
        if found is None:
            continue
        price = aim.relief_price or max(0.0, float(found.centre[found.model.relief_row]))
        known.country.plans.add_whole([min(1, cell.most) for cell in grid.cells])
        joint, proven = joint_in(grid, found, price, aim.relief), proven_apart(found, price)
        near = 1e-7 * max(1.0, abs(least))
        if np.isfinite(found.bound):
            sums = joint.constant + sum(one.bound for one in proven)
            assert sums == pytest.approx(found.bound, rel=1e-9, abs=near)
        for each, one in zip(known.every, proven, strict=True):
            asked = aim_of(each, aim, joint)
            model = plan_model(each.own.grid, each.own.plans, [], asked, whole=False)
            assert len(one.duals) == len(own_rows(model))
        cut = asked_of(known, aim, joint, 1e-9, proven, counting(later))
        answers = answer_all(cut, [None] * len(cut), slack=0.0, seconds=counting(later))
        bound = joint.constant + sum(answer.bound for answer in answers)
        assert found.bound - near <= bound <= least + near


def counting(looks):
    """Return a clock of as many seconds as it may be looked at before time is over."""
    left = itertools.chain(range(looks, 0, -1), itertools.repeat(0))
    return lambda: float(next(left))


def test_provinces_begin_with_the_countrys_plans_and_prove_no_less_than_it():
    known, gap = known_of(grid_of(make.case()), large=0), 1e-3
    grid, aim = known.grid, Aim(0.0, relief_price=1.0)
    found = relaxed(known.country, aim, gap=gap, seconds=lambda: 60.0)
    before = [len(each.own.plans) for each in known.every]
    learn_nearby(known.every, nearby(known, found))
    assert [len(each.own.plans) for each in known.every] > before
    joint = joint_in(grid, found, 1.0, 0.0)
    bases = asked_of(known, aim, joint, gap, proven_apart(found, 1.0))
    bound = joint.constant + sum(base.bound for base in bases)
    assert bound >= found.bound - 1e-9 * abs(found.bound)


def test_the_country_begins_with_what_its_provinces_learned_in_an_earlier_stage():
    known = known_of(grid_of(reference_like(regencies=68, measures=6)), large=0)
    begin, country = lawful_start(known.grid, Clock(10.0)), known.country
    known.begin(lambda: 60.0)
    for each in known.every[:3]:
        aim = Aim(0.2, money=each.part.prices)
        assert relaxed(each.own, aim, gap=1e-2, seconds=lambda: 60.0) is not None
    learned = plans_by_place(known)
    assert len(learned) > len(country.plans)
    reached = Reached(begin, float(begin.relief), float(sum(known.grid.full.values())))
    relief_apart(known, reached, Task(Kept(), begin, 1e-2, lambda: 0.0, lambda value, bound: None))
    plans = zip(country.plans.regency, country.plans.batches, strict=True)
    assert learned <= {(int(regency), tuple(map(int, batches))) for regency, batches in plans}


def plans_by_place(known):
    """Return every plan that a province has at hand, with its regency's place in the country."""
    return {
        (int(each.places[regency]), tuple(map(int, batches)))
        for each in known.every
        for regency, batches in zip(each.own.plans.regency, each.own.plans.batches, strict=True)
    }


def test_the_countrys_relaxation_leaves_a_stage_time_for_plans():
    known = known_of(grid_of(reference_like(regencies=68, measures=6)), large=0)
    begin = lawful_start(known.grid, Clock(10.0))
    reached = Reached(begin, float(begin.relief), float(sum(known.grid.full.values())))
    task = Task(Kept(), begin, 1e-9, counting(800), lambda value, bound: None)
    found = relief_apart(known, reached, task)
    assert reached.value < found.value <= found.bound < reached.bound


def test_a_relaxation_may_take_the_even_share_of_its_province(monkeypatch):
    monkeypatch.setattr("pulih.refocusing.cheapest.LP_SECONDS", 0.0)
    each = known_of(grid_of(make.case()), large=0).every[0]
    ask = partial(cheapest_apart, each, [0] * len(each.part.cells), 0.9, seconds=0.0, gap=1e-3)
    late, in_time = ask(left=lambda: 60.0), ask(left=lambda: 60.0, even=60.0)
    assert in_time.proofs[0].least > late.proofs[0].least  # That of plans proves more.


def test_the_province_that_leaves_most_open_is_asked_first():
    grid = grid_of(make.case())
    known, joint = known_of(grid, large=0), joint_of(grid, [0.1], 1.0, 0.0)
    bases = asked_of(known, Aim(0.0, relief_price=1.0), joint, 0.1)
    idle = lawful_plan(grid, [0] * len(grid.cells), least_change=False)
    begin = [as_in(each, idle) for each in known.every]
    order = most_open_first(bases, begin)
    opens = [worth_of(one.own, one.aim, begin[n]) - one.bound for n, one in enumerate(bases)]
    assert [opens[place] for place in order] == sorted(opens, reverse=True)
    assert most_open_first(bases, [None, begin[1]])[0] == 0
    assert most_open_first(bases, [begin[0], None])[0] == 1
