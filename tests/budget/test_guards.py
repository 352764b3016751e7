"""Years, sizes, physical spending and what plans may not touch."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.budget.rules.bounds import USUAL_HIGH, USUAL_LOW, likeliest, odd_total
from pulih.budget.rules.guards import protected_by, warnings
from pulih.budget.rules.years import expired_or_early

DAY = date(2020, 6, 15)


@given(st.integers(USUAL_LOW, USUAL_HIGH))
def test_a_usual_total_passes_and_a_thousand_times_it_is_refused(ceiling):
    assert odd_total("Jabar", "DK", ceiling) is None
    assert odd_total("Jabar", "DK", ceiling * 1000).is_refused
    assert likeliest(ceiling * 1000) == ceiling


@given(st.integers(0, 10**18))
def test_every_total_is_judged(ceiling):
    judged = odd_total("Jabar", "DK", ceiling)
    assert (judged is None) == (USUAL_LOW <= ceiling <= USUAL_HIGH)


def test_a_triliun_that_must_be_a_miliar_names_what_was_meant():
    refused = odd_total("Kalimantan Selatan", "DK", 1_715_000_000_000)
    assert "Maksud Anda Rp1.715.000.000?" in refused.message.id
    assert "Did you mean Rp1,715,000,000?" in refused.message.en


def test_an_amount_in_thousands_names_what_was_meant():
    assert "Rp1.715.000.000?" in odd_total("Kalsel", "DK", 1_715_000).message.id


def test_a_somewhat_large_total_is_only_warned_of():
    assert not odd_total("Jabar", "DK", 5_000_000_000).is_refused


def test_the_head_office_has_no_such_bounds():
    assert odd_total("Ditjen", "KP", 2_000_000_000_000) is None


@pytest.mark.parametrize(
    ("year", "day", "words"),
    [
        (None, DAY, "fiscal year is stated neither"),
        (2020, None, "effective date is blank"),
        (1990, DAY, "not a known fiscal year"),
        (2019, DAY, "2019 is not open"),
        (2021, DAY, "2021 is not open"),
        (2020, date(2021, 1, 1), "2020 is not open"),
    ],
)
def test_a_year_that_cannot_be_judged_or_is_over_is_refused(year, day, words):
    assert words in expired_or_early(year, day).en


@given(st.integers(2010, 2030), st.integers(0, 364))
def test_every_day_of_a_year_is_open_for_it(year, days):
    assert expired_or_early(year, date(year, 1, 1) + timedelta(days)) is None


def test_a_dipa_of_november_opens_the_next_year():
    assert expired_or_early(2020, date(2019, 11, 12)) is None


@given(st.from_regex(r"53\d{4}", fullmatch=True))
def test_capital_spending_is_warned_of_in_deconcentration_alone(account):
    assert "article 20(3)" in warnings(account, "DK", DAY)[0].message.en
    assert warnings(account, "TP", DAY) == []


@pytest.mark.parametrize("account", ["532111", "526113"])
def test_nothing_is_warned_of_by_a_law_that_was_repealed(account):
    assert warnings(account, "DK", date(2022, 5, 8))
    assert warnings(account, "DK", date(2022, 5, 9)) == []


def test_buildings_to_hand_over_are_warned_of_and_training_is_not():
    assert warnings("526113", "DK", DAY)
    assert warnings("521211", "DK", DAY) == []


@pytest.mark.parametrize(
    ("account", "is_protected"),
    [("511111", True), ("521115", True), ("521131", False), ("522112", True), ("521211", False)],
)
def test_salaries_operation_and_utilities_are_protected(account, is_protected):
    assert (protected_by(account, DAY) is not None) == is_protected
