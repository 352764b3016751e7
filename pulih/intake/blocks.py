"""The tables of one sheet: below each other, side by side, and those that are no list."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import polars as pl

from pulih.intake import footers
from pulih.intake.cells import Sheet, letters
from pulih.intake.heading_rows import GENERAL, is_numbering, share_of_words
from pulih.intake.headings import Dictionary, abbreviations, normal
from pulih.intake.kinds import Kind
from pulih.intake.layout import SUMMARY, Table, find
from pulih.intake.titles import NAMED, UNIT, YEAR

MOST_TABLES = 200
RUNNING = ("nomor", "nomor urut", "urut")


@dataclass(frozen=True)
class Part:
    """A table of a sheet: the sheet with all other cells blanked, and the table in it.

    mark: the letter of its first column where another table stands left of it; else blank.
    """

    sheet: Sheet
    table: Table
    mark: str = ""


@dataclass(frozen=True)
class Unread:
    """A table that was not read: its heading's row (from 1) and column, words and rows."""

    row: int
    column: int
    words: str
    rows: int


@dataclass
class _Stretch:
    """Rows that belong to one table: from `start`, where its titles begin, to before `end`."""

    start: int
    end: int
    heading: int


def split(
    sheet: Sheet, table: Table, kind: Kind, mapping: Sequence[str] = ()
) -> tuple[list[Part], list[Unread]]:
    """Return the tables of a sheet whose first table is known, and what stands beside them."""
    parts: list[Part] = []
    unread: list[Unread] = []
    table = _first_list(sheet, table, kind, mapping)
    unread += _above(sheet, table, kind)
    for part in _stacked(sheet, table, kind, mapping, unread):
        parts += _side_by_side(part, kind, mapping, unread)
    return parts, unread


def _first_list(sheet: Sheet, table: Table, kind: Kind, mapping: Sequence[str]) -> Table:
    """Return the uppermost list of a sheet, where a smaller one stands above the one found."""
    while table.first > 1:
        top = replace(sheet, cells=sheet.cells.head(_first_title(sheet, None, table.first)))
        above = find(top, kind.dictionary, mapping)
        if above is None or above.score < 2 or not _has_key(above.headings, kind):
            break
        body = top.cells.slice(above.body)
        if not any(sum(cell is not None for cell in row) > 1 for row in body.iter_rows()):
            break
        heading = [cell for cell in sheet.cells.row(above.last) if cell]
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
        if is_heading and row + 1 < end < table.first:
            yield _unread(sheet, _Stretch(row, end, row), end)
            row = end
        row += 1


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
            _only(sheet, [(stretch.start, stretch.end)]), kind.dictionary, mapping, stretch.start
        )
        if below is not None and _has_key(below.headings, kind):
            found.append((_with_titles(below, table), [(stretch.start, stretch.end)]))
            current = below
            continue
        end = _resumes(sheet, stretch, current, kind)
        if end < stretch.end:
            found[-1][1].append((end, stretch.end))
        unread.append(_unread(sheet, stretch, end))
    for one, rows in found:
        yield Part(_only(sheet, rows), one)


def _with_titles(below: Table, first: Table) -> Table:
    """Give a lower table the titles of the sheet, but for what its own titles say otherwise."""
    own = below.titles
    kept = [
        title
        for title in first.titles
        if not any(
            pattern.search(text) and pattern.search(title[2])
            for _, _, text in own
            for pattern in (NAMED, YEAR, UNIT)
        )
    ]
    return replace(below, titles=(*own, *kept))


def _stretches(sheet: Sheet, table: Table, kind: Kind) -> list[_Stretch]:
    """Cut the rows of a sheet where headings begin that are not those of its first table."""
    found = [_Stretch(0, sheet.cells.height, table.first)]
    previous = table.last
    for row in _heading_rows(sheet, table, kind):
        if row <= previous + 1 or len(found) >= MOST_TABLES:
            previous = max(previous, row)
            continue
        start = _first_title(sheet, table, row)
        if _repeats(sheet.cells.row(row), table) and not _tells_otherwise(sheet, start, row):
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
    keys = [i for i, text in enumerate(table.headings) if text and _key_of(text, kind)]
    looked = [body.columns[i] for i in keys] or body.columns
    pattern = _first_words(kind.dictionary)
    likely = pl.any_horizontal(
        *(pl.col(name).str.contains(pattern).fill_null(False) for name in looked),
        pl.all_horizontal(pl.col(name).is_null() for name in looked),
    )
    rows = body.select(likely.alias("likely")).to_series().arg_true()
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
        if not is_numbering(filled) and share_of_words(filled, kind.dictionary) >= 0.75:
            found.append(int(position) + table.body)
    return found


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
        if not is_title or (texts and footers.TOTAL.match(texts[0])):
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
    texts = [cell for at in range(start, row) for cell in sheet.cells.row(at) if cell]
    return any(pattern.search(text) for text in texts for pattern in (NAMED, YEAR, UNIT))


