"""Texts that were UTF-8 and were once saved as if they were Windows-1252: `CafÃ©` is `Café`."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from pulih.intake import quick
from pulih.intake.cells import Fault, Sheet

LOST = "\ufffd"  # What a program writes where it could not read a letter.
TRACES = LOST + "|[ÂÃÄÅâð][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"


def mended(sheet: Sheet) -> Sheet:
    """Return the sheet with such texts as they were meant, each told at its cell."""
    if sheet.cells.is_empty():
        return sheet
    # Bytes are counted much faster than letters are looked at, and most columns are ASCII.
    if sheet.cells.height <= quick.SHORT:
        marked = [
            any(text is not None and not text.isascii() for text in column)
            for column in sheet.cells.get_columns()
        ]
    else:
        marked = list(
            sheet.cells.select(pl.all().str.len_bytes().sum() > pl.all().str.len_chars().sum()).row(
                0
            )
        )
    cells, faults = sheet.cells, list(sheet.faults)
    for position, is_marked in enumerate(marked):
        if not is_marked:
            continue
        column = cells.to_series(position)
        rows = quick.where(column.str.contains(TRACES))
        meant = {row: text for row in rows if (text := _meant(column[row])) != column[row]}
        cells = cells.with_columns(column.scatter(list(meant), list(meant.values())))
        lost = {row for row in rows if LOST in column[row]}
        faults += [Fault(row, position, "odd_byte") for row in sorted(lost | meant.keys())]
    return replace(sheet, cells=cells, faults=tuple(faults))


def _meant(text: str) -> str:
    try:
        return text.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text
