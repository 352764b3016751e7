"""The accountability tables: budget realisation (LRA) by account and by fund, and its notes.

The notes (CaLK) are filled from the ledger and with what officers type; the balance sheet and the
goods report come from the treasury's own applications. Amounts in whole rupiah.
Source: REPORT-02, REPORT-05.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from string import ascii_uppercase

from pulih.budget.rules.documents import number_on_paper
from pulih.common.errors import Message
from pulih.common.money import rupiah
from pulih.common.periods import in_full

from . import quarters
from .document import Cell, Column, Document, Level, Page, Row, Table, Words, written
from .facts import MoneyLine, QuarterFacts
from .layouts import general
from .tree import HUNDRED

LAYOUT_NOTE = Message(
    "Susunan LRA dan CaLK dari ingatan; neraca dan laporan barang berasal dari aplikasi "
    "perbendaharaan.",
    "The layout of the LRA and of its notes rests on memory; balance sheet and goods report come "
    "from the treasury's applications.",
)
TYPES = {
    "51": "Belanja Pegawai",
    "52": "Belanja Barang",
    "53": "Belanja Modal",
    "54": "Belanja Pembayaran Kewajiban Utang",
    "55": "Belanja Subsidi",
    "56": "Belanja Hibah",
    "57": "Belanja Bantuan Sosial",
    "58": "Belanja Lain-lain",
}
MONEY = (
    Column("Anggaran", "rupiah", 18),
    Column("Bruto", "rupiah", 18, group="Realisasi"),
    Column("Pengembalian", "rupiah", 18, group="Realisasi"),
    Column("Neto", "rupiah", 18, group="Realisasi"),
    Column("Neto", "percent", 10, group="Realisasi"),
    Column("Sisa anggaran", "rupiah", 18),
)
COLUMNS = (
    Column("Akun", "text", 10),
    Column("Uraian", "text", 50),
    *MONEY,
    Column("Realisasi tahun lalu", "rupiah", 18),
)
FUND_COLUMNS = (Column("Kode", "text", 10), Column("Sumber dana", "text", 50), *MONEY)
FUNDS = {
    "RM": "Rupiah Murni",
    "RMP": "Rupiah Murni Pendamping",
    "PNP": "Penerimaan Negara Bukan Pajak",
    "BLU": "Badan Layanan Umum",
    "PLN": "Pinjaman Luar Negeri",
    "HLN": "Hibah Luar Negeri",
    "SBSN": "Surat Berharga Syariah Negara",
}
BLOCKED = (
    Column("Akun", "text", 10),
    Column("Uraian", "text", 50),
    Column("Anggaran", "rupiah", 18),
    Column("Diblokir", "rupiah", 18),
)
CHANGES = (
    Column("Dokumen", "text", 12),
    Column("Nomor", "text", 44),
    Column("Berlaku sejak", "text", 18),
    Column("Perubahan", "rupiah", 18),
    Column("Anggaran menjadi", "rupiah", 18),
)
DOCUMENTS = {"dipa": "DIPA", "pok": "POK", "revision": "Revisi", "correction": "Koreksi"}
OTHER = "other"
HANDOVER = "526"
CASH_AID = "526312"  # Of the same group, but paid out as money: nothing is handed over.
SHARED = ("DK", "TP")  # Money of the centre that the regions spend.
REPEALED_ON = date(2022, 5, 9)  # PP 19/2022 took the place of PP 7/2008. Source: REPORT-03.


def accountability(facts: QuarterFacts) -> Document:
    """Return the LRA of the unit with its notes."""
    general_data = general(facts)
    when = f"Untuk periode yang berakhir {in_full(facts.day)} · dalam rupiah"
    tables = (lra_table(facts), fund_table(facts))
    lra = Page("Laporan Realisasi Anggaran", when, general_data, tables, sheet="LRA")
    notes = Page(
        "Catatan atas Laporan Realisasi Anggaran",
        when,
        general_data,
        tuple(_lettered(_notes(facts))),
        sheet="CaLK",
    )
    title = f"Laporan akuntabilitas {facts.unit_name}"
    return Document("accountability", title, LAYOUT_NOTE, (lra, notes))


def types_of(facts: QuarterFacts) -> dict[str, str]:
    """Return the names of the spending types that the unit has money for, by their two figures."""
    codes = sorted({line.account[:2] for line in facts.lines})
    return {code: TYPES.get(code, "Belanja lainnya") for code in codes}


def lra_table(facts: QuarterFacts) -> Table:
    """Return budget, payments, returns and remainder by spending type and account, and last year.

    An account that was paid last year and has no money now has a row as well.
    """
    before = {one.account: one.account_name for one in facts.prior}
    names = before | {line.account: line.account_name for line in facts.lines}
    rows: list[Row] = []
    for code in sorted({account[:2] for account in names}):
        rows.append(_of_accounts(facts, code, TYPES.get(code, "Belanja lainnya"), "group"))
        for account in sorted(one for one in names if one.startswith(code)):
            rows.append(_of_accounts(facts, account, names[account]))
    total = _of_accounts(facts, "", "Jumlah belanja", "total")
    return Table("Belanja negara", COLUMNS, (*rows, total))


def fund_table(facts: QuarterFacts) -> Table:
    """Return the same sums by fund source."""
    rows = []
    for code in sorted({line.fund_source for line in facts.lines}, key=_fund_order):
        lines = [line for line in facts.lines if line.fund_source == code]
        back = sum(one.rupiah for one in facts.returns if one.fund_source == code)
        rows.append(Row((code, FUNDS.get(code, code), *_sums(lines, back)), "line"))
    back = sum(one.rupiah for one in facts.returns)
    total = Row(("", "Jumlah belanja", *_sums(facts.lines, back)), "total")
    return Table("Menurut sumber dana", FUND_COLUMNS, (*rows, total))


def _fund_order(code: str) -> tuple[int, str]:
    known = list(FUNDS)
    return known.index(code) if code in known else len(known), code


def _of_accounts(facts: QuarterFacts, code: str, name: str, level: Level = "line") -> Row:
    """Return the row of all accounts that begin with `code`."""
    lines = [line for line in facts.lines if line.account.startswith(code)]
    back = sum(one.rupiah for one in facts.returns if one.account.startswith(code))
    prior = sum(one.rupiah for one in facts.prior if one.account.startswith(code))
    return Row((code, name, *_sums(lines, back), prior), level)


def _sums(lines: Sequence[MoneyLine], returned: int) -> tuple[Cell, ...]:
    ceiling = sum(line.ceiling for line in lines)
    paid = sum(line.realised for line in lines)
    share = Decimal(paid) * HUNDRED / ceiling if ceiling else None
    return ceiling, paid + returned, returned, paid, share, ceiling - paid


def _lettered(parts: Iterable[Table | Words]) -> Iterable[Table | Words]:
    for letter, part in zip(ascii_uppercase, parts, strict=False):
        yield replace(part, title=f"{letter}. {part.title}")


def _notes(facts: QuarterFacts) -> Iterable[Table | Words]:
    yield Words(
        "Penjelasan umum",
        (
            f"{facts.unit_name} (kode {facts.unit_code}) menyusun laporan ini sebagai Kuasa "
            f"Pengguna Anggaran{_law(facts)}.",
            f"Laporan memuat {quarters.name(facts.fiscal_year, facts.quarter)}, sejak 1 Januari "
            f"{facts.fiscal_year} sampai {in_full(facts.day)}. Angka diambil "
            "dari dokumen yang dibukukan; belanja diakui saat SP2D terbit (basis kas).",
            "Laporan memuat belanja saja; pendapatan negara bukan pajak, bila ada, dilaporkan dari "
            "aplikasi perbendaharaan.",
        ),
    )
    if facts.changes:
        yield Table("Perubahan anggaran", CHANGES, tuple(_changes(facts)))
    yield Words("Penjelasan atas pos LRA", tuple(_explained(facts)))
    yield Table("Anggaran yang diblokir", BLOCKED, tuple(_blocked(facts)))
    yield Words("Barang yang akan diserahkan", (_goods(facts),))
    yield Words("Hal lain", facts.said(OTHER) or ("Nihil.",))


def _changes(facts: QuarterFacts) -> Iterable[Row]:
    """Yield document by document what the budget was changed by, and what it then was."""
    budget = 0
    for one in facts.changes:
        budget += one.rupiah
        name = DOCUMENTS.get(one.kind, one.kind.upper())
        yield Row((name, number_on_paper(one.number), in_full(one.day), one.rupiah, budget))


def _law(facts: QuarterFacts) -> str:
    """Return by which regulation the unit reports, as it held on the quarter's last day."""
    if facts.authority not in SHARED:
        return ""
    if facts.day < REPEALED_ON:
        return " menurut PP 7/2008 pasal 30 dan 31"
    return " menurut PP 19/2022"


