"""The matrix on paper: PDF/UA, so that a screen reader reads its tables."""

from pathlib import Path
from typing import Any

from pulih.budget.documents.signing import open_signature
from pulih.budget.documents.words import volume_words
from pulih.budget.rules.costs import Cost
from pulih.common.money import grouped
from pulih.documents.seals import seal
from pulih.documents.typesetting import typeset

from ..rules.matrix import MatrixRow
from .books import Book, UnitMatrix, fund_words, remark

TEMPLATE = Path(__file__).with_name("matrix.typ")


def paper(book: Book) -> bytes:
    """Return the matrices as one PDF; of all units it begins with their sums."""
    return typeset(TEMPLATE, _values(book))


def _values(book: Book) -> dict[str, Any]:
    return {
        "title": book.title,
        "about": list(book.about),
        "before": grouped(book.before),
        "after": grouped(book.after),
        "change": signed(book.change),
        "changed": grouped(book.changed),
        "units": [_unit(unit, book) for unit in book.units],
        "seal": seal(book.code),
    }


def _unit(unit: UnitMatrix, book: Book) -> dict[str, Any]:
    matrix = unit.matrix
    return {
        "code": unit.code,
        "name": unit.name,
        "province": unit.province,
        "head": [list(pair) for pair in unit.head],
        "signature": open_signature(unit.signs).values(),
        "before": grouped(matrix.before),
        "after": grouped(matrix.after),
        "change": signed(matrix.change),
        "changed": grouped(matrix.changed),
        "rows": [_row(row, book) for row in matrix.rows],
    }


def _row(row: MatrixRow, book: Book) -> dict[str, str]:
    was, becomes = row.cost_before, row.cost_after
    is_detail = row.level == "detail"
    return {
        "level": row.level,
        "code": book.code_words(row),
        "words": row.words,
        "fund": fund_words(row),
        "volume_before": volume_words(was),
        "cost_before": _cost(was),
        "before": "" if is_detail and was is None else grouped(row.before),
        "volume_after": volume_words(becomes),
        "cost_after": _cost(becomes),
        "after": "" if is_detail and becomes is None else grouped(row.after),
        "change": signed(row.change),
        "remark": remark(row),
    }


def _cost(cost: Cost | None) -> str:
    return "" if cost is None or cost.unit_cost is None else grouped(cost.unit_cost)


def signed(amount: int) -> str:
    """Return an amount with its sign: `+1.000`, `−1.000`, `0`."""
    sign = "+" if amount > 0 else "−" if amount < 0 else ""
    return sign + grouped(abs(amount))
