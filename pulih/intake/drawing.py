"""How a table was understood, small enough for a page: some of its rows, and every column."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import polars as pl

from pulih.intake import confidence
from pulih.intake.cells import address, letters
from pulih.intake.work import SheetRows

MOST_TABLES, MOST_COLUMNS, MOST_NAMED, MOST_LETTERS = 4, 20, 80, 40
TITLE_ROWS, HEADING_ROWS, DATA_ROWS = 3, 5, 3
Row = dict[str, Any]
EMPTY: Mapping[int, str] = MappingProxyType({})


def of_tables(works: list[SheetRows]) -> list[dict[str, Any]]:
    """Return the drawing of each table; of a book with very many, the first few.

    `rows`: what stands where (`is`: title, heading or data; `cells`: text, how many columns it
    takes, and the column it was read as). `columns`: each with letter, heading, what it became, how
    sure (0 to 1; None where it became nothing), what else it may mean, an example, how full.
    """
    return [_of_form(work) if work.moved_rows else _of_table(work) for work in works[:MOST_TABLES]]


def _of_table(work: SheetRows) -> dict[str, Any]:
    positions, width = _positions(work), work.office.cells.width
    own = sorted({at % width for at in positions})
    left, right = own[0], own[-1]
    shown = range(max(0, left - 1), min(right + 2, width, left + MOST_COLUMNS))
    return {
        **_about(work, work.row_numbers),
        "letters": [letters(at) for at in shown],
        "first_column": letters(left),
        "last_column": letters(right),
        "left": left - shown.start,
        "right": min(right, shown.stop - 1) - shown.start,
        "is_cut": right >= shown.stop,
        "rows": [*_titles(work, shown), *_headings(work, shown), *_data(work, shown)],
        "columns": _columns(work, {at: _letters(work, at) for at in positions}),
    }


def _of_form(work: SheetRows) -> dict[str, Any]:
    """Draw the first form of a sheet: each label with the value found for it, and where."""
    first = int(work.row_numbers[0])
    places = {at: work.moved.get(address(first, at), "") for at in _positions(work)}
    cells = work.sheet.cells.row(first - 1)
    rows = [
        {
            "row": int(re.sub(r"\D", "", place)),
            "is": "data",
            "cells": [
                {"text": _cut(work.assignment.written[at]), "span": 1, "column": None},
                {"text": _cut(cells[at]), "span": 1, "column": work.assignment.taken().get(at)},
            ],
        }
        for at, place in places.items()
        if place
    ]
    used = [re.sub(r"\d", "", place) for place in places.values() if place]
    return {
        **_about(work, work.row_numbers.replace(work.moved_rows)),
        **{
            "is_form": True,
            "is_turned": bool(work.marks),
            "heading_rows": [],
            "letters": ["", used[0] if used else ""],
        },
        **{"first_column": "", "last_column": "", "left": 0, "right": 1, "is_cut": False},
        "rows": sorted(rows[:MOST_COLUMNS], key=lambda row: int(str(row["row"]))),
        "columns": _columns(work, places),
    }


def _letters(work: SheetRows, at: int) -> str:
    """Return a column's letters in the office's sheet; a firm's second row was moved beside it."""
    return letters(at % work.office.cells.width)


def _own_rows(work: SheetRows, row: int) -> list[tuple[int, dict[int, str]]]:
    """Return the office's rows of a row, from 0, and what each column of them was read as."""
    width, names = work.office.cells.width, work.assignment.taken()
    rows: dict[int, dict[int, str]] = {row: {}}
    for first in range(0, work.sheet.cells.width, width):
        place = work.moved.get(address(row + 1, first))
        own = rows.setdefault(int(re.sub(r"\D", "", place)) - 1 if place else row, {})
        own |= {at - first: names[at] for at in range(first, first + width) if at in names}
    return list(rows.items())


def _positions(work: SheetRows) -> list[int]:
    """Return which columns of the sheet are the table's; a table has at least one."""
    return sorted(work.assignment.written) or [0]


def _about(work: SheetRows, numbers: pl.Series) -> dict[str, Any]:
    table = work.table
    last = max((row for row, _ in _own_rows(work, table.last)), default=table.last)
    heads = [] if table.last < 0 else [max(table.first, 0) + 1, last + 1]
    return {
        "sheet": work.sheet.label,
        "is_form": False,
        "heading_rows": heads,
        "first_row": int(numbers[0]) if len(numbers) else 0,
        "last_row": int(numbers[-1]) if len(numbers) else 0,
        "height": work.height,
        "sure": confidence.of_layout(work),
    }


def _titles(work: SheetRows, shown: range) -> list[Row]:
    rows: dict[int, dict[int, str]] = {}
    for row, column, text in work.table.titles:
        rows.setdefault(row, {})[column] = text
    above = sorted(row for row in rows if row < max(work.table.first, 0))[-TITLE_ROWS:]
    return [_row(work, row, "title", rows[row], shown) for row in above]


def _headings(work: SheetRows, shown: range) -> list[Row]:
    heads = range(max(work.table.first, 0), work.table.last + 1)
    rows = [own for row in heads for own, _ in _own_rows(work, row)][:HEADING_ROWS]
    return [_row(work, row, "heading", _cells(work, row), shown) for row in rows]


def _data(work: SheetRows, shown: range) -> list[Row]:
    rows = [
        own for number in work.row_numbers.head(DATA_ROWS) for own in _own_rows(work, number - 1)
    ]
    return [_row(work, row, "data", _cells(work, row), shown, names) for row, names in rows]


def _cells(work: SheetRows, row: int) -> dict[int, str]:
    cells = work.office.cells
    return dict(enumerate(cells.row(row))) if 0 <= row < cells.height else {}


def _row(
    work: SheetRows, row: int, what: str, texts: dict[int, str], shown: range,
    names: Mapping[int, str] = EMPTY,
) -> Row:  # fmt: skip
    """Draw one row of the sheet; a cell merged with those right of it takes their place."""
    spans = {left: right for (top, left), (_, right) in work.office.merged if top == row}
    cells, at = [], shown.start
    while at < shown.stop:
        end = max(at, min(spans.get(at, at), shown.stop - 1))
        text = _cut(texts.get(at))
        cells.append({"text": text, "span": end - at + 1, "column": names.get(at)})
        at = end + 1
    return {"row": row + 1, "is": what, "cells": cells}


def _columns(work: SheetRows, places: dict[int, str]) -> list[dict[str, Any]]:
    sure = confidence.of_columns(work)
    return [_column(work, at, place, sure) for at, place in list(places.items())[:MOST_NAMED]]


def _column(work: SheetRows, at: int, place: str, sure: dict[str, float]) -> dict[str, Any]:
    heading = work.assignment.written.get(at, "")
    name = work.assignment.taken().get(at)
    is_own = name is None or at in work.assignment.parts
    own = {**work.assignment.unknown, **work.assignment.kept}.get(at, "")
    values = work.extra.get(own) if is_own else work.raw.get(name or "")
    filled = values.len() - values.null_count() if values is not None else 0
    first = next(one for one in values if one is not None) if values is not None and filled else ""
    return {
        "letter": place,
        "heading": heading[:200],
        "has_heading": bool(work.table.headings[at]),
        "column": name,
        "sure": sure.get(heading) if name else None,
        "instead": confidence.instead_of(work, heading, name),
        "example": _cut(str(first)),
        "filled": round(filled / work.height, 3) if work.height else 0,
    }


def _cut(text: str | None) -> str:
    line = " ".join((text or "").split())
    return line if len(line) <= MOST_LETTERS else f"{line[: MOST_LETTERS - 1]}…"
