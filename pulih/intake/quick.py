"""Plain questions to a column, answered without a plan of a query.

Polars plans each of its own (`is_null`, `arg_true`, `gather`) for 0.1 ms, which is nothing for a
million rows and most of the time for twenty: a small list is asked some hundred of them.
"""

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_

import polars as pl

YES, NO = pl.Series([True]), pl.Series([False])
SHORT = 1_000  # Rows up to which Python's own loop is faster than a plan.


def is_filled(values: pl.Series) -> pl.Series:
    """Say of each value whether it is there."""
    nulls = values.null_count()
    if nulls == 0 or nulls == len(values):
        return (YES if nulls == 0 else NO).new_from_index(0, len(values)).alias(values.name)
    if len(values) > SHORT:
        return values.is_not_null()
    there = [one is not None for one in values.to_list()]
    return pl.Series(values.name, there, dtype=pl.Boolean)


def is_blank(values: pl.Series) -> pl.Series:
    return ~is_filled(values)


def filled(values: pl.Series) -> pl.Series:
    """Leave out what is blank."""
    return values.filter(is_filled(values)) if values.has_nulls() else values


def surely(mask: pl.Series) -> pl.Series:
    """Take what is not known for no."""
    return mask & is_filled(mask) if mask.has_nulls() else mask


def where(mask: pl.Series) -> pl.Series:
    """Give the places, from 0, at which something holds."""
    if not mask.any():
        return pl.Series(mask.name, [], dtype=pl.UInt32)
    if len(mask) > SHORT:
        return mask.arg_true()
    places = [place for place, holds in enumerate(mask.to_list()) if holds]
    return pl.Series(mask.name, places, dtype=pl.UInt32)


def different(values: pl.Series) -> list[str]:
    """List each text once, in no order that means anything."""
    if len(values) > SHORT:
        return filled(values).unique().to_list()
    return list(dict.fromkeys(text for text in values.to_list() if text is not None))


def same(value: object, length: int, dtype: type[pl.DataType]) -> pl.Series:
    """Repeat one value."""
    return pl.Series([value], dtype=dtype).new_from_index(0, length)


def any_of(masks: Sequence[pl.Series]) -> pl.Series:
    """Say where one of several masks holds, of which there is one at least."""
    return reduce(or_, masks)


def all_of(masks: Sequence[pl.Series]) -> pl.Series:
    return reduce(and_, masks)


def in_rows(frame: pl.DataFrame) -> pl.Series:
    """Count what is filled in each row."""
    if frame.height > SHORT:
        return frame.select(pl.sum_horizontal(pl.all().is_not_null())).to_series()
    filled_cells = [len(row) - row.count(None) for row in frame.rows()]
    return pl.Series(filled_cells, dtype=pl.UInt32)


def counts(frame: pl.DataFrame) -> list[int]:
    """Count what is filled in each column."""
    return [len(column) - column.null_count() for column in frame.get_columns()]
