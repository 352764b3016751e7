"""The sheet of budget lines (POK): which columns it may have and how offices call them."""

from functools import partial

from pulih.intake.columns import Column, declared
from pulih.intake.readings import amounts, days, identifiers, keys, measures, words

TEXT = ("teks", "text")
CODE = ("kode seperti pada POK", "the code as in the POK")
RUPIAH = ("angka rupiah, misalnya 1.250.000", "an amount in rupiah such as 1,250,000")

KEYS = ("account", "line_code")
MONTHS = (
    ("Januari", "January"),
    ("Februari", "February"),
    ("Maret", "March"),
    ("April", "April"),
    ("Mei", "May"),
    ("Juni", "June"),
    ("Juli", "July"),
    ("Agustus", "August"),
    ("September", "September"),
    ("Oktober", "October"),
    ("November", "November"),
    ("Desember", "December"),
)  # Page III of the DIPA, where a sheet carries it.

column = partial(declared, "budget")

LINE_CODE = column(
    "line_code",
    ("kode baris", "line code"),
    ("kode lengkap, misalnya 3038.001.051.A.521211", "a whole code such as 3038.001.051.A.521211"),
    words.TEXT,
)

COLUMNS: tuple[Column, ...] = (
    LINE_CODE,
    column(
        "fiscal_year",
        ("tahun anggaran", "fiscal year"),
        ("tahun empat angka", "a year of four digits"),
        days.YEAR,
    ),
    column(
        "unit_code", ("kode satker", "spending unit code"), ("6 angka", "6 digits"), keys.UNIT_CODE
    ),
    column("unit_name", ("nama satker", "spending unit"), TEXT, words.TEXT),
    column(
        "province_code",
        ("kode provinsi", "province code"),
        ("2 angka", "2 digits"),
        identifiers.AREA_CODE,
    ),
    column(
        "province",
        ("provinsi", "province"),
        ("nama provinsi", "the name of a province"),
        words.TEXT,
    ),
    column(
        "authority",
        ("kewenangan", "authority"),
        ("KP, KD, DK, TP, atau UB", "KP, KD, DK, TP or UB"),
        keys.AUTHORITY,
    ),
    column(
        "fund_source",
        ("sumber dana", "fund source"),
        ("RM, PNBP, dan sejenisnya", "RM, PNBP and the like"),
        keys.FUND,
    ),
    column("programme", ("program", "programme"), CODE, keys.CODE),
    column("activity", ("kegiatan", "activity"), ("4 angka", "4 digits"), keys.code(r"\d{4}")),
    column(
        "output",
        ("output/KRO", "output"),
        ("3 angka atau 3 huruf", "3 digits or 3 letters"),
        keys.code(r"\d{3}|[A-Z]{3}", 3),
    ),
    column(
        "suboutput", ("suboutput/RO", "suboutput"), ("3 angka", "3 digits"), keys.code(r"\d{3}", 3)
    ),
    column("component", ("komponen", "component"), ("3 angka", "3 digits"), keys.code(r"\d{3}", 3)),
    column(
        "subcomponent",
        ("subkomponen", "subcomponent"),
        ("satu atau dua huruf", "one or two letters"),
        keys.SUBCOMPONENT,
    ),
    column("account", ("akun", "account"), ("6 angka", "6 digits"), keys.code(r"\d{6}")),
    column("detail", ("uraian", "description"), TEXT, words.TEXT),
    column(
        "volume",
        ("volume", "volume"),
        ("angka, misalnya 40", "a number such as 40"),
        measures.MEASURE,
    ),
    column("unit", ("satuan", "unit"), TEXT, words.TEXT),
    column("unit_cost", ("harga satuan", "unit cost"), RUPIAH, amounts.money(), is_money=True),
    column("ceiling", ("pagu", "ceiling"), RUPIAH, amounts.money(), is_money=True),
    column("blocked", ("blokir", "blocked"), RUPIAH, amounts.money(), is_money=True),
    column("committed", ("komitmen", "committed"), RUPIAH, amounts.money(), is_money=True),
    column("realised", ("realisasi", "realised"), RUPIAH, amounts.money(), is_money=True),
    column(
        "measure", ("langkah", "measure"), ("kode langkah", "the code of a measure"), words.TEXT
    ),
    *(
        column(
            f"month_{number}",
            (f"rencana {month}", f"planned {name}"),
            RUPIAH,
            amounts.money(),
            is_money=True,
        )
        for number, (month, name) in enumerate(MONTHS, start=1)
    ),
)
