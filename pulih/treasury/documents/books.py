"""The treasurer's account of a month (LPJ) on paper, the month's book (BKU) as paper and workbook.

The layouts are drawn from memory; no form was compared, and both say so.
"""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils import timezone
from xlsxwriter.utility import xl_col_to_name

from pulih.budget.documents.signing import dated_signatures
from pulih.budget.documents.words import MINISTRY
from pulih.budget.models import Post, SpendingUnit
from pulih.common.money import grouped
from pulih.common.periods import MONTHS_IN_FULL, day
from pulih.documents.lookups import code_in_force
from pulih.documents.seals import seal
from pulih.documents.signing import values_of
from pulih.documents.typesetting import typeset
from pulih.documents.workbooks import HEAD, OPTIONS, RUPIAH, set_print

from ..models import FiledMonth
from ..papers import ACCOUNT
from ..rules.books import BOOKS, BookRow, Month

TEMPLATE = Path(__file__).with_name("payment.typ")
NAMES_INDONESIAN = {
    "held": "Buku Kas Umum", "bank": "Buku pembantu bank", "cash": "Buku pembantu kas tunai",
    "imprest": "Buku pembantu UP/TUP", "tax": "Buku pembantu pajak",
    "direct": "Buku pembantu LS bendahara",
}  # fmt: skip
HEADS = ("Tanggal", "Dokumen", "Uraian", "Debet", "Kredit", "Saldo", "Bank", "Tunai", "UP/TUP",
         "Pajak", "LS")  # fmt: skip
FORM_NOTE = "Tata letak disusun dari ingatan dan belum dikonfirmasi."


def account_pdf(unit: SpendingUnit, year: int, one: Month, filed: FiledMonth | None) -> bytes:
    return typeset(TEMPLATE, account_values(unit, year, one, filed))


def account_values(
    unit: SpendingUnit, year: int, one: Month, filed: FiledMonth | None
) -> dict[str, Any]:
    """Texts and tables of the LPJ; one that is not filed yet says so and has no code."""
    held = {name: f"Rp{grouped(sums.closing)}" for name, sums in one.sums.items()}
    return {
        "title": "Laporan Pertanggungjawaban Bendahara Pengeluaran",
        **_head(unit, year, one, filed),
        "text": [
            f"Menurut buku, kas pada akhir bulan {held['held']}: di bank {held['bank']} dan tunai "
            f"{held['cash']}; terdiri atas UP/TUP {held['imprest']}, pajak yang belum disetor "
            f"{held['tax']} dan LS bendahara yang belum diserahkan {held['direct']}.",
            "Saldo bank dan tunai dibandingkan bendahara dengan rekening koran dan hitungan kas.",
        ],
        "tables": [_sums(one), *([_late(one)] if one.late else [])],
        "seal": seal(code_in_force(ACCOUNT, filed.pk)) if filed else None,
    }


def book_pdf(unit: SpendingUnit, year: int, one: Month, filed: FiledMonth | None) -> bytes:
    return typeset(TEMPLATE, book_values(unit, year, one, filed))


def book_values(
    unit: SpendingUnit, year: int, one: Month, filed: FiledMonth | None
) -> dict[str, Any]:
    """Texts and the table of the month's book, row by row with what is left after each."""
    sums = one.sums
    closing = {name: f"Rp{grouped(of.closing)}" for name, of in sums.items()}
    return {
        "title": "Buku Kas Umum Bendahara Pengeluaran",
        "flipped": True,
        **_head(unit, year, one, filed),
        "text": [],
        "tables": [_book(one)],
        "sums": [
            ["Saldo akhir bulan", f"{closing['held']}: bank {closing['bank']}, tunai "
             f"{closing['cash']}"],
            ["Terdiri atas", f"UP/TUP {closing['imprest']}, pajak {closing['tax']}, LS bendahara "
             f"{closing['direct']}"],
        ],
        "seal": None,
    }  # fmt: skip


