"""How much imprest a unit may hold: by its ceiling, by the day, and said on its page."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.treasury.rules.imprest import UP, Movement, positions, too_early
from pulih.treasury.rules.imprest_limits import (
    above_limit,
    above_payee_limit,
    eligible,
    extra_months_on,
    limit_on,
    payee_limit_on,
    refill_percent_on,
)

JUNE = date(2020, 6, 15)
ceilings = st.integers(0, 10**11)


@pytest.mark.parametrize(
    ("ceiling", "most"),
    [(0, 100), (2_400, 100), (2_401, 200), (6_000, 200), (6_001, 500), (90_000, 500)],
)
def test_the_limit_rises_with_the_ceiling(ceiling, most):
    assert limit_on(ceiling * 10**6, JUNE) == most * 10**6


@given(ceilings, ceilings, st.integers(0, 10**9))
def test_a_larger_ceiling_never_allows_less(one, other, held):
    low, high = sorted((one, other))
    if above_limit(held, high, JUNE):
        assert above_limit(held, low, JUNE)


def test_before_the_rules_nothing_is_said_and_the_limit_itself_is_allowed():
    assert above_limit(10**12, 0, date(2018, 1, 1)) is None
    assert above_limit(100_000_000, 10**9, JUNE) is None
    found = above_limit(100_000_001, 10**9, JUNE)
    assert "Rp100,000,000" in found.en
    assert "Rp1.000.000.000" in found.id


def test_salaries_and_aid_are_not_paid_from_an_imprest():
    assert eligible({"51": 9, "52": 5, "53": 2, "57": 4}) == 7


def test_one_payee_is_paid_fifty_million_out_of_an_imprest_at_most():
    assert payee_limit_on(date(2018, 1, 1)) is None
    assert above_payee_limit(10**9, date(2018, 1, 1)) is None
    assert above_payee_limit(50_000_000, JUNE) is None
    told = above_payee_limit(50_000_001, JUNE).id
    assert "Rp50.000.000, sedangkan SPP ini Rp50.000.001" in told
    assert told.endswith("kecuali honorarium dan perjalanan dinas.")


@pytest.mark.parametrize(
    ("day", "most"),
    [
        (date(2020, 5, 19), 50_000_000), (date(2020, 5, 20), 10**9), (date(2020, 12, 31), 10**9),
        (date(2021, 1, 1), 50_000_000),
    ],
)  # fmt: skip
def test_an_extra_imprest_of_the_emergency_paid_one_payee_more(day, most):
    assert above_payee_limit(most, day, is_extra=True) is None
    assert above_payee_limit(most + 1, day, is_extra=True)
    assert above_payee_limit(50_000_001, day)


@given(st.integers(1, 10**9), st.integers(0, 10**9))
def test_a_refill_is_early_below_half_of_the_imprest_and_never_from_there(given_, used):
    moved = [Movement(UP, date(2020, 1, 6), given=given_), Movement(UP, JUNE, used=used)]
    newest = positions(moved, JUNE)[-1]
    assert (too_early(newest, JUNE) is not None) is (used * 2 < given_)


def test_of_an_imprest_that_nobody_knows_nothing_is_said():
    assert too_early(None, JUNE) is None


def test_shares_and_months_are_those_of_the_day():
    assert (refill_percent_on(JUNE), extra_months_on(JUNE)) == (50, 1)
    unknown = date(1999, 12, 31)
    assert (refill_percent_on(unknown), extra_months_on(unknown)) == (None, None)
    newest = positions([Movement(UP, unknown, given=100, used=1)], unknown)[-1]
    assert too_early(newest, unknown) is None
