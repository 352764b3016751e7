"""A key that an address names is read in one way, whatever stands there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.web.bounds import LARGEST_KEY, row_key


@given(st.integers(0, 10**18 - 1))
def test_a_key_is_read_as_it_is_written(key):
    assert row_key(str(key)) == key


@pytest.mark.parametrize(
    "text", ["", " 1", "-1", "+1", "1.0", "1e3", "٣", "²", "9" * 19, "9" * 5_000]
)
def test_what_is_no_key_names_nothing(text):
    assert row_key(text) is None


@given(st.text())
def test_whatever_is_asked_fits_into_the_database(text):
    key = row_key(text)
    assert key is None or 0 <= key <= LARGEST_KEY
