"""Rows of a CSV with more or fewer cells than headings: joined again where their values tell how.

A comma within an unquoted address or amount shifts all cells after it into other columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from pulih.intake.assignment import Assignment
from pulih.intake.cells import Fault, Sheet
from pulih.intake.kinds import Kind
from pulih.intake.layout import Table
from pulih.intake.readings import words
from pulih.intake.readings.reading import Reading, is_nothing
from pulih.intake.work import SheetRows

MOST_ROWS = 2_000
FEW = 2  # One row in so many may be ragged; where more are, a column has no heading.
FAILED = ("unreadable", "wrong_length", "several_choices", "range", "too_much")
GROUP = re.compile(r"\d{3}(?:\.\d{1,2})?")
FIRST_GROUP = re.compile(r"(?i)(?:rp\.?\s*)?\d{1,3}")
LEAST_IN_BOOKS = 2  # Cells that do not fit, before a row of a workbook is thought to be shifted.
MOST_EXTRA = 4  # Commas in one address; a row with more has columns of its own.
MAY_HOLD_COMMAS = (
    "address", "village", "product", "raw_material", "note", "market", "needs", "detail",
)  # fmt: skip
DEGREE = re.compile(r"(?i)(?:[a-z]{1,3}\.){1,3}[a-z]{0,3}\.?|(?:se|sh|st|mm|msi|amd|skom|spd|sp)")
Cells = Sequence[str | None]


def mend(
    sheet: Sheet, body: pl.DataFrame, table: Table, assignment: Assignment, kind: Kind
) -> tuple[Sheet, pl.DataFrame] | None:
    """Join what a separator cut in rows longer than the headings; None where no row is longer."""
    last = _last_heading(table)
    if sheet.delimiter is None or body.width <= last + 1:
        return None
    beyond = body.select(
        pl.any_horizontal(pl.nth(*range(last + 1, body.width)).is_not_null())
    ).to_series()
    rows = beyond.arg_true().to_list()
    if not rows or len(rows) * FEW > body.height or len(rows) > MOST_ROWS:
        return None
    readings = _readings(assignment, kind)
    faults: list[Fault] = []
    columns = [body.to_series(i).to_list() for i in range(body.width)]
    for row in rows:
        cells = [column[row] for column in columns]
        joined, doubts = _joined(cells, last + 1, readings, assignment, sheet.delimiter)
        for position, column in enumerate(columns):
            column[row] = joined[position] if position < len(joined) else None
        faults += [Fault(table.body + row, position, rule) for position, rule in doubts]
    mended = pl.DataFrame(
        {name: pl.Series(columns[i], dtype=pl.String) for i, name in enumerate(body.columns)}
    )
    return replace(sheet, faults=(*sheet.faults, *faults)), mended


def _last_heading(table: Table) -> int:
    return max((i for i, heading in enumerate(table.headings) if heading), default=0)


def _readings(assignment: Assignment, kind: Kind) -> dict[int, Reading]:
    """Return the reading of each recognised column whose cells can prove to be another's."""
    found = {
        position: kind.column(name).reading for name, position in assignment.recognised.items()
    }
    return {position: one for position, one in found.items() if one not in words.FREE}


def _joined(
    cells: Cells, width: int, readings: dict[int, Reading], assignment: Assignment, delimiter: str
) -> tuple[list[str | None], list[tuple[int, str]]]:
    """Return the row in its width, and the doubts of its cells."""
    filled = max(i for i, cell in enumerate(cells) if cell is not None) + 1
    extra = filled - width
    if extra > MOST_EXTRA:
        kept = [(i, "ragged_row") for i in range(width) if cells[i]]
        return list(cells), kept
    options = [
        (position, _merged(cells[:filled], position, extra, delimiter)) for position in range(width)
    ]
    judged = {
        position: (_misfits(row, readings), -_filled(row, readings)) for position, row in options
    }
    least = min(judged.values())
    best = [(position, row) for position, row in options if judged[position] == least]
    amounts = [one for one in best if _is_amount(cells[one[0] : one[0] + extra + 1])]
    names = {position: name for name, position in assignment.recognised.items()}
    titled = [
        one for one in best
        if names.get(one[0]) == "owner_name" and DEGREE.fullmatch(cells[one[0] + 1] or "")
    ]  # fmt: skip
    wordy = [one for one in best if names.get(one[0]) in MAY_HOLD_COMMAS]
    position, row = (amounts or titled or wordy or best[::-1])[0]
    doubts = [(position, "joined_cells")]
    if not amounts and len(best) > 1:
        shifted = range(min(one for one, _ in best), max(one for one, _ in best) + 1)
        doubts += [(one, "ragged_row") for one in shifted if one != position and row[one]]
    if least[0]:
        doubts += [
            (one, "ragged_row")
            for one in range(position + 1, width)
            if row[one] and (one, "ragged_row") not in doubts
        ]
    return row, doubts


