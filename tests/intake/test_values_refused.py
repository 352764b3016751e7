"""A list that cannot be used is refused once, in words of its own kind; what is left is told."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from pulih.common.errors import Refusal
from pulih.intake import read
from tests.make import intake as make

REGIONAL: list[list[make.Cell]] = [
    ["RENCANA ANGGARAN KAS (RAK) DINAS PERINDUSTRIAN TA 2020"],
    ["Kode Rekening", "Uraian", "Anggaran", "Januari", "Februari"],
    ["5.1", "Belanja Operasi", 9_000_000, 1_000_000, 1_000_000],
    ["5.1.02", "Belanja Barang dan Jasa", 9_000_000, 1_000_000, 1_000_000],
    ["5.1.02.01.01.0024", "Alat Tulis Kantor", 5_000_000, 1_000_000, 1_000_000],
    ["5.1.02.01.01.0025", "Kertas dan Cover", 4_000_000, 0, 0],
]
REALISATION: list[list[make.Cell]] = [
    ["LAPORAN REALISASI ANGGARAN PENDAPATAN DAN BELANJA DAERAH"],
    ["Kode Rekening", "Uraian", "Anggaran", "Realisasi", "%"],
    ["5.1.02.01", "Belanja Barang", 9_000_000, 4_000_000, 44],
    ["5.1.02.01.01", "Belanja Barang Pakai Habis", 5_000_000, 4_000_000, 80],
    ["5.1.02.01.01.0024", "Alat Tulis Kantor", 5_000_000, 4_000_000, 80],
    ["5.1.02.01.01.0026", "Bahan Cetak", 4_000_000, 0, 0],
]
WITHOUT_AMOUNTS: list[list[make.Cell]] = [
    ["Kode", "Uraian", "Volume"],
    ["3038", "Kegiatan", None],
    *([f"3038.001.051.A.5212{n}", "Bahan", 2] for n in range(10, 60)),
]
BLANK_AMOUNTS: list[list[make.Cell]] = [
    ["Kode", "Uraian", "Pagu"],
    *([f"3038.001.051.A.5212{n}", "Bahan", None] for n in range(10, 60)),
]
PAYMENTS: list[list[make.Cell]] = [
    ["Nomor SP2D", "Tanggal SP2D", "Akun", "Uraian"],
    *([f"20019130100{n}", "15/06/2020", "521211", "Bahan"] for n in range(1000, 1050)),
]
CONTRACTS: list[list[make.Cell]] = [
    ["Nomor Kontrak", "Tanggal Kontrak", "Penyedia", "Nilai Kontrak"],
    *([f"K-{n}/2020", "15/06/2020", "CV Contoh", None] for n in range(40)),
]


@pytest.mark.parametrize("kind", ["auto", "own"])
@pytest.mark.parametrize(
    ("rows", "own", "words", "not_said"),
    [
        (REGIONAL, "budget", ("5.1.02.01.01.00", "RAK", "APBD"), "NIK"),
        (REALISATION, "treasury", ("5.1.02.01.01.00", "LRA", "APBD"), "NIK"),
        (WITHOUT_AMOUNTS, "budget", ("Pagu", "tanpa nilai rupiah"), "NIK"),
        (BLANK_AMOUNTS, "budget", ("Pagu", "tanpa nilai rupiah"), "NIK"),
        (PAYMENTS, "treasury", ("Nilai SP2D", "tanpa nilai rupiah"), "NIK"),
        (CONTRACTS, "treasury", ("Nilai Kontrak", "tanpa nilai rupiah"), "NIK"),
    ],
)
def test_a_list_of_money_is_refused_in_its_own_words(
    tmp_path: Path, rows: list[list[make.Cell]], own: str, words: tuple[str, ...], not_said: str,
    kind: str,
) -> None:  # fmt: skip
    path = make.write(rows, tmp_path / "a.xlsx")
    with pytest.raises(Refusal) as told:
        read(path, kind=own if kind == "own" else "auto")
    assert all(word in told.value.message.id for word in words), told.value.message.id
    assert not_said not in told.value.message.id


def test_a_sheet_with_rows_that_was_not_read_is_told(tmp_path: Path) -> None:
    firms: list[list[make.Cell]] = [["Nama Usaha", "NIK"], ["UD A", None]]
    odd: list[list[make.Cell]] = [["alfa", "beta"], *(["x", "y"] for _ in range(5))]
    one = read(make.write_xlsx({"Data": firms, "Lain": odd}, tmp_path / "a.xlsx"))
    assert one.problems["rule"].to_list() == ["sheet_left_out"]
    assert one.summary["skipped"] == ["Lain"]


def book_of_openpyxl(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Nama Usaha", "Nama Pemilik", "Omzet per Bulan", "Desa"])
    sheet.append(["UD A", "Budi", 5_000_000, "Cibodas"])
    sheet.append(["UD B", "#REF!", "#N/A", "#VALUE!"])
    sheet.append(["UD C", "Wati", "=C2*2", "=D2"])
    book.save(path)
    return path


def book_of_xlsxwriter(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("A & <B>")
        sheet.write_row(0, 0, ["Nama Usaha", "Nama Pemilik", "Omzet per Bulan", "Desa"])
        sheet.write_row(1, 0, ["UD A", "Budi", 5_000_000, "Cibodas"])
        sheet.write_row(2, 0, ["UD B"])
        sheet.write_formula(2, 1, "=NA()", None, "#N/A")
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 3, "=VLOOKUP(1,A:B,2,0)", None, "#N/A")
        sheet.write_row(3, 0, ["UD C", "Wati"])
        sheet.write_formula(3, 2, "=C2*2")
        sheet.write_formula(3, 3, "=D2")
        sheet.write_formula(1, 4, '=IF(A2="","",A2)', None, "")
    return path


def book_of_libreoffice(path: Path) -> Path:
    rows: list[list[make.Cell]] = [
        ["Nama Usaha", "Nama Pemilik", "Omzet per Bulan", "Desa"],
        ["UD A", "Budi", 5_000_000, "Cibodas"],
        ["UD B", "E1", "E2", "E3"],
        ["UD C", "Wati", "F1", "F2"],
    ]
    path = make.write_ods({"Data": rows}, path.with_suffix(".ods"))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    content = parts["content.xml"].decode()
    calc = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    for name, shown in (("E1", "#REF!"), ("E2", "Err:502"), ("E3", "#N/A"), ("F1", ""), ("F2", "")):
        kind = f'office:value-type="string" xmlns:calcext="{calc}" calcext:value-type="error"'
        cell = (
            f'<table:table-cell table:formula="of:=[.C2]*2" {kind if shown else ""}>'
            f"{f'<text:p>{shown}</text:p>' if shown else ''}</table:table-cell>"
        )
        text = f'<table:table-cell office:value-type="string"><text:p>{name}</text:p>'
        content = content.replace(f"{text}</table:table-cell>", cell)
    parts["content.xml"] = content.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return path


@pytest.mark.parametrize("made", [book_of_openpyxl, book_of_xlsxwriter, book_of_libreoffice])
def test_errors_and_formulas_never_computed_are_told_at_their_cells(
    tmp_path: Path, made: object
) -> None:
    assert callable(made)
    one = read(made(tmp_path / "a.xlsx"), kind="firms")
    told = dict(one.problems.select("cell", "rule").rows())
    errors, formulas = ("B3", "C3", "D3"), ("C4", "D4")
    assert {cell: told.get(cell) for cell in errors} == dict.fromkeys(errors, "error_cell")
    assert {cell: told.get(cell) for cell in formulas} == dict.fromkeys(formulas, "no_stored_value")
    assert one.rows["turnover"].to_list() == [5_000_000, None, None]
    assert one.rows["village"].to_list() == ["Cibodas", None, None]
    assert one.rows["owner_name"].to_list() == ["Budi", None, "Wati"]


def test_a_formula_never_computed_in_a_column_of_the_office_is_told_in_whole_sentences(
    tmp_path: Path,
) -> None:
    path = tmp_path / "sisa.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nama Usaha", "Alamat", "Catatan Kami"])
        sheet.write_row(1, 0, ["Keripik Asri", "Jl. A"])
        sheet.write_formula(1, 2, "=B2*2", None, "")
    told = read(path, kind="firms").problems.row(0, named=True)
    assert (told["cell"], told["rule"]) == ("C2", "no_stored_value")
    assert told["message_id"].startswith("C2: Catatan Kami berupa rumus tanpa hasil tersimpan")
    assert told["message_id"].endswith("atau isi dengan nilainya.")
    assert told["message_en"].endswith("or enter its value.")


@pytest.mark.parametrize(
    ("rows", "kind", "columns"),
    [
        (
            [
                ["No", "Nomor SP2D", "Tanggal SP2D", "Nama", "Jumlah Pengeluaran", "Akun"],
                [1, "200191301000001", "15/06/2020", "PT Maju", 5_000_000, "521211"],
            ],
            "treasury",
            {"gross": [5_000_000]},
        ),
        (
            [["Kode", "Nama", "Pagu"], ["3038.001.051.A.521211", "Belanja Bahan", 5_000_000]],
            "budget",
            {"ceiling": [5_000_000]},
        ),
        (
            [["Nama Usaha", "Nama Pemilik", "Omzet"], ["UD A", "S", "1" * 29], ["UD B", "B", 5e6]],
            "firms",
            {"turnover": [None, 5_000_000]},
        ),
    ],
)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_lists_that_once_brought_it_down_are_read(
    tmp_path: Path, rows: list[list[make.Cell]], kind: str, columns: dict[str, object], ending: str
) -> None:
    one = read(make.write(rows, tmp_path / f"a.{ending}"))
    assert one.kind == kind
    assert {name: one.rows[name].to_list() for name in columns} == columns


@pytest.mark.parametrize(
    ("heading", "written"),
    [
        ("NIK", "ada"),
        ("NIB", "Ada"),
        ("NIB", "sudah ada"),
        ("NPWP", "ada, menyusul"),
        ("NPWP", "belum 123456"),
        ("Email", "ada"),
    ],
)
def test_a_number_that_is_said_to_be_there_is_told(
    tmp_path: Path, heading: str, written: str
) -> None:
    head = ["Nama Usaha", "Nama Pemilik", heading, "Alamat"]
    rows: list[list[make.Cell]] = [[*head], ["UD A", "Siti", written, "Jl. A"]]
    one = read(make.write(rows, tmp_path / "a.csv"), kind="firms")
    assert one.problems.select("cell", "rule").rows() == [("C2", "unreadable")]
    rows[1][2] = "belum ada"
    assert read(make.write(rows, tmp_path / "b.csv"), kind="firms").problems.is_empty()
