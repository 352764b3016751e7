"""A report as a workbook: one sheet a page, numbers as numbers, the unit under every head."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from pulih.documents.workbooks import (
    GROUP,
    HEAD,
    LINE,
    NOTE,
    OPTIONS,
    TITLE,
    TOTAL,
    Cells,
    cell_formats,
    set_print,
)  # fmt: skip

from ..rules.document import Cell, Column, Document, Page, Row, Table, Words, percent, written
from ..rules.facts import QuarterFacts
from .signing import signature

ROWS = {"line": LINE, "group": GROUP, "total": TOTAL}
MONEY = ("thousand", "rupiah")
LINE_POINTS = 15  # Points that a line of text is high.
FEWEST_COLUMNS = 6  # Words run over so many columns where a page has no wider table.


@dataclass(frozen=True)
class Styles:
    """The formats of a workbook, by what they say."""

    title: Any
    note: Any
    part: Any
    head: Any
    words: Any
    cells: Cells

    @classmethod
    def of(cls, book: Any) -> "Styles":
        return cls(
            book.add_format(TITLE),
            book.add_format(NOTE),
            book.add_format({"bold": True, "font_size": 11}),
            book.add_format({**HEAD, "align": "center"}),
            book.add_format({"text_wrap": True, "valign": "top"}),
            cell_formats(book, ROWS, has_edges=True),
        )


def workbook(
    document: Document, every: tuple[QuarterFacts, ...], day: date | None = None, mark: str = ""
) -> bytes:
    """Return the report; the same values always make the same bytes.

    day: of signing. mark: stands at the foot of every page that is printed.
    """
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, OPTIONS) as book:
        styles = Styles.of(book)
        made = datetime.combine(day or every[0].day, time())
        book.set_properties(
            {"title": document.title, "subject": document.form, "comments": document.note.id,
             "author": "Pulih", "created": made}
        )  # fmt: skip
        taken: set[str] = set()
        for page in document.pages:
            sheet = book.add_worksheet(_sheet_name(page, taken))
            foot = " · ".join(text for text in (document.title, mark) if text)
            set_print(sheet, foot)
            _draw(sheet, page, styles, _signed(page, every, day))
    return memory.getvalue()


def _signed(page: Page, every: tuple[QuarterFacts, ...], day: date | None) -> list[str]:
    return signature(page, every, day).lines()


def _sheet_name(page: Page, taken: set[str]) -> str:
    """Return a lawful and single name of at most 31 letters."""
    words = re.sub(r"[\[\]:*?/\\']", " ", page.sheet or page.title.split(":")[0])
    name, number = " ".join(words.split())[:28].strip(), 2
    while name.lower() in taken:
        name, number = f"{words[:26].strip()} {number}", number + 1
    taken.add(name.lower())
    return name


def _draw(sheet: Any, page: Page, styles: Styles, signed: list[str]) -> None:
    tables = [part for part in page.parts if isinstance(part, Table)]
    widths = _widths(tables)
    _set_page(sheet, widths)
    sheet.write_string(0, 0, page.title, styles.title)
    sheet.write_string(1, 0, page.subtitle, styles.note)
    row = 2
    if page.opening:
        row += 1
        sheet.write_string(row, 0, page.opening, styles.part)
    for label, value in page.general:
        row += 1
        sheet.write_string(row, 0, f"{label}: {value}")
    for part in page.parts:
        row += 2
        if part.title:
            sheet.write_string(row, 0, part.title, styles.part)
            row += 1
        if isinstance(part, Table):
            if part is page.parts[0]:  # The form itself: its heads stand on every sheet of paper.
                sheet.repeat_rows(row, row + len(_head_rows(part)) - 1)
            row = _table(sheet, row, part, spans(part, widths), styles)
        else:
            row = _words(sheet, row, part, widths, styles)
    for text in ("", "", *signed):
        row += 1
        sheet.write_string(row, max(0, len(widths) - 4), text)


def _widths(tables: list[Table]) -> list[int]:
    """Return the widths of the sheet's columns: those of its widest table."""
    widest = max(tables, key=lambda table: len(table.columns), default=None)
    columns = widest.columns if widest else ()
    widths = [max(9, column.width) for column in columns]
    return widths + [18] * (FEWEST_COLUMNS - len(widths))


class Place(NamedTuple):
    """The first and last sheet column of a table's column, and their width in letters."""

    start: int
    end: int
    width: int


def spans(table: Table, widths: list[int]) -> list[Place]:
    """Return where each column of `table` stands on its sheet.

    A narrow table is spread over the sheet, so that words keep the room that they ask for.
    """
    number = len(table.columns)
    if number == len(widths) or any(column.is_number for column in table.columns):
        return [Place(place, place, widths[place]) for place in range(number)]
    wanted, whole = sum(column.width for column in table.columns), sum(widths)
    found, start, reached, asked = [], 0, 0, 0
    for place, column in enumerate(table.columns):
        asked += column.width
        end, left = start, number - place - 1
        reached += widths[start]
        while end + 1 < len(widths) - left and reached * wanted < asked * whole:
            end += 1
            reached += widths[end]
        found.append(Place(start, end, sum(widths[start : end + 1])))
        start = end + 1
    return found