def _blocked(facts: QuarterFacts) -> Iterable[Row]:
    """Yield what is blocked, account by account, and its sum."""
    accounts = sorted({line.account for line in facts.lines if line.blocked})
    every = [line for line in facts.lines if line.account in accounts]
    for account in accounts:
        same = [line for line in every if line.account == account]
        yield Row((account, same[0].account_name, *_held(same)))
    if accounts:
        yield Row(("", "Jumlah", *_held(every)), "total")


def _held(lines: Sequence[MoneyLine]) -> tuple[int, int]:
    return sum(line.ceiling for line in lines), sum(line.blocked for line in lines)


def _explained(facts: QuarterFacts) -> Iterable[str]:
    for code, name in types_of(facts).items():
        lines = [line for line in facts.lines if line.account[:2] == code]
        ceiling, paid = sum(one.ceiling for one in lines), sum(one.realised for one in lines)
        unpaid = sum(one.committed - one.realised for one in lines)
        share = written(Decimal(paid) * HUNDRED / ceiling if ceiling else None, "percent")
        text = (
            f"{name}: realisasi {rupiah(paid)} atau {share}% dari "
            f"anggaran {rupiah(ceiling)}; sisa {rupiah(ceiling - paid)}."
        )
        yield f"{text} Komitmen yang belum dibayar {rupiah(unpaid)}." if unpaid else text
        yield from facts.said(code)


def _goods(facts: QuarterFacts) -> str:
    goods = [
        line
        for line in facts.lines
        if line.account.startswith(HANDOVER) and line.account != CASH_AID
    ]
    if not goods:
        return "Tidak ada anggaran barang untuk diserahkan (kelompok akun 526)."
    paid = sum(line.realised for line in goods)
    return (
        f"Realisasi kelompok akun 526 (barang untuk diserahkan) {rupiah(paid)}. Barang tetap "
        "menjadi barang milik negara sampai BAST dan hibahnya selesai."
    )
