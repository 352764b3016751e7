"""The tables of one sheet: below each other, side by side, and those that are no list."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import polars as pl

from pulih.intake import not_data, quick
from pulih.intake.body import LETTERED
from pulih.intake.cells import Sheet
from pulih.intake.heading_rows import GENERAL, is_numbering, share_of_words
from pulih.intake.headings import Dictionary, abbreviations, normal
from pulih.intake.kinds import Kind
from pulih.intake.layout import Table, find
from pulih.intake.parts import Part, Unread, has_key, names_key, only, with_titles
from pulih.intake.side_tables import RUNNING, side_by_side
from pulih.intake.titles import DISTRICT, NAMED, UNIT, YEAR, labelled

MOST_TABLES = 200
SECTION_CELLS = 2  # A letter or numeral, and what it heads.
LIST_ROWS, LIST_CELLS = 3, 4  # More than any title: headings and two rows, four cells each.


@dataclass
class _Stretch:
    """Rows that belong to one table: from `start`, where its titles begin, to before `end`."""

    start: int
    end: int
    heading: int


def split(
    sheet: Sheet, table: Table, kind: Kind, mapping: Sequence[str] = (), *, is_whole: bool = False
) -> tuple[list[Part], list[Unread]]:
    """Return the tables of a sheet whose first table is known, and what stands beside them.

    is_whole: a row of the sheet is one firm from end to end, whatever columns are blank.
    """
    parts: list[Part] = []
    unread: list[Unread] = []
    table = _first_list(sheet, table, kind, mapping)
    unread += _above(sheet, table, kind)
    for part in _stacked(sheet, table, kind, mapping, unread):
        parts += [part] if is_whole else side_by_side(part, kind, mapping, unread)
    return parts, unread


def _first_list(sheet: Sheet, table: Table, kind: Kind, mapping: Sequence[str]) -> Table:
    """Return the uppermost list of a sheet, where a smaller one stands above the one found."""
    while table.first > 1:
        top = replace(sheet, cells=sheet.cells.head(_first_title(sheet, None, table.first)))
        above = find(top, kind.dictionary, mapping)
        if above is None or above.score < 2 or not has_key(above.headings, kind):
            break
        body = top.cells.slice(above.body)
        if not any(sum(cell is not None for cell in row) > 1 for row in body.iter_rows()):
            break
        heading = [cell for row in above.parts for cell in row if cell]
        if share_of_words(heading, kind.dictionary) < 0.75:
            break
        table = above
    return table


def _above(sheet: Sheet, table: Table, kind: Kind) -> Iterator[Unread]:
    """Tell the tables above the first list: headings with rows of their own below them."""
    row = 0
    while row < table.first:
        cells = [cell for cell in sheet.cells.row(row) if cell]
        is_heading = len(cells) > 1 and share_of_words(cells, kind.dictionary) == 1
        end = row + 1
        while end < table.first and sum(cell is not None for cell in sheet.cells.row(end)) > 1:
            end += 1
        if (is_heading and row + 1 < end < table.first) or _is_list(sheet, row, end):
            yield _unread(sheet, _Stretch(row, end, row), end)
            row = end
        row += 1


def _is_list(sheet: Sheet, start: int, end: int) -> bool:
    """Say whether rows above a table are wide and many enough to be a list, whatever its words."""
    filled = [sum(cell is not None for cell in sheet.cells.row(row)) for row in range(start, end)]
    return len(filled) >= LIST_ROWS and min(filled) >= LIST_CELLS


def _stacked(
    sheet: Sheet, table: Table, kind: Kind, mapping: Sequence[str], unread: list[Unread]
) -> Iterator[Part]:
    stretches = _stretches(sheet, table, kind)
    if len(stretches) == 1:
        yield Part(sheet, table)
        return
    current = table
    found: list[tuple[Table, list[tuple[int, int]]]] = [(table, [(0, stretches[0].end)])]
    for stretch in stretches[1:]:
        below = find(
            only(sheet, [(stretch.start, stretch.end)]), kind.dictionary, mapping, stretch.start
        )
        if below is not None and has_key(below.headings, kind):
            found.append((with_titles(below, table), [(stretch.start, stretch.end)]))
            current = below
            continue
        end = _resumes(sheet, stretch, current, kind)
        if end < stretch.end:
            found[-1][1].append((end, stretch.end))
        unread.append(_unread(sheet, stretch, end))
    for one, rows in found:
        yield Part(only(sheet, rows), one)


def _stretches(sheet: Sheet, table: Table, kind: Kind) -> list[_Stretch]:
    """Cut the rows of a sheet where headings begin that are not those of its first table."""
    found = [_Stretch(0, sheet.cells.height, table.first)]
    previous = table.last
    for row in _heading_rows(sheet, table, kind):
        if row <= previous + 1 or len(found) >= MOST_TABLES:
            previous = max(previous, row)
            continue
        start = _first_title(sheet, table, row)
        is_same = (
            _repeats(sheet.cells.row(row), table)
            if len(found) == 1
            else sheet.cells.row(row) == sheet.cells.row(found[-1].heading)
        )
        if is_same and not _tells_otherwise(sheet, start, row):
            continue
        found[-1].end = start
        found.append(_Stretch(start, sheet.cells.height, row))
        previous = row
    return found


def _heading_rows(sheet: Sheet, table: Table, kind: Kind) -> list[int]:
    """Return the rows below the headings that read like headings themselves."""
    body = sheet.cells.slice(table.body)
    if body.is_empty():
        return []
    keys = [i for i, text in enumerate(table.headings) if text and names_key(text, kind)]
    looked = [body.columns[i] for i in keys] or body.columns
    pattern = _first_words(kind.dictionary)
    likely = pl.any_horizontal(
        *(pl.col(name).str.contains(pattern).fill_null(False) for name in looked),
        pl.all_horizontal(pl.col(name).is_null() for name in looked),
    )
    rows = quick.where(body.select(likely.alias("likely")).to_series())
    if rows.is_empty():
        return []
    near = body[rows]
    wordy = near.select(
        (pl.sum_horizontal(pl.all().is_not_null()) >= 2)
        & ~pl.any_horizontal(pl.all().str.contains(r"\d{4,}|^\d{3}$").fill_null(False))
    ).to_series()
    found = []
    for position in rows.filter(wordy):
        filled = [cell for cell in body.row(position) if cell is not None]
        if len(filled) == SECTION_CELLS and LETTERED.match(filled[0]):
            continue  # `II | IKM KERAJINAN` begins a section of the list.
        if not is_numbering(filled) and share_of_words(filled, kind.dictionary) >= 0.75:
            found.append(int(position) + table.body)
    return found


@lru_cache(maxsize=8)  # Kinds of sheet.
def _first_words(dictionary: Dictionary) -> str:
    words = {heading.split()[0] for heading in (*dictionary.exact, *dictionary.doubtful, *GENERAL)}
    words |= set(abbreviations()) | {"no"}
    return r"(?i)^\W*(?:\d{1,2}[.)]\s*)?(?:" + "|".join(sorted(words)) + r")\b"


def _first_title(sheet: Sheet, table: Table | None, row: int) -> int:
    """Return the first of the titles straight above a heading: rows of one cell, and blanks."""
    keys = {i for i, text in enumerate(table.headings) if text} if table else set(range(3))
    start = row
    while start - 1 > (table.last if table else -1):
        filled = [(i, cell) for i, cell in enumerate(sheet.cells.row(start - 1)) if cell]
        texts = [cell for _, cell in filled]
        is_title = len(texts) <= 1 or (
            len(texts) <= 3 and any(cell.strip().startswith(":") for cell in texts[1:])
        )
        if not is_title or (texts and not_data.TOTAL.match(texts[0])):
            break
        if texts and len(keys) <= 2 and start == row - 1:
            break
        start -= 1
    return start


def _repeats(cells: Sequence[str | None], table: Table) -> bool:
    """Say whether a row repeats the headings of a table, each in its place."""
    texts = [(i, " ".join(cell.split()).casefold()) for i, cell in enumerate(cells) if cell]
    same = sum(
        any(
            i < len(part) and " ".join((part[i] or "").split()).casefold() == text
            for part in table.parts
        )
        for i, text in texts
    )
    return same * 10 >= len(texts) * 8


def _tells_otherwise(sheet: Sheet, start: int, row: int) -> bool:
    """Say whether titles above repeated headings name a place, a year or a spending unit."""
    cells = (
        (at, column, cell)
        for at in range(start, row)
        for column, cell in enumerate(sheet.cells.row(at))
        if cell
    )
    texts = [text for _, _, text in labelled(tuple(cells))]
    return any(pattern.search(text) for text in texts for pattern in (NAMED, YEAR, UNIT, DISTRICT))


def _resumes(sheet: Sheet, stretch: _Stretch, table: Table, kind: Kind) -> int:
    """Return the row where the list above goes on below a table that is none, if it does."""
    keys = [i for i, text in enumerate(table.headings) if text and names_key(text, kind)]
    running = [
        i for i, text in enumerate(table.headings) if text and normal(text) in (*RUNNING, "no")
    ]
    width = sum(text is not None for text in table.headings)
    was_blank = False
    for row in range(stretch.heading + 1, min(stretch.end, stretch.heading + 2_000)):
        cells = sheet.cells.row(row)
        filled = sum(cell is not None for cell in cells)
        numbered = any(re.fullmatch(r"\d{1,6}[.)]?", cells[i] or "") for i in running)
        named = any(cells[i] and not not_data.AMOUNT.match(cells[i] or "") for i in keys)
        if was_blank and numbered and named and width >= 4 and filled * 5 >= width * 3:
            return row
        was_blank = filled == 0
    return stretch.end


def _unread(sheet: Sheet, stretch: _Stretch, end: int) -> Unread:
    cells = sheet.cells.row(stretch.heading)
    column = next(i for i, cell in enumerate(cells) if cell is not None)
    words = ", ".join(" ".join(cell.split()) for cell in cells if cell)
    rows = sheet.cells.slice(stretch.heading + 1, end - stretch.heading - 1)
    filled = rows.select(pl.any_horizontal(pl.all().is_not_null())).to_series().sum()
    return Unread(stretch.heading + 1, column, words, int(filled or 0))
