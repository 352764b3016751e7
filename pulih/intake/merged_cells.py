"""What is merged over several rows holds for each of them."""

from collections.abc import Sequence

import polars as pl

from pulih.intake.cells import Range
from pulih.intake.layout import Table


def fill_merged(body: pl.DataFrame, table: Table, merged: Sequence[Range]) -> pl.DataFrame:
    """Fill what is merged over several rows down into each of them that holds anything."""
    start = table.body
    tall = [
        (top - start, left, bottom - start)
        for (top, left), (bottom, _) in merged
        if bottom > top and top >= start and left < body.width and top - start < body.height
    ]
    if not tall:
        return body
    blank = body.select(pl.all_horizontal(pl.all().is_null())).to_series()
    columns = {i: body.to_series(i) for i in {left for _, left, _ in tall}}
    for top, left, bottom in tall:
        value = columns[left][top]
        rows = [row for row in range(top + 1, min(bottom + 1, body.height)) if not blank[row]]
        if value is not None and rows:
            columns[left] = columns[left].scatter(rows, value)
    return body.with_columns(*columns.values())


def filled_flags(
    flags: pl.DataFrame | None, table: Table, merged: Sequence[Range]
) -> pl.DataFrame | None:
    """Return the body's flags of stored numbers, merged cells filled down as their texts are."""
    return None if flags is None else fill_merged(flags.slice(table.body), table, merged)
