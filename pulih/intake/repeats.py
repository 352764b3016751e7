"""The same firms in several tables of one book: counted once, each told what the others add."""

import polars as pl

from pulih.common.errors import Message
from pulih.intake.wording import WARNING
from pulih.intake.work import SheetRows

LEAST_SAME = 2
LEAST_SHARE = 0.6
MOST_TOLD = 200
NAMES = ("business_name", "owner_name")
APART = ("nik", "nib", "regency_code", "month")  # Where these differ, it is another firm or report.


def merge(works: list[SheetRows]) -> None:
    """Count firms once that stand in several tables; the first keeps the row, blanks are filled."""
    keyed: list[pl.DataFrame] = []
    for number, work in enumerate(works):
        mine = _keys(work, number)
        if keyed and mine.height:
            earlier = pl.concat(keyed)
            mine = _merge_into(works, number, mine, earlier)
        keyed.append(mine)


def _keys(work: SheetRows, number: int) -> pl.DataFrame:
    """Return what each row is known by: names without case and marks, and what sets it apart."""
    columns = {name: _plain(work, name) for name in NAMES}
    columns |= {name: _text(work, name) for name in APART}
    frame = pl.DataFrame(columns).with_row_index("at").with_columns(table=pl.lit(number))
    return frame.filter(pl.any_horizontal(pl.col(name) != "" for name in NAMES))


def _text(work: SheetRows, name: str) -> pl.Series:
    values = work.values.get(name)
    found = work.empty(pl.String) if values is None else values.cast(pl.String)
    return found.alias(name)


def _plain(work: SheetRows, name: str) -> pl.Series:
    texts = _text(work, name).str.to_lowercase().str.replace_all(r"[^a-z0-9]+", "")
    return texts.fill_null("").alias(name)


def _merge_into(
    works: list[SheetRows], number: int, mine: pl.DataFrame, earlier: pl.DataFrame
) -> pl.DataFrame:
    """Take out the rows of a table that earlier tables hold; return the keys of those that stay."""
    pairs = _pairs(mine, earlier)
    gone: list[int] = []
    for (table,), part in pairs.partition_by("table", as_dict=True, maintain_order=True).items():
        first, later = works[int(str(table))], works[number]
        most = min(first.height, later.height)
        if part.height < LEAST_SAME or part.height < LEAST_SHARE * most:
            continue
        _fill(first, later, part["at"], part["at_right"])
        _tell(first, later, part.height, _differing(first, later, part["at"], part["at_right"]))
        gone += part["at_right"].to_list()
    if not gone:
        return mine
    rest = pl.int_range(works[number].height, eager=True)
    works[number].keep(rest.filter(~rest.is_in(gone)))
    return _keys(works[number], number)


def _pairs(mine: pl.DataFrame, earlier: pl.DataFrame) -> pl.DataFrame:
    """Return the rows (`at_right`) that are an earlier row (`table`, `at`), each once."""
    both = earlier.join(mine.drop("table"), on=list(NAMES), how="inner")
    for name in NAMES:  # A table without owners is known by the firms' names alone.
        if (mine[name] == "").all() or (earlier[name] == "").all():
            other = next(one for one in NAMES if one != name)
            alone = earlier.join(mine.drop("table"), on=other, how="inner").filter(
                pl.col(other) != ""
            )
            both = alone if both.is_empty() else both
    same = [
        (pl.col(name) == pl.col(f"{name}_right")).fill_null(True)
        for name in APART
        if name != "month"
    ]
    months = pl.col("month").eq_missing(pl.col("month_right"))
    found = both.filter(*same, months)
    return found.filter(
        (pl.len().over("table", "at") == 1) & (pl.len().over("table", "at_right") == 1)
    ).unique("at_right", keep="first", maintain_order=True)


def _fill(first: SheetRows, later: SheetRows, ours: pl.Series, theirs: pl.Series) -> None:
    """Fill what the earlier rows leave blank with what the later ones say."""
    for store, others in ((first.values, later.values), (first.extra, later.extra)):
        for name, series in others.items():
            told = series.gather(theirs)
            old = store.get(name)
            if old is None:
                old = pl.Series(name, [None], dtype=series.dtype).new_from_index(0, first.height)
            if old.dtype != told.dtype:
                continue
            kept = old.gather(ours)
            store[name] = old.scatter(ours, kept.zip_with(kept.is_not_null(), told)).alias(name)
            if name in later.columns:
                first.columns.setdefault(name, later.columns[name])


def _differing(first: SheetRows, later: SheetRows, ours: pl.Series, theirs: pl.Series) -> int:
    """Warn, cell by cell, of what the later rows say otherwise; return how many cells do."""
    count = 0
    for name, position in later.assignment.recognised.items():
        if name in NAMES or name not in later.values or name not in first.values:
            continue
        kept, told = first.values[name].gather(ours), later.values[name].gather(theirs)
        apart = _apart(kept, told).arg_true()
        for index in apart[: max(0, MOST_TOLD - count)]:
            _tell_cell(first, later, name, position, kept[index], int(theirs[index]))
        count += len(apart)
    return count


def _apart(kept: pl.Series, told: pl.Series) -> pl.Series:
    if kept.dtype == pl.String and told.dtype == pl.String:
        kept, told = (
            one.str.to_lowercase().str.replace_all(r"[^a-z0-9]+", "") for one in (kept, told)
        )
    return (kept != told).fill_null(False)


def _tell_cell(
    first: SheetRows, later: SheetRows, name: str, position: int, kept: object, index: int
) -> None:
    title = later.kind.column(name).title
    raw = later.raw.get(name)
    written = None if raw is None else raw[index]
    message = Message(
        f'{title.id} "{written}" lain dari "{kept}" usaha yang sama di {_place(first).id}; yang di '
        "sana dipakai. Periksa keduanya.",
        f'the {title.en} "{written}" differs from "{kept}" of the same firm in '
        f"{_place(first).en}; that one was used. Check both.",
    )
    row = int(later.row_numbers[index])
    later.tell(row, position, name, written, WARNING, "same_firms_differ", message)


def _place(work: SheetRows) -> Message:
    if work.sheet.name:
        return Message(f'lembar "{work.sheet.name}"', f'the sheet "{work.sheet.name}"')
    return Message("tabel di atasnya", "the table above it")


def _tell(first: SheetRows, later: SheetRows, count: int, differing: int) -> None:
    """Say once a table how many of its firms stand elsewhere and are counted there."""
    message = Message(
        f"{count} dari {later.height} usaha di sini sudah ada di {_place(first).id} dan dihitung "
        f"sekali; isian yang kosong di sana dilengkapi dari sini, {differing} sel berbeda.",
        f"{count} of {later.height} firms here also stand in {_place(first).en} and are counted "
        f"once; what was blank there was filled from here, {differing} cells differ.",
    )
    row = max(later.table.last + 1, 1)
    later.tell(row, 0, None, later.sheet.name, WARNING, "same_firms", message)
