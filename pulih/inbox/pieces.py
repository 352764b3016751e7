"""A piece of an office's sheet around a problem, as a page draws it; long numbers are cut."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pulih.common.identity_numbers import NIK_LIKE, PERSONAL, IdentityNumber, cut_in, whole_of
from pulih.intake import KINDS
from pulih.intake.cells import letters
from pulih.web import numbers
from pulih.web.masks import mask_nik

from .models import CellProblem, ImportBatch, SourceRecord

LONG_NUMBER = re.compile(r"\d{12,}")
MOST_COLUMNS = 6
NEIGHBOURS = 2
FIRST_SHOWN = ("business_name", "owner_name", "unit_code", "line_code")
TONES = {"rejected": "x", "corrected": "k", "warning": "k"}


@dataclass(frozen=True)
class Cell:
    text: str
    tone: str = ""


@dataclass(frozen=True)
class PieceLine:
    row: int
    cells: list[Cell]


@dataclass(frozen=True)
class Piece:
    """Rows of one sheet around a problem. letters, heads: of the columns shown."""

    sheet: str
    letters: list[str]
    heads: list[str]
    lines: list[PieceLine]


def cut(text: str) -> str:
    """Return a text whose long numbers, such as a NIK, are cut in the middle."""
    return LONG_NUMBER.sub(lambda found: _cut_number(found[0]), cut_in(text))


def _cut_number(number: str) -> str:
    return mask_nik(number) if len(number) == 16 else f"{number[:4]}••••{number[-4:]}"


def shown(name: str, value: Any) -> str:
    """Return a delivered value as a page may show it: the numbers of a person are cut."""
    if value is None:
        return ""
    text = whole_of(value) if isinstance(value, IdentityNumber) else str(value)
    if name in PERSONAL:
        return mask_nik(text)
    if NIK_LIKE.search(text):  # In whatever column it was typed.
        return cut_in(text)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 10_000:
        return numbers.whole(value)
    return text if name == "phone" else cut(text)


def around(batch: ImportBatch, problem: CellProblem) -> Piece | None:
    """Return the rows about a problem; None when it speaks of no row that was kept."""
    if problem.row is None:
        return None
    near = range(problem.row - NEIGHBOURS, problem.row + NEIGHBOURS + 1)
    records = list(
        SourceRecord.objects.filter(batch=batch, sheet=problem.sheet, row__in=near).order_by("row")
    )
    if not records:
        return None
    problems = CellProblem.objects.filter(batch=batch, sheet=problem.sheet, row__in=near)
    return _piece(batch, problem, records, list(problems))


def _piece(
    batch: ImportBatch,
    problem: CellProblem,
    records: Iterable[SourceRecord],
    problems: list[CellProblem],
) -> Piece:
    headings = batch.layout.get("headings", {}).get(problem.sheet or "1", [])
    names = [column or heading for heading, column in headings]
    start = _offset(problem, names)
    chosen = _chosen(names, [problem.column, *(each.column for each in problems)])
    wrong = {(each.row, each.column): each for each in reversed(problems)}
    lines = [
        PieceLine(record.row, [_cell(record, names[place], wrong) for place in chosen])
        for record in records
    ]
    return Piece(
        problem.sheet,
        [letters(place + start) for place in chosen],
        [cut_in(headings[place][0]) for place in chosen],
        lines,
    )


def _offset(problem: CellProblem, names: list[str]) -> int:
    """Return in which column of the sheet its headings begin, as the problem's cell tells."""
    found = re.match(r"([A-Z]+)\d", problem.cell)
    if not found or problem.column not in names:
        return 0
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return max(0, number - 1 - names.index(problem.column))


def _chosen(names: list[str], wrong: list[str]) -> list[int]:
    """Return which columns to show: those that name the firm, those with problems, then others."""
    first = [place for place, name in enumerate(names) if name in FIRST_SHOWN]
    bad = [names.index(name) for name in wrong if name in names]
    rest = list(range(len(names)))
    return sorted(list(dict.fromkeys([*first[:2], *bad, *rest]))[:MOST_COLUMNS])


def _cell(
    record: SourceRecord, name: str, wrong: dict[tuple[int | None, str], CellProblem]
) -> Cell:
    problem = wrong.get((record.row, name))
    if problem is None:
        return Cell(shown(name, record.values.get(name)))
    return Cell(cut(problem.value), TONES[problem.kind])


def column_title(kind: str, name: str, language: str) -> str:
    """Return what a column of intake is called on a page; its own name when intake has none."""
    if kind not in KINDS:
        return cut_in(name)
    titles = {column.name: column.title for column in KINDS[kind].columns}
    return titles[name].in_language(language) if name in titles else cut_in(name)
