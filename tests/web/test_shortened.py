"""A list that is cut says how many it leaves out."""

from hypothesis import given
from hypothesis import strategies as st

from pulih.web.shortened import shorten


@given(st.lists(st.integers(), max_size=20), st.integers(1, 20))
def test_what_is_shown_and_what_is_told_are_all_rows(rows, most):
    short = shorten(rows, most, "/all/")
    assert len(short.rows) + short.more == len(rows)
    assert short.rows == rows[:most]
    assert bool(short.url) == bool(short.more)
