"""A denial beside a word: in a cell, in brackets, in a heading whose column is ticked."""

from datetime import date
from pathlib import Path

import pytest

from pulih.classifications import certificates
from pulih.intake import Intake, lists, read
from pulih.intake.readings import exporting
from tests.make import intake as make

ON = date(2020, 6, 30)
WORKS, STOPPED = "PRODUCING_SAME_KBLI", "TEMP_NOT_PRODUCING"


@pytest.mark.parametrize(
    "text",
    [
        "tidak lagi berproduksi",
        "tidak bisa produksi",
        "gak produksi",
        "nggak jalan",
        "usaha tidak berjalan",
        "tdk ada produksi",
        "tidak ada kegiatan produksi",
        "belum bisa buka",
        "tanpa produksi",
        "nonproduksi",
        "produksi dihentikan",
        "produksi 0",
        "0% produksi",
    ],
)
def test_a_firm_whose_work_is_denied_does_not_produce(text: str) -> None:
    answer = lists.status().careful(text)
    assert (answer.value, answer.rule) == (STOPPED, "by_sense")


@pytest.mark.parametrize("text", ["tidak lancar", "tidak berjalan normal", "produksi tidak stabil"])
def test_a_firm_that_works_badly_still_produces(text: str) -> None:
    answer = lists.status().careful(text)
    assert (answer.value, answer.rule) == (WORKS, "by_sense")


@pytest.mark.parametrize(
    "text",
    [
        "normal kembali setelah tutup",
        "sempat tutup, sekarang buka lagi",
        "hidup segan mati tak mau",
        "buka tidak setiap hari",
        "buka (tidak setiap hari)",
    ],
)
def test_a_status_that_says_two_things_is_emptied(text: str) -> None:
    answer = lists.status().careful(text)
    assert answer.value is None
    assert answer.rule in ("unreadable", "several_choices")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("produksi berhenti", STOPPED),
        ("sudah buka kembali", WORKS),
        ("mulai produksi lagi", WORKS),
        ("produksi 50%", WORKS),
        ("jarang produksi", WORKS),
    ],
)
def test_plain_words_beside_those_need_no_notice(text: str, status: str) -> None:
    answer = lists.status().careful(text)
    assert (answer.value, answer.rule) == (status, None)


@pytest.mark.parametrize(
    ("text", "exports"),
    [
        ("ga ekspor", "no"),
        ("nggak", "no"),
        ("ekspor terhenti", None),
        ("stop ekspor", None),
        ("siap ekspor", None),
        ("calon eksportir", None),
        ("ekspor tidak langsung", None),
        ("ekspor ditunda", None),
    ],
)
def test_exports_that_are_over_or_to_come_are_no_yes(text: str, exports: str | None) -> None:
    answer = exporting.EXPORTS.careful(text)
    assert (answer.value, answer.rule) == (exports, None if exports else "unreadable")


@pytest.mark.parametrize(
    ("text", "codes", "unknown"),
    [
        ("PIRT (proses), Halal", ("halal",), ("PIRT (proses)",)),
        ("halal (habis 2019)", (), ("halal (habis 2019)",)),
        ("SNI (belum)", (), ("SNI (belum)",)),
        ("PIRT (Dinkes)", ("pirt",), ()),
    ],
)
def test_brackets_may_take_a_certificate_back(
    text: str, codes: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    parsed = certificates.parse(text)
    assert (parsed.codes, parsed.unknown) == (codes, unknown)


@pytest.mark.parametrize(
    "text",
    [
        "bahan baku tidak sulit",
        "penjualan tidak turun",
        "karyawan tidak dirumahkan",
        "tdk rugi",
        "distribusi lancar",
        "bukan karena PSBB",
    ],
)
def test_an_obstacle_that_is_denied_is_kept_in_its_words(text: str) -> None:
    assert lists.obstacles().careful(text).value == text


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("penjualan turun tapi bahan baku aman", "falling_sales"),
        ("distribusi tidak lancar", "logistics"),
        ("penjualan kurang lancar", "falling_sales"),
        ("tidak bisa menjual", "cannot_market"),
    ],
)
def test_an_obstacle_beside_a_denial_is_read(text: str, codes: str) -> None:
    assert lists.obstacles().careful(text).value == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("gak perlu modal", "gak perlu modal"),
        ("mesin sudah ada", "mesin sudah ada"),
        ("mesin tidak, modal ya", "working_capital;mesin tidak"),
        ("belum punya mesin", "equipment"),
        ("modal tanpa jaminan", "working_capital"),
    ],
)
def test_a_need_that_is_met_is_kept_in_its_words(text: str, codes: str) -> None:
    assert lists.needs().careful(text).value == codes


