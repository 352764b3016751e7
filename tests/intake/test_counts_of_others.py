"""A heading that speaks of workers or sales may count something else, and is then left alone."""

import pytest

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
