"""Tables that stand beside a list: lists of their own, and recaps that are no part of it."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from pulih.intake import not_data, quick
from pulih.intake.cells import letters
from pulih.intake.headings import normal
from pulih.intake.kinds import Kind
from pulih.intake.layout import SUMMARY, Table, find
from pulih.intake.parts import Part, Unread, has_key, names_in, names_key, only, with_titles

RUNNING = ("nomor", "nomor urut", "urut")


def side_by_side(
    part: Part, kind: Kind, mapping: Sequence[str], unread: list[Unread]
) -> list[Part]:
    """Cut a table where another one stands beside it."""
    runs = _runs(part)
    if len(runs) < 2:
        return [part]
    main = next((run for run in runs if has_key(_cut(part.table, run), kind)), None)
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
        beside = only(part.sheet, rows, run)
        parts.append(Part(beside, with_titles(table, part.table), _mark(run)))
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
    filled = quick.counts(body)
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
    ours = names_in(part.table.headings, kind, main)
    for run in runs:
        if run == main or len(run) < 2:
            continue
        theirs = names_in(part.table.headings, kind, run)
        is_apart = bool(ours & theirs) or not any(_cut(part.table, run))
        is_apart |= _numbers_its_own(part, kind, run, main)
        if is_apart and run.start > main.start:
            height = part.sheet.cells.height
            alone = find(only(part.sheet, [(0, height)], run), kind.dictionary, mapping)
            if alone is not None and alone.score >= 1 and has_key(alone.headings, kind):
                lists.append((run, alone))
                continue
        if is_apart or _sums_up(part, kind, main, run):
            asides.append(run)
    return lists, asides


def _numbers_its_own(part: Part, kind: Kind, run: range, main: range) -> bool:
    """Say whether two lists stand side by side that each number their rows and name their firms."""
    numbered = all(normal(_heading(part, one.start) or "") in RUNNING for one in (run, main))
    return numbered and has_key(_cut(part.table, run), kind)


def _sums_up(part: Part, kind: Kind, main: range, run: range) -> bool:
    """Say whether columns beside a list tell something else than its rows, as a recap does."""
    body = part.sheet.cells.slice(part.table.body)
    keys = [
        i
        for i in main
        if i < len(part.table.headings)
        and (text := part.table.headings[i])
        and names_key(text, kind)
    ]
    named = body.select(pl.any_horizontal(pl.nth(*keys).is_not_null())).to_series()
    told = body.select(pl.any_horizontal(pl.nth(*run).is_not_null())).to_series()
    if not told.any():
        return False
    words = [cell for i in run for cell in (_heading(part, i), *_titles_over(part, i)) if cell]
    if any(SUMMARY.search(word) for word in words):
        return True
    known = len(names_in(part.table.headings, kind, run))
    goes_on = known * 5 >= sum(text is not None for text in _cut(part.table, run)) * 3
    if known and goes_on and int((told & named).sum()) * 5 >= int(named.sum()) * 4:
        return False  # A blank column parts the list, whatever is signed below it.
    first = body.select(pl.nth(*run)).filter(told)
    texts = first.head(500).rows()
    if any(cell and not_data.WHOLLY_TOTAL.match(cell) for row in texts for cell in row):
        return True
    rows, names = told.arg_true(), named.arg_true()
    if names.is_empty():
        return False
    gathered = int(rows[-1]) - int(rows[0]) + 1 == len(rows)
    short = (
        len(names) >= 3 and len(rows) < len(names) and not names_in(part.table.headings, kind, run)
    )
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
