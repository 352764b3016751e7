"""XLSX, XLS and ODS by calamine: typed cells, merged ranges, hidden sheets; no macro ever runs."""

import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

import polars as pl
from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from pulih.intake import limits, opendocument, quick, refusals
from pulih.intake.cells import Sheet
from pulih.intake.damage import DAMAGE, DamageRefused

ENDINGS = {"xlsx": (".xlsx", ".xlsm"), "xlsb": (".xlsb",), "xls": (".xls",), "ods": (".ods",)}
SLAB_ROWS = 10_000
CHANGED = re.compile(rb"<(?:dcterms:modified|dc:date)[^>]*>(\d{4}-\d{2}-\d{2})")
BLANKS = " \t\r\n\u00a0\u200b\ufeff"


def open_workbook(path: Path, form: str) -> CalamineWorkbook:
    """Open a book by what it is, whatever its name ends in. Refuses a locked or broken one."""
    with DamageRefused(path.name):
        if path.suffix.lower() in ENDINGS[form]:
            return CalamineWorkbook.from_path(str(path))
        # The library goes by the ending alone.
        with tempfile.TemporaryDirectory() as folder:
            named = Path(folder, f"book{ENDINGS[form][0]}")
            named.symlink_to(path.absolute())
            return CalamineWorkbook.from_path(str(named))


def sheet_names(path: Path, book: CalamineWorkbook) -> tuple[str, ...]:
    """Return the names of all sheets with cells. May refuse."""
    names = tuple(
        sheet.name for sheet in book.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet
    )
    if len(names) > limits.SHEETS:
        raise refusals.too_many(path.name, ("lembar", "sheets"), limits.SHEETS)
    return names


def last_changed(path: Path, form: str) -> date | None:
    """Return the day on which the book says it was last saved; None where that is unreadable."""
    if form == "xls":
        return None
    name = "meta.xml" if form == "ods" else "docProps/core.xml"
    try:
        with zipfile.ZipFile(path) as archive, archive.open(name) as properties:
            found = CHANGED.search(properties.read(100_000))
        return date.fromisoformat(found[1].decode()) if found else None
    except DAMAGE:
        return None  # Properties are nice to have: a list is not refused for theirs.


def read(
    path: Path,
    form: str,
    book: CalamineWorkbook,
    progress: Callable[[int, int | None], None] | None,
) -> Iterator[Sheet]:
    """Read the sheets of a book in their order. May refuse."""
    done = 0
    for about in book.sheets_metadata:
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        with DamageRefused(path.name):
            found = book.get_sheet_by_name(about.name)
            sheet = _sheet(path, found, about.visible is not SheetVisibleEnum.Visible, form)
        done += sheet.cells.height
        if done > limits.ROWS + 1_000:
            raise refusals.too_many(path.name, ("baris", "rows"), limits.ROWS)
        if progress:
            progress(done, None)
        yield sheet


def _sheet(path: Path, found: CalamineSheet, hidden: bool, form: str) -> Sheet:
    if found.start is None:
        return Sheet(found.name, pl.DataFrame(), pl.DataFrame(), (), hidden)
    left = found.start[1]
    if left + found.width > 16_384 or found.width > 4 * limits.COLUMNS:
        raise refusals.too_many(path.name, ("kolom", "columns"), limits.COLUMNS)
    slabs = list(_slabs(found))
    cells = _padded(pl.concat([slab[0] for slab in slabs]), left, None)
    numeric = _padded(pl.concat([slab[1] for slab in slabs]), left, False)
    filled = [number for number, count in enumerate(quick.counts(cells)) if count]
    width = (max(filled) + 1) if filled else 0
    if width > limits.COLUMNS:
        raise refusals.too_many(path.name, ("kolom", "columns"), limits.COLUMNS)
    names = cells.columns[:width]
    merged = (
        tuple(found.merged_cell_ranges or ())
        if form != "ods"
        else opendocument.spans(path, found.name)
    )
    if width < cells.width:
        cells, numeric = cells.select(names), numeric.select(names)
    return Sheet(found.name, cells, numeric, merged, hidden)


def _slabs(found: CalamineSheet) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Turn some thousand rows at a time into frames, so that Python's cells never pile up."""
    rows = found.iter_rows()
    while block := list(islice(rows, SLAB_ROWS)):
        columns = [_column(column) for column in zip(*block, strict=True)]
        texts = {str(number): text for number, (text, _) in enumerate(columns)}
        numbers = {str(number): mask for number, (_, mask) in enumerate(columns)}
        yield pl.DataFrame(texts), pl.DataFrame(numbers)


def _column(column: tuple[object, ...]) -> tuple[pl.Series, pl.Series]:
    """Give the texts of some cells of a column, and where the file held numbers."""
    if len(column) <= quick.SHORT:
        texts = pl.Series([_trimmed_text(value) for value in column], dtype=pl.String)
        return texts, pl.Series([type(value) is float or type(value) is int for value in column])
    kinds = set(map(type, column))
    if kinds == {float}:
        return _of_floats(pl.Series(column, dtype=pl.Float64)), _same(True, len(column))
    if kinds == {str}:
        return _trimmed(pl.Series(column, dtype=pl.String)), _same(False, len(column))
    if kinds == {str, float}:
        texts = pl.Series([one if type(one) is str else None for one in column], dtype=pl.String)
        numbers = pl.Series(
            [one if type(one) is float else None for one in column], dtype=pl.Float64
        )
        return _trimmed(texts).zip_with(numbers.is_null(), _of_floats(numbers)), ~numbers.is_null()
    texts = pl.Series([_text(value) for value in column], dtype=pl.String)
    numbers = pl.Series([type(value) is float or type(value) is int for value in column])
    return _trimmed(texts), numbers


def _same(value: bool, length: int) -> pl.Series:
    return pl.repeat(value, length, dtype=pl.Boolean, eager=True)


def _trimmed(texts: pl.Series) -> pl.Series:
    texts = texts.str.strip_chars(BLANKS)
    return texts.set(texts.str.len_bytes() == 0, None)


def _trimmed_text(value: object) -> str | None:
    text = _text(value)
    return text.strip(BLANKS) or None if text else None


def _of_floats(numbers: pl.Series) -> pl.Series:
    """Write numbers as `_text` does: the whole ones at once, the others one by one."""
    whole = (numbers.floor() == numbers) & (numbers.abs() < 1e18)
    texts = numbers.set(~whole, None).cast(pl.Int64).cast(pl.String)
    if whole.all():
        return texts
    others = [None if one is None else _text(one) for one in numbers.set(whole, None)]
    return texts.zip_with(whole.fill_null(False), pl.Series(others, dtype=pl.String))


def _text(value: object) -> str | None:
    """Write a typed cell as text: whole numbers without point, days as ISO."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e18 else repr(value)
    if isinstance(value, datetime):
        whole = value.time() == time()
        return value.date().isoformat() if whole else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta | int):
        return str(value)
    return None if value is None else str(value)


def _padded(frame: pl.DataFrame, left: int, blank: bool | None) -> pl.DataFrame:
    """Number the columns as the sheet does: calamine leaves out empty ones on the left."""
    if not left:
        return frame
    dtype = pl.String if blank is None else pl.Boolean
    empty = [pl.lit(blank, dtype=dtype).alias(str(i)) for i in range(left)]
    named = [pl.col(str(i)).alias(str(i + left)) for i in range(frame.width)]
    return frame.select(*empty, *named)
