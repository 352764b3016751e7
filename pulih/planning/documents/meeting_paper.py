"""The sheet for the meeting on paper: PDF/UA, so that a screen reader reads its tables."""

from pathlib import Path
from typing import Any

from pulih.common.money import decimal, grouped
from pulih.documents.signing import values_of
from pulih.documents.typesetting import typeset

from .meeting import Column, Meeting, Table

TEMPLATE = Path(__file__).with_name("meeting.typ")


def paper(meeting: Meeting) -> bytes:
    """Return the sheet as one PDF; the same values always make the same bytes."""
    return typeset(
        TEMPLATE,
        {
            "title": meeting.title,
            "about": list(meeting.about),
            "tables": [_table(table) for table in meeting.tables],
            "signs": values_of(meeting.signs),
        },
    )


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "note": table.note,
        "empty": table.when_empty,
        "columns": [
            {"head": column.head, "width": column.width, "is_number": column.is_number}
            for column in table.columns
        ],
        "rows": [_row(table, row) for row in table.rows],
        "total": _row(table, table.total) if table.total else [],
    }


def _row(table: Table, row: Any) -> list[str]:
    return [_text(column, cell) for column, cell in zip(table.columns, row, strict=True)]


def _text(column: Column, cell: Any) -> str:
    if cell is None:
        return "–"
    if column.kind == "percent":
        return decimal(cell, 2)
    return grouped(cell) if column.is_number else str(cell)
