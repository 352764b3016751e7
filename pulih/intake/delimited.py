"""CSV as offices send it: any usual encoding, comma, semicolon, tab or bar, ragged rows."""

import codecs
import csv
import io
from collections import Counter
from pathlib import Path

import polars as pl
from polars.exceptions import ComputeError

from pulih.intake import limits, refusals
from pulih.intake.cells import Sheet

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_BYTES = 256 * 1024
SPARE_COLUMNS = 3  # A few rows further down may be longer than those looked at.


def read(path: Path) -> Sheet:
    """Read the whole file as texts. May refuse."""
    encoding = encoding_of(path)
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES).decode(encoding, "ignore")
    head = head.removeprefix("\ufeff")
    declared = head.partition("\n")[0].strip().lower()
    skipped = 1 if declared.startswith("sep=") and len(declared) == 5 else 0
    delimiter = declared[4] if skipped else delimiter_of(head)
    if delimiter == "\\":
        delimiter = "\t"
    source: Path | bytes = path
    if encoding != "utf-8" or b"\r" in head.encode().replace(b"\r\n", b""):
        text = path.read_bytes().decode(encoding, "replace").removeprefix("\ufeff")
        source = text.replace("\r\n", "\n").replace("\r", "\n").encode()
    width = _width(head, delimiter)
    cells = _quickly(source, delimiter, width)
    if cells is None:
        cells = _carefully(_mended(path, source), delimiter)
    if _has_loose_quotes(cells, delimiter, width):
        cells = _unquoted(_mended(path, source), delimiter)
    if skipped:
        cells = _without_declaration(cells)
    if cells.width > limits.COLUMNS:
        raise refusals.too_many(path.name, ("kolom", "columns"), limits.COLUMNS)
    if cells.height > limits.ROWS + 1_000:
        raise refusals.too_many(path.name, ("baris", "rows"), limits.ROWS)
    return Sheet(None, cells)


def encoding_of(path: Path, *, whole: bool = False) -> str:
    """Return the encoding: UTF-8 if every byte fits, UTF-16 by its mark, else Windows-1252.

    Only the first megabyte is looked at unless the `whole` file is asked for.
    """
    with path.open("rb") as file:
        head = file.read(4096)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if head[1::2].count(0) > len(head) / 4:
            return "utf-16-le"
        if head[0::2].count(0) > len(head) / 4:
            return "utf-16-be"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            # Polars checks the rest, and stops at the first byte that is no UTF-8.
            while block := file.read(1 << 20):
                decoder.decode(block)
                if not whole:
                    return "utf-8"
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _mended(path: Path, source: Path | bytes) -> bytes:
    """Return the bytes as UTF-8, whatever the rows far down are written in."""
    if isinstance(source, bytes):
        return source
    return path.read_bytes().decode(encoding_of(path, whole=True), "replace").encode()


def delimiter_of(head: str) -> str:
    """Return the delimiter that cuts most rows into the same, largest number of cells."""
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths = Counter(len(row) for row in _rows(head, delimiter)[:200] if len(row) > 1)
        if widths:
            width, rows = max(widths.items(), key=lambda item: item[0] * item[1])
            score = (width - 1) * rows
            if score > best_score:
                best, best_score = delimiter, score
    return best


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """Cut a text into rows as spreadsheets do; the last one may be cut short and is left out."""
    csv.field_size_limit(1 << 27)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    return rows[:-1] if len(text) >= SAMPLE_BYTES // 4 and len(rows) > 1 else rows


def _width(head: str, delimiter: str) -> int:
    rows = _rows(head, delimiter)
    return max((len(row) for row in rows), default=1) + SPARE_COLUMNS


def _quickly(source: Path | bytes, delimiter: str, width: int) -> pl.DataFrame | None:
    """Read with Polars; None when a row is longer than the rest or no UTF-8."""
    try:
        cells = pl.read_csv(
            source,
            separator=delimiter,
            has_header=False,
            schema={str(number): pl.String for number in range(width)},
            missing_columns="insert",
        )
    except ComputeError:
        return None
    return _trimmed(cells)


def _has_loose_quotes(cells: pl.DataFrame, delimiter: str, width: int) -> bool:
    """See whether a loose quotation mark ate whole rows: a cell then holds a line of delimiters."""
    text = pl.all()
    lines = cells.select(text.str.contains("\n", literal=True).any()).row(0)
    suspects = [name for name, found in zip(cells.columns, lines, strict=True) if found]
    least = max(2, width - SPARE_COLUMNS - 1)
    return any(
        (cells[name].str.count_matches(delimiter, literal=True) >= least).any() for name in suspects
    )


def _unquoted(source: bytes, delimiter: str) -> pl.DataFrame:
    """Read line by line, taking quotation marks only where they enclose a whole cell."""
    text = source.decode("utf-8", "replace").removeprefix("\ufeff")
    lines = csv.reader(io.StringIO(text), delimiter=delimiter, quoting=csv.QUOTE_NONE)
    rows = [[_bare(cell) for cell in line] for line in lines]
    return _trimmed(_framed(rows))


def _bare(cell: str) -> str:
    whole = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if whole else cell


def _carefully(source: bytes, delimiter: str) -> pl.DataFrame:
    """Read with Python's forgiving reader: slower, any number of cells a row."""
    text = source.decode("utf-8", "replace").removeprefix("\ufeff")
    return _trimmed(_framed(list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))))


def _framed(rows: list[list[str]]) -> pl.DataFrame:
    width = max((len(row) for row in rows), default=1)
    columns = [[row[i] if i < len(row) else None for row in rows] for i in range(width)]
    return pl.DataFrame(
        {str(i): pl.Series(column, dtype=pl.String) for i, column in enumerate(columns)}
    )


def _trimmed(cells: pl.DataFrame) -> pl.DataFrame:
    """Trim every text, make blanks null and drop the columns on the right that hold nothing."""
    cells = cells.with_columns(pl.all().str.strip_chars()).with_columns(
        pl.when(pl.all().str.len_bytes() > 0).then(pl.all())
    )
    counts = cells.select(pl.all().count()).row(0)
    last = max((number for number, count in enumerate(counts) if count), default=0)
    return cells.select(cells.columns[: last + 1])


def _without_declaration(cells: pl.DataFrame) -> pl.DataFrame:
    """Blank the `sep=;` line that Excel understands, keeping the numbers of the rows."""
    first = cells.with_row_index("_row").with_columns(
        pl.when(pl.col("_row") > 0).then(pl.exclude("_row"))
    )
    return first.drop("_row")
