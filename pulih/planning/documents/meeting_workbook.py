"""The sheet for the meeting as a workbook: one sheet for each of its tables."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from pulih.documents.workbooks import (
    HEAD,
    LINE,
    NOTE,
    OPTIONS,
    TITLE,
    TOTAL,
    Cells,
    cell_formats,
    set_print,
)

from .meeting import Meeting, Table

LONGEST_NAME = 31  # Letters that Excel takes for the name of a sheet.


def workbook(meeting: Meeting) -> bytes:
    """Return the workbook; text is written as text, so that no formula ever runs."""
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, OPTIONS) as file:
        file.set_properties({"title": "Lembar rapat", "subject": meeting.title})
        looks = {name: file.add_format(look) for name, look in LOOKS.items()}
        cells = cell_formats(file, {"line": LINE, "sum": TOTAL}, has_edges=True)
        for table in meeting.tables:
            _table(file.add_worksheet(table.title[:LONGEST_NAME]), meeting, table, looks, cells)
        _signatures(file.add_worksheet("Tanda tangan"), meeting, looks)
    return memory.getvalue()


LOOKS = {"title": TITLE, "note": NOTE, "head": HEAD}


def _table(sheet: Any, meeting: Meeting, table: Table, looks: dict[str, Any], cells: Cells) -> None:
    sheet.write_string(0, 0, f"{table.title}: {meeting.title}", looks["title"])
    top = 1
    for top, text in enumerate((*meeting.about, table.note), start=1):
        sheet.write_string(top, 0, text, looks["note"])
    top += 2
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(top, place, column.head, looks["head"])
    row = top
    for row, values in enumerate(table.rows, start=top + 1):
        _row(sheet, row, table, values, "line", cells)
    if table.total:
        _row(sheet, row + 1, table, table.total, "sum", cells)
    if not table.rows:
        sheet.write_string(top + 1, 0, table.when_empty)
    sheet.freeze_panes(top + 1, 1)
    set_print(sheet, meeting.title, heads=(top, top))


def _row(
    sheet: Any, row: int, table: Table, values: Sequence[Any], kind: str, cells: Cells
) -> None:
    for place, (column, value) in enumerate(zip(table.columns, values, strict=True)):
        look = cells[kind, column.kind]
        if value is None or value == "":
            sheet.write_blank(row, place, None, look)
        elif column.is_number:
            sheet.write_number(row, place, value, look)
        else:
            sheet.write_string(row, place, value, look)


def _signatures(sheet: Any, meeting: Meeting, looks: dict[str, Any]) -> None:
    sheet.write_string(0, 0, meeting.title, looks["title"])
    for place, signature in enumerate(meeting.signs):
        sheet.set_column(place, place, 44)
        for row, text in enumerate(signature.lines(), start=2):
            sheet.write_string(row, place, text)
    set_print(sheet, meeting.title)
