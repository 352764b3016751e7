"""Directories: a firm takes two or three rows, and so do the headings, one above the other.

Each further row is moved beside its firm's first one, under the headings of its own row; what is
told of its cells is told where they stand in the office's sheet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import polars as pl

from pulih.common.errors import Message
from pulih.intake import not_data, quick
from pulih.intake.body import RUNNING, RUNNING_NUMBER
from pulih.intake.cells import Fault, Sheet, address
from pulih.intake.headings import Dictionary, normal
from pulih.intake.kinds import IMPACT, Kind
from pulih.intake.wording import WARNING
from pulih.intake.work import SheetRows

LOOKED_AT = 40
MOST_LINES = 3
LEAST_PAIRS, LEAST_FIRMS = 2, 3
LEAST_SHARE = 0.8
OF_TWO = re.compile(r"\s*[/\n]\s*")
Row = tuple[str | None, ...]


@dataclass(frozen=True)
class Unfolded:
    """A sheet with one row a firm.

    moved: where its cells stand in the office's own sheet. lines: rows of a firm in that sheet,
    which is folded.
    """

    sheet: Sheet
    moved: dict[str, str]
    lines: int
    folded: Sheet


@dataclass(frozen=True)
class _Heads:
    """The headings of each line of a firm, and the first row, from 0, below them."""

    row: int
    lines: tuple[Row, ...]
    body: int


def unfold(sheet: Sheet, kind: Kind | None) -> Unfolded | None:
    """Put the rows of each firm beside each other; None where a firm takes one row."""
    asked = kind or IMPACT
    if asked.keys != IMPACT.keys:
        return None
    heads = _heads(sheet, asked)
    firms = [] if heads is None else _firms(sheet, heads)
    return None if heads is None or not firms else _beside(sheet, heads, firms)


def _heads(sheet: Sheet, kind: Kind) -> _Heads | None:
    """Find headings of several lines that each name other columns, written in rows or by `/`."""
    rows = sheet.cells.head(LOOKED_AT).rows()
    for at, first in enumerate(rows[:-1]):
        if _names(first, kind.dictionary).keys() & set(kind.keys) or _is_numbered(first):
            lines = _lines_below(rows, at, kind.dictionary) or _split(first, kind.dictionary)
            if lines and not _is_group(sheet, at, len(lines)):
                below = at + (len(lines) if lines[0] == first else 1)
                return _Heads(at, lines, _below_numbers(rows, below))
    return None


def _names(cells: Row, dictionary: Dictionary) -> dict[str, int]:
    """Give each column that the cells surely name, and its place."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        match = dictionary.match(cell, fuzzy=False) if cell else None
        if match is not None:
            found.setdefault(match.name, at)
    return found


def _is_numbered(cells: Row) -> bool:
    return any(cell and normal(cell) in RUNNING for cell in cells)


def _lines_below(rows: list[Row], at: int, dictionary: Dictionary) -> tuple[Row, ...]:
    """Return the lines of headings from a row on, if there are two or three."""
    lines = [rows[at]]
    known = _names(rows[at], dictionary)
    for line in rows[at + 1 : at + MOST_LINES]:
        own = _names(line, dictionary)
        filled = [i for i, cell in enumerate(line) if cell]
        is_under = all(rows[at][i] for i in filled)
        other = own.keys() - known.keys()
        if not is_under or len(other) < LEAST_PAIRS or len(other) * 4 < len(filled) * 3:
            break
        lines.append(line)
        known |= own
    return tuple(lines) if len(lines) > 1 else ()


def _split(cells: Row, dictionary: Dictionary) -> tuple[Row, ...]:
    """Return two lines where several headings name two columns each, as `Nama Usaha / Pemilik`."""
    parts = [OF_TWO.split(cell.strip()) if cell else [None] for cell in cells]
    first = tuple(part[0] for part in parts)
    second = tuple(part[1] if len(part) == 2 else None for part in parts)
    other = _names(second, dictionary).keys() - _names(first, dictionary).keys()
    return (first, second) if len(other) >= LEAST_PAIRS else ()


def _is_group(sheet: Sheet, row: int, lines: int) -> bool:
    """Say whether cells merged to the side make the first line a row of groups."""
    return any(
        row <= top < row + lines and right > left for (top, left), (_, right) in sheet.merged
    )


def _below_numbers(rows: list[Row], row: int) -> int:
    """Pass the rows below headings that only number the columns."""
    while row < len(rows) and not_data.is_numbering(rows[row]):
        row += 1
    return row


