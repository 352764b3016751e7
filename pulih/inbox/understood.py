"""How the sheets of a file were understood: kept small with the batch, and drawn on its page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pulih.common.identity_numbers import PERSONAL

from . import pieces
from .models import ImportBatch

NOT_ANSWERED = "?"
SURE = 0.9
TO_CHECK = "warn"
# Twelve figures or more, however they are parted; those of a telephone stay whole as elsewhere.
SPACED_NUMBER = re.compile(r"\d(?:[ .'’\-]?\d){11,}")
LONGEST_PHONE = 15


@dataclass(frozen=True)
class Sureness:
    """How sure the reader was, in words, with the look of the words."""

    words: str
    tone: str
    icon: str


@dataclass(frozen=True)
class Column:
    """A column of the sheet and what it became. letter: where it stands.

    asks: it is to be checked, and nothing counts as its answer until one is chosen.
    may_answer: it is the one place of the page to say what this heading means.
    """

    letter: str
    heading: str
    column: str
    title: str
    sureness: Sureness | None
    asks: bool
    may_answer: bool
    instead: list[tuple[str, str]]
    example: str
    filled: float


@dataclass(frozen=True)
class Cell:
    text: str
    span: int
    edges: str  # Classes of the table's outline where the cell lies at its edge.


@dataclass(frozen=True)
class SheetLine:
    row: int
    what: str
    is_after_gap: bool
    cells: list[Cell]


@dataclass(frozen=True)
class Table:
    """A table as it was found. about: as kept with the batch."""

    about: dict[str, Any]
    sureness: Sureness | None
    lines: list[SheetLine]
    columns: list[Column]

    @property
    def asked(self) -> int:
        """Return how many of its columns are to be checked."""
        return sum(column.asks and column.may_answer for column in self.columns)

    @property
    def is_unsure(self) -> bool:
        """Say whether a person is to look whether it lies where it was found."""
        return self.sureness is not None and self.sureness.tone == TO_CHECK

    @property
    def goes_on(self) -> bool:
        """Say whether there are more rows than are drawn."""
        return bool(self.lines) and _goes_on(self.about)


def kept(table: dict[str, Any]) -> dict[str, Any]:
    """Return the drawing of a table as it may be kept: the numbers of persons cut."""
    rows = [{**row, "cells": [_kept_cell(one) for one in row["cells"]]} for row in table["rows"]]
    columns = [_kept_column(one) for one in table["columns"]]
    return {**table, "rows": rows, "columns": columns}


def _kept_column(one: dict[str, Any]) -> dict[str, Any]:
    """Cut an example, and a heading that is none but somebody's number: nobody answers for it."""
    heading = _cut("", one["heading"])
    return {
        **one,
        "heading": heading,
        "has_heading": one["has_heading"] and heading == one["heading"],
        "example": _cut(one["column"] or "", one["example"]),
    }


def _kept_cell(cell: dict[str, Any]) -> list[Any]:
    return [_cut(cell["column"] or "", cell["text"]), cell["span"]]


def _cut(name: str, text: str) -> str:
    """Cut what may be a person's number; the cells of such a column hold nothing else."""
    if name in PERSONAL:
        figures = re.sub(r"\D", "", text)
        return pieces.shown(name, figures if len(figures) == 16 else text)
    return SPACED_NUMBER.sub(lambda found: _cut_number(name, found[0]), text)


def _cut_number(name: str, text: str) -> str:
    figures = re.sub(r"\D", "", text)
    is_phone = name == "phone" and len(figures) <= LONGEST_PHONE
    return text if is_phone else pieces.cut(figures)


def tables(batch: ImportBatch, language: str) -> list[Table]:
    """Return the tables of a batch as far as they were kept, columns to be checked first."""
    below = float(batch.layout.get("ask_below", 0))
    found = batch.layout.get("tables") or list(_only_headings(batch))
    places = _places_to_answer(found)
    drawn = []
    for number, about in enumerate(found):
        columns = [
            _column(batch, one, (number, at) in places, below, language)
            for at, one in enumerate(about["columns"])
        ]
        columns.sort(key=lambda column: not column.asks)
        drawn.append(Table(about, _sureness(about["sure"], below), list(_lines(about)), columns))
    return drawn


