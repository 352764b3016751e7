"""The same firms in several tables of one book: counted once, each told what the others add."""

import re

import polars as pl
from rapidfuzz import fuzz

from pulih.common.errors import Message
from pulih.intake import titles
from pulih.intake.wording import WARNING
from pulih.intake.work import SheetRows

LEAST_SAME = 2
LEAST_SHARE = 0.6
MOST_TOLD = 200
MOST_CORRECTED = 200  # Tables that differ in more firms are not corrections of each other.
NEARLY, ALIKE = 70, 100
NAMES = ("business_name", "owner_name")
NUMBERS = ("nik", "nib")
APART = ("nik", "nib", "regency_code", "month")  # Where these differ, it is another firm or report.

REVISED = re.compile(
    r"revisi|perbaikan|pembetulan|koreksi|final|terbaru|pembaruan|pemutakhiran|update|terakhir|"
    r"\bfix\b|\brev\b|ralat",
    re.IGNORECASE,
)
REPLACED = re.compile(
    r"\blama\b|\bawal\b|draf|sebelum\s+(?:revisi|perbaikan)|belum\s+final|\bold\b|salah|backup|"
    r"copy|salinan|konsep",
    re.IGNORECASE,
)


def merge(works: list[SheetRows]) -> None:
    """Count firms once that stand in several tables; the first keeps the row, blanks are filled.

    A table that calls itself revised or final comes before the others, a draft after them.
    """
    ordered = sorted(works, key=_standing)
    keyed: list[pl.DataFrame] = []
    for number, work in enumerate(ordered):
        mine = _keys(work, number)
        if keyed and mine.height:
            earlier = pl.concat(keyed)
            mine = _merge_into(ordered, number, mine, earlier)
        keyed.append(mine)


def _standing(work: SheetRows) -> int:
    """Return which table has the first word: 0 a revised one, 2 one that was replaced."""
    words = " ".join([work.sheet.label, *(text for _, _, text in work.table.titles)])
    if REPLACED.search(words):
        return 2
    return 0 if REVISED.search(words) else 1


def _months_apart(first: SheetRows, later: SheetRows) -> bool:
    """Say whether each of two tables is of one month by its name or headings, and another one."""
    ours, theirs = (titles.own_months(one.table, one.sheet.name) for one in (first, later))
    return len(ours) == len(theirs) == 1 and ours != theirs


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
        if _months_apart(first, later):
            continue
        most = min(first.height, later.height)
        if part.height < LEAST_SAME or part.height < LEAST_SHARE * most:
            continue
        ours = earlier.filter(pl.col("table") == table)
        part = pl.concat([part, _corrected(mine, ours, part)])
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


def _corrected(mine: pl.DataFrame, earlier: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Return the firms of a repeated table whose names were corrected in one of the two.

    Known by a number of their own, or by one of their names while the other is nearly the same.
    """
    ours = earlier.filter(~pl.col("at").is_in(pairs["at"].to_list()))
    theirs = mine.filter(~pl.col("at").is_in(pairs["at_right"].to_list()))
    if max(ours.height, theirs.height) > MOST_CORRECTED:
        return pairs.clear()
    both = ours.join(theirs.drop("table"), how="cross")
    same = pl.struct(*(pl.col(name, f"{name}_right") for name in (*NUMBERS, *NAMES)))
    found = both.filter(
        same.map_elements(_is_corrected, return_dtype=pl.Boolean),
        (pl.col("regency_code") == pl.col("regency_code_right")).fill_null(True),
        pl.col("month").eq_missing(pl.col("month_right")),
    )
    once = (pl.len().over("at") == 1) & (pl.len().over("at_right") == 1)
    return found.filter(once).select(pairs.columns)


def _is_corrected(one: dict[str, str | None]) -> bool:
    for name in NUMBERS:
        ours, theirs = one[name], one[f"{name}_right"]
        if ours and theirs:
            return ours == theirs
    pairs = [(one[name] or "", one[f"{name}_right"] or "") for name in NAMES]
    like = [fuzz.ratio(*pair) for pair in pairs if all(pair)]
    return len(like) == len(NAMES) and max(like) == ALIKE and min(like) >= NEARLY


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