def _merged(cells: Cells, position: int, extra: int, delimiter: str) -> list[str | None]:
    pieces = cells[position : position + extra + 1]
    sign = delimiter if _is_amount(pieces) or delimiter != "," else ", "
    one = sign.join(piece for piece in pieces if piece)
    return [*cells[:position], one, *cells[position + extra + 1 :]]


def _is_amount(pieces: Cells) -> bool:
    """Say whether pieces are one amount that was cut at its thousands: `Rp 5`, `000`, `000`."""
    first, *rest = [piece or "" for piece in pieces]
    return bool(rest and FIRST_GROUP.fullmatch(first) and all(GROUP.fullmatch(one) for one in rest))


def _misfits(row: Cells, readings: dict[int, Reading]) -> int:
    return sum(not _fits(row[position], one) for position, one in readings.items())


def _filled(row: Cells, readings: dict[int, Reading]) -> int:
    """Count the cells that say something and fit, for a number shifted away leaves only a blank."""
    return sum(
        row[position] is not None and _fits(row[position], one)
        for position, one in readings.items()
    )


def _fits(cell: str | None, reading: Reading) -> bool:
    if cell is None or is_nothing(cell):
        return True
    answer = reading.careful(cell)
    return answer.value is not None and answer.rule not in FAILED


def doubt_short(work: SheetRows) -> None:
    """Doubt every cell of a row that would fit its headings better with one cell more."""
    if work.sheet.parted:
        return  # What was moved beside the sheet leaves blanks that would let anything fit.
    last = _last_heading(work.table)
    readings = _readings(work.assignment, work.kind)
    is_text = work.sheet.delimiter is not None
    for index in sorted(_failed(work))[:MOST_ROWS]:
        number = int(work.row_numbers[index]) - 1
        cells = [
            work.sheet.cells.to_series(i)[number] if i < work.sheet.cells.width else None
            for i in range(last + 2)
        ]
        least = 1 if is_text else LEAST_IN_BOOKS
        if _misfits(cells, readings) >= least and _would_fit(cells, readings):
            _doubt_row(work, index, cells)


def _failed(work: SheetRows) -> set[int]:
    found: set[int] = set()
    for part in work.found:
        if part["rule"][0] in FAILED:
            found.update(part["index"].to_list())
    return found


def _would_fit(cells: Cells, readings: dict[int, Reading]) -> bool:
    """Say whether a shift gives a cell that did not fit, or one of free words, a heading it fits.

    Moved below a heading that nobody reads, or that takes any words, it would prove nothing.
    """
    filled = _filled(cells, readings)
    return any(
        _misfits(shifted, readings) == 0 and _filled(shifted, readings) > filled
        for shifted in _shifted(cells)
    )


def _shifted(cells: Cells) -> Iterator[list[str | None]]:
    """Yield the row with a blank cell put in at each place, as far as it has room, or left out."""
    room = next((i for i, cell in enumerate(reversed(cells)) if cell is not None), 0)
    room -= 1  # The last cell stands beyond the headings.
    for count in range(1, min(room, 2) + 1):
        for position in range(len(cells) - 1 - count):
            yield [*cells[:position], *[None] * count, *cells[position:]][: len(cells)]
    for position, cell in enumerate(cells[:-1]):
        if cell is None:
            yield [*cells[:position], *cells[position + 1 :], None]


def _doubt_row(work: SheetRows, index: int, cells: Cells) -> None:
    told = {
        str(part["column"][0]) for part in work.found if index in part["index"].implode().item()
    }
    for name, position in work.assignment.recognised.items():
        if position < len(cells) and cells[position] is not None and name not in told:
            work.doubt(name, pl.Series([index], dtype=pl.UInt32), "ragged_row")
