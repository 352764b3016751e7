"""Working days leave out weekends, national holidays and joint leave."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.classifications.holidays import holidays, is_working_day, working_day

days = st.dates(date(2019, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        (date(2020, 3, 31), 5, date(2020, 4, 7)),
        (date(2020, 4, 9), 1, date(2020, 4, 13)),  # Good Friday and a weekend between
        (date(2020, 5, 20), 1, date(2020, 5, 22)),
        (date(2020, 5, 22), 1, date(2020, 5, 26)),  # Eid's joint leave was moved to December
        (date(2020, 12, 23), 1, date(2020, 12, 28)),
        (date(2020, 12, 30), 1, date(2021, 1, 4)),
    ],
)
def test_working_days_of_2020_are_those_of_the_joint_decrees(start, n, expected):
    assert working_day(start, n) == expected


@given(days, st.integers(1, 30))
def test_the_nth_working_day_has_n_minus_one_working_days_before_it(start, n):
    found = working_day(start, n)
    between = [start + timedelta(days=step) for step in range(1, (found - start).days)]
    assert is_working_day(found)
    assert sum(map(is_working_day, between)) == n - 1


def test_every_holiday_was_read_in_its_decree():
    assert all(one.verified for one in holidays().values())
    assert date(2020, 12, 30) not in holidays()  # Struck out by the decree of 1 December 2020.
