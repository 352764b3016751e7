"""CSV whose lines were quoted whole, or whose headings are parted by another sign than its rows."""

import csv
import io
from collections import Counter
from collections.abc import Sequence

import polars as pl

from pulih.intake import quick

LOOKED_AT, HEADING_ROWS = 200, 10
LEAST_CELLS, LEAST_ROWS = 3, 3


def lines(cells: pl.DataFrame) -> str | None:
    """Return the lines that stand in one cell each, as text to cut again; None if few do."""
    first = cells.to_series(0)
    if cells.width > 1 or first.count() < LEAST_ROWS:
        return None
    looked = quick.filled(first).head(LOOKED_AT)
    if looked.str.contains("\n", literal=True).any():
        return None
    widths = Counter(len(_cut(text, ",")) for text in looked)
    width, rows = widths.most_common(1)[0]
    if width < LEAST_CELLS or rows * 5 < len(looked) * 4:
        return None
    return "\n".join(first.fill_null("")) + "\n"


def headings(cells: pl.DataFrame, delimiter: str, others: Sequence[str]) -> pl.DataFrame:
    """Cut the first rows by the sign that parts them into as many cells as the rows below have."""
    looked = cells.head(LOOKED_AT)
    filled = quick.in_rows(looked)
    usual = filled.filter(filled > 1).mode().sort()
    if not len(usual) or usual[-1] < LEAST_CELLS:
        return cells
    for row in quick.where(filled.head(HEADING_ROWS) == 1):
        text = next(cell for cell in cells.row(row) if cell is not None)
        for other in others:
            parts = [part.strip() or None for part in _cut(text, other)]
            if other != delimiter and len(parts) == usual[-1]:
                cells = _with_row(cells, row, parts)
                break
    return cells


def _cut(text: str, delimiter: str) -> list[str]:
    return next(csv.reader(io.StringIO(text), delimiter=delimiter), [])


def _with_row(cells: pl.DataFrame, row: int, parts: Sequence[str | None]) -> pl.DataFrame:
    padded = [*parts, *[None] * (cells.width - len(parts))]
    return cells.with_columns(
        cells[name].scatter([row], [part]) for name, part in zip(cells.columns, padded, strict=True)
    )
