"""The tables of a paper as a workbook, for offices that print or go on working in a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from pulih.documents.signing import Signature
from pulih.documents.workbooks import HEAD, OPTIONS, RUPIAH, set_print

FORM_NOTE = "Tata letak disusun dari ingatan dan belum dikonfirmasi."
WIDEST = 44  # Characters of a column that takes what the others leave.


def workbook(values: dict[str, Any]) -> bytes:
    """Return the paper as one sheet: texts stay texts, so that no formula ever runs."""
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, OPTIONS) as file:
        sheet = file.add_worksheet(values["title"][:31])
        bold = file.add_format({"bold": True})
        row = 0
        for text in [*values["office"], values["title"]]:
            sheet.write_string(row, 0, text, bold)
            row += 1
        if values["number"]:
            sheet.write_string(row, 0, f"Nomor: {values['number']}")
            row += 1
        for name, text in [*values["about"], *values.get("clauses", ())]:
            sheet.write_string(row, 0, name)
            sheet.write_string(row, 2, text)
            row += 1
        for text in values["text"]:
            sheet.write_string(row, 0, text)
            row += 1
        for one in values["tables"]:
            row = _table(file, sheet, one, row + 1)
        for text in [*values["notes"], *_signs(values), *_code(values["seal"]), FORM_NOTE]:
            row += 1
            sheet.write_string(row, 0, text)
        for column, width in enumerate(_widths(values["tables"])):
            sheet.set_column(column, column, width)
        set_print(sheet, values["title"])
    return memory.getvalue()


def _table(file: Any, sheet: Any, one: dict[str, Any], row: int) -> int:
    """Write one table from `row` on; return the row below it."""
    bold = file.add_format({"bold": True})
    head = file.add_format(HEAD)
    cell = file.add_format(RUPIAH | {"border": 1, "text_wrap": True})
    last = file.add_format(RUPIAH | {"border": 1, "bold": True})
    if one["title"]:
        sheet.write_string(row, 0, one["title"], bold)
        row += 1
    for column, words in enumerate(one["heads"]):
        sheet.write_string(row, column, words, head)
    lines = [(each, cell) for each in one["rows"]] + ([(one["foot"], last)] if one["foot"] else [])
    for at, (each, look) in enumerate(lines, row + 1):
        for column, value in enumerate(each):
            if isinstance(value, int):
                sheet.write_number(at, column, value, look)
            else:
                sheet.write_string(at, column, value, look)
    return int(row + len(lines) + 1)


def _widths(tables: list[dict[str, Any]]) -> list[int]:
    """Return the width of each column in characters, as the first table wants it."""
    return [
        WIDEST if width == "1fr" else round(float(width.removesuffix("mm")) / 2) + 1
        for width in tables[0]["widths"]
    ]


def _signs(values: dict[str, Any]) -> list[str]:
    """Return who signs, a line each, with dots where nobody is known."""
    signs: Sequence[Signature] = values.get("signs", ())
    return [
        f"{one.post}: {', '.join(filter(None, (one.written_name, one.written_nip)))}"
        for one in signs
    ]


def _code(seal: dict[str, str] | None) -> list[str]:
    return [f"Kode: {seal['code']} · {seal['place']}"] if seal else []
