"""What a drawing of a list must be: the cells of the office's own sheet, at their own places."""

import re
from pathlib import Path
from typing import Any

from pulih.intake import Intake
from pulih.intake.cells import letters
from pulih.intake.drawing import DATA_ROWS
from pulih.intake.workbook import open_book

Rows = list[tuple[str | None, ...]]


def check(path: Path, taken: Intake) -> None:
    """Fail where a drawing shows what the sheet does not hold there."""
    held = sheets_of(path)
    for table in taken.tables:
        rows = held[table["sheet"]]
        if table["is_form"]:
            check_form(table, rows)
        else:
            check_table(table, rows)


def sheets_of(path: Path) -> dict[str, Rows]:
    return {sheet.label: sheet.cells.rows() for sheet in open_book(path).sheets()}


def position_of(column: str) -> int:
    return next(i for i in range(999) if letters(i) == column)


def is_at(rows: Rows, row: int, column: int, text: str) -> bool:
    """Compare a drawn text with the sheet's cell; a long one was cut."""
    held = rows[row - 1][column] if column < len(rows[row - 1]) else None
    line = " ".join((held or "").split())
    return line == text or (text.endswith("…") and line.startswith(text[:-1]))


def check_form(table: dict[str, Any], rows: Rows) -> None:
    """A value's own cell may hold its label, or a colon, before it."""
    places = {one["letter"]: one["example"] for one in table["columns"] if one["letter"]}
    for place, text in places.items():
        column, row = re.sub(r"\d", "", place), int(re.sub(r"\D", "", place))
        assert text.removesuffix("…") in (rows[row - 1][position_of(column)] or ""), place


def check_table(table: dict[str, Any], rows: Rows) -> None:
    start = position_of(table["letters"][0])
    for row in table["rows"]:
        at = start
        for cell in row["cells"]:
            if cell["text"]:
                assert is_at(rows, row["row"], at, cell["text"]), (row["row"], at, cell)
            at += cell["span"]
        assert at - start == len(table["letters"])
    places = [position_of(one["letter"]) for one in table["columns"]]
    lines = rows_of_a_firm(table)
    assert lines > 1 or list(dict.fromkeys(places)) == sorted(set(places))
    together = 3  # Up to three things under one heading are as many columns of one letter.
    assert all(places.count(place) <= max(lines, together) for place in places)


def rows_of_a_firm(table: dict[str, Any]) -> int:
    """A directory's firm takes several rows, each with a column of its own below a letter."""
    drawn = sum(row["is"] == "data" for row in table["rows"])
    return drawn // min(DATA_ROWS, table["height"]) if drawn else 1
