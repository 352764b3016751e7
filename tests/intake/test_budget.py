"""POK sheets, flat, with one key, and nested, come to the same lines."""

from pathlib import Path

import polars as pl
import pytest

from pulih.intake import Intake, read
from tests.make import intake as make

HEADS: list[make.Cell] = ["Kode", "Uraian", "Pagu", "Blokir", "Komitmen", "Realisasi"]
KEYS = ["activity", "output", "component", "subcomponent", "account"]


def taken(tmp_path: Path, *rows: list[make.Cell], name: str = "pok.xlsx") -> Intake:
    return read(make.write(rows, tmp_path / name), kind="auto")


def rules(one: Intake) -> set[str]:
    return set(one.problems["rule"])


def test_one_key_cell_is_cut_into_its_parts_whatever_blanks_it_holds(tmp_path: Path) -> None:
    one = taken(
        tmp_path,
        HEADS,
        ["3038.001.051.A.521211", "Bahan", "1.250.000", 0, 0, 0],
        ["\t3038.001. 051.A. 522151 ", "Narasumber", 2_000_000, 0, 0, 0],
        ["4498.ABO.001.051.A.521211", "Bahan", "Rp 2,5 jt", "-", "-", "-"],
    )
    assert one.kind == "budget"
    assert one.rows.select(KEYS).rows() == [
        ("3038", "001", "051", "A", "521211"),
        ("3038", "001", "051", "A", "522151"),
        ("4498", "ABO", "051", "A", "521211"),
    ]
    assert one.rows["suboutput"].to_list() == [None, None, "001"]
    assert one.rows["ceiling"].to_list() == [1_250_000, 2_000_000, 2_500_000]
    assert one.problems.is_empty()


@pytest.mark.parametrize("heading", ["Kode Kegiatan", "Program", "Sub Komponen"])
def test_a_key_whose_account_stands_beside_it_is_cut_into_its_parts(
    tmp_path: Path, heading: str
) -> None:
    one = taken(
        tmp_path,
        [heading, "Akun", "Uraian", "Pagu", "Blokir", "Komitmen", "Realisasi"],
        ["019.06.07.6029.001.051.A", "521211", "Bahan", "1.250.000", 0, 0, 0],
        ["019.06.07.6029.001.052.B.", "524111", "Perjalanan", "3.000.000", 0, 0, 0],
    )
    assert one.rows.select("programme", *KEYS).rows() == [
        ("019.06.07", "6029", "001", "051", "A", "521211"),
        ("019.06.07", "6029", "001", "052", "B", "524111"),
    ]
    assert one.problems.is_empty()


def test_a_nested_sheet_gives_its_leaves_with_the_keys_above_them(tmp_path: Path) -> None:
    one = taken(
        tmp_path,
        ["POK TAHUN ANGGARAN 2020"],
        HEADS,
        ["019.06.07", "Program IKM", 60, None, None, None],
        ["3038", "Pembinaan IKM", 60, None, None, None],
        ["3038.001", "WUB", 60, None, None, None],
        ["051", "Persiapan", 10, None, None, None],
        ["A", "Rapat", 10, None, None, None],
        ["521211", "Belanja Bahan", 10, 0, 0, 0],
        ["052", "Pelaksanaan", 50, None, None, None],
        ["A", "Bimtek", 50, None, None, None],
        ["521211", "Belanja Bahan", 20, 0, 5, 5],
        ["522151", "Jasa Profesi", 30, None, None, None],
        [None, "- Narasumber", 12, None, None, None],
        [None, "- Instruktur", 18, None, None, None],
        [None, "JUMLAH", 60, None, None, None],
    )
    assert one.rows.select(*KEYS, "ceiling").rows() == [
        ("3038", "001", "051", "A", "521211", 10),
        ("3038", "001", "052", "A", "521211", 20),
        ("3038", "001", "052", "A", "522151", 12),
        ("3038", "001", "052", "A", "522151", 18),
    ]
    assert set(one.rows["fiscal_year"]) == {2020}
    assert set(one.rows["programme"]) == {"019.06.07"}
    assert "total_differs" not in rules(one)


def test_what_stands_below_a_number_tells_whether_it_is_a_component(tmp_path: Path) -> None:
    one = taken(
        tmp_path,
        ["POK TAHUN ANGGARAN 2020"],
        HEADS,
        ["3038", "Pembinaan IKM", 60, None, None, None],
        ["3038.994", "Layanan perkantoran", 20, None, None, None],
        ["001", "Gaji dan tunjangan", 20, None, None, None],
        ["A", "Pembayaran gaji", 20, None, None, None],
        ["511111", "Belanja Gaji Pokok", 20, 0, 0, 0],
        ["3038.994.051", "Tanpa suboutput", 40, None, None, None],
        ["002", "Operasional", 40, None, None, None],
        ["A", "Langganan daya", 40, None, None, None],
        ["522111", "Belanja Langganan Listrik", 40, 0, 0, 0],
    )
    assert one.rows.select(*KEYS, "suboutput", "ceiling").rows() == [
        ("3038", "994", "001", "A", "511111", None, 20),
        ("3038", "994", "002", "A", "522111", "051", 40),
    ]


