"""The matrix as a workbook: a sheet with the sums, and one for each spending unit."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter

from pulih.budget.documents.signing import open_signature
from pulih.budget.rules.costs import Cost
from pulih.documents.workbooks import (
    DETAIL,
    GROUP,
    HEAD,
    HEADING,
    LINE,
    NOTE,
    OPTIONS,
    PART,
    TITLE,
    TOTAL,
    Cells,
    Look,
    cell_formats,
    set_print,
)  # fmt: skip

from ..rules.matrix import MatrixRow
from .books import Book, UnitMatrix, fund_words, remark

HEADS = (
    "Kode", "Uraian", "Volume", "Satuan", "Harga satuan", "Jumlah (Rp)",
    "Volume", "Satuan", "Harga satuan", "Jumlah (Rp)", "Tambah/kurang (Rp)", "Sumber dana",
    "Diblokir (Rp)", "Keterangan",
)  # fmt: skip
WIDTHS = (24, 46, 9, 9, 14, 17, 9, 9, 14, 17, 18, 10, 17, 30)
BEFORE, AFTER, CHANGE = 5, 9, 10
ROWS: dict[str, Look] = {"sum": TOTAL, "programme": GROUP, "activity": GROUP, "output": HEADING}
ROWS |= {"suboutput": HEADING, "component": PART, "line": LINE, "detail": DETAIL}
SUM_HEADS = (
    "Kode satker", "Satuan kerja", "Provinsi", "Semula (Rp)", "Menjadi (Rp)",
    "Tambah/kurang (Rp)", "Baris berubah",
)  # fmt: skip


def workbook(book: Book) -> bytes:
    """Return the workbook; text is written as text, so that no formula ever runs."""
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, OPTIONS) as file:
        styles = Styles.of(file)
        file.set_properties({"title": "Matriks Semula–Menjadi", "subject": book.title})
        _sums(file.add_worksheet("Rekap"), book, styles)
        for name, unit in sheet_names(book):
            _unit(file.add_worksheet(name), unit, book, styles)
    return memory.getvalue()


def sheet_names(book: Book) -> list[tuple[str, UnitMatrix]]:
    """Return a lawful and single name for each unit's sheet: at most 31 letters."""
    taken: set[str] = {"rekap"}
    named = []
    for number, unit in enumerate(book.units, start=1):
        name = re.sub(r"[\[\]:*?/\\']", " ", f"{unit.code} {unit.province}")[:31].strip()
        if name.lower() in taken:
            name = f"{name[:26]} {number}"
        taken.add(name.lower())
        named.append((name, unit))
    return named


@dataclass(frozen=True)
class Styles:
    """The formats of a workbook, by what they say."""

    title: Any
    note: Any
    head: Any
    group: Any
    cells: Cells

    @classmethod
    def of(cls, file: Any) -> "Styles":
        return cls(
            title=file.add_format(TITLE),
            note=file.add_format(NOTE),
            head=file.add_format(HEAD),
            group=file.add_format({**HEAD, "align": "center"}),
            cells=cell_formats(file, ROWS),
        )


def _sums(sheet: Any, book: Book, styles: Styles) -> None:
    top = _opening(sheet, "MATRIKS SEMULA–MENJADI: REKAPITULASI", book, styles, SUM_HEADS)
    for column, width in enumerate((14, 48, 24, 20, 20, 20, 10)):
        sheet.set_column(column, column, width)
    row = top
    for row, unit in enumerate(book.units, start=top):
        for column, text in enumerate((unit.code, unit.name, unit.province)):
            sheet.write_string(row, column, text, styles.cells["line", "text"])
        matrix = unit.matrix
        for column, amount in enumerate((matrix.before, matrix.after, matrix.change), start=3):
            sheet.write_number(row, column, amount, styles.cells["line", "rupiah"])
        sheet.write_number(row, 6, matrix.changed, styles.cells["line", "rupiah"])
    end = row + 1 if book.units else top
    _sum_row(sheet, end, top, book, styles)


