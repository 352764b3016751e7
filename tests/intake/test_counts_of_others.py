"""A heading that speaks of workers or sales may count something else, and is then left alone."""

from datetime import date
from pathlib import Path

import pytest

from pulih.intake import read
from pulih.intake.kinds import KINDS

SOMETHING_ELSE = [
    "PHK (%)",
    "% PHK",
    "TK Dirumahkan (%)",
    "Omzet sesudah (%)",
    "Tenaga Kerja (%)",
    "Potensi PHK",
    "Akan Dirumahkan",
    "Jumlah karyawan yang terancam PHK",
    "Pesangon PHK (Rp)",
    "Gaji karyawan yang dirumahkan",
    "Tanggal PHK",
    "Alasan PHK",
    "Hari kerja dirumahkan",
    "Karyawan PHK yang sudah bekerja kembali",
    "Jumlah Karyawan Positif Covid",
    "Jumlah karyawan divaksin Covid",
    "TK terdampak",
    "Kebutuhan tenaga kerja saat ini",
    "Pekerja harian saat ini",
    "Penjualan (kg)",
    "Volume penjualan saat ini",
    "Proyeksi omzet saat pandemi",
    "Rugi penjualan saat covid",
    "Omset (USD)",
    "Nilai Investasi (US$)",
    "Penjualan dalam dolar",
]


@pytest.mark.parametrize("heading", SOMETHING_ELSE)
def test_what_counts_something_else_is_left_alone(heading: str) -> None:
    assert KINDS["impact"].dictionary.match(heading) is None


@pytest.mark.parametrize("heading", ["Pagu (%)", "% Realisasi", "Realisasi (persen)"])
def test_a_share_of_a_budget_is_no_amount(heading: str) -> None:
    assert KINDS["budget"].dictionary.match(heading) is None


@pytest.mark.parametrize("heading", ["Kebutuhan (%)", "Kebutuhan per hari"])
def test_how_much_is_needed_is_no_product(heading: str) -> None:
    assert KINDS["needs"].dictionary.match(heading) is None


STILL_READ = [
    ("Tenaga kerja (termasuk keluarga)", "workers"),
    ("Tenaga kerja tetap dan harian saat ini", "workers"),
    ("Karyawan saat ini (tetap & kontrak)", "workers"),
    ("Jumlah karyawan yang tetap bekerja saat pandemi", "workers"),
    ("Jumlah tenaga kerja setelah terdampak", "workers"),
    ("PHK bulan Mei", "laid_off"),
    ("Tenaga Kerja di-PHK (org)", "laid_off"),
    ("TK dirumahkan (L/P)", "furloughed"),
    ("Total penjualan saat ini (Rp)", "turnover"),
    ("Omzet per bulan (Rp ribu)", "turnover"),
    ("Keterangan (misalnya omzet turun 50%)", "note"),
]


@pytest.mark.parametrize(("heading", "column"), STILL_READ)
def test_what_counts_the_same_by_other_words_is_read(heading: str, column: str) -> None:
    match = KINDS["impact"].dictionary.match(heading)
    assert match is not None
    assert match.name == column


def test_production_in_rupiah_is_no_capacity(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(
        "Nama IKM;Nama Pemilik;Hasil Produksi (Rp)\n"
        "Kue Ani;Ani;12.000.000\nTahu Budi;Budi;5.000.000\n"
    )
    rows = read(file, on=date(2020, 9, 30)).rows
    assert "capacity" not in rows.columns or rows["capacity"].is_null().all()
    assert rows["turnover"].to_list() == [12_000_000, 5_000_000]