def _firms(sheet: Sheet, heads: _Heads) -> list[int]:
    """Return the first rows of the firms, where nearly all take as many rows as the headings."""
    body = sheet.cells.slice(heads.body)
    filled = quick.in_rows(body).to_list()
    starts = _numbered(body, heads, filled) or _parted(filled, len(heads.lines))
    further = range(1, len(heads.lines))
    whole = [
        row
        for row in starts
        if all(row + i < len(filled) and filled[row + i] and row + i not in starts for i in further)
    ]
    if len(whole) < LEAST_FIRMS or len(whole) < LEAST_SHARE * len(starts):
        return []
    return [row + heads.body for row in whole]


def _numbered(body: pl.DataFrame, heads: _Heads, filled: list[int]) -> list[int]:
    """Return the rows that bear a running number, where the list has them."""
    for at, text in enumerate(heads.lines[0]):
        if text and normal(text) in RUNNING:
            rows = body.to_series(at).str.contains(RUNNING_NUMBER).fill_null(False).arg_true()
            return [row for row in rows if filled[row] > 1]
    return []


def _parted(filled: list[int], lines: int) -> list[int]:
    """Return the first rows of the blocks that blank rows part, if each has as many rows."""
    starts = [row for row, count in enumerate(filled) if count and (not row or not filled[row - 1])]
    same = [
        row
        for row in starts
        if all(filled[row : row + lines])
        and (row + lines >= len(filled) or not filled[row + lines])
    ]
    return same if len(same) >= LEAST_SHARE * len(starts) else []


def _beside(sheet: Sheet, heads: _Heads, firms: list[int]) -> Unfolded:
    """Write each further line of headings and firms beside the first one, and blank it."""
    count = len(heads.lines)
    further = {row + line: (row, line) for row in firms for line in range(1, count)}
    blanked = [*further, *range(heads.row + 1, heads.body)]
    cells = _headed(_moved(sheet.cells, further, blanked, count), heads, sheet.cells.width)
    flags = None if sheet.numeric is None else _moved(sheet.numeric, further, blanked, count)
    beside = replace(
        sheet,
        cells=cells,
        numeric=flags,
        merged=tuple(one for one in sheet.merged if one[0][0] < heads.row),
        faults=tuple(_fault(one, further, sheet.cells.width) for one in sheet.faults),
    )
    return Unfolded(beside, _places(heads, further, sheet.cells.width), count, sheet)


def _moved(
    frame: pl.DataFrame, further: dict[int, tuple[int, int]], blanked: list[int], count: int
) -> pl.DataFrame:
    """Give a frame as many columns again for each further line, and put those lines there."""
    found = []
    for line in range(count):
        lines = {row: first for row, (first, its) in further.items() if its == line}
        for name in frame.columns:
            own = frame[name]
            if line:
                blank = pl.Series([None], dtype=own.dtype).new_from_index(0, len(own))
                moved = blank.scatter(list(lines.values()), own.gather(list(lines)))
            else:
                moved = own.scatter(blanked, None)
            found.append(moved.alias(f"{name}_{line}"))
    filled = pl.DataFrame(found)
    is_flags = frame.width and frame.dtypes[0] == pl.Boolean
    return filled.select(pl.all().fill_null(False)) if is_flags else filled


def _headed(cells: pl.DataFrame, heads: _Heads, width: int) -> pl.DataFrame:
    words = [cell for line in heads.lines for cell in (*line, *[None] * (width - len(line)))]
    return cells.with_columns(
        cells[name].scatter([heads.row], [word])
        for name, word in zip(cells.columns, words, strict=True)
    )


def _fault(fault: Fault, further: dict[int, tuple[int, int]], width: int) -> Fault:
    row, line = further.get(fault.row, (fault.row, 0))
    return fault._replace(row=row, column=fault.column + line * width)


def _places(heads: _Heads, further: dict[int, tuple[int, int]], width: int) -> dict[str, str]:
    """Say where each cell that was moved stands in the office's sheet."""
    last = heads.body - 1
    of_heads = {min(heads.row + at, last): (heads.row, at) for at in range(1, len(heads.lines))}
    return {
        address(row + 1, line * width + at): address(below + 1, at)
        for below, (row, line) in (further | of_heads).items()
        for at in range(width)
    }


def tell(works: list[SheetRows], unfolded: Unfolded) -> None:
    """Keep where the cells stood, and say once that each firm was read from several rows."""
    for work in works:
        work.moved, work.folded = unfolded.moved, unfolded.folded
    first, lines = works[0], unfolded.lines
    message = Message(
        f"setiap usaha ditulis dalam {lines} baris dan dibaca sebagai satu usaha. Tulis satu usaha "
        "per baris bila ini salah.",
        f"each firm takes {lines} rows and was read as one firm. Write one firm a row if that is "
        "wrong.",
    )
    first.tell(first.table.last + 1, 0, None, None, WARNING, "rows_of_one_firm", message)
