"""A report on paper: PDF/UA, so that a screen reader reads its tables; ready to be signed."""

from datetime import date
from pathlib import Path
from typing import Any

from pulih.documents.seals import seal
from pulih.documents.typesetting import typeset

from ..rules.document import Column, Document, Head, Page, Table, Words
from ..rules.facts import QuarterFacts
from .signing import signature

TEMPLATE = Path(__file__).with_name("report.typ")


def paper(
    document: Document,
    every: tuple[QuarterFacts, ...],
    day: date | None = None,
    mark: str = "",
    code: str = "",
) -> bytes:
    """Return the report as one PDF; the same values always make the same bytes.

    mark: stands at the foot of every page and says which filing it is, or that it is none. code:
    by which anybody can verify a filing.
    """
    return typeset(TEMPLATE, values_of(document, every, day, mark, code))


def values_of(
    document: Document,
    every: tuple[QuarterFacts, ...],
    day: date | None = None,
    mark: str = "",
    code: str = "",
) -> dict[str, Any]:
    return {
        "title": document.title,
        "note": document.note.id,
        "mark": mark,
        "seal": seal(code),
        "pages": [_page(page, every, day) for page in document.pages],
    }


def _page(page: Page, every: tuple[QuarterFacts, ...], day: date | None) -> dict[str, Any]:
    return {
        "title": page.title,
        "subtitle": page.subtitle,
        "opening": page.opening,
        "general": page.general,
        "parts": [_table(part) if isinstance(part, Table) else _words(part) for part in page.parts],
        "signature": signature(page, every, day).values(),
    }


def _words(part: Words) -> dict[str, Any]:
    return {"kind": "words", "title": part.title, "paragraphs": part.paragraphs}


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "title": table.title,
        "empty": table.when_empty,
        "upper": [_head(head) for head in table.upper()],
        "lower": [_column(column) for column in table.lower()],
        "columns": [_column(column) for column in table.columns],
        "numbers": [column.number for column in table.columns] if table.has_numbers else [],
        "rows": [
            {"level": row.level, "cells": [text for _column, text in cells]}
            for row, cells in table.written()
        ],
    }


def _head(head: Head) -> dict[str, Any]:
    one = _column(head.column) if head.column else {"head": head.group, "unit": ""}
    return {**one, "span": head.width, "is_group": head.column is None}


def _column(column: Column) -> dict[str, Any]:
    return {
        "head": column.head,
        "unit": column.unit,
        "width": column.width,
        "is_number": column.is_number,
    }
