"""Small lists whose cells need their neighbours: scales, ditto marks, errors, broken CSV, rules.

Each case: the rows from A1, and by cell what its column must come to; as in `nasty_cells`.
"""

from dataclasses import dataclass, field
from datetime import date

from tests.intake.nasty_truths import JUTA, MILIAR, either, told
from tests.make.intake import Cell

Row = list[Cell]


@dataclass(frozen=True)
class Case:
    rows: list[Row]
    wanted: dict[str, object]
    merged: list[str] = field(default_factory=list)
    clean: bool = False  # No problem anywhere but at headings.


def column(heading: str, *cells: Cell) -> list[Row]:
    """One column of values beside names."""
    rows: list[Row] = [["Nama Usaha", "Nama Pemilik", heading]]
    return rows + [[f"UD Contoh {n}", f"Siti {n}", cell] for n, cell in enumerate(cells, start=1)]


def scaled(unit: str, factor: int) -> Case:
    heading = f"Omzet per Bulan ({unit})"
    wanted = {"C2": 5 * factor, "C3": 7 * factor, "C4": 12 * factor, "C5": 8 * factor}
    return Case(column(heading, "5", "7", "12", "8"), wanted, clean=True)


THOUSANDS = (
    "Rp.000", "Rp 000", "Rp. 000,-", "000", "ribu", "Ribu Rp", "Rp ribu", "dalam ribuan rupiah",
    "dlm ribuan", "x Rp 1.000", "Rp x 1.000", "x1000", "Rp. 1.000,-", "ribuan", "rb", "Rp rb",
    "Rp'000", "in thousands",
)  # fmt: skip
MILLIONS = (
    "Rp juta", "juta", "Juta Rp", "Rp. Juta", "dalam jutaan rupiah", "dlm juta", "jutaan", "jt",
    "Rp jt", "x Rp 1.000.000", "Rp 000.000", "juta rupiah", "in millions",
)  # fmt: skip
BILLIONS = ("Rp miliar", "milyar", "Rp. Milyar", "dalam miliar rupiah")

