"""Whatever cannot be read ends in one clear sentence in both languages, and writes nothing."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils.translation import override

from pulih.common.errors import Refusal
from pulih.inbox.models import Kind
from pulih.intake import limits, read, refusals
from pulih.intake.command import run
from tests.make import intake as make

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 8


def photo(path: Path) -> Path:
    path.write_bytes(PHOTO)
    return path


def locked(path: Path) -> Path:
    path.write_bytes(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(900))
    return path


def bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 60_000_000)
    return path


def halved(path: Path) -> Path:
    make.write([["Nama Usaha"], ["A"]], path)
    path.write_bytes(path.read_bytes()[:900])
    return path


def word(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return path


def no_headings(path: Path) -> Path:
    return make.write([["x", "y"], ["1", "2"], ["3", "4"]], path)


def headings_only(path: Path) -> Path:
    return make.write([["Nama Usaha", "NIK"]], path)


def nothing(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def too_wide(path: Path) -> Path:
    row: list[make.Cell] = [f"Kolom {number}" for number in range(limits.COLUMNS + 5)]
    return make.write([["Nama Usaha", *row], ["A", *row]], path)


def missing(path: Path) -> Path:
    return path


CASES: list[tuple[Callable[[Path], Path], str]] = [
    (photo, "not a spreadsheet but a photo"),
    (locked, "protected by a password"),
    (bomb, "grows more than 100 times"),
    (halved, "damaged"),
    (word, "a Word document"),
    (no_headings, "no row of column headings"),
    (headings_only, "no rows under them"),
    (nothing, "is empty"),
    (too_wide, "more than 200 columns"),
    (missing, "does not exist"),
]


@pytest.mark.parametrize(("spoil", "says"), CASES, ids=[case[0].__name__ for case in CASES])
def test_a_file_that_cannot_be_read_is_refused_in_both_languages(
    tmp_path: Path, spoil: Callable[[Path], Path], says: str
) -> None:
    with pytest.raises(Refusal) as refused:
        read(spoil(tmp_path / "daftar.xlsx"))
    assert says in refused.value.message.en
    assert "daftar.xlsx" in refused.value.message.id
    assert refused.value.message.id != refused.value.message.en


@pytest.mark.parametrize("spoil", [photo, locked, bomb, no_headings, nothing, missing])
def test_the_command_answers_2_and_writes_nothing(
    tmp_path: Path, spoil: Callable[[Path], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = spoil(tmp_path / "daftar.xlsx")
    out, problems = tmp_path / "rows.parquet", tmp_path / "problems.parquet"
    assert run([str(path), "--out", str(out), "--problems", str(problems), "--json"]) == 2
    assert not out.exists()
    assert not problems.exists()
    printed = capsys.readouterr()
    assert '"message_id"' in printed.out
    assert "Traceback" not in printed.err


def test_a_photo_named_csv_is_no_list_either(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="photo"):
        read(photo(tmp_path / "daftar.csv"))


def test_a_workbook_named_csv_is_read_by_what_it_is(tmp_path: Path) -> None:
    made = make.write([["Nama Usaha", "NIK"], ["A", None]], tmp_path / "a.xlsx")
    assert read(made.rename(tmp_path / "a.csv")).summary["rows"] == 1


COSTS: list[list[make.Cell]] = [
    ["No", "Uraian", "Volume", "Satuan", "Harga Satuan (Rp)", "Jumlah (Rp)"],
    [1, "Honor narasumber", 16, "OJ", 900000, 14400000],
    [2, "Bahan praktek", 25, "paket", 200000, 5000000],
]
PAYMENTS: list[list[make.Cell]] = [
    ["No", "No. SP2D", "Tgl. SP2D", "Uraian", "Bruto", "Potongan", "Netto"],
    [1, "200191301000123", "05-03-2020", "Honor narasumber", 9000000, 450000, 8550000],
    [2, "200191301000156", "14-04-2020", "Penggantian UP", 12500000, 0, 12500000],
]
BUDGET: list[list[make.Cell]] = [
    ["Kode", "Uraian", "Volume", "Satuan", "Harga Satuan", "Pagu"],
    ["6045.002.001.051.A.521211", "Bahan", 40, "paket", 150000, 6000000],
    ["6045.002.001.051.A.522151", "Narasumber", 12, "OJ", 900000, 10800000],
]
FIRMS: list[list[make.Cell]] = [
    ["No", "Nama IKM", "Pemilik", "Alamat", "Tenaga Kerja"],
    [1, "Tahu Sumber", "Karno", "Jl. Mawar", 3],
    [2, "Mebel Ukir", "Jono", "Jl. Melati", 6],
]
NEEDS: list[list[make.Cell]] = [
    ["Nama Faskes", "Nama Barang", "Jumlah Kebutuhan", "Tenggat"],
    ["RSUD Contoh", "hazmat", 200, "31-07-2020"],
    ["Puskesmas Contoh", "masker", 900, "31-07-2020"],
]
ASKED_FOR_COSTS = ["auto", "firms", "impact", "budget", "treasury", "needs", "makers"]


@pytest.mark.parametrize("asked", ASKED_FOR_COSTS)
def test_a_list_of_costs_is_refused_as_what_it_is(tmp_path: Path, asked: str) -> None:
    """The words for firms told an office of NIK and owners when it had sent its costs (RAB)."""
    with pytest.raises(Refusal) as refused:
        read(make.write(COSTS, tmp_path / "rab.xlsx"), kind=asked)
    message = refused.value.message
    assert "rencana anggaran biaya (RAB)" in message.id
    assert "Pemilik" not in message.id
    assert "Nomor Usulan" in message.en


MISDIRECTED: list[tuple[list[list[make.Cell]], list[str], str]] = [
    (PAYMENTS, ["firms", "budget", "needs", "proposed", "makers"], "Daftar perbendaharaan"),
    (BUDGET, ["firms", "impact", "treasury", "needs", "proposed", "makers"], "Baris anggaran"),
    (FIRMS, ["budget", "treasury", "needs", "proposed"], "Daftar IKM"),
    (NEEDS, ["firms", "impact", "budget", "treasury", "proposed"], "Kebutuhan pemesan"),
]


@pytest.mark.parametrize(
    ("rows", "asked", "belongs"),
    [(rows, asked, belongs) for rows, kinds, belongs in MISDIRECTED for asked in kinds],
)
def test_a_list_delivered_as_another_kind_is_told_where_it_belongs(
    tmp_path: Path, rows: list[list[make.Cell]], asked: str, belongs: str
) -> None:
    with pytest.raises(Refusal) as refused:
        read(make.write(rows, tmp_path / "daftar.xlsx"), kind=asked)
    assert "dikirim sebagai" in refused.value.message.id
    assert f'pilihan isi "{belongs}' in refused.value.message.id


@pytest.mark.parametrize(("language", "place"), [("id", 2), ("en", 3)])
def test_the_choices_that_a_refusal_names_are_those_of_the_page(language: str, place: int) -> None:
    with override(language):
        labels = {one.value: str(one.label) for one in Kind if one is not Kind.AUTO}
    assert {name: words[place] for name, words in refusals.KINDS.items()} == labels


def test_amounts_of_another_year_than_the_title_are_refused_by_their_heading(
    tmp_path: Path,
) -> None:
    rows = [["Laporan per 5 Januari 2021"], ["Kode Satker", "Akun", "Uraian", "TA 2020 / Pagu"]]
    lines = [["412345", f"5212{n}", "Bahan", "1000000"] for n in range(11, 15)]
    path = make.write([*rows, *lines], tmp_path / "pagu.xlsx")
    with pytest.raises(Refusal, match='the heading "TA 2020 / Pagu" names another year'):
        read(path, kind="budget")


@pytest.mark.parametrize("kind", ["auto", "budget"])
def test_codes_within_descriptions_are_refused_by_the_words_of_a_budget(
    tmp_path: Path, kind: str
) -> None:
    lines = [f"52121{n}{sign}Belanja Bahan" for n, sign in enumerate((" ", " - ", ". "))]
    rows = [["Uraian", "Pagu", "Realisasi"], *([line, "1000000", "200000"] for line in lines)]
    with pytest.raises(Refusal, match='521210 Belanja Bahan"'):
        read(make.write(rows, tmp_path / "pok.xlsx"), kind=kind)


def test_the_levels_of_a_pok_within_its_descriptions_are_told_too(tmp_path: Path) -> None:
    texts = ["3038 Pembinaan IKM", "3038.001 Layanan", "051 Bimtek", "521211 Belanja Bahan"]
    rows = [["Uraian", "Volume", "Pagu"], *([text, "", "1000000"] for text in texts)]
    with pytest.raises(Refusal, match='521211 Belanja Bahan"'):
        read(make.write(rows, tmp_path / "pok.xlsx"), kind="auto")


def test_two_numbers_in_front_of_words_are_no_codes_of_a_budget(tmp_path: Path) -> None:
    rows = [["Catatan"], ["521211 Rapat"], ["521211 Rapat"], ["524111 Jalan"]]
    with pytest.raises(Refusal, match='headings such as "Nama Usaha"'):
        read(make.write(rows, tmp_path / "catatan.xlsx"), kind="auto")
