"""The POK as a workbook that the importer reads back to the same lines.

Codes nest in one column, as treasury applications print them; what differs from line to line (fund
source, programme, measure) stands beside the lines themselves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter

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
from pulih.intake.nested import place_code

from ..rules.pok_tree import HEADINGS, PokLine, PokRow
from .pok import PokSheet
from .signing import open_signature
from .words import LEVEL_WORDS, LEVEL_WORDS_FROM_2021

HEADS = (
    "Kode", "Uraian", "Volume", "Satuan", "Harga Satuan", "Pagu", "Sumber Dana", "Program",
    "Langkah", "Keterangan",
)  # fmt: skip
WIDTHS = (18, 52, 10, 12, 16, 18, 12, 12, 22, 28)
CEILING = HEADS.index("Pagu")
DEPTH = {level: depth for depth, level in enumerate((*HEADINGS, "account", "item"))}
ROWS: dict[str, Look] = dict.fromkeys(DEPTH, LINE)
ROWS |= {"sum": TOTAL, "programme": GROUP, "activity": GROUP, "output": HEADING}
ROWS |= {"suboutput": HEADING, "component": PART, "subcomponent": PART}
ROWS |= {"item": {**DETAIL, "indent": 1}}
DEEPEST = 7  # Outlines of a spreadsheet go no deeper.


@dataclass(frozen=True)
class Styles:
    """The formats of a workbook, by what they say."""

    title: Any
    note: Any
    head: Any
    cells: Cells


def pok_workbook(sheets: Iterable[PokSheet]) -> bytes:
    """Return a workbook with a sheet for each; text stays text, so that none runs as a formula.

    Sums are formulas over the rows below them, with their values beside them for who only reads.
    """
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, OPTIONS) as file:
        file.set_properties({"title": "Petunjuk Operasional Kegiatan"})
        styles = _styles(file)
        for one in sheets:
            _write(file.add_worksheet(one.name), one, styles)
        if not file.worksheets():
            file.add_worksheet("POK").write_string(0, 0, "Tidak ada baris POK pada hari itu.")
    return memory.getvalue()


def _write(sheet: Any, one: PokSheet, styles: Styles) -> None:
    top = _opening(sheet, one, styles)
    rows = list(one.rows)
    for place, (printed, below) in enumerate(zip(rows, rows_below(rows), strict=True)):
        row = top + 1 + place
        _row(sheet, row, printed, one.fiscal_year, styles)
        if formula := _formula(printed, row, below):
            style = styles.cells[printed.level, "rupiah"]
            sheet.write_formula(row, CEILING, formula, style, printed.amount)
    end = top + len(rows)
    whole = f"=SUBTOTAL(9,F{top + 2}:F{end + 1})" if _lowest(rows) == one.total else ""
    _total(sheet, end + 1, one, styles, whole)
    _signature(sheet, end + 4, one)


def rows_below(rows: Sequence[PokRow]) -> list[int]:
    """Return how many rows below each it sums: none where they do not come to its amount."""
    depths = [DEPTH[row.level] for row in rows]
    found = []
    for place, row in enumerate(rows):
        end = next(
            (at for at in range(place + 1, len(rows)) if depths[at] <= depths[place]), len(rows)
        )
        is_summed = end > place + 1 and _lowest(rows[place + 1 : end]) == row.amount
        found.append(end - place - 1 if is_summed else 0)
    return found


def _lowest(rows: Sequence[PokRow]) -> int:
    """Add up the rows that have none below them."""
    depths = [*(DEPTH[row.level] for row in rows), 0]
    return sum(row.amount or 0 for at, row in enumerate(rows) if depths[at + 1] <= depths[at])


def _formula(row: PokRow, at: int, below: int) -> str:
    """Return the sum of the rows below, or volume by unit cost; sums within sums count once."""
    if below:
        return f"=SUBTOTAL(9,F{at + 2}:F{at + 1 + below})"
    item = row.item
    if item and item.volume and item.unit_cost and item.volume * item.unit_cost == row.amount:
        return f"=C{at + 1}*E{at + 1}"
    return ""


def _opening(sheet: Any, one: PokSheet, styles: Styles) -> int:
    """Write what stands above the table and set the page; return the row of the headings."""
    sheet.write_string(0, 0, one.title, styles.title)
    told = [(f"{label}: {value}", None) for label, value in one.head]
    told += [(text, styles.note) for text in one.about]
    for row, (text, style) in enumerate(told, start=1):
        sheet.write_string(row, 0, text, style)
    top = len(told) + 2
    for column, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
        sheet.write_string(top, column, head, styles.head)
        sheet.set_column(column, column, width)
    sheet.freeze_panes(top + 1, 2)
    sheet.outline_settings(True, False, True, False)  # A heading stands above what it sums.
    set_print(sheet, one.name, heads=(top, top))
    return top


def _row(sheet: Any, at: int, row: PokRow, year: int, styles: Styles) -> None:
    text, money = styles.cells[row.level, "text"], styles.cells[row.level, "rupiah"]
    sheet.set_row(at, None, None, {"level": min(DEPTH[row.level], DEEPEST)})
    sheet.write_string(at, 0, _code(row), text)
    sheet.write_string(at, 1, _words(row, year), text)
    if row.amount is not None:
        sheet.write_number(at, CEILING, row.amount, money)
    if item := row.item:
        if item.volume is not None:
            kind = "whole" if item.volume == int(item.volume) else "volume"
            sheet.write_number(at, 2, float(item.volume), styles.cells["account", kind])
        if item.unit:
            sheet.write_string(at, 3, item.unit, text)
        if item.unit_cost is not None:
            sheet.write_number(at, 4, item.unit_cost, money)
    if row.line:
        for column, value in enumerate(_beside(row.line, is_item=bool(row.item)), start=6):
            sheet.write_string(at, column, value, text)


def _code(row: PokRow) -> str:
    """Return the code as printed; a programme only where the importer would read it the same."""
    state: dict[str, str] = {}
    if row.level == "programme" and place_code(row.code, state) != "programme":
        return ""
    return row.code if row.level != "programme" or state["programme"] == row.code else ""


def _words(row: PokRow, year: int) -> str:
    if row.item:
        return row.item.text
    if row.line:
        return row.line.words
    words = LEVEL_WORDS_FROM_2021 if year > 2020 else LEVEL_WORDS
    name = words.get(row.level, "Subkomponen")
    return name if _code(row) else f"{name} {row.code}"


def _beside(line: PokLine, *, is_item: bool) -> tuple[str, ...]:
    return line.fund_source, line.programme, line.measure, "" if is_item else line.remark


def _total(sheet: Any, at: int, one: PokSheet, styles: Styles, formula: str) -> None:
    for column in range(len(HEADS)):
        sheet.write_blank(at, column, None, styles.cells["sum", "text"])
    sheet.write_string(at, 0, "JUMLAH", styles.cells["sum", "text"])
    if formula:
        sheet.write_formula(at, CEILING, formula, styles.cells["sum", "rupiah"], one.total)
    else:
        sheet.write_number(at, CEILING, one.total, styles.cells["sum", "rupiah"])


def _signature(sheet: Any, at: int, one: PokSheet) -> None:
    for offset, text in enumerate(open_signature(one.signs).lines()):
        sheet.write_string(at + offset, CEILING, text)


def _styles(file: Any) -> Styles:
    return Styles(
        file.add_format(TITLE), file.add_format(NOTE), file.add_format(HEAD),
        cell_formats(file, ROWS),
    )  # fmt: skip