SCALES: dict[str, Case] = {
    **{f"({unit})": scaled(unit, 1_000) for unit in THOUSANDS},
    **{f"({unit})": scaled(unit, JUTA) for unit in MILLIONS},
    **{f"({unit})": scaled(unit, MILIAR) for unit in BILLIONS},
    "a tall heading with a unit beside another with its own": Case(
        [
            ["NO", "NAMA USAHA", "NILAI INVESTASI (Rp.000)", "OMZET (Rp)"],
            [1, "UD A", 5_000, 2_000_000],
            [2, "UD B", 7_000, 3_000_000],
            [3, "UD C", 9_000, 4_000_000],
        ],
        {"C2": 5 * JUTA, "D2": 2 * JUTA, "D3": 3 * JUTA, "D4": 4 * JUTA},
    ),
    "a tall heading with a unit over two rows beside split ones": Case(
        [
            ["NO", "NAMA USAHA", "NILAI INVESTASI (Rp.000)", "TENAGA KERJA", None, "OMZET (Rp)"],
            [None, None, None, "L", "P", None],
            [1, "UD A", 5_000, 2, 3, 2_000_000],
            [2, "UD B", 7_000, 1, 1, 3_000_000],
            [3, "UD C", 9_000, 4, 2, 4_000_000],
        ],
        {"C3": 5 * JUTA, "F3": 2 * JUTA, "F4": 3 * JUTA, "F5": 4 * JUTA},
        merged=["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"],
    ),
    "a title in thousands under which one column names rupiah": Case(
        [
            ["DAFTAR IKM (dalam ribuan rupiah)"],
            ["Nama Usaha", "Nilai Investasi", "Omzet (Rp)"],
            ["UD A", 5_000, 2_000_000],
            ["UD B", 7_000, 3_000_000],
        ],
        {"B3": 5 * JUTA, "C3": 2 * JUTA, "C4": 3 * JUTA},
    ),
    "full amounts in a column of millions": Case(
        column(
            "Omzet per Bulan (Rp juta)", "5", "Rp 5.000.000", "7,5", "5.000.000", "12", 5_000_000
        ),
        {
            "C2": 5 * JUTA,
            "C3": told(5 * JUTA),
            "C4": 7_500_000,
            "C5": told(),
            "C6": 12 * JUTA,
            "C7": told(),
        },
    ),
    "cells that name their own unit in a column of millions": Case(
        column("Omzet per Bulan (Rp juta)", "5", "5 jt", "500 rb", "1,5 M", "12", "lima juta"),
        {
            "C2": 5 * JUTA,
            "C3": 5 * JUTA,
            "C4": 500_000,
            "C5": either(1_500 * JUTA),
            "C6": 12 * JUTA,
            "C7": 5 * JUTA,
        },
    ),
    "full amounts in a column of thousands": Case(
        column("Investasi (Rp.000)", 5_000, 7_500, 5_000_000, 6_000, "Rp 4.000.000", 8_000),
        {"C2": 5 * JUTA, "C4": told(), "C6": told(4 * JUTA), "C7": 8 * JUTA},
    ),
    "more than a medium industry has invested, in thousands": Case(
        column("Investasi (Rp.000)", 4_000_000, 9_500_000, 15_000_000, 2_250_500),
        {"C2": 4 * MILIAR, "C4": told(), "C5": 2_250_500_000},
    ),
    "a few amounts that are too small to be rupiah": Case(
        column("Omzet per Bulan", "5", "7,5", "3.000.000"),
        {"C2": told(5), "C3": told(), "C4": 3 * JUTA},
    ),
    "every amount full in a column of millions": Case(
        column("Omzet per Bulan (Rp juta)", "5.000.000", "7.000.000", "12.500.000", "6.000.000"),
        {"C2": told(), "C3": told(), "C4": told(), "C5": told()},
    ),
    "one amount a thousand times the others": Case(
        column("Omzet per Bulan", 5_000_000, 7_000_000, 5_000_000_000, 6_000_000, 4_000_000),
        {"C2": 5 * JUTA, "C3": 7 * JUTA, "C4": told(), "C5": 6 * JUTA, "C6": 4 * JUTA},
    ),
    "one amount a thousandth of the others": Case(
        column("Omzet per Bulan", 5_000_000, 7_000_000, 5_000, 6_000_000, 4_000_000),
        {"C2": 5 * JUTA, "C4": told(), "C5": 6 * JUTA},
    ),
    "one text a thousandth of the others": Case(
        column("Nilai Investasi", "5.000.000", "7.000.000", "7,5", "6.000.000", "12.000.000"),
        {"C2": 5 * JUTA, "C4": told(), "C5": 6 * JUTA},
    ),
    "a firm's turnover a thousand times its turnover before": Case(
        [
            ["Nama Usaha", "Omzet Sebelum Covid", "Omzet", "Bulan"],
            ["UD A", 10_000_000, 4_000_000, "Juni 2020"],
            ["UD B", 8_000_000, 3_000_000, "Juni 2020"],
            ["UD C", 9_000, 4_000_000, "Juni 2020"],
            ["UD D", 12_000_000, 9_000_000_000, "Juni 2020"],
        ],
        {"B2": 10 * JUTA, "C2": 4 * JUTA, "B4": told(), "C5": told()},
    ),
    "a firm's turnover a thousand times its turnover before, alone": Case(
        [
            ["Nama Usaha", "Omzet Sebelum Covid", "Omzet", "Bulan"],
            ["UD A", 10_000, 4_000_000, "Juni 2020"],
        ],
        {"C2": told()},
    ),
    "amounts that spread widely are no problem": Case(
        column("Nilai Investasi", 2_000_000, 15_000_000, 60_000_000, 250_000_000, 8_000_000),
        {"C5": 250 * JUTA},
        clean=True,
    ),
    "amounts of a year beside amounts of a month": Case(
        column("Omzet", "2 jt/bulan", "3 jt/bln", "Rp 15 jt/tahun", "1,5 jt/bulan"),
        {"C2": 2 * JUTA, "C4": told(), "C5": 1_500_000},
    ),
    "an amount of a month in a column of years": Case(
        column("Omzet per Tahun", "24 jt", "36 jt", "3 jt/bulan", "48 jt/tahun"),
        {"C2": 24 * JUTA, "C4": told(), "C5": 48 * JUTA},
    ),
    "a capacity in another unit than its heading": Case(
        column("Kapasitas Produksi (ton)", "2", "1200 kg", "3 ton", "4,5"),
        {"C2": 2.0, "C3": told(), "C4": 3.0, "C5": 4.5},
    ),
}

