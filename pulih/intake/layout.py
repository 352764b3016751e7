"""Where a table of a sheet lies: title rows, one to five heading rows, then the body."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pulih.intake import headings
from pulih.intake.cells import Range, Sheet
from pulih.intake.heading_rows import MOST_HEADING_ROWS, Grid, heads_at
from pulih.intake.heading_scales import scale_in
from pulih.intake.headings import Dictionary

LOOKED_AT_ROWS = 60
WIDE_LIST = 3  # So many known headings are a list, however many unknown ones stand beside them.
SUMMARY = re.compile(
    r"rekap|ringkas|summary|grafik|chart|pivot|dashboard|petunjuk|readme|referensi|master|legend",
    re.I,
)
# An address of mail or a whole number of a person or telephone stands in rows, not over them.
OF_DATA = re.compile(r"\S+@\S+\.\S+|'?(?:\+62|62|0)8\d{7,12}|'?\d{16}")
LONG_NUMBER = re.compile(r"\d{5,}|@|^\d+$")
NO_HEADING = re.compile(r"\d{5,}|@")  # Whatever is joined to it by the rows below.
GROUPS_AT_LEAST = 2  # One cell alone above the headings is a title.
BETTER = 0.01  # By so much a row must beat the rows above it.


@dataclass(frozen=True)
class Table:
    """A table found in a sheet.

    headings: the written heading of each column of the sheet; None where there is none.
    parts: what stood in each heading row, to know repeated headings by.
    first, last: heading rows; body: the first row of the body; all counted from 0.
    titles: (row, column, text) of what stands above the headings.
    score: how many different columns were recognised in it.
    start: where the titles of a lower table of a sheet begin; 0 of its first.
    """

    headings: tuple[str | None, ...]
    parts: tuple[tuple[str | None, ...], ...]
    first: int
    last: int
    titles: tuple[tuple[int, int, str], ...]
    score: float
    start: int = 0

    @property
    def body(self) -> int:
        """Return the first row of the body, counted from 0."""
        return self.last + 1


def find(
    sheet: Sheet, dictionary: Dictionary, mapping: Sequence[str] = (), start: int = 0
) -> Table | None:
    """Return the table of a sheet; None if no row of headings is recognised.

    mapping: normalised headings that the office itself has explained.
    start: the row, counted from 0, above which nothing belongs to the table.
    """
    top: Grid = [list(row) for row in sheet.cells.slice(start, LOOKED_AT_ROWS).iter_rows()]
    merged = _moved(sheet.merged, start) if start else sheet.merged
    best = _best(top, merged, dictionary, mapping, titled=False)
    if best is None or best.score < 1:
        best = _best(top, merged, dictionary, mapping, titled=True)
    if best is None or best.score < 1:
        return None
    best = _with_scale_above(best, top, merged, dictionary, mapping)
    found = _with_tall_headings(best, top, merged)
    return replace(
        found, first=found.first + start, last=found.last + start, titles=_titles(top, found, start)
    )


def _best(
    top: Grid, merged: Sequence[Range], dictionary: Dictionary, mapping: Sequence[str], *,
    titled: bool,
) -> Table | None:  # fmt: skip
    """Return the rows of headings in which most columns are known."""
    best: Table | None = None
    for first in range(len(top)):
        if all(cell is None for cell in top[first]):
            continue
        if best is not None and _most_known(top, first, merged) <= best.score + BETTER:
            continue
        for heads in heads_at(top, first, merged, dictionary, titled=titled):
            # A title straight above the headings is no part of them: fewer rows win a tie.
            less = 0.05 * (heads.last - first)
            if best is not None and _written(heads.headings) - less <= best.score + BETTER:
                continue
            score = _score(heads.headings, dictionary, mapping) - less
            if best is None or score > best.score + BETTER:
                best = Table(heads.headings, heads.parts, first, heads.last, (), score)
    return best


def _written(found: Sequence[str | None]) -> int:
    return sum(heading is not None for heading in found)


def _most_known(top: Grid, first: int, merged: Sequence[Range]) -> int:
    """Return how many columns could be recognised at most in headings that begin in a row."""
    rows = top[first : first + MOST_HEADING_ROWS]
    written = {column for row in rows for column, cell in enumerate(row) if cell}
    for (upper, left), (_, right) in merged:
        if first <= upper < first + len(rows):
            written.update(range(left, right + 1))
    numbers = {column for column, cell in enumerate(top[first]) if cell and NO_HEADING.search(cell)}
    return len(written - numbers)


def _moved(merged: tuple[Range, ...], start: int) -> tuple[Range, ...]:
    return tuple(
        ((top - start, left), (bottom - start, right))
        for (top, left), (bottom, right) in merged
        if start <= top < start + LOOKED_AT_ROWS
    )


def _titles(top: Grid, table: Table, start: int) -> tuple[tuple[int, int, str], ...]:
    return tuple(
        (row + start, column, cell)
        for row in range(table.first)
        for column, cell in enumerate(top[row])
        if cell is not None
    )


def _with_scale_above(
    table: Table, top: Grid, merged: Sequence[Range], dictionary: Dictionary, mapping: Sequence[str]
) -> Table:
    """Begin one row higher where a group there names the unit of the amounts below it.

    `Nilai (Ribu Rupiah)` over `Investasi` may be known no better than `Investasi` alone; without
    it the amounts would be a thousand times too small.
    """
    first = table.first - 1
    if first < 0 or sum(cell is not None for cell in top[first]) < GROUPS_AT_LEAST:
        return table
    if not any(cell and scale_in(cell) > 1 for cell in top[first]):
        return table
    for heads in heads_at(top, first, merged, dictionary, titled=False):
        if heads.last == table.last:
            score = _score(heads.headings, dictionary, mapping)
            if score > table.score - 1:
                return replace(table, headings=heads.headings, parts=heads.parts, first=first)
    return table


def _with_tall_headings(table: Table, top: Grid, merged: tuple[Range, ...]) -> Table:
    """Add headings that begin above the heading rows and are merged down into them."""
    found = list(table.headings)
    for (upper, left), (lower, _) in merged:
        if upper < table.first <= lower <= table.last and left < len(found) and not found[left]:
            found[left] = top[upper][left]
    return replace(table, headings=tuple(found))


def _score(found: Sequence[str | None], dictionary: Dictionary, mapping: Sequence[str]) -> float:
    """Count the different columns recognised; long texts and repeats are no headings."""
    names: set[str] = set()
    score = 0.0
    written = [heading for heading in found if heading]
    if any(OF_DATA.fullmatch(heading.strip()) for heading in written):
        return 0
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
        elif not match and dictionary.possible(heading.rpartition(" / ")[2]):
            score += 0.5  # `L` is one of ours even below `SEBELUM COVID`.
        elif not match and dictionary.possible(heading):
            score += 0.5
    share = score / len(written) if written else 0
    return score if share >= 0.15 or score >= WIDE_LIST else 0
