"""The office gets its own file back, marked; a large one again; formulas never come alive."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from pulih.intake import annotate, checked_copy, read
from pulih.intake.checked_copy import LIST_NAME
from tests.make import intake as make

ROWS: list[list[make.Cell]] = [
    ["Nama Usaha", "NIK", "Catatan"],
    ["UD A", "3,2121E+15", "=HYPERLINK(1)"],
    ["UD B", "3204121201900001", "+62"],
]


@pytest.mark.parametrize("ending", ["xlsx", "csv", "ods"])
def test_every_problem_is_marked_in_its_cell_and_listed(tmp_path: Path, ending: str) -> None:
    path = make.write(ROWS, tmp_path / f"a.{ending}")
    taken = read(path)
    before = path.read_bytes()
    annotate(path, taken, tmp_path / "a.checked.xlsx")
    assert path.read_bytes() == before
    book = openpyxl.load_workbook(tmp_path / "a.checked.xlsx")
    sheet = book.worksheets[0]
    assert sheet["B2"].value == "3,2121E+15"
    assert "tidak dapat dipulihkan" in sheet["B2"].comment.text
    assert sheet["B2"].fill.fgColor.rgb.endswith("FFE08A")
    assert sheet["B3"].comment is None
    listed = list(book[LIST_NAME].iter_rows(min_row=2, values_only=True))
    assert len(listed) == taken.problems.height
    assert listed[0][1] == "B2"


@pytest.mark.parametrize("ending", ["xlsx", "csv", "ods"])
def test_a_problem_of_no_cell_is_listed_and_marks_nothing(tmp_path: Path, ending: str) -> None:
    path = make.write(ROWS, tmp_path / f"a.{ending}")
    taken = read(path)
    of_no_cell = taken.problems.head(1).with_columns(pl.lit("").alias("cell"))
    told = replace(taken, problems=pl.concat([taken.problems, of_no_cell]))
    annotate(path, told, tmp_path / "b.xlsx")
    listed = openpyxl.load_workbook(tmp_path / "b.xlsx")[LIST_NAME]
    assert listed.max_row == 1 + told.problems.height


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_no_cell_of_the_marked_file_is_a_formula(tmp_path: Path, ending: str) -> None:
    path = make.write(ROWS, tmp_path / f"a.{ending}")
    if ending == "xlsx":
        book = openpyxl.load_workbook(path)
        book.worksheets[0]["C2"] = '=HYPERLINK("x")'
        book.save(path)
    annotate(path, read(path), tmp_path / "b.xlsx")
    for sheet in openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets:
        for row in sheet.iter_rows():
            assert all(one.data_type != "f" for one in row)


@pytest.mark.slow  # A large file, read and written four times.
def test_a_large_file_is_written_anew_with_the_same_values_and_marks(tmp_path: Path) -> None:
    rows = [*ROWS, *([f"UD {number}", None, "x"] for number in range(17_000))]
    path = make.write(rows, tmp_path / "a.xlsx")
    annotate(path, read(path), tmp_path / "b.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets[0]
    assert sheet["A17003"].value == "UD 16999"
    assert "NIK" in sheet["B2"].comment.text


def test_a_full_large_file_is_not_loaded_to_be_put_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checked_copy, "MOST_CELLS", 900)
    wide: list[make.Cell] = ["x"] * 8
    rows = [[*row, *wide] for row in [*ROWS, *([f"UD {n}", None, "x"] for n in range(100))]]
    path = make.write(rows, tmp_path / "a.xlsx")
    taken = read(path)
    with monkeypatch.context() as patched:
        patched.setattr(openpyxl, "load_workbook", lambda *_, **__: pytest.fail("loaded"))
        annotate(path, taken, tmp_path / "b.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx", read_only=True).worksheets[0]
    assert next(sheet.iter_rows(min_row=103, values_only=True))[0] == "UD 99"
