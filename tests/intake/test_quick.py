"""What is asked without a query is answered as Polars answers it, for short and long columns."""

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_series_equal

from pulih.intake import quick

TIMES = (1, quick.SHORT)
COLUMNS = st.one_of(
    st.lists(st.booleans() | st.none(), max_size=9).map(lambda held: (held, pl.Boolean)),
    st.lists(st.text(max_size=3) | st.none(), max_size=9).map(lambda held: (held, pl.String)),
)
MASKS = st.lists(st.booleans() | st.none(), max_size=9)
Column = tuple[list[object], type[pl.DataType]]


@pytest.mark.parametrize("times", TIMES)
@given(column=COLUMNS)
def test_what_is_filled_is_what_is_no_null(times: int, column: Column) -> None:
    values = pl.Series("a", column[0] * times, dtype=column[1])
    assert_series_equal(quick.is_filled(values), values.is_not_null())
    assert_series_equal(quick.is_blank(values), values.is_null())
    assert_series_equal(quick.filled(values), values.drop_nulls())
    assert quick.counts(values.to_frame()) == [values.count()]


@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (quick.surely, lambda mask: mask.fill_null(False)),
        (quick.where, lambda mask: mask.arg_true()),
    ],
    ids=["surely", "where"],
)
@given(held=MASKS)
def test_masks_hold_where_they_surely_do(
    ours: Callable[[pl.Series], pl.Series],
    theirs: Callable[[pl.Series], pl.Series],
    times: int,
    held: list[bool | None],
) -> None:
    mask = pl.Series("a", held * times, dtype=pl.Boolean)
    assert_series_equal(ours(mask), theirs(mask))


@pytest.mark.parametrize("times", TIMES)
@given(held=st.lists(st.text(max_size=3) | st.none(), max_size=9))
def test_each_text_is_listed_once(times: int, held: list[str | None]) -> None:
    found = quick.different(pl.Series(held * times, dtype=pl.String))
    assert sorted(found) == sorted({text for text in held if text is not None})


@pytest.mark.parametrize("times", TIMES)
@given(rows=st.lists(st.tuples(*[st.text(max_size=1) | st.none()] * 3), min_size=1, max_size=9))
def test_what_each_row_fills_is_counted(times: int, rows: list[tuple[str | None, ...]]) -> None:
    schema = dict.fromkeys("abc", pl.String)
    frame = pl.DataFrame(rows * times, schema=schema, orient="row")
    counted = frame.select(pl.sum_horizontal(pl.all().is_not_null())).to_series()
    assert_series_equal(quick.in_rows(frame), counted, check_names=False)


def test_masks_are_joined() -> None:
    one, other = pl.Series([True, True, False]), pl.Series([True, False, False])
    assert quick.any_of([one, other]).to_list() == [True, True, False]
    assert quick.all_of([one, other]).to_list() == [True, False, False]
