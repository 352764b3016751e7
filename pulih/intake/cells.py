"""Raw cells of one sheet, and how a place in it is called (`C12`)."""

from dataclasses import dataclass, field
from typing import NamedTuple

import polars as pl

Range = tuple[tuple[int, int], tuple[int, int]]  # (row, column) of both corners, from 0


class Fault(NamedTuple):
    """What went wrong in reading one cell: its row and column from 0, and the rule that says so."""

    row: int
    column: int
    rule: str


@dataclass(frozen=True)
class Sheet:
    """One sheet as it was delivered.

    cells: texts, a column per column of the sheet, from its first row; blank is null.
    numeric: the same shape; true where the file held a number, not a text. None: no types (CSV).
    merged: merged ranges. faults: what the reader had to guess at single cells.
    delimiter: between the cells of a text file; None in a workbook.
    parted: whether cells of two things were parted, the second beside the sheet.
    """

    name: str | None
    cells: pl.DataFrame
    numeric: pl.DataFrame | None = None
    merged: tuple[Range, ...] = field(default=())
    hidden: bool = False
    faults: tuple[Fault, ...] = ()
    delimiter: str | None = None
    parted: bool = False

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
