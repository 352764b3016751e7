"""Checklist, criteria and scores as rules: against slow and obvious references."""

from datetime import date
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.proposals.rules.machine import PROPOSAL, UNDECIDED
from pulih.proposals.rules.reviewing import (
    checked_answers,
    checked_points,
    criteria_on,
    items,
    score,
    versions,
)

CRITERIA = criteria_on(date(2020, 6, 10))
answers = st.fixed_dictionaries(
    {
        item.key: st.tuples(
            st.sampled_from(["yes", "no", "not_applicable", ""]), st.sampled_from(["", "sebab"])
        )
        for item in items()
    }
)


def test_the_weights_of_every_version_make_a_hundred():
    assert all(sum(one.weight for one in each.criteria) == 100 for each in versions())


@given(answers)
def test_a_proposal_passes_when_no_answer_stands_in_the_way(given_answers):
    is_whole = all(
        answer and (answer != "no" or reason) for answer, reason in given_answers.values()
    )
    if not is_whole:
        with pytest.raises(Refusal):
            checked_answers(given_answers)
        return
    stopped = {item.key for item in items() if item.stops}
    wanted = all(given_answers[key][0] != "no" for key in stopped)
    assert checked_answers(given_answers) == wanted


@given(st.dictionaries(st.sampled_from([c.key for c in CRITERIA.criteria]), st.integers(-1, 101)))
def test_points_are_given_for_all_criteria_within_their_weights(points):
    is_lawful = all(0 <= points.get(one.key, -1) <= one.weight for one in CRITERIA.criteria)
    if is_lawful:
        assert checked_points(CRITERIA, points) == sum(points.values())
    else:
        with pytest.raises(Refusal, match="give 0 to"):
            checked_points(CRITERIA, points)


@given(st.lists(st.integers(0, 100), min_size=2, max_size=3))
def test_the_score_is_the_mean_of_the_closest(sums):
    if len(sums) == 2:
        assert score(sums) == Fraction(sum(sums), 2)
        return
    nearest = min(abs(a - b) for a, b in combinations(sums, 2))
    pairs = [pair for pair in combinations(sorted(sums), 2) if pair[1] - pair[0] == nearest]
    means = {Fraction(sum(pair), 2) for pair in pairs}
    assert score(sums) in means | {Fraction(sum(sums), 3)}
    assert (len(means) == 1) == (score(sums) in means) or len(set(sums)) == 1


def test_the_mock_ups_scores():
    assert score([82, 78]) == 80
    assert score([90, 50, 85]) == Fraction(175, 2)


def test_an_office_withdraws_from_every_state_before_the_decision():
    withdraw = next(move for move in PROPOSAL.moves if move.key == "withdraw")
    assert set(withdraw.sources) == set(UNDECIDED)
    decided = {move.target for move in PROPOSAL.moves if "scored" in move.sources}
    assert {"approved", "partly_approved", "rejected", "withdrawn"} == decided