def _resumes(sheet: Sheet, stretch: _Stretch, table: Table, kind: Kind) -> int:
    """Return the row where the list above goes on below a table that is none, if it does."""
    keys = [i for i, text in enumerate(table.headings) if text and _key_of(text, kind)]
    running = [
        i for i, text in enumerate(table.headings) if text and normal(text) in (*RUNNING, "no")
    ]
    width = sum(text is not None for text in table.headings)
    was_blank = False
    for row in range(stretch.heading + 1, min(stretch.end, stretch.heading + 2_000)):
        cells = sheet.cells.row(row)
        filled = sum(cell is not None for cell in cells)
        numbered = any(re.fullmatch(r"\d{1,6}[.)]?", cells[i] or "") for i in running)
        named = any(cells[i] and not footers.AMOUNT.match(cells[i] or "") for i in keys)
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


def _key_of(heading: str, kind: Kind) -> bool:
    match = kind.dictionary.match(heading)
    if match is not None:
        return match.name in kind.keys
    return bool(set(kind.dictionary.possible(heading)) & set(kind.keys))


def _has_key(headings: Sequence[str | None], kind: Kind) -> bool:
    """Say whether headings are those of a list: a sure key, or a likely one in good company."""
    if any(text and (m := kind.dictionary.match(text)) and m.name in kind.keys for text in headings):
        return True
    sure = _names(headings, kind, range(len(headings)))
    return len(sure) >= 2 and any(text and _key_of(text, kind) for text in headings)


def _names(headings: Sequence[str | None], kind: Kind, columns: range) -> set[str]:
    """Return what the headings of some columns surely mean."""
    written = (headings[i] for i in columns if i < len(headings))
    matches = (kind.dictionary.match(text) for text in written if text)
    return {match.name for match in matches if match}


def _only(sheet: Sheet, rows: Sequence[tuple[int, int]], columns: range | None = None) -> Sheet:
    """Return a sheet with nothing but some of its rows, and columns, at their own places."""
    height = sheet.cells.height
    at = pl.int_range(height, eager=True)
    mask = pl.Series([False]).new_from_index(0, height)
    for start, end in rows:
        mask |= (at >= start) & (at < end)
    cells = _masked(sheet.cells, mask, columns, pl.lit(None, dtype=pl.String))
    numeric = (
        None if sheet.numeric is None else _masked(sheet.numeric, mask, columns, pl.lit(False))
    )
    merged = tuple(
        one
        for one in sheet.merged
        if any(start <= one[0][0] < end for start, end in rows)
        and (columns is None or one[0][1] in columns)
    )
    return replace(sheet, cells=cells, numeric=numeric, merged=merged)


def _masked(
    frame: pl.DataFrame, mask: pl.Series, columns: range | None, blank: pl.Expr
) -> pl.DataFrame:
    return frame.select(
        pl.when(mask if columns is None or i in columns else pl.lit(False))
        .then(pl.col(name))
        .otherwise(blank)
        .alias(name)
        for i, name in enumerate(frame.columns)
    )


def _side_by_side(
    part: Part, kind: Kind, mapping: Sequence[str], unread: list[Unread]
) -> list[Part]:
    """Cut a table where another one stands beside it."""
    runs = _runs(part)
    if len(runs) < 2:
        return [part]
    main = next((run for run in runs if _has_key(_cut(part.table, run), kind)), None)
    if main is None:
        return [part]
    lists, asides = _beside(part, kind, mapping, runs, main)
    if not lists and not asides:
        return [part]
    taken = {i for run in (*(run for run, _ in lists), *asides) for i in run}
    for run in asides:
        unread.append(_aside(part, run))
    own = [i for i in range(part.sheet.cells.width) if i not in taken]
    rows = [(0, part.sheet.cells.height)]
    first = _only_columns(part, own)
    parts = [first]
    for run, table in lists:
        beside = _only(part.sheet, rows, run)
        parts.append(Part(beside, _with_titles(table, part.table), _mark(run)))
    return parts


def _mark(run: range) -> str:
    return letters(run.start)