def test_the_column_of_a_no_says_no(tmp_path: Path) -> None:
    one = _read(
        tmp_path,
        ["Nama Usaha", "Terdampak", None, "Ekspor", None],
        [None, "Ya", "Tidak", "Ya", "Tidak"],
        ["Kue Ani", "v", None, None, "v"],
        ["Tahu Budi", None, "v", "v", None],
    )
    assert one.rows["exports"].to_list() == ["no", "yes"]
    assert "status" not in one.rows.columns or one.rows["status"].null_count() == 2
    assert one.problems.is_empty()


def test_headings_that_deny_stand_beside_those_that_do_not(tmp_path: Path) -> None:
    one = _read(
        tmp_path,
        ["Nama Usaha", "Ekspor", "Tidak Ekspor", "Halal", "Halal (Belum)", "Masih Produksi",
         "Berhenti Sementara", "Tutup"],
        ["Kue Ani", None, "v", None, "v", "v", None, None],
        ["Tahu Budi", "v", None, "v", None, None, "v", None],
        ["Batik Cici", None, "v", None, "v", None, None, "v"],
    )  # fmt: skip
    assert one.rows["exports"].to_list() == ["no", "yes", "no"]
    assert one.rows["certificates"].to_list() == [None, "halal", None]
    assert one.rows["status"].to_list() == [WORKS, STOPPED, "CLOSED"]


def test_yes_and_no_under_a_group_are_its_answers(tmp_path: Path) -> None:
    one = _read(
        tmp_path,
        ["Nama Usaha", "Pemilik", "Masih Berproduksi", None, "Halal", None],
        [None, None, "Ya", "Tidak", "Ada", "Tidak Ada"],
        ["Kue Ani", "Ani", None, "v", None, "v"],
        ["Tahu Budi", "Budi", "v", None, "v", None],
    )
    assert one.rows["status"].to_list() == [STOPPED, WORKS]
    assert one.rows["certificates"].to_list() == [None, "halal"]


def test_what_is_guessed_of_a_heading_is_told_at_its_ticks(tmp_path: Path) -> None:
    one = _read(
        tmp_path,
        ["Nama Usaha", "Aktif", "Tidak Aktif"],
        ["Kue Ani", None, "v"],
        ["Tahu Budi", "v", None],
    )
    assert one.rows["status"].to_list() == [STOPPED, WORKS]
    assert one.problems.select("column", "rule").rows() == [("status", "by_sense")]


@pytest.mark.parametrize(
    "heading", ["Tidak di-PHK", "Belum PHK", "Tidak Dirumahkan", "Karyawan yang tidak dirumahkan"]
)
def test_a_number_of_those_who_are_not_so_is_kept_under_its_heading(
    tmp_path: Path, heading: str
) -> None:
    one = _read(tmp_path, ["Nama Usaha", "Pemilik", "TK", heading], ["Kue Ani", "Ani", 5, 3])
    assert one.rows[heading].to_list() == ["3"]


def test_a_cell_that_cannot_be_read_makes_no_shifted_row(tmp_path: Path) -> None:
    """Only a shift that puts a cell below a heading that it fits says that a row is shifted."""
    path = tmp_path / "a.csv"
    path.write_text(
        "Nama Usaha;Pemilik;Email;IG\nKue Ani;Ani;ani@contoh.id;@ani\nTahu;Budi;budi@x;\n"
    )
    assert read(path, on=ON).problems.select("column", "rule").rows() == [("email", "unreadable")]


def _read(folder: Path, *rows: list[make.Cell]) -> Intake:
    return read(make.write_xlsx({"Data": list(rows)}, folder / "a.xlsx"), on=ON)
