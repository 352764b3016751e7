"""The POK on paper (PDF/UA): the same sheets as its workbook."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pulih.common.money import grouped
from pulih.documents.typesetting import typeset

from ..rules.costs import Cost
from ..rules.pok_tree import PokRow
from .pok import PokSheet, code_words
from .signing import open_signature
from .words import STAR_NOTE, volume_words

TEMPLATE = Path(__file__).with_name("pok.typ")


def pok_paper(sheets: Iterable[PokSheet]) -> bytes:
    """Return all sheets as one PDF."""
    values = {"title": "Petunjuk Operasional Kegiatan", "sheets": [_sheet(one) for one in sheets]}
    return typeset(TEMPLATE, values)


def _sheet(sheet: PokSheet) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "head": [list(pair) for pair in sheet.head],
        "about": [*sheet.about, *([STAR_NOTE] if _is_blocked(sheet) else [])],
        "rows": [_row(row, sheet) for row in sheet.rows],
        "total": grouped(sheet.total),
        "signature": open_signature(sheet.signs).values(),
    }


def _is_blocked(sheet: PokSheet) -> bool:
    return any(row.line is not None and row.line.remark for row in sheet.rows)


def _row(row: PokRow, sheet: PokSheet) -> dict[str, str]:
    item, line = row.item, row.line
    cost = Cost(item.amount or 0, item.volume, item.unit, item.unit_cost) if item else None
    is_account = row.level == "account" and line is not None
    return {
        "level": row.level,
        "code": "" if item else code_words(row, sheet.fiscal_year),
        "words": item.text if item else line.words if line else sheet.names.get(row.code, ""),
        "volume": volume_words(cost),
        "cost": grouped(item.unit_cost) if item and item.unit_cost is not None else "",
        "amount": "" if row.amount is None else grouped(row.amount),
        "fund": f"{line.fund_source}{' *' if line.remark else ''}" if is_account and line else "",
        "remark": line.remark if is_account and line else "",
    }
