"""Notes below a list that bear numbers of their own: `Catatan :`, `1.`, `2.`, and no firms."""

import re

import polars as pl

from pulih.intake import not_data, quick

FEWEST_CELLS = 3  # Of a usual row, before one with two is told to be a note.


def below(
    body: pl.DataFrame, numbered: pl.Series | None, number_column: int, typical: int
) -> range:
    """Return the rows from a lone `Catatan:` on whose notes count from 1 again, one text each.

    numbered: which rows have a running number. typical: how many cells a usual row fills.
    """
    end = body.height
    if numbered is None or typical <= FEWEST_CELLS:
        return range(end, end)
    counts = quick.in_rows(body)
    full = quick.where(counts > 2)
    last = int(full[-1]) if len(full) else -1
    alone = (at for at in quick.where(counts == 1).to_list() if at > last)
    start = next((at for at in alone if not_data.heads_notes(body.row(at))), None)
    if start is None:
        return range(end, end)
    column = body.to_series(number_column)
    above, inside = (
        _numbers(column.slice(at, length), numbered.slice(at, length))
        for at, length in ((0, start), (start, end - start))
    )
    begins_anew = above and inside and inside[0] == 1 != above[-1] + 1
    return range(start if begins_anew else end, end)


def _numbers(column: pl.Series, numbered: pl.Series) -> list[int]:
    return [int(re.sub(r"\.0$|\D", "", text)) for text in column.filter(numbered)]