def answers(batch: ImportBatch, headings: list[str], columns: list[str]) -> dict[str, str]:
    """Return what an office said again: the column of each heading that it changed or confirmed."""
    asked = {
        one.heading: one for table in tables(batch, "en") for one in table.columns if one.may_answer
    }
    said = {
        heading: column
        for heading, column in zip(headings, columns, strict=False)
        if heading in asked and column != NOT_ANSWERED
    }
    return {
        heading: column
        for heading, column in said.items()
        if asked[heading].asks or asked[heading].column != column
    }


def _only_headings(batch: ImportBatch) -> Iterator[dict[str, Any]]:
    """Return the tables of a batch that was read before drawings were kept."""
    for sheet, headings in batch.layout.get("headings", {}).items():
        columns = [
            {
                **{"letter": "", "heading": heading, "has_heading": True, "column": column},
                **{"sure": None, "instead": [], "example": "", "filled": None},
            }
            for heading, column in headings
        ]
        yield {"sheet": sheet, "sure": None, "rows": [], "columns": columns}


def _places_to_answer(found: list[dict[str, Any]]) -> set[tuple[int, int]]:
    """Return for each heading the one place to say what it means: where it is least sure."""
    best: dict[str, tuple[float, int, int]] = {}
    for number, table in enumerate(found):
        for at, one in enumerate(table["columns"]):
            if one["has_heading"]:
                sure = 1.0 if one["sure"] is None else one["sure"]
                place = (sure, number, at)
                best[one["heading"]] = min(best.get(one["heading"], place), place)
    return {(number, at) for _sure, number, at in best.values()}


def _column(
    batch: ImportBatch, one: dict[str, Any], may_answer: bool, below: float, language: str
) -> Column:
    name = one["column"] or ""
    return Column(
        letter=one["letter"],
        heading=one["heading"],
        column=name,
        title=pieces.column_title(batch.kind, name, language) if name else "",
        sureness=_sureness(one["sure"], below),
        asks=one["sure"] is not None and one["sure"] < below,
        may_answer=may_answer,
        instead=[
            (other, pieces.column_title(batch.kind, other, language)) for other in one["instead"]
        ],
        example=one["example"],
        filled=one["filled"],
    )


def _sureness(sure: float | None, below: float) -> Sureness | None:
    if sure is None:
        return None
    if sure >= max(SURE, below):
        return Sureness(_("sure"), "good", "circle-check")
    if sure >= below:
        return Sureness(_("rather sure"), "", "check")
    return Sureness(_("please check"), TO_CHECK, "alert-triangle")


def _lines(about: dict[str, Any]) -> Iterator[SheetLine]:
    rows = about["rows"]
    inside = [place for place, row in enumerate(rows) if row["is"] != "title"]
    for place, row in enumerate(rows):
        edges = []
        if inside and place >= inside[0]:
            edges = ["of-table", *(["at-top"] if place == inside[0] else [])]
            is_end = place == inside[-1] and not _goes_on(about)
            edges += ["at-end"] if is_end else []
        is_after_gap = place > 0 and row["row"] > rows[place - 1]["row"] + 1
        yield SheetLine(row["row"], row["is"], is_after_gap, _cells(about, row["cells"], edges))


def _goes_on(about: dict[str, Any]) -> bool:
    """Say whether the list has more rows than are drawn; of a form its first one is drawn."""
    drawn = sum(row["is"] == "data" for row in about["rows"])
    return bool(about["height"] > (1 if about["is_form"] else drawn))


def _cells(about: dict[str, Any], cells: list[list[Any]], edges: list[str]) -> list[Cell]:
    found, at = [], 0
    for text, span in cells:
        last = at + span - 1
        own = edges if edges and about["left"] <= at and last <= about["right"] else []
        sides = [
            *(["at-left"] if own and at == about["left"] else []),
            *(["at-right"] if own and last == about["right"] and not about["is_cut"] else []),
        ]
        found.append(Cell(text, span, " ".join([*own, *sides])))
        at += span
    return found