def _only_columns(part: Part, columns: Sequence[int]) -> Part:
    keep = set(columns)
    blank = pl.lit(None, dtype=pl.String)
    sheet = part.sheet
    cells = sheet.cells.select(
        (pl.col(name) if i in keep else blank).alias(name)
        for i, name in enumerate(sheet.cells.columns)
    )
    table = part.table
    headings = tuple(text if i in keep else None for i, text in enumerate(table.headings))
    parts = tuple(
        tuple(text if i in keep else None for i, text in enumerate(row)) for row in table.parts
    )
    merged = tuple(one for one in sheet.merged if one[0][1] in keep)
    table = replace(table, headings=headings, parts=parts)
    return replace(part, sheet=replace(sheet, cells=cells, merged=merged), table=table)


def _cut(table: Table, run: range) -> list[str | None]:
    return [table.headings[i] for i in run if i < len(table.headings)]


def _runs(part: Part) -> list[range]:
    """Return the columns that stand together: blank ones part them, and a second `No` does."""
    headings = part.table.headings
    body = part.sheet.cells.slice(part.table.body)
    filled = body.select(pl.all().count()).row(0) if body.width else ()
    runs: list[range] = []
    start: int | None = None
    seen: list[str] = []
    for i in range(len(filled)):
        text = headings[i] if i < len(headings) else None
        if text is None and not filled[i]:
            if start is not None:
                runs.append(range(start, i))
            start, seen = None, []
            continue
        if start is not None and text and normal(text) in RUNNING and normal(text) in seen:
            runs.append(range(start, i))
            start, seen = i, []
        start = i if start is None else start
        seen.append(normal(text) if text else "")
    if start is not None:
        runs.append(range(start, len(filled)))
    return runs


def _beside(
    part: Part, kind: Kind, mapping: Sequence[str], runs: list[range], main: range
) -> tuple[list[tuple[range, Table]], list[range]]:
    """Tell the runs of columns that are lists of their own, and those that are no part of one."""
    lists: list[tuple[range, Table]] = []
    asides: list[range] = []
    ours = _names(part.table.headings, kind, main)
    for run in runs:
        if run == main or len(run) < 2:
            continue
        theirs = _names(part.table.headings, kind, run)
        is_apart = bool(ours & theirs) or not any(_cut(part.table, run))
        if is_apart and run.start > main.start:
            height = part.sheet.cells.height
            alone = find(_only(part.sheet, [(0, height)], run), kind.dictionary, mapping)
            if alone is not None and alone.score >= 1 and _has_key(alone.headings, kind):
                lists.append((run, alone))
                continue
        if is_apart or _sums_up(part, kind, main, run):
            asides.append(run)
    return lists, asides


def _sums_up(part: Part, kind: Kind, main: range, run: range) -> bool:
    """Say whether columns beside a list tell something else than its rows, as a recap does."""
    body = part.sheet.cells.slice(part.table.body)
    keys = [
        i
        for i in main
        if i < len(part.table.headings)
        and (text := part.table.headings[i])
        and _key_of(text, kind)
    ]
    named = body.select(pl.any_horizontal(pl.nth(*keys).is_not_null())).to_series()
    told = body.select(pl.any_horizontal(pl.nth(*run).is_not_null())).to_series()
    if not told.any():
        return False
    words = [cell for i in run for cell in (_heading(part, i), *_titles_over(part, i)) if cell]
    if any(SUMMARY.search(word) for word in words):
        return True
    first = body.select(pl.nth(*run)).filter(told)
    texts = first.head(500).rows()
    if any(cell and footers.WHOLLY_TOTAL.match(cell) for row in texts for cell in row):
        return True
    rows, names = told.arg_true(), named.arg_true()
    if names.is_empty():
        return False
    gathered = int(rows[-1]) - int(rows[0]) + 1 == len(rows)
    short = len(names) >= 3 and len(rows) < len(names) and not _names(part.table.headings, kind, run)
    stops = gathered and (short or (len(names) >= 4 and len(rows) * 10 <= len(names) * 8))
    return stops or int(rows[-1]) > int(names[-1]) + 1


def _heading(part: Part, column: int) -> str | None:
    return part.table.headings[column] if column < len(part.table.headings) else None


def _titles_over(part: Part, column: int) -> list[str]:
    return [text for _, at, text in part.table.titles if at == column]


def _aside(part: Part, run: range) -> Unread:
    table = part.table
    words = [text for i in run if (text := _heading(part, i))]
    body = part.sheet.cells.slice(table.body)
    told = body.select(pl.any_horizontal(pl.nth(*run).is_not_null())).to_series()
    if words:
        column = next(i for i in run if _heading(part, i))
        return Unread(table.last + 1, column, ", ".join(words), int(told.sum()))
    row = int(told.arg_true()[0])
    cells = [(i, body.to_series(i)[row]) for i in run if body.to_series(i)[row]]
    names = ", ".join(str(cell) for _, cell in cells)
    return Unread(table.body + row + 1, cells[0][0], names, max(int(told.sum()) - 1, 0))
