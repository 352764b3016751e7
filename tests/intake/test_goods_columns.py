"""Lists of needs with a column for each kind of goods."""

from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from pulih.common.errors import Refusal
from pulih.intake import Intake, read
from tests.intake import drawn

HEADS = "No,Puskesmas,Kecamatan,Masker,Hazmat,Sarung Tangan,Tanggal Diperlukan"
ROWS = """\
1,Puskesmas Wedi,Wedi,500,20,,15/07/2020
2,Puskesmas Bayat,Bayat,1.300,-,100,15/07/2020
3,Puskesmas Cawas,Cawas,0,10,nihil,20/07/2020
"""


def taken(folder: Path, text: str, kind: str = "auto") -> Intake:
    path = folder / "a.csv"
    path.write_text(text, encoding="utf-8")
    return read(path, kind=kind)


def needs(intake: Intake) -> list[tuple[object, ...]]:
    return intake.rows.select("row", "buyer", "product", "quantity").rows()


def test_each_count_is_a_need_of_its_good_in_its_row(tmp_path: Path) -> None:
    intake = taken(tmp_path, f"KEBUTUHAN APD KABUPATEN KLATEN\n{HEADS}\n{ROWS},JUMLAH,,1800,30,100")
    assert intake.kind == "needs"
    assert needs(intake) == [
        (3, "Puskesmas Wedi", "Masker", 500),
        (3, "Puskesmas Wedi", "Hazmat", 20),
        (4, "Puskesmas Bayat", "Masker", 1300),
        (4, "Puskesmas Bayat", "Sarung Tangan", 100),
        (5, "Puskesmas Cawas", "Hazmat", 10),
    ]
    assert intake.rows["district"].to_list() == ["Wedi", "Wedi", "Bayat", "Bayat", "Cawas"]
    assert intake.rows["due"].dt.day().to_list() == [15, 15, 15, 15, 20]
    ids = [one.rpartition(":")[2] for one in intake.rows["record_id"]]
    assert ids == ["3.D", "3.E", "4.D", "4.F", "5.E"]
    told = intake.problems.filter(pl.col("rule") == "goods_in_headings")
    assert told["cell"].to_list() == ["D2"]


def test_what_a_cell_could_not_be_read_as_is_told_once_at_that_cell(tmp_path: Path) -> None:
    rows = ROWS.replace("500,", "segera,").replace("Bayat,1.300,-,100,15/07", "Bayat,1,2,3,45/07")
    intake = taken(tmp_path, f"{HEADS}\n{rows}")
    told = intake.problems.filter(pl.col("row") > 1)
    cells = told.filter(pl.col("value").is_in(["segera", "45/07/2020"]))["cell"].to_list()
    assert sorted(set(cells)) == ["D2", "G3"]
    assert told.n_unique() == told.height


def test_units_stand_in_the_headings_and_a_column_of_sums_is_no_quantity(tmp_path: Path) -> None:
    text = """\
Nama Instansi,Kebutuhan Masker (lembar),Hazmat (box),Gown,Sarung Tangan,Jumlah,Batas Waktu
RSUD A,100,2,5,7,114,2020-07-15
RSUD B,50,,,1,51,2020-07-15
"""
    intake = taken(tmp_path, text)
    assert needs(intake) == [
        (2, "RSUD A", "Masker", 100),
        (2, "RSUD A", "Hazmat", None),  # Nobody can tell how many a box holds.
        (2, "RSUD A", "Gown", 5),
        (2, "RSUD A", "Sarung Tangan", 7),
        (3, "RSUD B", "Masker", 50),
        (3, "RSUD B", "Sarung Tangan", 1),
    ]
    assert intake.rows["unit"].to_list() == ["lembar", "box", None, None, "lembar", None]
    assert "unit_of_several" in intake.problems["rule"].to_list()


def test_goods_in_a_group_of_a_workbook_are_drawn_where_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Juli")
        for column, head in enumerate(["No", "Rumah Sakit", "Tanggal Diperlukan"]):
            sheet.merge_range(0, column, 1, column, head)
        sheet.merge_range(0, 3, 0, 5, "Jumlah Kebutuhan")
        sheet.write_row(1, 3, ["Masker", "Hazmat", "Gown"])
        sheet.write_row(2, 0, [1, "RSUD A", "2020-07-15", 100, 20, 5])
        sheet.write_row(3, 0, [2, "RSUD B", "2020-07-16", 2500, 0])
        sheet.write_row(5, 3, ["Klaten, 1 Juli 2020"])
        sheet.write_row(6, 3, ["Kepala Dinas"])
    intake = read(path)
    assert needs(intake) == [
        (3, "RSUD A", "Masker", 100),
        (3, "RSUD A", "Hazmat", 20),
        (3, "RSUD A", "Gown", 5),
        (4, "RSUD B", "Masker", 2500),
    ]
    drawn.check(path, intake)


def test_numbers_of_no_known_goods_are_told(tmp_path: Path) -> None:
    text = "RS,Masker,Hazmat,Jumlah Pasien,Tanggal Diperlukan\nRSUD A,1,2,9,2020-07-15\n"
    intake = taken(tmp_path, text)
    assert needs(intake) == [(2, "RSUD A", "Masker", 1), (2, "RSUD A", "Hazmat", 2)]
    told = intake.problems.filter(pl.col("rule") == "not_of_goods")
    assert told["cell"].to_list() == ["D1"]


@pytest.mark.parametrize(
    "heads",
    [
        "RS,Stok Masker,Masker,Hazmat,Tanggal Diperlukan",
        "RS,Masker,Hazmat,Hazmat,Tanggal Diperlukan",
        "RS,Masker,Hazmat,Jumlah,Tanggal Diperlukan",
        "RS,Masker,Hazmat,Harga,Tanggal Diperlukan",
    ],
)
def test_columns_that_may_be_no_needs_are_refused(tmp_path: Path, heads: str) -> None:
    with pytest.raises(Refusal):
        taken(tmp_path, f"{heads}\nRSUD A,1,2,9,2020-07-15\nRSUD B,3,4,9,2020-07-15\n", "needs")


def test_ditto_marks_repeat_the_cell_above_them_or_the_list_is_refused(tmp_path: Path) -> None:
    heads, first = "RS,Masker,Hazmat,Tanggal Diperlukan", "RSUD A,1,2,2020-07-15"
    intake = taken(tmp_path, f"{heads}\n{first}\nRSUD B,3,4,sda\n", "needs")
    assert set(intake.rows["due"].dt.day()) == {15}
    for rows in ("RSUD B,sda,4,2020-07-15", "RSUD B,-,-,2020-08-01\nRSUD C,3,4,sda"):
        with pytest.raises(Refusal):
            taken(tmp_path, f"{heads}\n{first}\n{rows}\n", "needs")


def test_a_list_with_a_row_a_good_stays_as_it_was(tmp_path: Path) -> None:
    text = "Pemesan,Nama Barang,Jumlah,Tanggal Diperlukan\nRSUD A,Masker,5,2020-07-15\n"
    intake = taken(tmp_path, text)
    assert needs(intake) == [(2, "RSUD A", "Masker", 5)]
    assert intake.rows["record_id"][0].endswith(":2")
