"""Raw cells of one sheet, and how a place in it is called (`C12`)."""

from dataclasses import dataclass, field

import polars as pl

Range = tuple[tuple[int, int], tuple[int, int]]  # (row, column) of both corners, from 0


@dataclass(frozen=True)
class Sheet:
    """One sheet as it was delivered.

    cells: texts, a column per column of the sheet, from its first row; blank is null.
    numeric: the same shape; true where the file held a number, not a text. None: no types (CSV).
    merged: merged ranges.
    """

    name: str | None
    cells: pl.DataFrame
    numeric: pl.DataFrame | None = None
    merged: tuple[Range, ...] = field(default=())
    hidden: bool = False

    @property
    def label(self) -> str:
        """Return the name under which the sheet is reported; "1" for a CSV file."""
        return self.name or "1"


def letters(column: int) -> str:
    """Return the letters of a column counted from 0: 0 is A, 26 is AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def address(row: int, column: int) -> str:
    """Return a cell's address from its row counted from 1 and its column counted from 0."""
    return f"{letters(column)}{row}"
