"""A part of a sheet that is a table of its own, and what its headings say of that."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from pulih.intake.cells import Sheet
from pulih.intake.kinds import Kind
from pulih.intake.layout import Table
from pulih.intake.titles import NAMED, UNIT, YEAR, labelled


@dataclass(frozen=True)
class Part:
    """A table of a sheet: the sheet with all other cells blanked, and the table in it.

    mark: the letter of its first column where another table stands left of it; else blank.
    """

    sheet: Sheet
    table: Table
    mark: str = ""


@dataclass(frozen=True)
class Unread:
    """A table that was not read: its heading's row (from 1) and column, words and rows."""

    row: int
    column: int
    words: str
    rows: int


def with_titles(below: Table, first: Table) -> Table:
    """Give a lower table the titles of the sheet, but for what its own titles say otherwise."""
    own = labelled(below.titles)
    told = {
        (row, column)
        for row, column, text in labelled(first.titles)
        if any(_both_tell(pattern, own, text) for pattern in (NAMED, YEAR, UNIT))
    }
    kept = [title for title in first.titles if title[:2] not in told]
    start = min((row for row, _, _ in below.titles), default=below.first)
    return replace(below, titles=(*below.titles, *kept), start=start)


def _both_tell(pattern: re.Pattern[str], own: Sequence[tuple[int, int, str]], text: str) -> bool:
    return bool(pattern.search(text)) and any(pattern.search(one) for _, _, one in own)


def names_key(heading: str, kind: Kind) -> bool:
    match = kind.dictionary.match(heading)
    if match is not None:
        return match.name in kind.keys
    return bool(set(kind.dictionary.possible(heading)) & set(kind.keys))


def has_key(headings: Sequence[str | None], kind: Kind) -> bool:
    """Say whether headings are those of a list: a sure key, or a likely one in good company."""
    if any(
        text and (m := kind.dictionary.match(text)) and m.name in kind.keys for text in headings
    ):
        return True
    sure = names_in(headings, kind, range(len(headings)))
    return len(sure) >= 2 and any(text and names_key(text, kind) for text in headings)


def names_in(headings: Sequence[str | None], kind: Kind, columns: range) -> set[str]:
    """Return what the headings of some columns surely mean."""
    written = (headings[i] for i in columns if i < len(headings))
    matches = (kind.dictionary.match(text) for text in written if text)
    return {match.name for match in matches if match}


def only(sheet: Sheet, rows: Sequence[tuple[int, int]], columns: range | None = None) -> Sheet:
    """Return a sheet with nothing but some of its rows, and columns, at their own places."""
    height = sheet.cells.height
    at = pl.int_range(height, eager=True)
    mask = pl.Series([False]).new_from_index(0, height)
    for start, end in rows:
        mask |= (at >= start) & (at < end)
    cells = _masked(sheet.cells, mask, columns, pl.lit(None, dtype=pl.String))
    numeric = (
        None if sheet.numeric is None else _masked(sheet.numeric, mask, columns, pl.lit(False))
    )
    merged = tuple(
        one
        for one in sheet.merged
        if any(start <= one[0][0] < end for start, end in rows)
        and (columns is None or one[0][1] in columns)
    )
    return replace(sheet, cells=cells, numeric=numeric, merged=merged)


def _masked(
    frame: pl.DataFrame, mask: pl.Series, columns: range | None, blank: pl.Expr
) -> pl.DataFrame:
    return frame.select(
        pl.when(mask if columns is None or i in columns else pl.lit(False))
        .then(pl.col(name))
        .otherwise(blank)
        .alias(name)
        for i, name in enumerate(frame.columns)
    )
