"""What was read of a revision, judged without a database."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pulih.budget.rules.months import MONTHS, even
from pulih.revisions.execution import month_of
from pulih.revisions.rules.assessing import RevisionFacts, judgement_of
from pulih.revisions.rules.authority import Context
from pulih.revisions.rules.ikpa import ExecutionState
from pulih.revisions.rules.moves import Move

ON = date(2020, 6, 15)
TAKEN = Move("3038.001.051.A.521211", 2020, -100)
SAME_COMPONENT = Move("3038.001.051.A.522151", 2020, 100)
OTHER_ACTIVITY = Move("3039.001.051.A.522151", 2020, 100)
BEFORE = ExecutionState(6, {"52": even(1_200)}, {"52": even(600)}, {"52": 1_200}, 1)


def facts(*moves, **values):
    usual = {"context": Context(0, 0), "before": BEFORE, "by_type": {}, "chart": {"521211"}}
    return RevisionFacts(2020, ON, moves, **{**usual, **values})


def counted(*moves, **values):
    """Return how many revisions the score counts after one of these moves."""
    return judgement_of(facts(*moves, **values)).effect.after.revisions.value


def test_the_score_counts_what_changes_the_dipa_with_the_same_ceiling():
    assert counted(TAKEN, SAME_COMPONENT) == 1  # The unit's own POK.
    assert counted(TAKEN, OTHER_ACTIVITY) == 2
    assert counted(TAKEN, context=Context(-100, -100)) == 1  # The ceiling changes.


@given(st.dictionaries(st.sampled_from(["51", "52", "53"]), st.integers(-2_000, 2_000)))
def test_the_score_after_never_leaves_its_bounds(by_type):
    found = judgement_of(facts(TAKEN, SAME_COMPONENT, by_type=by_type)).effect
    assert 0 <= found.after.page_three.value <= 100
    assert 0 <= found.after.absorption.value <= 100


def test_what_changes_nothing_leaves_the_score_as_it_was():
    found = judgement_of(facts(TAKEN, SAME_COMPONENT, by_type={"52": 0})).effect
    assert found.before == found.after


def test_the_same_facts_are_judged_alike_whatever_was_judged_between():
    one = facts(TAKEN, SAME_COMPONENT)
    first = judgement_of(one)
    judgement_of(replace(one, by_type={"52": -1_200}))
    assert judgement_of(one) == first
    assert BEFORE.planned == {"52": even(1_200)}


@given(st.dates(date(2018, 1, 1), date(2022, 12, 31)))
def test_a_day_outside_the_year_counts_as_its_edge(on):
    assert month_of(2020, on) in MONTHS
    assert month_of(2020, on) == (on.month if on.year == 2020 else 1 if on.year < 2020 else 12)
