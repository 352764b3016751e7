"""How much imprest a unit may hold: by its ceiling, by the day, and said on its page."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.treasury.rules.imprest_limits import above_limit, eligible, limit_on

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
