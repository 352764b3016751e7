"""CSV as offices send it: any usual encoding, comma, semicolon, tab or bar, ragged rows."""

import codecs
import csv
import io
import re
from collections import Counter
from pathlib import Path

import polars as pl
from polars.exceptions import ComputeError, SchemaError

from pulih.intake import limit_refusals, limits, quick, quotes, recut, refusals
from pulih.intake.cells import Fault, Sheet

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_BYTES = 256 * 1024
ENCODED_OTHERWISE = "pulih.encoded_otherwise"
MANY_LINES = r"(?s)^(?:[^\n]*\n){6}"
PRIVATE = 0xF700  # Private letters: no text that people write holds them.
MARKED = re.compile(f"[{chr(PRIVATE + 0x80)}-{chr(PRIVATE + 0xFF)}]")
LETTER = re.compile("[\u0080-\uffff]")
MOST_COLUMNS = 16_384  # Of a spreadsheet; blank ones at the right are dropped.
BLOCK_BYTES = 512 * 1024  # 200 cells of 2,600 letters; a line of twice as much is always seen.
SPARE_COLUMNS = 3  # A few rows further down may be longer than those looked at.


def read(path: Path) -> Sheet:
    """Read the whole file as texts. May refuse."""
    _refuse_long_lines(path)
    encoding = encoding_of(path)
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES).decode(encoding, ENCODED_OTHERWISE)
    head = _shown(head.removeprefix("\ufeff"))
    declared = head.partition("\n")[0].strip().lower()
    skipped = 1 if declared.startswith("sep=") and len(declared) == 5 else 0
    delimiter = declared[4] if skipped else delimiter_of(head)
    if delimiter == "\\":
        delimiter = "\t"
    has_odd_ends = b"\r" in head.encode().replace(b"\r\n", b"")
    source: Path | bytes = path
    if encoding != "utf-8" or has_odd_ends:
        source = _decoded(path, encoding).encode()
    cells, faults = _cells(path, source, delimiter, _width(head, delimiter))
    if (lines := recut.lines(cells)) is not None:
        delimiter = delimiter_of(lines)
        cells, faults = _cells(path, lines.encode(), delimiter, _width(lines, delimiter))
    cells = recut.headings(cells, delimiter, DELIMITERS)
    if skipped:
        cells = _without_declaration(cells)
    _refuse_wide(path, cells.width, limits.COLUMNS)
    if cells.height > limits.ROWS + 1_000:
        raise refusals.too_many(path.name, ("baris", "rows"), limits.ROWS)
    cells, guessed = _without_odd_bytes(cells)
    return Sheet(None, cells, faults=(*faults, *guessed), delimiter=delimiter)


def _cells(
    path: Path, source: Path | bytes, delimiter: str, width: int
) -> tuple[pl.DataFrame, list[Fault]]:
    """Read the cells quickly where that is safe, else record by record. May refuse."""
    _refuse_wide(path, width)
    cells = _quickly(source, delimiter, width)
    if cells is None and isinstance(source, Path):
        source = _decoded(path, "utf-8").encode()
        cells = _quickly(source, delimiter, width)
    if cells is not None and not _has_loose_quotes(cells, delimiter):
        return cells, []
    text = source.decode("utf-8") if isinstance(source, bytes) else _decoded(path, "utf-8")
    parsed = quotes.parse(text, delimiter)
    _refuse_wide(path, max((len(row) for row in parsed.rows), default=0))
    faults = [Fault(row, column, "stray_quote") for row, column in parsed.loose]
    return _trimmed(_framed(parsed.rows)), faults


def _refuse_wide(path: Path, width: int, most: int = MOST_COLUMNS + SPARE_COLUMNS) -> None:
    if width > most:
        raise refusals.too_many(path.name, ("kolom", "columns"), limits.COLUMNS)


def _refuse_long_lines(path: Path) -> None:
    """Refuse a file with a block that ends no line: its row would take minutes to be refused."""
    line = 1
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            if len(block) == BLOCK_BYTES and b"\n" not in block and b"\r" not in block:
                raise limit_refusals.long_line(path.name, line)
            line += block.count(b"\n")


