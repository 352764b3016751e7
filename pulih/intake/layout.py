"""Where the table of a sheet lies: title rows, one to three heading rows, then the body."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pulih.intake import headings
from pulih.intake.cells import Range, Sheet
from pulih.intake.headings import Dictionary

LOOKED_AT_ROWS = 60
MOST_HEADING_ROWS = 3
SUMMARY = re.compile(
    r"rekap|ringkas|summary|grafik|chart|pivot|dashboard|petunjuk|readme|referensi|master|legend",
    re.I,
)
LONG_NUMBER = re.compile(r"\d{5,}|@|^\d+$")
Grid = list[list[str | None]]


@dataclass(frozen=True)
class Table:
    """A table found in a sheet.

    headings: the written heading of each column of the sheet; None where there is none.
    parts: what stood in each heading row, to know repeated headings by.
    first, last: heading rows; body: the first row of the body; all counted from 0.
    titles: (row, column, text) of what stands above the headings.
    score: how many different columns were recognised in it.
    """

    headings: tuple[str | None, ...]
    parts: tuple[tuple[str | None, ...], ...]
    first: int
    last: int
    titles: tuple[tuple[int, int, str], ...]
    score: float

    @property
    def body(self) -> int:
        """Return the first row of the body, counted from 0."""
        return self.last + 1


def find(sheet: Sheet, dictionary: Dictionary, mapping: Sequence[str] = ()) -> Table | None:
    """Return the table of a sheet; None if no row of headings is recognised.

    mapping: normalised headings that the office itself has explained.
    """
    top: Grid = [list(row) for row in sheet.cells.head(LOOKED_AT_ROWS).iter_rows()]
    best: Table | None = None
    for first in range(len(top)):
        if sum(cell is not None for cell in top[first]) == 0:
            continue
        for table in _tables_at(top, first, sheet.merged):
            # A title straight above the headings is no part of them: fewer rows win a tie.
            score = _score(table.headings, dictionary, mapping) - 0.05 * (table.last - first)
            if best is None or score > best.score + 0.01:
                best = Table(table.headings, table.parts, first, table.last, table.titles, score)
    return _with_tall_headings(best, top, sheet.merged) if best and best.score >= 1 else None


def _with_tall_headings(table: Table, top: Grid, merged: tuple[Range, ...]) -> Table:
    """Add headings that begin above the heading rows and are merged down into them."""
    found = list(table.headings)
    for (upper, left), (lower, _) in merged:
        if upper < table.first <= lower <= table.last and left < len(found) and not found[left]:
            found[left] = top[upper][left]
    return replace(table, headings=tuple(found))


def _tables_at(top: Grid, first: int, merged: tuple[Range, ...]) -> Iterator[Table]:
    """Offer the tables whose headings begin in a row: with one, two or three heading rows."""
    titles = tuple(
        (row, column, cell)
        for row in range(first)
        for column, cell in enumerate(top[row])
        if cell is not None
    )
    least = _least_last(top, first, merged)
    for last in range(first, min(first + MOST_HEADING_ROWS, len(top))):
        if last > first and not _continues(top, first, last, merged):
            return
        if last < least:
            continue
        parts = tuple(
            tuple(_spread(top, row, first, last, merged)) for row in range(first, last + 1)
        )
        yield Table(_joined(parts), parts, first, last, titles, 0)


def _least_last(top: Grid, first: int, merged: tuple[Range, ...]) -> int:
    """Return the row to which the headings that begin in a row surely reach.

    They do where one is merged down, or where the next row names parts (`L`, `P`) and leaves
    every heading that stands by itself without a cell.
    """
    most = min(first + MOST_HEADING_ROWS, len(top)) - 1
    reached = [
        bottom
        for (row, left), (bottom, right) in merged
        if row == first < bottom <= most and left == right and top[first][left]
    ]
    if reached:
        return max(reached)
    if first + 1 > most or not _continues(top, first, first + 1, merged):
        return first
    above, below = top[first], [*top[first + 1], None]
    alone = [
        below[column] is None
        for column, cell in enumerate(above)
        if cell and (column + 1 == len(above) or above[column + 1])
    ]
    under_blank = any(cell and above[i] is None for i, cell in enumerate(top[first + 1]))
    return first + 1 if len(alone) >= 2 and all(alone) and under_blank else first


def _continues(top: Grid, first: int, row: int, merged: tuple[Range, ...]) -> bool:
    """Say whether a row carries on the headings above it rather than beginning the body.

    It does when it only fills places that the row above leaves open or groups, and reads like
    words: no long numbers, and nothing under a heading that stands by itself.
    """
    cells, above = top[row], top[row - 1]
    filled = [column for column, cell in enumerate(cells) if cell is not None]
    if not filled or any(
        re.search(
            r"\d{3,}",
            (cells[c] or "")
            .replace("2019", "")
            .replace("2020", "")
            .replace("2021", "")
            .replace("000", ""),
        )
        for c in filled
    ):
        return False
    if all(re.fullmatch(r"\(?\d{1,2}\)?", cells[column] or "") for column in filled):
        return False
    grouped = _columns_below_groups(above, row - 1, merged)
    return all(column in grouped for column in filled) and len(filled) >= 2


def _columns_below_groups(above: list[str | None], row: int, merged: tuple[Range, ...]) -> set[int]:
    """Return the columns over which the row above has a group heading, or nothing at all."""
    wide = {
        column
        for (top, left), (bottom, right) in merged
        if top <= row <= bottom and right > left and bottom == row
        for column in range(left, right + 1)
    }
    blank = {column for column, cell in enumerate(above) if cell is None}
    starts = {column - 1 for column in blank if column and above[column - 1] is not None}
    return wide | blank | starts


def _spread(
    top: Grid, row: int, first: int, last: int, merged: tuple[Range, ...]
) -> list[str | None]:
    """Write a group heading over all its columns; by merged ranges, else to the next heading."""
    cells = list(top[row])
    known = False
    for (upper, left), (_, right) in merged:
        if upper == row and right > left and row < last:
            known = True
            for column in range(left, min(right + 1, len(cells))):
                cells[column] = cells[column] or top[row][left]
    if known or row == last or merged:
        return cells
    for column in range(1, len(cells)):
        below = [top[lower][column] for lower in range(row + 1, last + 1)]
        above = [top[upper][column] for upper in range(first, row)]
        if cells[column] is None and any(below) and not any(above):
            cells[column] = cells[column - 1]
    return cells


def _joined(parts: tuple[tuple[str | None, ...], ...]) -> tuple[str | None, ...]:
    columns = zip(*parts, strict=True)
    return tuple(
        " / ".join(dict.fromkeys(" ".join(part.split()) for part in column if part)) or None
        for column in columns
    )


def _score(found: tuple[str | None, ...], dictionary: Dictionary, mapping: Sequence[str]) -> float:
    """Count the different columns recognised; long texts and repeats are no headings."""
    names: set[str] = set()
    score = 0.0
    written = [heading for heading in found if heading]
    for heading in written:
        if len(heading) > 150 or LONG_NUMBER.search(heading):
            continue
        if headings.normal(heading) in mapping:
            score += 1
            continue
        match = dictionary.match(heading)
        if match and match.name not in names:
            names.add(match.name)
            score += 1 if match.score >= 98 else 0.9
        elif not match and dictionary.possible(heading):
            score += 0.5
    share = score / len(written) if written else 0
    return score if share >= 0.15 else 0
