"""Values of a fourth blind round that were lost, or taken without a word."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from pulih.intake import Intake, read


def taken(folder: Path, text: str, kind: str = "auto") -> Intake:
    path = folder / "daftar.csv"
    path.write_text(text)
    return read(path, kind=kind, on=date(2020, 9, 30))


def rules(intake: Intake) -> set[tuple[str, str]]:
    return {(one["cell"], one["rule"]) for one in intake.problems.to_dicts()}


@pytest.mark.parametrize(
    "written",
    ["2020/06/10 9:15:20 AM GMT+7", "6/10/2020 21:15:20 PM", "2020-06-10 09:15 UTC+07:00"],
)
def test_a_timestamp_of_a_form_is_its_day(tmp_path: Path, written: str) -> None:
    others = "".join(f"6/{day}/2020 8:00:00,UD Maju {day}\n" for day in range(13, 23))
    intake = taken(tmp_path, f"Timestamp,Nama Usaha\n{written},UD Maju\n{others}", "firms")
    assert intake.rows["reported"][0] == date(2020, 6, 10)


def test_a_yes_or_no_is_no_turnover(tmp_path: Path) -> None:
    text = (
        "Nama Perusahaan,Apakah omzet Bapak/Ibu menurun selama pandemi?,Kendala utama\n"
        "UD Maju,Ya,bahan baku\nUD Jaya,Tidak,pemasaran\n"
    )
    assert "turnover" not in taken(tmp_path, text).rows.columns


def test_prices_and_counts_may_name_their_piece(tmp_path: Path) -> None:
    text = (
        "Nama IKM;Produk;Kapasitas per hari;Minimal Order;Harga Jual\n"
        "UD Maju;Masker;500;100 pcs;Rp 7.500/pcs\nUD Jaya;Masker;400;2 box;Rp 5.000\n"
    )
    intake = taken(tmp_path, text, "makers")
    assert intake.rows["price"].to_list() == [7_500, 5_000]
    assert intake.rows["min_order"].to_list() == [100, None]
    assert ("D3", "unreadable") in rules(intake)


def test_a_turnover_by_the_piece_is_doubted(tmp_path: Path) -> None:
    intake = taken(tmp_path, "Nama Usaha;Omzet\nUD Maju;Rp 7.500/pcs\nUD Jaya;5.000.000\n")
    assert ("B2", "unreadable") in rules(intake)


def test_men_and_women_in_one_cell_are_parted(tmp_path: Path) -> None:
    text = "Nama Usaha;TK (L/P);Jumlah TK\nUD Maju;3/2;5\nUD Jaya;1/4;5\nUD Karya;2/2;4\n"
    intake = taken(tmp_path, text)
    assert intake.rows["workers_male"].to_list() == [3, 1, 2]
    assert intake.rows["workers_female"].to_list() == [2, 4, 2]
    assert intake.rows["workers"].to_list() == [5, 5, 4]
    assert ("B1", "cells_parted") in rules(intake)


def test_realisation_up_to_a_day_is_realised(tmp_path: Path) -> None:
    text = (
        "MAK;Uraian;Pagu Revisi;Realisasi s.d. 30 Juni 2020\n"
        "3038.001.001.051.A.521211;Bahan;125.000.000;2.500.000\n"
    )
    assert taken(tmp_path, text, "budget").rows["realised"].to_list() == [2_500_000]


def test_a_list_of_certificates_is_one_of_makers(tmp_path: Path) -> None:
    text = (
        "No;Nama Usaha;Nomor Sertifikat;Tanggal Terbit Sertifikat;Masa Berlaku\n"
        "1;UD Maju;15060001120719;01/07/2019;01/07/2021\n"
    )
    intake = taken(tmp_path, text)
    assert intake.kind == "makers"
    assert intake.rows["certificate_to"].to_list() == [date(2021, 7, 1)]


def test_a_number_typed_shortened_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "daftar.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Nama Usaha", "NIB"])
    sheet.write_row(1, 0, ["UD Maju", 9_120_001_234_567])
    sheet.write_row(2, 0, ["UD Jaya", 9.12e12])
    book.close()
    intake = read(path, on=date(2020, 9, 30))
    assert intake.rows["nib"].to_list() == ["9120001234567", None]
    assert rules(intake) == {("B3", "digits_lost")}


def test_mail_and_telephone_in_one_cell_are_parted(tmp_path: Path) -> None:
    text = (
        "Nama Usaha;Email / No HP\nUD Maju;maju081234@contoh.id / 081211112222\n"
        "UD Jaya;jaya@contoh.id / 081211112223\n"
    )
    intake = taken(tmp_path, text)
    assert intake.rows["email"].to_list() == ["maju081234@contoh.id", "jaya@contoh.id"]
    assert intake.rows["phone"].to_list() == ["+6281211112222", "+6281211112223"]


def test_a_star_behind_a_figure_points_to_a_note(tmp_path: Path) -> None:
    text = "Nama Usaha;TK;Omzet\nUD Maju;10*);5.000.000 *\nUD Jaya;7;6.000.000\n"
    intake = taken(tmp_path, text)
    assert intake.rows["workers"].to_list() == [10, 7]
    assert intake.rows["turnover"].to_list() == [5_000_000, 6_000_000]


def test_a_stored_nik_without_serial_number_was_cut(tmp_path: Path) -> None:
    path = tmp_path / "daftar.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nama Usaha", "NIK"])
        sheet.write_row(1, 0, ["UD Maju", 3_204_121_201_900_001])
        sheet.write_row(2, 0, ["UD Jaya", 3_204_121_201_900_000])
    intake = read(path, on=date(2020, 9, 30))
    assert intake.rows["nik"].to_list() == ["3204121201900001", None]
    assert rules(intake) == {("B3", "digits_lost")}