def _otherwise(error: UnicodeError) -> tuple[str, int]:
    """Mark the bytes that are no UTF-8: each as a private letter that still names the byte."""
    assert isinstance(error, UnicodeDecodeError)
    if error.encoding.lower() not in ("utf-8", "utf8"):
        return "\ufffd", error.end
    wrong = error.object[error.start : error.end]
    return "".join(chr(PRIVATE + byte) for byte in wrong), error.end


codecs.register_error(ENCODED_OTHERWISE, _otherwise)


def _shown(text: str) -> str:
    """Return a text with the marked bytes read as Windows-1252."""
    return MARKED.sub(lambda found: _letter(ord(found[0]) - PRIVATE), text)


def _letter(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "replace")


def _decoded(path: Path, encoding: str) -> str:
    """Return the whole text, its lines ended alike. In a file without any letter of UTF-8, other
    bytes are Windows-1252 throughout and no fault.
    """
    text = path.read_bytes().decode(encoding, ENCODED_OTHERWISE).removeprefix("\ufeff")
    if encoding == "utf-8" and not LETTER.search(MARKED.sub("", text)):
        text = _shown(text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _without_odd_bytes(cells: pl.DataFrame) -> tuple[pl.DataFrame, list[Fault]]:
    """Read marked bytes as Windows-1252 and tell the cells that hold them."""
    pattern = f"[\0{chr(PRIVATE + 0x80)}-{chr(PRIVATE + 0xFF)}]"
    marked = cells.select(pl.all().str.contains(pattern).any()).row(0)
    faults: list[Fault] = []
    for position, is_marked in enumerate(marked):
        if not is_marked:
            continue
        column = cells.to_series(position)
        rows = column.str.contains(pattern).fill_null(False).arg_true()
        faults += [Fault(row, position, "odd_byte") for row in rows]
        texts = [_shown(text).replace("\0", "").strip() or None for text in column.gather(rows)]
        cells = cells.with_columns(column.scatter(rows, texts))
    return cells, faults


def encoding_of(path: Path) -> str:
    """Return the encoding: UTF-16 by its mark or its zeros, else UTF-8, where odd bytes are told.

    A file in which UTF-8 has no letter of its own is Windows-1252; `_decoded` sees to that.
    """
    with path.open("rb") as file:
        head = file.read(4096)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if head[1::2].count(0) > len(head) / 4:
            return "utf-16-le"
        if head[0::2].count(0) > len(head) / 4:
            return "utf-16-be"
    return "utf-8"


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
    except (ComputeError, SchemaError):
        return None
    return _trimmed(cells)


def _has_loose_quotes(cells: pl.DataFrame, delimiter: str) -> bool:
    """See whether a quotation mark may have eaten more than its own cell.

    A cell of several lines that holds a delimiter, or one that begins or ends with a mark.
    """
    text = pl.all()
    with_marks = cells.select(text.str.contains(r'["\n]').any()).row(0)
    cells = cells.select(
        name for name, found in zip(cells.columns, with_marks, strict=True) if found
    )
    if not cells.width:
        return False
    lines = text.str.contains("\n", literal=True)
    eaten = lines & (text.str.contains(delimiter, literal=True) | text.str.contains(MANY_LINES))
    odd = text.str.starts_with('"') | text.str.ends_with('"')
    return any(cells.select((eaten | odd).any()).row(0))


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
    last = max((number for number, count in enumerate(quick.counts(cells)) if count), default=0)
    return cells.select(cells.columns[: last + 1])


def _without_declaration(cells: pl.DataFrame) -> pl.DataFrame:
    """Blank the `sep=;` line that Excel understands, keeping the numbers of the rows."""
    first = cells.with_row_index("_row").with_columns(
        pl.when(pl.col("_row") > 0).then(pl.exclude("_row"))
    )
    return first.drop("_row")