DITTO_MARKS = (
    "idem", "Idem", "IDEM", "idem.", "sda", "s.d.a", "s.d.a.", "SDA", "S D A", '"', "''", "”",
    "〃", '-"-', '- " -', "-''-", "-,,-", ",,", "„", "--\"--", "sama dengan atas", "sda.", "id.",
    "=\"=", "ditto", "idem di atas",
)  # fmt: skip


def ditto(mark: str) -> Case:
    return Case(
        [
            ["Nama Usaha", "Nama Pemilik", "Desa", "Jumlah Tenaga Kerja", "Tahun Berdiri"],
            ["UD A", "Budi", "Cibodas", 4, 2010],
            ["UD B", "Siti", mark, mark, mark],
            ["UD C", "Wati", "Cibadak", 3, 2012],
        ],
        {
            "C3": told("Cibodas", None),
            "D3": told(4, None),
            "E3": told(2010, None),
            "C4": "Cibadak",
        },
    )


DITTOS: dict[str, Case] = {
    **{mark: ditto(mark) for mark in DITTO_MARKS},
    "three in a row": Case(
        [
            ["Nama Usaha", "Nama Pemilik", "Kecamatan"],
            ["UD A", "Budi", "Cibadak"],
            ["UD B", "Siti", "idem"],
            ["UD C", "Wati", "idem"],
            ["UD D", "Wati", None],
        ],
        {"C3": told("Cibadak"), "C4": told("Cibadak"), "C5": None},
    ),
    "nothing above": Case(
        [
            ["Nama Usaha", "Nama Pemilik", "Kecamatan"],
            ["UD A", "Budi", None],
            ["UD B", "Siti", "sda"],
        ],
        {"C3": told(None)},
    ),
    "an owner above": Case(
        [
            ["Nama Usaha", "Nama Pemilik", "NIK"],
            ["UD A", "Budi", "3204121201900001"],
            ["UD B", "sda", "sda"],
        ],
        {"B3": told("Budi"), "C3": told("3204121201900001", None)},
    ),
    "a name that begins alike": Case(
        [
            ["Nama Usaha", "Nama Pemilik"],
            ["Idem Jaya", "Sda Putra"],
            ["SDA", "Budi"],
            ["Idaman", "Ida"],
        ],
        {"A2": "Idem Jaya", "B2": "Sda Putra", "A4": "Idaman", "B4": "Ida"},
    ),
}

ERROR_TEXTS = (
    "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
    "#GETTING_DATA", "#####", "Err:502", "#N/D", "#BEZUG!",
)  # fmt: skip


def error(text: str) -> Case:
    return Case(
        [
            ["Nama Usaha", "Nama Pemilik", "Desa", "Jumlah Tenaga Kerja", "Produk", "Email"],
            ["UD A", "Budi", "Cibodas", 4, "Roti", "a@contoh.id"],
            ["UD B", text, text, text, text, text],
        ],
        {f"{letter}3": told(None) for letter in "BCDEF"},
    )


ERRORS = {text: error(text) for text in ERROR_TEXTS}

