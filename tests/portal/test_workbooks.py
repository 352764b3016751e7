"""Workbooks of a release hold what the tables hold, sign by sign."""

from datetime import datetime

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from pulih.portal import workbooks
from tests.examples import examples

DAY = datetime(2020, 6, 16, 9)
SCHEMA = {"teks & <isi>": pl.String, "nilai": pl.Int64, "ya": pl.Boolean}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.just("_x0041_")
ROWS = st.tuples(
    TEXTS | st.none(), st.integers(-(10**14), 10**14) | st.none(), st.booleans() | st.none()
)


@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ROWS, max_size=6))
def test_every_sign_and_number_comes_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("books") / "a.xlsx"
    table = pl.DataFrame([*rows, ("akhir", 1, True)], SCHEMA, orient="row")
    workbooks.write_workbook(path, {"sel": table, "definisi": table.tail(1)}, DAY)
    book = CalamineWorkbook.from_path(path)
    found = book.get_sheet_by_name("sel").to_python(skip_empty_area=False)
    told = [["" if value is None else value for value in row] for row in table.rows()]
    assert found == [list(SCHEMA), *told]
    assert book.get_sheet_by_name("definisi").to_python()[1:] == [["akhir", 1, True]]


def test_the_same_tables_give_the_same_bytes_and_slices_leave_no_gap(tmp_path, monkeypatch):
    table = pl.DataFrame({"kode": [f" K{i}" for i in range(25)], "nilai": range(25)})
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    workbooks.write_workbook(one, {"sel": table}, DAY)
    monkeypatch.setattr(workbooks, "SLICE", 7)
    workbooks.write_workbook(two, {"sel": table}, DAY)
    assert one.read_bytes() == two.read_bytes()
    book = openpyxl.load_workbook(one)
    assert list(book["sel"].values) == [("kode", "nilai"), *table.rows()]
    assert book.properties.created == DAY


def test_a_column_that_is_neither_text_nor_number_is_our_own_fault(tmp_path):
    with pytest.raises(AssertionError):
        workbooks.write_workbook(tmp_path / "a.xlsx", {"a": pl.DataFrame({"b": [[1]]})}, DAY)
