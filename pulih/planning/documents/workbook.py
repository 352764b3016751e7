"""The matrix as a workbook: a sheet with the sums, and one for each spending unit."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter

from ..rules.matrix import MatrixRow
from .matrices import Book, UnitMatrix

HEADS = ("Kode", "Uraian", "Semula (Rp)", "Menjadi (Rp)", "Tambah/kurang (Rp)", "Keterangan")
WIDTHS = (26, 52, 20, 20, 20, 14)
LEVEL_WORDS = {"activity": "Kegiatan", "output": "Output", "component": "Komponen"}
SUM_HEADS = (
    "Kode satker", "Satuan kerja", "Provinsi", "Semula (Rp)", "Menjadi (Rp)",
    "Tambah/kurang (Rp)", "Baris berubah",
)  # fmt: skip
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


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


Look = dict[str, Any]


@dataclass(frozen=True)
class Styles:
    """The formats of a workbook, by what they say."""

    title: Any
    note: Any
    head: Any
    text: dict[str, Any]
    money: dict[str, Any]

    @classmethod
    def of(cls, file: Any) -> "Styles":
        bold: Look = {"bold": True, "bg_color": "#F2F5FB"}
        looks: dict[str, Look] = {
            "sum": bold | {"top": 1},
            "activity": bold,
            "output": {"bold": True},
        }
        looks |= {"component": {"italic": True}, "line": {}}
        whole: Look = {"num_format": "#,##0;[Red]-#,##0;0"}
        wrapped: Look = {"text_wrap": True, "valign": "top"}
        return cls(
            title=file.add_format({"bold": True, "font_size": 14}),
            note=file.add_format({"font_color": "#464E5C"}),
            head=file.add_format(
                {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}
            ),
            text={name: file.add_format(look | wrapped) for name, look in looks.items()},
            money={name: file.add_format(look | whole) for name, look in looks.items()},
        )


def _sums(sheet: Any, book: Book, styles: Styles) -> None:
    top = _opening(sheet, "MATRIKS SEMULA–MENJADI: REKAPITULASI", book, styles, SUM_HEADS)
    for column, width in enumerate((14, 48, 24, 20, 20, 20, 10)):
        sheet.set_column(column, column, width)
    row = top
    for row, unit in enumerate(book.units, start=top):
        for column, text in enumerate((unit.code, unit.name, unit.province)):
            sheet.write_string(row, column, text, styles.text["line"])
        matrix = unit.matrix
        for column, amount in enumerate((matrix.before, matrix.after, matrix.change), start=3):
            sheet.write_number(row, column, amount, styles.money["line"])
        sheet.write_number(row, 6, matrix.changed, styles.money["line"])
    end = row + 1 if book.units else top
    _sum_row(sheet, end, top, book, styles)


def _sum_row(sheet: Any, end: int, top: int, book: Book, styles: Styles) -> None:
    sheet.write_string(end, 0, "Jumlah", styles.text["sum"])
    for column in (1, 2):
        sheet.write_blank(end, column, None, styles.text["sum"])
    values = (book.before, book.after, book.after - book.before, book.changed)
    for column, amount in enumerate(values, start=3):
        letter = "ABCDEFG"[column]
        formula = f"=SUM({letter}{top + 1}:{letter}{end})" if end > top else "=0"
        sheet.write_formula(end, column, formula, styles.money["sum"], amount)


def _unit(sheet: Any, unit: UnitMatrix, book: Book, styles: Styles) -> None:
    top = _opening(sheet, f"MATRIKS SEMULA–MENJADI: {unit.name}", book, styles, HEADS, unit)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    row = top - 1
    for row, line in enumerate(unit.matrix.rows, start=top):
        _row(sheet, row, line, styles)
    matrix = unit.matrix
    sheet.write_string(row + 1, 0, "Jumlah", styles.text["sum"])
    sheet.write_string(row + 1, 1, unit.name, styles.text["sum"])
    for column, amount in enumerate((matrix.before, matrix.after, matrix.change), start=2):
        sheet.write_number(row + 1, column, amount, styles.money["sum"])
    sheet.write_blank(row + 1, 5, None, styles.text["sum"])
    _signature(sheet, row + 4, unit)


def _opening(
    sheet: Any, title: str, book: Book, styles: Styles, heads: tuple[str, ...], unit: Any = None
) -> int:
    """Write the head of a sheet and set its page; return the row where the table begins."""
    about = book.about()
    if unit is not None:
        about.insert(0, f"Satuan kerja {unit.code} · Provinsi {unit.province}")
    sheet.write_string(0, 0, title, styles.title)
    for row, text in enumerate(about, start=1):
        sheet.write_string(row, 0, text, styles.note)
    top = len(about) + 2
    for column, head in enumerate(heads):
        sheet.write_string(top, column, head, styles.head)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&8" + book.title.replace("&", "&&") + "&R&8Halaman &P dari &N")
    return top + 1


def _row(sheet: Any, row: int, line: MatrixRow, styles: Styles) -> None:
    text, money = styles.text[line.level], styles.money[line.level]
    sheet.write_string(row, 0, code_words(line), text)
    sheet.write_string(row, 1, line.detail, text)
    for column, amount in enumerate((line.before, line.after, line.change), start=2):
        sheet.write_number(row, column, amount, money)
    sheet.write_string(row, 5, remark(line), text)


def code_words(line: MatrixRow) -> str:
    """Return a row's code, after what kind of heading it is."""
    word = LEVEL_WORDS.get(line.level)
    return f"{word} {line.code}" if word else line.code


def remark(line: MatrixRow) -> str:
    """Return what the last column says of a line."""
    if line.level != "line":
        return ""
    if line.is_new:
        return "baru"
    return "berubah" if line.change else "tetap"


def _signature(sheet: Any, row: int, unit: UnitMatrix) -> None:
    for offset, text in enumerate(
        ("....................., ..............................", "Kuasa Pengguna Anggaran,",
         "", "", "", "(......................................................)",
         "NIP. .............................................")
    ):  # fmt: skip
        sheet.write_string(row + offset, 3, text)
