"""One column of two kinds of numbers (`NIK/NPWP`): each cell's digits say which it holds."""

import itertools
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.intake import Intake, read

KINDS = {
    "nik": ["6303011205800001", "6303 0145 0685 0002", "NIK 6371020101900003"],
    "npwp": ["01.234.567.8-731.000", "012345678731000", "0012345678731000"],
    "nib": ["9120001234567", "0220100412345", "NIB: 8120001234567"],
}
WORDS = {"nik": "No. KTP", "npwp": "NPWP", "nib": "NIB"}


def figures(written: str) -> str:
    return "".join(filter(str.isdigit, written))


def taken(folder: Path, heading: str, cells: list[str]) -> Intake:
    rows = "".join(
        f"UD Usaha {chr(65 + at)}awit,Pemilik {chr(65 + at)}na,{cell},Kab. Banjar,Kue\n"
        for at, cell in enumerate(cells)
    )
    path = folder / "daftar.csv"
    path.write_text(f"Nama Usaha,Nama Pemilik,{heading},Kabupaten,Produk\n{rows}")
    return read(path, kind="firms", on=date(2020, 9, 30))


def read_of(intake: Intake, column: str) -> list[str | None]:
    rows = intake.rows
    return rows[column].to_list() if column in rows.columns else [None] * rows.height


@pytest.mark.parametrize("pair", list(itertools.permutations(KINDS, 2)))
@pytest.mark.parametrize("sign", ["/", " / ", " atau ", " & "])
@given(data=st.data())
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_each_cell_goes_where_its_digits_belong(tmp_path: Path, pair, sign, data) -> None:
    drawn = data.draw(st.lists(st.sampled_from(pair), min_size=1, max_size=6))
    cells = [data.draw(st.sampled_from(KINDS[kind])) for kind in drawn]
    intake = taken(tmp_path, sign.join(WORDS[kind] for kind in pair), cells)
    for kind in pair:
        wanted = [
            figures(cell) if one == kind else None for one, cell in zip(drawn, cells, strict=True)
        ]
        assert read_of(intake, kind) == wanted


def test_a_cell_of_both_or_of_neither_is_told_where_it_stands(tmp_path: Path) -> None:
    cells = ["6303011205800001 01.234.567.8-731.000", "12345", "6303011205800001"]
    intake = taken(tmp_path, "NIK/NPWP", cells)
    told = intake.problems.filter(pl.col("rule") == "wrong_length")
    assert told["cell"].to_list() == ["C2", "C3"]
    assert read_of(intake, "nik") == [None, None, "6303011205800001"]


@pytest.mark.parametrize("three", list(itertools.permutations(KINDS, 3)))
@given(data=st.data())
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_of_three_numbers_each_goes_where_its_digits_belong(tmp_path: Path, three, data) -> None:
    drawn = data.draw(st.lists(st.sampled_from(three), min_size=1, max_size=6))
    cells = [data.draw(st.sampled_from(KINDS[kind])) for kind in drawn]
    intake = taken(tmp_path, "/".join(WORDS[kind] for kind in three), cells)
    for kind in three:
        wanted = [
            figures(cell) if one == kind else None for one, cell in zip(drawn, cells, strict=True)
        ]
        assert read_of(intake, kind) == wanted
    told = intake.problems.filter(pl.col("rule") == "cells_parted")
    assert set(told["cell"]) == {"C1"}
    assert all("three things" in message for message in told["message_en"])


def test_a_wrong_number_says_nothing_of_the_rest_of_its_row(tmp_path: Path) -> None:
    intake = taken(tmp_path, "NIK/NPWP", ["6303011205800001", "12345"])
    assert intake.problems["cell"].to_list() == ["C1", "C3"]


def test_the_office_is_told_at_the_heading(tmp_path: Path) -> None:
    intake = taken(tmp_path, "NIK/NPWP", ["6303011205800001"])
    told = intake.problems.filter(pl.col("rule") == "cells_parted")
    assert told["cell"].to_list() == ["C1"]
    assert "NIK dan NPWP" in told["message_id"][0]
