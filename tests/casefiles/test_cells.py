"""Numbers of a case: what a cell may hold, and one sentence for what it may not."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.casefiles import cells
from pulih.common.errors import Message


@given(st.integers(0, 10**18 - 1))
def test_whole_numbers_are_read_to_the_last_digit(number):
    assert cells.whole(str(number)) == number
    assert cells.whole(f"000{number}") == number


@pytest.mark.parametrize("text", ["1" + "0" * 18, "9" * 5000])
def test_a_number_that_no_ledger_could_hold_is_a_fault(text):
    assert cells.whole(text) is cells.TOO_LARGE
    assert cells.number(f"{text}.5") is cells.TOO_LARGE


@pytest.mark.parametrize("text", ["1.000", "1,5", "1e3", "Rp5", " 1 2", "٣", "--1"])
def test_other_writings_of_a_number_are_faults(text):
    assert isinstance(cells.whole(text), Message)


def test_decimals_are_exact():
    assert cells.number("0." + "3" * 40) == Fraction(int("3" * 40), 10**40)


def test_a_day_that_a_program_kept_with_midnight_is_that_day():
    assert cells.cell_text(date(2020, 4, 20)) == "2020-04-20"
    assert cells.cell_text(datetime(2020, 4, 20)) == "2020-04-20"
    assert cells.cell_text(datetime(2020, 4, 20, tzinfo=UTC)) == "2020-04-20"
    assert cells.cell_text(datetime(2020, 4, 20, 5)) == "2020-04-20 05:00:00"
