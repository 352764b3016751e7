"""Lists of what makers offer: prices and lots, numbered certificates, clusters; and days ahead."""

from datetime import date
from pathlib import Path

import pytest

from pulih.common.errors import Refusal
from pulih.intake import Intake, read
from tests.make import intake as make

ON = date(2020, 6, 30)
FIRM = ["Nama Usaha", "Nama Pemilik", "Kab/Kota"]


def sheet(tmp_path: Path, heads: list[str], *rows: list[make.Cell]) -> Intake:
    whole: list[list[make.Cell]] = [[*heads], *rows]
    return read(make.write_xlsx({"Data": whole}, tmp_path / "a.xlsx"), on=ON)


def test_capacities_with_price_lot_and_day_are_read(tmp_path: Path) -> None:
    heads = [*FIRM, "Produk", "Kapasitas", "Satuan", "Harga Jual", "Isi per Lot",
             "Minimal Pesanan", "Bisa Mulai"]  # fmt: skip
    one = sheet(
        tmp_path, heads,
        ["Jahit Rapi", "Sri", "Indramayu", "Masker kain", "500/hari", "lembar", "Rp 2.500", 50, 100,
         "15/07/2020"],
        ["Jahit Indah", "Tuti", "Indramayu", "Masker kain", "300/hari", "lembar", "3000", 50, 100,
         ""],
    )  # fmt: skip
    assert one.kind == "makers"
    names = ("price", "lot_size", "min_order", "free_from", "verdict")
    assert one.rows.select(names).rows() == [
        (2500, 50, 100, date(2020, 7, 15), "accepted"),
        (3000, 50, 100, None, "accepted"),
    ]
    assert one.problems.is_empty()


def test_a_certificate_ends_after_it_begins_and_its_number_is_of_one(tmp_path: Path) -> None:
    heads = [*FIRM, "Sertifikat", "Nomor Sertifikat", "Berlaku Mulai", "Berlaku Sampai"]
    one = sheet(
        tmp_path, heads,
        ["Roti Manis", "Ani", "Subang", "PIRT", "PIRT-0001", "01/02/2020", "31/01/2025"],
        ["Keripik", "Budi", "Subang", "Halal", "HL-0002", "01/02/2020", "31/01/2019"],
        ["Dodol", "Cici", "Subang", "PIRT; Halal", "0003", "", ""],
    )  # fmt: skip
    assert one.kind == "makers"
    assert one.rows["certificate_to"].to_list() == [date(2025, 1, 31), None, None]
    # Without its end it would be held for ever.
    names = ("certificates", "certificate_number", "certificate_from")
    assert one.rows.select(names).row(1) == (None, None, None)
    told = one.problems.select("cell", "rule", "kind").rows()
    assert told == [("G3", "ends_before", "corrected"), ("E4", "number_of_which", "warning")]


def test_members_are_read_with_their_cluster(tmp_path: Path) -> None:
    heads = [*FIRM, "Nama Sentra", "Anggota Sejak"]
    one = sheet(tmp_path, heads, ["Rotan Jaya", "Pardi", "Cirebon", "Sentra Rotan", "01/03/2020"])
    assert one.kind == "makers"
    assert one.rows.select("group_name", "member_since").row(0) == (
        "Sentra Rotan", date(2020, 3, 1),
    )  # fmt: skip


@pytest.mark.parametrize("more", ["Nama Sentra", "Harga Jual", "Masa Berlaku", "Nomor Sertifikat"])
def test_a_list_of_firms_with_one_such_column_stays_one(tmp_path: Path, more: str) -> None:
    one = sheet(tmp_path, [*FIRM, "NIB", more], ["Rotan", "Pardi", "Cirebon", "", "1.500"])
    assert one.kind == "firms"
    assert one.summary["columns"]["unknown"] == [more]


def test_the_day_of_a_need_lies_ahead(tmp_path: Path) -> None:
    heads = ["Nama Pemesan", "Barang", "Jumlah", "Tanggal Diperlukan", "Kab/Kota"]
    one = sheet(tmp_path, heads, ["RSUD Subang", "Masker kain", 500, "15/09/2020", "Subang"])
    assert one.kind == "needs"
    assert one.problems.is_empty()


def test_a_sheet_of_needs_without_goods_asks_for_nothing(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [
        ["Nama Faskes", "Kebutuhan APD", None],
        [None, "Masker", "Hazmat"],
        ["RSUD Contoh", 1000, 500],
    ]
    path = make.write_xlsx({"Data": rows}, tmp_path / "a.xlsx")
    with pytest.raises(Refusal, match="If each kind of goods is a column, write one kind"):
        read(path, kind="needs", on=ON)
    rows = [["Nama Faskes", "Stok Masker", "Tanggal Diperlukan"], ["RSUD A", 9, "1/8/2020"]]
    path = make.write_xlsx({"Data": rows}, tmp_path / "b.xlsx")
    with pytest.raises(Refusal, match='no column "product", "quantity"'):
        read(path, kind="needs", on=ON)


def test_a_list_of_proposals_without_their_numbers_says_what_it_lacks(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [
        ["DAFTAR USULAN KEGIATAN TAHUN 2019"],
        ["No", "Kab/Kota", "Nama Kegiatan", "Sasaran", "Anggaran (Rp)"],
        [1, "Kab. Bantul", "Bimtek batik", "30 IKM", 75_000_000],
    ]
    with pytest.raises(Refusal, match='earlier proposals but has no column "number of the prop'):
        read(make.write_xlsx({"Data": rows}, tmp_path / "a.xlsx"), on=ON)
