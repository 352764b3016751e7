"""Lists of the treasury: SP2D, realisation, commitments and imprest (UP/TUP), by their columns.

The ministry prescribes no layout. The headings are those of OM-SPAN, SAS and SAKTI as officers
remember them and of offices' own sheets. Source: TREASURY-01.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from pulih.intake import budget
from pulih.intake.columns import Column, declared
from pulih.intake.readings import days, documents, words
from pulih.intake.readings.signed import signed_money

RUPIAH = (
    "angka rupiah, misalnya 1.250.000; pengembalian (1.250.000)",
    "an amount in rupiah such as 1,250,000; a return (1,250,000)",
)
DAY = ("tanggal, misalnya 15/06/2020", "a date such as 15/06/2020")
NUMBER = ("nomor seperti pada dokumennya", "the number as on the document")
TEXT = ("teks", "text")
MONTH_NAMES = (
    *(("Januari", "January"), ("Februari", "February"), ("Maret", "March"), ("April", "April")),
    *(("Mei", "May"), ("Juni", "June"), ("Juli", "July"), ("Agustus", "August")),
    *(("September", "September"), ("Oktober", "October"), ("November", "November")),
    ("Desember", "December"),
)
MONTHS = tuple(f"month_{number:02d}" for number in range(1, 13))
IMPREST = ("given", "up", "tup", "used", "gup", "gup_nihil", "ptup", "returned")
LINE_PARTS = ("line_code", "account", "activity")
KEYS = (
    *("sp2d_number", "spm_number", "contract_number", "register_number"),
    *("line_code", "account", "activity", "month", "sp2d_date", *IMPREST),
)
OF_THE_POK = (
    *("line_code", "fiscal_year", "unit_code", "unit_name", "province_code", "province"),
    *("authority", "fund_source", "programme", "activity", "output", "suboutput", "component"),
    *("subcomponent", "account", "detail"),
)

column = partial(declared, "treasury")


def _money(name: str, indonesian: str, english: str) -> Column:
    found = column(name, (indonesian, english), RUPIAH, signed_money(), is_money=True)
    return replace(found, is_signed=True)


def _day(name: str, indonesian: str, english: str) -> Column:
    return column(name, (indonesian, english), DAY, days.days())


def _number(name: str, indonesian: str, english: str) -> Column:
    return column(name, (indonesian, english), NUMBER, documents.NUMBER)


def _month(number: int) -> Column:
    indonesian, english = MONTH_NAMES[number - 1]
    found = _money(f"month_{number:02d}", f"realisasi {indonesian}", f"realised in {english}")
    years = [f"{word} {year}" for word in found.headings for year in range(2018, 2031)]
    return replace(found, headings=(*found.headings, *years))


BUDGET = {one.name: one for one in budget.COLUMNS}

COLUMNS: tuple[Column, ...] = (
    *(BUDGET[name] for name in OF_THE_POK),
    _money("ceiling", "pagu", "ceiling"),
    _money("blocked", "blokir", "blocked"),
    _money("committed", "komitmen", "committed"),
    _money("realised", "realisasi s.d. saat ini", "realised to date"),
    _money("realised_before", "realisasi periode lalu", "realised before the period"),
    _money("realised_now", "realisasi periode ini", "realised in the period"),
    *(_month(number) for number in range(1, 13)),
    _money("remaining", "sisa", "remaining"),
    _number("sp2d_number", "nomor SP2D", "SP2D number"),
    _day("sp2d_date", "tanggal SP2D", "SP2D date"),
    _number("spm_number", "nomor SPM", "SPM number"),
    _day("spm_date", "tanggal SPM", "SPM date"),
    _number("spp_number", "nomor SPP", "SPP number"),
    _day("spp_date", "tanggal SPP", "SPP date"),
    column(
        "method",
        ("cara bayar", "way of paying"),
        ("LS, UP, GUP, TUP, PTUP, atau NIHIL", "LS, UP, GUP, TUP, PTUP or NIHIL"),
        documents.METHOD,
    ),
    _money("gross", "jumlah bruto", "gross amount"),
    _money("deductions", "potongan", "deductions"),
    _money("net", "jumlah neto", "net amount"),
    column("payee", ("penerima", "payee"), TEXT, words.TEXT),
    column("purpose", ("keperluan", "purpose"), TEXT, words.TEXT),
    _number("contract_number", "nomor kontrak", "contract number"),
    _number("register_number", "nomor CAN", "register number of the contract (CAN)"),
    _day("contract_date", "tanggal kontrak", "contract date"),
    _day("contract_end", "tanggal akhir kontrak", "end of the contract"),
    _money("contract_value", "nilai kontrak", "value of the contract"),
    column(
        "imprest_kind", ("jenis uang persediaan", "kind of imprest"), ("UP atau TUP", "UP or TUP"),
        documents.IMPREST_KIND,
    ),
    column(
        "month",
        ("bulan", "month"),
        ("bulan, misalnya Juni 2020", "a month such as June 2020"),
        days.MONTH,
    ),
    _money("given", "UP/TUP diberikan", "imprest given"),
    _money("up", "UP diberikan", "imprest (UP) given"),
    _money("tup", "TUP diberikan", "extra imprest (TUP) given"),
    _money("used", "UP digunakan", "imprest used"),
    _money("gup", "penggantian UP (GUP)", "imprest refilled (GUP)"),
    _money("gup_nihil", "GUP nihil", "imprest accounted for (GUP nihil)"),
    _money("ptup", "pertanggungjawaban TUP (PTUP)", "extra imprest accounted for (PTUP)"),
    _money("returned", "setoran sisa UP/TUP", "imprest returned"),
)  # fmt: skip

SP2D, REALISATION, COMMITMENT, HELD = "sp2d", "realisation", "commitment", "imprest"


def list_kind_of(names: set[str]) -> str | None:
    """Tell which list a sheet is by the columns it has; None if it is none of them."""
    if "sp2d_number" in names or ("spm_number" in names and names & {"gross", "net"}):
        return SP2D
    if names & {"contract_number", "register_number"} and names & {
        "contract_value", "gross", "committed",
    }:  # fmt: skip
        return COMMITMENT
    if len(names & set(IMPREST)) >= 2 or ("imprest_kind" in names and names & set(IMPREST)):
        return HELD
    is_realised = names & {"realised", "realised_now", "realised_before", *MONTHS}
    return REALISATION if names & set(LINE_PARTS) and is_realised else None


REPORT = re.compile(
    r"realisasi\s+(?:anggaran|belanja|per|s\.?/?d)|laporan\s+realisasi|penyerapan|daya\s+serap|"
    r"\bfa\s+detail|ketersediaan\s+dana|kartu\s+pengawasan",
    re.IGNORECASE,
)


def is_report(texts: Sequence[str]) -> bool:
    """Tell whether the titles of a sheet of ceilings and payments call it a realisation list."""
    return any(REPORT.search(text) for text in texts)