def _head(unit: SpendingUnit, year: int, one: Month, filed: FiledMonth | None) -> dict[str, Any]:
    end = (date(year, one.number, 1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    state = "RANCANGAN"
    if filed:
        filed_on = day(timezone.localdate(filed.at))
        state = f"dilaporkan {filed_on}, sidik jari digital {filed.digest[:16]}"
    posts = (Post.AUTHORISED_USER, Post.TREASURER)
    return {
        "number": f"{year}-{one.number:02}",
        "office": [MINISTRY, f"{unit.code} {unit.name}"],
        "about": [["Bulan", f"{MONTHS_IN_FULL[one.number - 1]} {year}"], ["Keadaan", state]],
        "sums": [],
        "signs": values_of(dated_signatures(unit.pk, end, posts)),
    }


def _book(one: Month) -> dict[str, Any]:
    held, sums = one.sums["held"], one.sums
    opening = ["", "", "Saldo awal", "", "", grouped(held.opening)]
    rows, left = [[*opening, *(grouped(sums[name].opening) for name in BOOKS)]], held.opening
    for row in one.rows:
        left += row.held
        rows.append(_book_row(row, left))
    foot = ["", "", "Jumlah dan saldo akhir", *map(grouped, (held.received, held.spent, left))]
    return {
        "title": "",
        "widths": ["20mm", "1fr", "1fr", *["21mm"] * 8],
        "right": list(range(3, len(HEADS))),
        "heads": list(HEADS),
        "rows": rows,
        "foot": [*foot, *(grouped(sums[name].closing) for name in BOOKS)],
    }


def _book_row(row: BookRow, left: int) -> list[str]:
    moved = (max(row.held, 0), max(-row.held, 0))
    return [
        day(row.day), row.document, row.words, *(grouped(one) if one else "" for one in moved),
        grouped(left), *(_moved(getattr(row, name)) for name in BOOKS),
    ]  # fmt: skip


def _moved(rupiah: int) -> str:
    """Return what a row adds to a sub-book: `-1.000` of what leaves it, nothing of nothing."""
    return grouped(rupiah) if rupiah else ""


def _sums(one: Month) -> dict[str, Any]:
    rows = [
        [NAMES_INDONESIAN[name], *map(grouped, (s.opening, s.received, s.spent, s.closing))]
        for name, s in one.sums.items()
    ]
    return {
        "title": "", "widths": ["1fr", "31mm", "31mm", "31mm", "31mm"], "right": [1, 2, 3, 4],
        "heads": ["Buku", "Saldo awal", "Masuk", "Keluar", "Saldo akhir"], "rows": rows, "foot": [],
    }  # fmt: skip


def _late(one: Month) -> dict[str, Any]:
    return {
        "title": "Diketahui setelah bulannya dilaporkan", "widths": ["24mm", "1fr", "1fr", "34mm"],
        "right": [3], "heads": ["Tanggal", "Dokumen", "Uraian", "Jumlah (Rp)"],
        "rows": [[day(row.day), row.document, row.words, grouped(row.held)] for row in one.late],
        "foot": [],
    }  # fmt: skip


def workbook(unit: SpendingUnit, year: int, one: Month, filed: FiledMonth | None) -> bytes:
    """Return the month's book; balances are formulas, texts are texts."""
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, OPTIONS) as file:
        money = file.add_format(RUPIAH)
        sheet = file.add_worksheet(f"BKU {one.number:02}")
        title = f"Buku Kas Umum {unit.code} {unit.name}, {MONTHS_IN_FULL[one.number - 1]} {year}"
        state = "dilaporkan" if filed else "belum dilaporkan"
        sheet.write_string(0, 0, f"{title} ({state})")
        sheet.write_string(1, 0, FORM_NOTE)
        for column, head in enumerate(HEADS):
            sheet.write_string(3, column, head, file.add_format(HEAD))
            sheet.set_column(column, column, 34 if column in (1, 2) else 16)
        sheet.write_string(4, 2, "Saldo awal")
        sheet.write_number(4, 5, one.sums["held"].opening, money)
        for column, name in enumerate(BOOKS, start=6):
            sheet.write_number(4, column, one.sums[name].opening, money)
        held = one.sums["held"].opening
        for number, row in enumerate(one.rows, start=5):
            held += row.held
            _write(sheet, number, row, held, money)
        bold = file.add_format(RUPIAH | {"bold": True})
        _write_sums(sheet, 5 + len(one.rows), one, bold)
        sheet.freeze_panes(4, 2)
        set_print(sheet, title, heads=(3, 3))
    return memory.getvalue()


def _write(sheet: Any, number: int, row: Any, held: int, money: Any) -> None:
    for column, text in enumerate((day(row.day), row.document, row.words)):
        sheet.write_string(number, column, text)
    sheet.write_number(number, 3, max(row.held, 0), money)
    sheet.write_number(number, 4, max(-row.held, 0), money)
    sheet.write_formula(number, 5, f"=F{number}+D{number + 1}-E{number + 1}", money, held)
    for column, name in enumerate(BOOKS, start=6):
        sheet.write_number(number, column, getattr(row, name), money)


def _write_sums(sheet: Any, number: int, one: Month, bold: Any) -> None:
    """Add up the month below its rows: what came and went, and what each book closes with."""
    held = one.sums["held"]
    sheet.write_string(number, 2, "Jumlah dan saldo akhir", bold)
    sheet.write_formula(number, 3, f"=SUM(D5:D{number})", bold, held.received)
    sheet.write_formula(number, 4, f"=SUM(E5:E{number})", bold, held.spent)
    sheet.write_formula(number, 5, f"=F{number}", bold, held.closing)
    for column, name in enumerate(BOOKS, start=6):
        letter = xl_col_to_name(column)
        closing = one.sums[name].closing
        sheet.write_formula(number, column, f"=SUM({letter}5:{letter}{number})", bold, closing)


FORMS = {"pdf": account_pdf, "book": book_pdf, "xlsx": workbook}
