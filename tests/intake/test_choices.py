"""Columns to tick: sex as L and P, certificates and needs side by side."""

from datetime import date
from pathlib import Path

from pulih.intake import Intake, read
from tests.make import intake as make

ON = date(2020, 6, 30)


def sheet(tmp_path: Path, rows: list[list[make.Cell]], *merged: str) -> Intake:
    return read(make.write_xlsx({"Data": rows}, tmp_path / "a.xlsx", merged=merged), on=ON)


def test_sex_in_two_columns_to_tick_is_one_column(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [
        ["No", "Nama Usaha", "Nama Pemilik", "Jenis Kelamin", None, "Desa"],
        [None, None, None, "L", "P", None],
        [1, "Usaha A", "Contoh A", "v", None, "X"],
        [2, "Usaha B", "Contoh B", None, "√", "X"],
        [3, "Usaha C", "Contoh C", None, None, "X"],
        [4, "Usaha D", "Contoh D", "1", "1", "X"],
    ]
    spans = ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"]
    for one in (sheet(tmp_path, rows, *spans), sheet(tmp_path, rows)):
        assert one.rows["owner_sex"].to_list() == ["L", "P", None, None]
        names = one.summary["columns"]["recognised"]["Data"]
        assert names["Jenis Kelamin / L"] == names["Jenis Kelamin / P"] == "owner_sex"
        assert one.problems.select("row", "rule").rows() == [(6, "unreadable")]


def test_certificates_side_by_side_are_one_list_and_their_numbers_are_kept(tmp_path: Path) -> None:
    one = sheet(
        tmp_path,
        [
            ["Nama Usaha", "Pemilik", "Halal", "No. P-IRT", "SNI", "Merek"],
            ["Usaha A", "Contoh A", "Ya", "2063205010001-25", "Tidak", "Cap Contoh"],
            ["Usaha B", "Contoh B", "Belum", None, "Ada", "Cap Lain"],
            ["Usaha C", "Contoh C", "proses", "-", None, None],
        ],
    )
    assert one.rows["certificates"].to_list() == ["halal;pirt", "sni", None]
    assert one.rows["No. P-IRT"].to_list() == ["2063205010001-25", None, "-"]
    assert one.summary["columns"]["unknown"] == ["Merek"]
    assert one.problems.is_empty()


def test_needs_to_tick_are_one_list(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [
        ["No", "Nama Usaha", "Kebutuhan", None, None],
        [None, None, "Modal", "Bahan Baku", "Pemasaran"],
        [1, "Usaha A", "x", None, "x"],
        [2, "Usaha B", None, "x", None],
    ]
    one = sheet(tmp_path, rows, "A1:A2", "B1:B2", "C1:E1")
    assert one.rows["needs"].to_list() == ["working_capital;marketing", "raw_material_supply"]


def test_a_heading_spelled_in_single_letters_is_read(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [["N A M A  U S A H A", "N I K"], ["A", "3205 0115 0385 0001"]]
    one = sheet(tmp_path, rows)
    assert one.rows.select("business_name", "nik").row(0) == ("A", "3205011503850001")


def test_swapped_names_are_put_back_by_their_words(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [["Nama Usaha", "Nama Pemilik"]]
    rows += [["Ibu Contoh", "UD Maju"], ["H. Contoh", "CV Karya"], ["Pak Contoh", "Toko Murni"]]
    one = sheet(tmp_path, rows)
    assert one.rows["business_name"].to_list() == ["UD Maju", "CV Karya", "Toko Murni"]


def test_a_shortened_number_is_lost_even_beside_whole_ones(tmp_path: Path) -> None:
    numbers = [3205011503850001, 3205015506900000, 3200000000000000]
    rows: list[list[make.Cell]] = [["Nama Usaha", "NIK"], *(["A", number] for number in numbers)]
    one = sheet(tmp_path, rows)
    assert one.rows["nik"].to_list() == ["3205011503850001", None, None]
    assert one.problems["rule"].to_list() == ["digits_lost", "digits_lost"]


def test_bare_l_and_p_are_sex_where_ticked_and_workers_where_counted(tmp_path: Path) -> None:
    head: list[make.Cell] = ["Nama Usaha", "L", "P"]
    ticked = sheet(tmp_path, [head, ["A", "v", None], ["B", None, "v"]])
    assert ticked.rows["owner_sex"].to_list() == ["L", "P"]
    counted = sheet(tmp_path, [head, ["A", 3, 2], ["B", 1, 0]])
    assert "owner_sex" not in counted.rows.columns
