"""A drawing shows the cells of the office's own sheet at their own places, and little of them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pulih.intake import read
from pulih.intake.cells import letters
from pulih.intake.drawing import DATA_ROWS, MOST_COLUMNS, MOST_LETTERS, MOST_TABLES
from pulih.intake.workbook import open_book
from tests.intake.layout_cases import Case, cases, write
from tests.make import intake as make

MOST_BYTES = 60_000
Rows = list[tuple[str | None, ...]]
READ = [case for case in cases() if not case.may_refuse]


def sheets_of(path: Path) -> dict[str, Rows]:
    return {sheet.label: sheet.cells.rows() for sheet in open_book(path).sheets()}


def position_of(column: str) -> int:
    return next(i for i in range(999) if letters(i) == column)


def is_at(rows: Rows, row: int, column: int, text: str) -> bool:
    """Compare a drawn text with the sheet's cell; a long one was cut."""
    held = rows[row - 1][column] if column < len(rows[row - 1]) else None
    line = " ".join((held or "").split())
    return line == text or (text.endswith("…") and line.startswith(text[:-1]))


@pytest.mark.slow  # Seven seconds of processor time: every sheet of the corpus.
@pytest.mark.parametrize("case", READ, ids=lambda case: case.title)
def test_what_is_drawn_stands_in_the_sheet(case: Case, tmp_path: Path) -> None:
    path = write(case, "merged", tmp_path)
    held = sheets_of(path)
    for table in read(path).tables:
        rows = held[table["sheet"]]
        if table["is_form"]:
            check_form(table, rows)
        else:
            check_table(table, rows)


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
    both = 2  # Two things under one heading are two columns of one letter.
    assert all(places.count(place) <= max(lines, both) for place in places)


def rows_of_a_firm(table: dict[str, Any]) -> int:
    """A directory's firm takes several rows, each with a column of its own below a letter."""
    drawn = sum(row["is"] == "data" for row in table["rows"])
    return drawn // min(DATA_ROWS, table["height"]) if drawn else 1


def test_a_wide_list_of_long_texts_in_many_sheets_is_drawn_small(tmp_path: Path) -> None:
    wide = [f"Pertanyaan nomor {n} " + "panjang " * 20 for n in range(30)]
    rows: make.Rows = [
        ["Nama Usaha", "Nama Pemilik", "NIK", "Alamat", "KBLI", "No HP", "Omzet", *wide],
        *([f"UD {n}", "Asep", None, "Jl. A", "10710", None, 5, *wide] for n in range(9)),
    ]
    path = make.write_xlsx({f"Lembar {n}": rows for n in range(9)}, tmp_path / "a.xlsx")
    tables = read(path, kind="firms").tables
    assert len(tables) == MOST_TABLES
    for table in tables:
        assert len(table["letters"]) == MOST_COLUMNS
        texts = [cell["text"] for row in table["rows"] for cell in row["cells"]]
        assert max(map(len, texts)) == MOST_LETTERS
    assert len(json.dumps(tables)) < MOST_TABLES * MOST_BYTES
