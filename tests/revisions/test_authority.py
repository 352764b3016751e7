"""Who may approve: one more movement never lowers it, and silence is never consent."""

import itertools
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.budget.rules.offices import Office
from pulih.common.errors import Message
from pulih.revisions.rules.authority import Context, judge, judged_by
from pulih.revisions.rules.moves import LEVELS, Move
from pulih.revisions.rules.regimes import Regime, Rule, regime_on, regimes

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
JUNE = date(2020, 6, 15)
OLD, NEW = "3038.001.051.A.521211", "4498.ABO.001.051.A.521211"
accounts = st.sampled_from(["521111", "521211", "521241", "522151", "524111", "526211", "532111"])
keys = st.builds(
    "{}.{}.{}.{}.{}".format,
    st.sampled_from(["3038", "3039"]),
    st.sampled_from(["001", "001.001", "001.002", "002"]),
    st.sampled_from(["051", "052"]),
    st.sampled_from(["A", "B"]),
    accounts,
)
moves = st.builds(
    Move,
    line_key=keys,
    fiscal_year=st.just(2020),
    rupiah=st.integers(-5, 5).filter(bool),
    programme=st.sampled_from(["", "P2"]),
    is_new_line=st.booleans(),
    is_new_output=st.booleans(),
    volume_falls=st.booleans(),
    blocked=st.integers(0, 1),
    fund_source=st.sampled_from(["RM", "PLN", "BLU"]),
    authority=st.sampled_from(["DK", "TP"]),
)
names_together = st.sampled_from(
    ["between_units", "between_regions", "between_programmes", "between_funds", "adds_exempt_only"]
)
contexts = st.builds(Context, st.integers(-1, 1), st.integers(-1, 1), st.frozensets(names_together))
days = st.sampled_from([r.valid_from for r in regimes()])
SAID = Message("x", "x")
names = st.sampled_from([*LEVELS, "type_changes", "new_output", "ceiling_changes", "between_funds"])
invented = st.builds(
    lambda rules: Regime(SAID, date(2000, 1, 1), None, tuple(rules)),
    st.lists(
        st.builds(
            Rule,
            st.sampled_from(Office),
            st.frozensets(names, min_size=1, max_size=2),
            st.sampled_from([frozenset(), frozenset({"adds_exempt_only"})]),
            st.just(SAID),
            st.just("X"),
            st.sampled_from(["", "page 1"]),
        ),
        max_size=12,
    ),
)


@patient
@given(st.lists(moves, min_size=1, max_size=5), moves, contexts, days)
def test_one_more_movement_never_lowers_who_must_approve(there, more, context, on):
    before = judge(there, context, on).whole
    after = judge([*there, more], context, on).whole
    assert after.office >= before.office
    assert before.is_known or not after.is_known or after.office > before.office


@patient
@given(invented, st.lists(moves, min_size=1, max_size=4), moves, contexts)
def test_nor_would_it_by_any_rules_that_someone_may_write(regime, there, more, context):
    before = judged_by(regime, there, context, JUNE).whole
    assert judged_by(regime, [*there, more], context, JUNE).whole.office >= before.office


@patient
@given(st.lists(moves, min_size=1, max_size=5), contexts, days, st.randoms())
def test_the_whole_is_the_highest_of_its_movements_in_whatever_order(there, context, on, random):
    judged = judge(there, context, on)
    assert all(judged.whole.office >= one.office for one in judged.moves)
    shuffled = random.sample(there, len(there))
    assert judge(shuffled, context, on).whole.office == judged.whole.office


@patient
@given(st.lists(moves, min_size=1, max_size=3), contexts)
def test_without_a_rule_the_answer_is_to_ask(there, context):
    judged = judge(there, context, date(2001, 1, 1))
    assert not judged.whole.is_known
    assert "DJA" in judged.whole.message.en
    assert judged.whole.office >= Office.DJA


def swap(one, other, **values):
    first = Move(one, 2020, -5, **values)
    return [first, replace(first, line_key=other, rupiah=5)]


@pytest.mark.parametrize(
    ("one", "other", "office"),
    [
        ("3038.001.051.A.521211", "3038.001.051.A.522151", Office.KPA),
        ("3038.001.051.A.521211", "3038.001.052.A.521211", Office.KPA),
        ("3038.001.051.A.521211", "3038.002.051.A.521211", Office.KANWIL),
        ("3038.001.051.A.521211", "3039.001.051.A.521211", Office.KANWIL),
        ("3038.001.051.A.521211", "3038.001.051.A.532111", Office.DJA),
        ("3038.001.051.A.532111", "3038.001.051.A.521241", Office.KANWIL),
    ],
)
def test_a_swap_of_june_2020_goes_where_its_regulation_says(one, other, office):
    judged = judge(swap(one, other), Context(), JUNE)
    assert judged.whole.office == office
    assert judged.whole.rule.source == "REV-02"


def test_a_cut_of_all_units_is_for_dja_and_a_shift_between_units_is_not():
    cut = [Move("3038.001.051.A.521211", 2020, -5)]
    assert judge(cut, Context(-5, -5), JUNE).whole.office == Office.DJA
    assert judge(cut, Context(-5, 0), JUNE).whole.office == Office.DIT_PA
    near = Context(-5, 0, frozenset({"between_units"}))
    assert judge(cut, near, JUNE).whole.office == Office.KANWIL
    assert judge(cut, Context(-5, 0), date(2020, 10, 1)).whole.office == Office.PPA


def test_lines_that_settle_among_themselves_stay_low_beside_others_that_do_not():
    near = swap("3038.001.051.A.521211", "3038.001.051.A.522151")
    far = swap("3038.001.051.B.521211", "3039.002.051.A.521211")
    judged = judge([*near, *far], Context(), JUNE)
    assert [one.office for one in judged.moves] == [Office.KPA] * 2 + [Office.KANWIL] * 2


def test_between_ros_the_kpa_decides_since_the_regulation_of_2023():
    one, other = (
        Move("4498.ABO.001.051.A.521211", 2024, -5),
        Move("4498.ABO.002.051.A.521211", 2024, 5),
    )
    assert judge([one, other], Context(), date(2024, 3, 1)).whole.office == Office.KPA
    assert judge([one, other], Context(), date(2021, 3, 1)).whole.office == Office.KANWIL


@pytest.mark.parametrize("on", [regime.valid_from for regime in regimes()])
def test_money_between_funds_is_never_for_the_kpa(on):
    one = Move(OLD if on.year < 2021 else NEW, on.year, -5, fund_source="PLN", on=on)
    other = replace(one, rupiah=5, fund_source="RM")
    assert judge([one, other], Context(), on).whole.office >= Office.DJA
    assert judge([one, replace(other, fund_source="PLN")], Context(), on).whole.office == Office.KPA


def test_a_key_that_cannot_be_read_is_never_taken_for_harmless():
    assert not judge([Move("3038.?", 2020, 5)], Context(), JUNE).whole.is_known


def test_regimes_follow_each_other_and_every_rule_says_why_and_by_what():
    every = regimes()
    for earlier, later in itertools.pairwise(every):
        assert earlier.valid_to == later.valid_from
    for regime in every:
        assert regime_on(regime.valid_from) == regime
        plain = {name for r in regime.rules if len(r.when) == 1 and not r.unless for name in r.when}
        assert plain.issuperset(LEVELS)
        assert all(rule.message.id and rule.message.en and rule.source for rule in regime.rules)
