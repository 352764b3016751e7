"""A heading that says what its codes mean is believed, whatever they mean elsewhere."""

from datetime import date
from pathlib import Path

import pytest

from pulih.intake import Intake, read
from tests.make import intake as make

ON = date(2020, 6, 30)


@pytest.mark.parametrize(
    ("heading", "column", "cells", "values"),
    [
        ("Ekspor (1=Tidak, 2=Ya)", "exports", [1, 2], ["no", "yes"]),
        ("Ekspor (0=Ya, 1=Tidak)", "exports", [1, 0], ["no", "yes"]),
        ("Ekspor (1: Ya / 2: Tidak)", "exports", [1, 2], ["yes", "no"]),
        ("Jenis Kelamin (1=P, 2=L)", "owner_sex", [1, 2], ["P", "L"]),
        ("Jenis Kelamin 1=Laki2 2=Perempuan", "owner_sex", [1, 2], ["L", "P"]),
        ("Status Usaha (1=Tutup,2=Aktif)", "status", [1, 2], ["CLOSED", "PRODUCING_SAME_KBLI"]),
    ],
)
def test_codes_mean_what_their_heading_says(
    tmp_path: Path, heading: str, column: str, cells: list[make.Cell], values: list[str]
) -> None:
    one = _read(tmp_path, heading, *cells)
    assert one.rows[column].to_list() == values
    assert one.problems.is_empty()


def test_a_code_that_the_legend_does_not_give_is_emptied_and_told(tmp_path: Path) -> None:
    one = _read(tmp_path, "Ekspor (2=Ya, 3=Tidak)", 2, 1)
    assert one.rows["exports"].to_list() == ["yes", None]
    assert one.problems.select("cell", "rule").rows() == [("C3", "unreadable")]


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("PIRT (1=ada, 0=tidak)", ["pirt", None]),
        ("PIRT (0=ada, 1=tidak)", [None, "pirt"]),
        ("Halal (0=belum, 1=proses, 2=ada)", [None, None]),
    ],
)
def test_a_certificate_is_held_by_whom_the_legend_says(
    tmp_path: Path, heading: str, values: list[str | None]
) -> None:
    one = _read(tmp_path, heading, 1, 0)
    assert one.rows.get_column("certificates").to_list() == values


@pytest.mark.parametrize("heading", ["Apakah tidak ekspor?", "Belum Ekspor (Y/T)", "Tidak Ekspor"])
def test_a_question_that_denies_exports_is_not_answered_as_one(
    tmp_path: Path, heading: str
) -> None:
    one = _read(tmp_path, heading, "ya", "tidak")
    assert one.rows[heading].to_list() == ["ya", "tidak"]


def test_a_question_that_names_both_answers_is_read(tmp_path: Path) -> None:
    one = _read(tmp_path, "Ekspor/Tidak Ekspor", "Ekspor", "Tidak Ekspor")
    assert one.rows["exports"].to_list() == ["yes", "no"]


def _read(folder: Path, heading: str, first: make.Cell, second: make.Cell) -> Intake:
    rows: list[list[make.Cell]] = [
        ["Nama Usaha", "Pemilik", heading],
        ["Kue Ani", "Ani", first],
        ["Tahu Budi", "Budi", second],
    ]
    return read(make.write_xlsx({"Data": rows}, folder / "a.xlsx"), on=ON)
