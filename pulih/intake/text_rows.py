"""Sheets from markup (web pages, XML), whose cells come row by row as texts."""

from collections.abc import Sequence

import polars as pl

from pulih.intake import limits, refusals
from pulih.intake.cells import Fault, Range, Sheet

Row = list[tuple[int, str | None, bool]]  # Column, text, and whether it is a number.
MOST_WHOLE = 1e18


def sheet(
    file: str,
    name: str | None,
    rows: Sequence[Row],
    merged: Sequence[Range],
    *,
    hidden: bool = False,
    faults: Sequence[Fault] = (),
) -> Sheet:
    """Lay out all cells, blank columns at the right left out. Refuses a sheet that is too wide."""
    filled = [column for row in rows for column, text, _ in row if text is not None]
    width = max(filled, default=0) + 1
    if width > limits.COLUMNS:
        raise refusals.too_many(file, ("kolom", "columns"), limits.COLUMNS)
    texts: list[list[str | None]] = [[None] * len(rows) for _ in range(width)]
    numbers = [[False] * len(rows) for _ in range(width)]
    for at, row in enumerate(rows):
        for column, text, is_number in row:
            if text is not None:
                texts[column][at], numbers[column][at] = text, is_number
    cells = pl.DataFrame({str(i): pl.Series(one, dtype=pl.String) for i, one in enumerate(texts)})
    numeric = pl.DataFrame({str(i): pl.Series(one) for i, one in enumerate(numbers)})
    is_typed = any(map(any, numbers))
    within = tuple(
        ((top, left), (bottom, min(right, width - 1)))
        for (top, left), (bottom, right) in merged
        if left < width and (top, left) != (bottom, min(right, width - 1))
    )
    return Sheet(name, cells, numeric if is_typed else None, within, hidden, tuple(faults))


def refuse_more(file: str, rows: int) -> None:
    """Refuse more rows than a list may have; some above and below it are no rows of the list."""
    if rows > limits.ROWS + 1_000:
        raise refusals.too_many(file, ("baris", "rows"), limits.ROWS)


def plain(number: str) -> str:
    """Write a number as a spreadsheet's is written: whole ones without point or exponent."""
    if "." not in number and "e" not in number.casefold():
        return number
    value = float(number)
    return str(int(value)) if value.is_integer() and abs(value) < MOST_WHOLE else repr(value)