RULES: dict[str, Case] = {
    "laid off more than there were": Case(
        [
            ["Nama Usaha", "TK Sebelum Covid", "Jumlah Tenaga Kerja", "PHK", "Bulan"],
            ["UD A", 10, 4, 6, "Juni 2020"],
            ["UD B", 10, 4, 16, "Juni 2020"],
        ],
        {"D2": 6, "D3": told(16)},
    ),
    "laid off and sent home more than there were": Case(
        [
            ["Nama Usaha", "TK Sebelum Covid", "PHK", "Dirumahkan", "Bulan"],
            ["UD A", 10, 4, 6, "Juni 2020"],
            ["UD B", 10, 8, 6, "Juni 2020"],
        ],
        {"C2": 4, "C3": told(8), "D3": told(6)},
    ),
    "laid off more than there are": Case(
        [["Nama Usaha", "Jumlah Tenaga Kerja", "PHK"], ["UD A", 4, 25], ["UD B", 4, 2]],
        {"C2": told(25), "C3": 2},
    ),
    "women and men that do not add up": Case(
        [
            ["Nama Usaha", "TK L", "TK P", "Jumlah Tenaga Kerja"],
            ["UD A", 3, 2, 5],
            ["UD B", 3, 2, 7],
        ],
        {"D2": 5, "D3": told(7)},
    ),
    "more women than workers": Case(
        [["Nama Usaha", "TK P", "Jumlah Tenaga Kerja"], ["UD A", 3, 5], ["UD B", 9, 7]],
        {"B2": 3, "B3": told(9)},
    ),
    "a trader in the remark": Case(
        [
            ["Nama Usaha", "Nama Pemilik", "Keterangan"],
            ["UD A", "Budi", "pedagang pakaian"],
            ["UD B", "Siti", "hanya berdagang"],
            ["UD C", "Wati", "reseller"],
            ["UD D", "Tuti", "usaha sejak 2010"],
        ],
        {"C2": told("pedagang pakaian"), "C3": told(), "C4": told(), "C5": "usaha sejak 2010"},
    ),
    "a row twice": Case(
        [
            ["No", "Nama Usaha", "Nama Pemilik", "Desa"],
            [1, "UD A", "Budi", "Cibodas"],
            [2, "UD B", "Siti", "Cibadak"],
            [3, "UD A", "Budi", "Cibodas"],
        ],
        {"B2": "UD A", "B4": told("UD A")},
    ),
    "a row twice, written otherwise": Case(
        [
            ["No", "Nama Usaha", "Nama Pemilik", "Desa"],
            [1, "UD Maju", "Budi", "Cibodas"],
            [2, "UD B", "Siti", "Cibadak"],
            [3, "U.D. MAJU", " budi ", "CIBODAS"],
        ],
        {"B2": "UD Maju", "B4": told("U.D. MAJU")},
    ),
    "turnover below what the workers would cost": Case(
        [
            ["Nama Usaha", "Jumlah Tenaga Kerja", "Omzet per Bulan"],
            ["UD A", 4, 12_000_000],
            ["UD B", 60, 900_000],
            ["UD C", 3, 8_000_000],
        ],
        {"C2": 12 * JUTA, "C3": told(900_000), "C4": 8 * JUTA},
    ),
    "an older owner than people grow": Case(
        [
            ["Nama Usaha", "Nama Pemilik", "Tahun Berdiri"],
            ["UD A", "Budi", 1850],
            ["UD B", "S", 2015],
        ],
        {"C2": told(), "C3": 2015},
    ),
    "a day in a column of workers": Case(
        [
            ["Nama Usaha", "Nama Pemilik", "Jumlah Tenaga Kerja"],
            ["UD A", "Budi", 4],
            ["UD B", "Siti", date(2020, 10, 5)],
        ],
        {"C3": told(None)},
    ),
    "a day in a column of money": Case(
        [
            ["Nama Usaha", "Nama Pemilik", "Omzet per Bulan"],
            ["UD A", "Budi", 4_000_000],
            ["UD B", "Siti", date(2020, 5, 1)],
        ],
        {"C3": told(None)},
    ),
    "a merge over numbers": Case(
        [
            ["Nama Usaha", "Jumlah Tenaga Kerja", "Omzet per Bulan"],
            ["UD A", 4, 4_000_000],
            ["UD B", 5, "5 juta"],
            ["UD C", 6, None],
            ["UD D", 6, 6_000_000],
        ],
        {"C2": 4 * JUTA, "C3": either(5 * JUTA), "C4": either(5 * JUTA), "C5": 6 * JUTA},
        merged=["C3:C4"],
    ),
}

ALL = {
    "scales": SCALES,
    "dittos": DITTOS,
    "errors": ERRORS,
    "rules": RULES,
}