def _sum_row(sheet: Any, end: int, top: int, book: Book, styles: Styles) -> None:
    sheet.write_string(end, 0, "Jumlah", styles.cells["sum", "text"])
    for column in (1, 2):
        sheet.write_blank(end, column, None, styles.cells["sum", "text"])
    values = (book.before, book.after, book.after - book.before, book.changed)
    for column, amount in enumerate(values, start=3):
        letter = "ABCDEFG"[column]
        formula = f"=SUM({letter}{top + 1}:{letter}{end})" if end > top else "=0"
        sheet.write_formula(end, column, formula, styles.cells["sum", "rupiah"], amount)


def _unit(sheet: Any, unit: UnitMatrix, book: Book, styles: Styles) -> None:
    top = _opening(sheet, f"MATRIKS SEMULA–MENJADI: {unit.name}", book, styles, HEADS, unit)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    for first, words in ((2, "Semula"), (6, "Menjadi")):
        sheet.merge_range(top - 2, first, top - 2, first + 3, words, styles.group)
    row = top - 1
    for row, line in enumerate(unit.matrix.rows, start=top):
        _row(sheet, row, line, book, styles)
    _unit_sum(sheet, row + 1, unit, styles)
    _signature(sheet, row + 4, unit)


def _unit_sum(sheet: Any, row: int, unit: UnitMatrix, styles: Styles) -> None:
    matrix = unit.matrix
    for column in range(len(HEADS)):
        sheet.write_blank(row, column, None, styles.cells["sum", "text"])
    sheet.write_string(row, 0, "Jumlah", styles.cells["sum", "text"])
    sheet.write_string(row, 1, unit.name, styles.cells["sum", "text"])
    amounts = {BEFORE: matrix.before, AFTER: matrix.after, CHANGE: matrix.change}
    for column, amount in amounts.items():
        sheet.write_number(row, column, amount, styles.cells["sum", "rupiah"])


def _opening(
    sheet: Any, title: str, book: Book, styles: Styles, heads: tuple[str, ...], unit: Any = None
) -> int:
    """Write the head of a sheet and set its page; return the row where the table begins."""
    sheet.write_string(0, 0, title, styles.title)
    row = 1
    for label, value in unit.head if unit else ():
        sheet.write_string(row, 0, label, styles.note)
        sheet.write_string(row, 1, value)
        row += 1
    for text in book.about:
        sheet.write_string(row, 0, text, styles.note)
        row += 1
    top = row + 2  # One row stays free for the heads of groups of columns.
    for column, head in enumerate(heads):
        sheet.write_string(top, column, head, styles.head)
    sheet.freeze_panes(top + 1, 0)
    set_print(sheet, book.title, heads=(top - 1, top))
    return top + 1


def _row(sheet: Any, row: int, line: MatrixRow, book: Book, styles: Styles) -> None:
    text, money = styles.cells[line.level, "text"], styles.cells[line.level, "rupiah"]
    sheet.write_string(row, 0, book.code_words(line), text)
    sheet.write_string(row, 1, line.words, text)
    sides = ((2, line.cost_before, line.before), (6, line.cost_after, line.after))
    for first, cost, amount in sides:
        is_there = line.level != "detail" or cost is not None
        _cost(sheet, row, first, cost, amount if is_there else None, text, money)
    sheet.write_formula(row, CHANGE, f"=J{row + 1}-F{row + 1}", money, line.change)
    sheet.write_string(row, CHANGE + 1, fund_words(line), text)
    if line.blocked:
        sheet.write_number(row, CHANGE + 2, line.blocked, money)
    else:
        sheet.write_blank(row, CHANGE + 2, None, text)
    sheet.write_string(row, CHANGE + 3, remark(line), text)


def _cost(
    sheet: Any, row: int, first: int, cost: Cost | None, amount: int | None, text: Any, money: Any
) -> None:
    """Write volume, unit, unit cost and amount; what is not said stays blank."""
    volume = float(cost.volume) if cost and cost.volume is not None else None
    values = (volume, cost.unit if cost else None, cost.unit_cost if cost else None, amount)
    for column, value in enumerate(values, start=first):
        if value is None:
            sheet.write_blank(row, column, None, text)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, text)
        else:
            sheet.write_number(row, column, value, money if isinstance(value, int) else text)


def _signature(sheet: Any, row: int, unit: UnitMatrix) -> None:
    for offset, text in enumerate(open_signature(unit.signs).lines()):
        sheet.write_string(row + offset, AFTER - 1, text)
