"""Needs and obstacles in free words, and codes of places that do not exist."""

from datetime import date
from pathlib import Path

import pytest

from pulih.classifications import needs, obstacles
from pulih.intake import lists, read, senses
from tests.make import intake as make

ON = date(2020, 6, 30)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("penurunan omset drastis", "falling_sales"),
        ("tidak bisa jualan karena PSBB", "cannot_market;regional_restriction"),
        ("harga bahan baku naik terus", "raw_material_price"),
        ("kurang bahan baku", "raw_material_scarce"),
        ("tidak terdampak sama sekali", "tidak terdampak sama sekali"),
        ("lain-lain", "lain-lain"),
    ],
)
def test_obstacles_in_free_words_are_understood_or_kept(text: str, codes: str) -> None:
    assert lists.obstacles().careful(text).value == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("tambahan modal untuk lebaran", "working_capital"),
        ("pelatihan jualan online", "online_marketing;training"),
        ("keringanan bunga bank", "loan_relief"),
        ("bantuan anu", "bantuan anu"),
    ],
)
def test_needs_in_free_words_are_understood_or_kept(text: str, codes: str) -> None:
    assert lists.needs().careful(text).value == codes


def test_every_sense_is_a_listed_code() -> None:
    listed = {one.code for one in (*needs.LIST.entries, *obstacles.LIST.entries)}
    assert {code for code, _ in (*senses.NEEDS, *senses.OBSTACLES)} <= listed


def test_a_code_of_no_place_is_emptied_and_read_from_the_name(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [
        ["Nama Usaha", "Kode Kab", "Kabupaten"],
        ["A", "3205", "Kab. Garut"],
        ["B", "9999", "Kab. Garut"],
        ["C", 32.1, "Kab. Majalengka"],
    ]
    one = read(make.write_xlsx({"Data": rows}, tmp_path / "a.xlsx"), on=ON)
    assert one.rows["regency_code"].to_list() == ["3205", "3205", "3210"]
    assert one.summary["scheme"] == "kemendagri"
    assert one.problems.select("cell", "rule").rows() == [("B3", "code_elsewhere")]
