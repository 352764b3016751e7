"""The score of execution: what a revision costs, by the model of its year or one that stands in."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.budget.rules.months import MONTHS, even, moved, scaled
from pulih.revisions.rules.ikpa import ExecutionState, absorbed, deviation, effect, model_of, scored

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
money = st.integers(0, 10**9)
plans = st.dictionaries(st.sampled_from(list(MONTHS)), money)
states = st.builds(
    lambda month, planned, paid, ceiling, revisions: ExecutionState(
        month, {"52": planned}, {"52": paid}, {"52": ceiling}, revisions
    ),
    st.sampled_from(list(MONTHS)),
    plans,
    plans,
    st.integers(1, 10**10),
    st.integers(0, 9),
)
STEADY = ExecutionState(6, {"52": even(1200)}, {"52": even(1200)}, {"52": 1200}, 1)


@patient
@given(money)
def test_an_even_plan_holds_the_whole_ceiling(ceiling):
    plan = even(ceiling)
    assert sum(plan.values()) == ceiling
    assert max(plan.values()) - min(plan.values()) <= 1


@patient
@given(plans, st.integers(-(10**10), 10**10), st.sampled_from(list(MONTHS)))
def test_a_revised_plan_changes_by_exactly_the_movement_and_no_month_falls_below_zero(
    plan, change, first
):
    change = max(change, -sum(plan.values()))
    new = moved(plan, change, first)
    assert sum(new.values()) == sum(plan.values()) + change
    assert min(new.values()) >= 0
    if change >= 0:
        assert all(new[month] == plan.get(month, 0) for month in MONTHS if month < first)


@patient
@given(plans, money, money)
def test_a_part_of_a_plan_is_its_share(plan, part, rest):
    whole = part + rest
    found = scaled(plan, part, whole)
    expected = sum(plan.values()) * part // whole if whole else 0
    assert sum(found.values()) == expected


@patient
@given(states, st.sampled_from([2022, 2024]))
def test_every_indicator_stays_between_nothing_and_its_weight(state, year):
    model = model_of(year)
    score = scored(state, model)
    assert 0 <= deviation(state, model) <= 100
    assert 0 <= absorbed(state) <= 100
    assert 0 <= score.revisions.points <= model.weight_revision
    assert 0 <= score.page_three.points <= model.weight_page_three
    assert 0 <= score.absorption.points <= model.weight_absorption


def test_a_unit_on_plan_has_full_points_for_page_three_and_loses_by_a_second_revision():
    found = effect(2022, STEADY, replace(STEADY, revisions=2))
    assert found.before.page_three.points == 10
    assert found.before.revisions.points == 10
    assert found.change == -5
    assert not found.is_estimate


def test_2020_is_said_to_be_estimated():
    found = effect(2020, STEADY, STEADY)
    assert found.is_estimate
    assert "13" in found.own.name.en
    assert "2022" in found.used.name.en


def test_half_of_the_plan_paid_is_half_off():
    behind = replace(STEADY, paid={"52": dict.fromkeys(MONTHS, 50)})
    assert deviation(behind, model_of(2022)) == 50
    assert scored(behind, model_of(2022)).page_three.points == 5
