"""Changed cases, rivals' shares, the next batch and the last, and what to verify first."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.refocusing import Case, breaches
from pulih.refocusing.case import Amount
from pulih.refocusing.changes import Change, changed
from pulih.refocusing.doubts import Doubt, doubts_of, effect_of, held, moved_between, today_of
from pulih.refocusing.next_buys import around, best_elsewhere, best_more, dearest_less
from pulih.refocusing.quick import FEW_GUESSES, quick
from pulih.refocusing.relief import relief
from pulih.refocusing.rivals import RIVALS, bounds_of, rival_of, shared_out, weights_of
from tests.examples import examples
from tests.make import refocusing as make
from tests.refocusing.small_cases import small_cases


@given(small_cases())
def test_no_change_changes_nothing(case: Case):
    assert changed(case, Change()) == case


def test_each_number_is_changed_and_no_other():
    case = make.case()
    rule = Amount("floor", "P", ("*",), 90, None)
    found = changed(
        case,
        Change(
            ceiling=150,
            amounts=(rule,),
            costs={"T": Fraction(11, 10)},
            effects={"G": Fraction(1, 2)},
            severity={"P": Fraction(3)},
            protected=frozenset({"L1"}),
            given_up=Fraction(1, 4),
        ),
    )
    assert (found.settings.ceiling, found.settings.tolerance[0]) == (150, Fraction(1, 4))
    assert found.amounts == (rule,)
    assert {cost.measure: cost.unit_cost for cost in found.costs} == {"T": 4, "G": 7}
    assert {e.measure: e.relief for e in found.effects} == {"T": 1, "G": Fraction(1, 2)}
    assert {n.regency: n.severity for n in found.needs if n.need == "skill"} == {
        "P1": 100,
        "Q1": 80,
    }
    assert [line.is_protected for line in found.lines] == [True, False, False]
    assert found.measures == case.measures


@st.composite
def sharings(draw):
    names = "ABCD"[: draw(st.integers(1, 4))]
    bounds = {}
    for name in names:
        low = draw(st.integers(0, 30))
        bounds[name] = (low, low + draw(st.integers(0, 40)))
    weights = {name: Fraction(draw(st.integers(0, 9)), 7) for name in names}
    return draw(st.integers(0, 200)), weights, bounds


@settings(max_examples=examples(300))
@given(sharings())
def test_shares_lie_within_their_bounds_and_use_what_there_is(sharing):
    money, weights, bounds = sharing
    shares = shared_out(money, weights, bounds)
    if shares is None:
        assert sum(low for low, _ in bounds.values()) > money
        return
    assert all(low <= shares[p] <= high for p, (low, high) in bounds.items())
    assert sum(shares.values()) == min(money, sum(high for _, high in bounds.values()))


@given(sharings())
def test_who_counts_more_and_is_free_gets_no_less(sharing):
    money, weights, bounds = sharing
    shares = shared_out(money, weights, bounds)
    for one, other in ((a, b) for a in shares or {} for b in shares or {}):
        is_free = bounds[one][1] > shares[one] and bounds[other][0] < shares[other]
        if is_free and weights[one] >= weights[other] > 0:
            assert shares[one] + 1 >= shares[other]


def test_rivals_share_by_firms_by_what_was_held_or_mostly_alike():
    case = make.case({"ceiling": 130})
    assert weights_of(case, "even") == {"P": 100, "Q": 160}
    assert weights_of(case, "firms") == {"P": Fraction(20, 38), "Q": Fraction(18, 38)}
    base = weights_of(case, "base")
    assert base["P"] == Fraction(2, 5) + Fraction(1, 5) * Fraction(20, 38)
    shares = {a.province: a.min_amount for a in rival_of(case, "even").amounts}
    assert shares == {"P": 50, "Q": 80}


@settings(deadline=None, max_examples=examples(40))
@given(small_cases(rules=False), st.sampled_from(RIVALS))
def test_a_rivals_plan_is_lawful_in_the_plans_own_case(case: Case, rival):
    change = rival_of(case, rival)
    if change is None:
        assert sum(low for low, _ in bounds_of(case).values()) > case.settings.ceiling
        return
    found = quick(changed(case, change))
    assert found is None or breaches(case, found.best.plan) == []


@settings(deadline=None, max_examples=examples(60))
@given(small_cases(), st.data())
def test_a_batch_more_and_less_is_worth_what_relief_says(case: Case, data):
    units = {
        (place, m.code): m.batch * data.draw(st.integers(0, 3))
        for place in case.regencies
        for m in case.measures
        if case.unit_cost(place, m.code) is not None
    }
    found, total = around(case, units), sum(relief(case, units).values())
    for (place, code), now in units.items():
        batch = case.measure[code].batch
        more, less = found.more(place, code), found.less(place, code)
        if more is not None:
            after = units | {(place, code): now + batch}
            assert more.relief == sum(relief(case, after).values()) - total
        assert (less is None) == (now < batch)
        if less is not None:
            after = units | {(place, code): now - batch}
            assert less.relief == total - sum(relief(case, after).values())


def test_the_best_next_and_the_first_to_go_are_told_by_relief_per_rupiah():
    case = make.case({"ceiling": 260})
    found = around(case, {("Q1", "T"): 10, ("Q1", "G"): 1})
    more = best_more(found, "P", "T")
    assert more is not None
    assert (more.rupiah, more.relief) == (11, 1)
    assert best_more(found, "Q", "T") is None  # All its firms are served.
    least = dearest_less(found, "Q", "T")
    assert least is not None
    assert least.rupiah == 6
    other = best_elsewhere(found, "Q", "T")
    assert other is not None
    assert (other.measure, other.rupiah) == ("G", 7)


def test_a_limit_lets_no_batch_more_be_named():
    case = make.case(limits=[("P", "T", None, 2)])
    assert around(case, {("P1", "T"): 2}).more("P1", "T") is None
    assert around(case, {}).more("P1", "T") is not None


def test_every_number_is_doubted_both_ways_and_told():
    case = make.case()
    every = list(doubts_of(case))
    assert {(d.kind, d.code) for d in every} == {
        ("severity", "P"), ("severity", "Q"), ("cost", "T"), ("cost", "G"), ("effect", "T"),
        ("effect", "G"),
    }  # fmt: skip
    assert len(every) == 12
    today = today_of(case)
    assert today is not None
    dearer = next(d for d in every if d.kind == "cost" and d.code == "T" and d.factor > 1)
    answer = effect_of(case, today, dearer)
    assert answer is not None
    then = quick(changed(case, dearer.change()), guesses=FEW_GUESSES, first=today.first)
    assert then is not None
    assert answer.moved == moved_between(held(today.plan), held(then))
    assert answer.worst == pytest.approx(then.worst)


def test_money_that_changes_provinces_is_counted_once():
    assert moved_between({"A": 10, "B": 5}, {"A": 7, "B": 8}) == 3
    assert moved_between({"A": 10, "B": 5}, {"A": 7, "B": 5}) == 3


@settings(deadline=None, max_examples=examples(30))
@given(small_cases())
def test_a_number_that_is_right_moves_nothing(case: Case):
    today = today_of(case)
    for measure in case.measure:
        if today is not None:
            answer = effect_of(case, today, Doubt("cost", measure, Fraction(1)))
            assert answer is not None
            assert (answer.moved, answer.worst) == (0, today.plan.worst)
