"""The matrix on paper: PDF/UA, so that a screen reader reads its tables."""

import json
from pathlib import Path
from typing import Any

import typst

from pulih.common.money import grouped

from .matrices import Book, UnitMatrix
from .workbook import code_words, remark

TEMPLATE = Path(__file__).with_name("matrix.typ")


def paper(book: Book) -> bytes:
    """Return the matrices as one PDF; of all units it begins with their sums."""
    values = json.dumps(_values(book), ensure_ascii=False)
    made: bytes = typst.compile(
        str(TEMPLATE), format="pdf", sys_inputs={"book": values}, pdf_standards=["ua-1"]
    )
    return made


def _values(book: Book) -> dict[str, Any]:
    return {
        "title": book.title,
        "about": book.about(),
        "before": grouped(book.before),
        "after": grouped(book.after),
        "change": grouped(book.after - book.before),
        "changed": grouped(book.changed),
        "units": [_unit(unit) for unit in book.units],
    }


def _unit(unit: UnitMatrix) -> dict[str, Any]:
    matrix = unit.matrix
    return {
        "code": unit.code,
        "name": unit.name,
        "province": unit.province,
        "before": grouped(matrix.before),
        "after": grouped(matrix.after),
        "change": grouped(matrix.change),
        "changed": grouped(matrix.changed),
        "rows": [
            {
                "level": row.level,
                "code": code_words(row),
                "detail": row.detail,
                "before": grouped(row.before),
                "after": grouped(row.after),
                "change": grouped(row.change),
                "remark": remark(row),
            }
            for row in matrix.rows
        ],
    }