def test_a_total_that_disagrees_is_one_warning(tmp_path: Path) -> None:
    one = taken(
        tmp_path,
        HEADS,
        ["3038.001.051.A.521211", "Bahan", 100, 0, 0, 0],
        ["3038.001.051.A.522151", "Jasa", 200, 0, 0, 0],
        [None, "JUMLAH", 310, 1, 0, 0],
    )
    told = one.problems.filter(pl.col("rule") == "total_differs")
    assert told.height == 1
    assert told["cell"][0] == "C4"
    assert told["kind"][0] == "warning"
    assert one.summary["rows"] == one.summary["accepted"] == 2


def test_a_row_without_key_or_ceiling_is_rejected(tmp_path: Path) -> None:
    one = taken(
        tmp_path,
        HEADS,
        ["3038.001.051.A.521211", "Bahan", 100, 0, 0, 0],
        ["3038.001.051.A.5212111", "Salah", 100, 0, 0, 0],
        ["3038.001.051.A.522151", "Tanpa pagu", None, 0, 0, 0],
    )
    assert one.rows["verdict"].to_list() == ["accepted", "rejected", "rejected"]
    assert {"no_line_key", "no_ceiling"} <= rules(one)


def test_trillions_are_doubted_and_kept(tmp_path: Path) -> None:
    one = taken(tmp_path, HEADS, ["3038.001.051.A.521211", "Bahan", "1,248 triliun", 0, 0, 0])
    assert one.rows["ceiling"].to_list() == [1_248_000_000_000]
    assert rules(one) == {"trillions"}
    assert one.rows["verdict"].to_list() == ["accepted"]
    assert "miliar" in one.problems["message_id"][0]


def test_without_commitments_they_equal_what_was_realised(tmp_path: Path) -> None:
    heads: list[make.Cell] = [
        "Kegiatan",
        "Output",
        "Komponen",
        "Sub Komponen",
        "Akun",
        "Pagu",
        "SP2D",
    ]
    one = taken(tmp_path, heads, ["3038", 1, 51, "A", 521211, 100, 40])
    assert one.rows["committed"].to_list() == [40]
    assert one.rows.select(KEYS).row(0) == ("3038", "001", "051", "A", "521211")
    assert rules(one) == {"no_commitments"}


def test_the_treasurys_province_codes_are_translated(tmp_path: Path) -> None:
    heads: list[make.Cell] = ["Kode Lokasi", "Provinsi", *HEADS]
    line: list[make.Cell] = ["3038.001.051.A.521211", "Bahan", 100, 0, 0, 0]
    one = taken(tmp_path, heads, ["02", "Jawa Barat", *line], ["11", "Sumatera Selatan", *line])
    assert one.rows["province_code"].to_list() == ["32", "16"]
    assert one.summary["scheme"] == "treasury"
    assert rules(one) == {"code_scheme"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Pagu Semula", "Pagu Menjadi"),
        ("Pagu DIPA Awal", "Pagu Setelah Refocusing"),
        ("Sebelum Refocusing (Rp)", "Sesudah Refocusing (Rp)"),
    ],
)
def test_the_ceiling_is_what_stands_after_a_revision_and_the_other_is_told(
    tmp_path: Path, before: str, after: str
) -> None:
    """What stood before it was taken without a word."""
    rows: list[list[make.Cell]] = [
        ["Kode", "Uraian", before, after],
        ["6045.002.001.051.A.521211", "Bahan", 90_000_000, 60_000_000],
        ["6045.002.001.051.A.524119", "Perjalanan", 120_000_000, 40_000_000],
    ]
    taken = read(make.write(rows, tmp_path / "revisi.xlsx"), kind="budget")
    assert taken.rows["ceiling"].to_list() == [60_000_000, 40_000_000]
    assert taken.problems.filter(rule="second_heading")["cell"].to_list() == ["C1"]


def test_groups_of_accounts_are_no_activities(tmp_path: Path) -> None:
    one = taken(
        tmp_path,
        HEADS,
        ["3038", "Fasilitasi IKM", 150, 0, 0, 0],
        ["001", "Sentra", 150, 0, 0, 0],
        ["52", "Belanja Barang", 150, 0, 0, 0],
        ["5212", "Belanja Barang Non Operasional", 30, 0, 0, 0],
        ["521211", "Belanja Bahan", 30, 0, 0, 0],
        ["5221", "Belanja Jasa", 120, 0, 0, 0],
        ["522151", "Belanja Jasa Profesi", 120, 0, 0, 0],
    )
    assert one.rows.select("activity", "output", "account", "ceiling").rows() == [
        ("3038", "001", "521211", 30),
        ("3038", "001", "522151", 120),
    ]


def test_a_report_by_account_alone_has_no_activities(tmp_path: Path) -> None:
    one = taken(
        tmp_path,
        ["Kode", "Uraian", "Pagu", "Blokir", "Komitmen", "Realisasi"],
        ["5212", "Belanja Barang Non Operasional", 30, 0, 0, 0],
        ["521211", "Belanja Bahan", 30, 0, 0, 0],
        ["5221", "Belanja Jasa", 120, 0, 0, 0],
        ["522151", "Belanja Jasa Profesi", 120, 0, 0, 0],
    )
    assert "activity" not in one.rows.columns
    assert one.rows["account"].to_list() == ["521211", "522151"]