def _set_page(sheet: Any, widths: list[int]) -> None:
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)


def _lines(text: str, width: int) -> int:
    """Return about how many lines a text takes in so many letters' width."""
    return 1 + len(text) * 10 // (9 * width)


def _words(sheet: Any, row: int, part: Words, widths: list[int], styles: Styles) -> int:
    for text in part.paragraphs:
        sheet.merge_range(row, 0, row, len(widths) - 1, "", styles.words)
        sheet.write_string(row, 0, text, styles.words)
        sheet.set_row(row, LINE_POINTS * _lines(text, sum(widths)))
        row += 1
    return row


def _table(sheet: Any, row: int, table: Table, places: list[Place], styles: Styles) -> int:
    top = row = _heads(sheet, row, table, places, styles)
    for at, one in enumerate(table.rows):
        _row(sheet, row, one, table.columns, places, styles)
        for column, place in enumerate(places):
            span, where = summed(table, at, column), place.start
            if span is None:
                continue
            formula = f"=SUBTOTAL(9,{_cells(top + span.start, top + span.stop - 1, where)})"
            style = styles.cells[one.level, _kind(one.cells[column], table.columns[column])]
            sheet.write_formula(row, where, formula, style, one.cells[column])
        row += 1
    if not table.rows:
        sheet.write_string(row, 0, table.when_empty)
        row += 1
    return row


def summed(table: Table, at: int, column: int) -> range | None:
    """Return the rows that a cell of money is the sum of; None where it is no sum.

    A group stands above what it sums, a total below; sums within sums count once.
    """
    rows, level = table.rows, table.rows[at].level
    if level == "line" or table.columns[column].kind not in MONEY:
        return None
    ends = (n for n in range(at + 1, len(rows)) if rows[n].level != "line")
    span = range(at + 1, next(ends, len(rows))) if level == "group" else range(at)
    cells = [rows[n].cells[column] for n in span if summed(table, n, column) is None]
    numbers = [cell for cell in cells if isinstance(cell, int)]
    return span if numbers and sum(numbers) == rows[at].cells[column] else None


def _cells(first: int, last: int, column: int) -> str:
    return f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(last, column)}"


def _head_rows(table: Table) -> list[str]:
    """Return which rows of heads a table has, from above."""
    asked = {"upper": True, "lower": table.has_groups, "numbers": table.has_numbers}
    return [name for name, is_there in asked.items() if is_there]


def _heads(sheet: Any, row: int, table: Table, places: list[Place], styles: Styles) -> int:
    below, place = int(table.has_groups), 0
    for head in table.upper():
        where = Place(places[place].start, places[place + head.width - 1].end, places[place].width)
        if head.column:
            _put(sheet, row, where, _titled(head.column), styles.head, below)
        else:
            _put(sheet, row, where, head.group, styles.head)
        place += head.width
    for where, column in zip(places, table.columns, strict=True):
        if column.group:
            _put(sheet, row + 1, where, _titled(column), styles.head)
    row += below
    sheet.set_row(row, LINE_POINTS * (4 if table.has_groups else 2))
    row += 1
    if table.has_numbers:
        for where, column in zip(places, table.columns, strict=True):
            _put(sheet, row, where, column.number, styles.head)
        row += 1
    return row


def _titled(column: Column) -> str:
    return f"{column.head}\n({column.unit})" if column.unit else column.head


def _put(sheet: Any, row: int, where: Place, text: str, style: Any, below: int = 0) -> None:
    """Write a text into a place, and into so many rows below it."""
    if below or where.end > where.start:
        sheet.merge_range(row, where.start, row + below, where.end, "", style)
    sheet.write_string(row, where.start, text, style)


def _row(
    sheet: Any, row: int, one: Row, columns: tuple[Column, ...], places: list[Place], styles: Styles
) -> None:
    lines = 1
    for where, cell, column in zip(places, one.cells, columns, strict=True):
        style = styles.cells[one.level, _kind(cell, column)]
        if isinstance(cell, str) or cell is None:
            text = written(cell, column.kind, one.level)
            _put(sheet, row, where, text, style)
            lines = max(lines, _lines(text, where.width))
        else:
            _number(sheet, row, where.start, cell, column, style)
    sheet.set_row(row, LINE_POINTS * lines)


def _kind(cell: Cell, column: Column) -> str:
    """Return what format a cell asks for; a whole volume has no decimals to show."""
    if column.kind == "volume" and isinstance(cell, int | Decimal) and cell == int(cell):
        return "whole"
    return column.kind if column.is_number else "text"


def _number(sheet: Any, row: int, place: int, cell: Cell, column: Column, style: Any) -> None:
    is_percent = column.kind in ("percent", "points")
    sheet.write_number(
        row, place, float(percent(Decimal(str(cell)))) if is_percent else cell, style
    )
