"""What a delivered list must look like: one declaration a column reads, checks and explains."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice, pairwise
from typing import Any

from pulih.common.errors import Fault, Message

MOST_ROWS = 20_000
HEADING_WITHIN = 10  # Lines from the top.
LINES_OF_A_ROW = 1_000  # More is a quotation mark that nothing closes.
YES = {"yes", "ya", "true", "1", "y"}
NO = {"no", "tidak", "false", "0", "n", "t", ""}
COUNT_LINE = "jumlah baris"
YEARS = range(2000, 2101)
Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One column of a list: its name in the file, how it is read, and what it must be.

    read: raises ValueError for what is not allowed. rule: completes "must be …". also: other
    headings that offices give it.
    """

    name: str
    read: Callable[[str], Any]
    rule: Message
    is_required: bool = True
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shape:
    """The columns of a list, and those that tell its rows apart on one day."""

    columns: tuple[Column, ...]
    key: tuple[str, ...]
    is_dated: bool = True
    most_rows: int = MOST_ROWS
    may_be_empty: bool = False

    def named(self, headings: Sequence[str]) -> list[str]:
        """Return headings by the names of the columns they stand for."""
        names = {other: column.name for column in self.columns for other in column.also}
        return [names.get(heading, heading) for heading in headings]


def read_list(shape: Shape, content: bytes) -> tuple[list[Row], list[Fault]]:
    """Return the rows of a CSV file and everything that is wrong with it, in row order.

    Commas or semicolons, UTF-8 or Windows-1252; unknown columns are ignored; the line
    with which our own exports end is left out. A file with faults must not be stored.
    """
    rows: list[Row] = []
    faults: list[Fault] = []
    for one in read_one_by_one(shape, _decoded(content).splitlines()):
        if isinstance(one, Fault):
            faults.append(one)
        else:
            rows.append(one)
    return rows, faults or list(_clashes(shape, rows))


def read_one_by_one(shape: Shape, lines: Iterable[str]) -> Iterator[Row | Fault]:
    """Yield the rows of a list as its lines come, and before each row what is wrong with it.

    For lists that are too long to be held: rows of one key are not compared with each other.
    """
    coming = iter(lines)
    top = list(islice(coming, HEADING_WITHIN))
    start = _heading_line(shape, top)
    if start is None:
        yield _no_heading(shape)
        return
    delimiter = _delimiter(top[start])
    names = shape.named(_names(top[start], delimiter))
    lines = _Lines(chain(top[start + 1 :], coming))
    reader = csv.DictReader(lines, names, delimiter=delimiter)
    count, number = 0, start + 1
    try:
        for number, cells in enumerate(reader, start=start + 2):
            lines.of_row = 0
            if _is_no_row(cells):
                continue
            if count >= shape.most_rows:
                yield _too_long(number, shape.most_rows)
                return
            row = {"row": number}
            yield from _read_row(shape, number, cells, row)
            yield row
            count += 1
    except csv.Error:  # A cell without an end, as after a quotation mark that nothing closes.
        yield _endless_cell(number + 1)
        return
    if not count and not shape.may_be_empty:
        yield _empty()


class _Lines(Iterator[str]):
    """Lines as they come, up to so many for one row: Python's own limit of a cell is no file's."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines, self.of_row = lines, 0

    def __next__(self) -> str:
        line = next(self.lines)
        self.of_row += not line.isspace() and line != ""
        if self.of_row > LINES_OF_A_ROW:
            raise csv.Error
        return line


def text(longest: int) -> Callable[[str], str]:
    """Return a reader of non-empty text of at most `longest` letters."""

    def read(value: str) -> str:
        if not value or len(value) > longest:
            raise ValueError(value)
        return value

    return read


def matching(pattern: str) -> Callable[[str], str]:
    """Return a reader of text that matches `pattern` whole."""

    def read(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(value)
        return value

    return read


def text_or_none(longest: int) -> Callable[[str], str]:
    """Return a reader of text of at most `longest` letters, or of nothing."""

    def read(value: str) -> str:
        if len(value) > longest:
            raise ValueError(value)
        return value

    return read


def one_of(values: Sequence[str]) -> Callable[[str], str]:
    """Return a reader of one of some words."""

    def read(value: str) -> str:
        if value not in values:
            raise ValueError(value)
        return value

    return read


def yes_or_no(value: str) -> bool:
    """Read `ya` or `tidak`, `yes` or `no`. Raises ValueError."""
    if value.casefold() in YES:
        return True
    if value.casefold() in NO:
        return False
    raise ValueError(value)


def day(value: str) -> date:
    """Read `2020-01-31`, of the years that forms take too. Raises ValueError.

    A row that held from 9999 on would let no later one follow it.
    """
    read = date.fromisoformat(value)
    if read.year not in YEARS:
        raise ValueError(value)
    return read


def day_or_none(value: str) -> date | None:
    """Read a day as `day` does, or nothing. Raises ValueError."""
    return day(value) if value else None


def whole_rupiah(value: str) -> int:
    """Read whole rupiah without separators, not negative. Raises ValueError."""
    if not re.fullmatch(r"\d{1,15}", value):
        raise ValueError(value)
    return int(value)


def rupiah_above_zero(value: str) -> int:
    """Read whole rupiah, with or without dots between thousands. Raises ValueError."""
    bare = value.removeprefix("Rp").strip()
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+", bare):
        bare = re.sub(r"\D", "", bare)
    amount = whole_rupiah(bare)
    if not 0 < amount <= 10**12:
        raise ValueError(value)
    return amount


def first_day(value: str) -> date:
    """Read a day, or a year as its first one. Raises ValueError."""
    return date(int(value), 1, 1) if re.fullmatch(r"20\d\d", value) else day(value)


def follow_on(rows: Sequence[Row]) -> list[tuple[int, date]]:
    """Return which rows of one key end when the next begins: (place in `rows`, last day after).

    rows: dated rows of one key in the order of `valid_from`; only open ones are ended.
    """
    return [
        (place, after["valid_from"])
        for place, (before, after) in enumerate(pairwise(rows))
        if before["valid_to"] is None
    ]


def first_overlap(rows: Sequence[Row]) -> tuple[Row, Row] | None:
    """Return the first two rows of one key that hold on one day, or None.

    rows: as for `follow_on`; an open row reaches until the next begins.
    """
    for before, after in pairwise(rows):
        ends = before["valid_to"]
        if before["valid_from"] == after["valid_from"] or (ends and ends > after["valid_from"]):
            return before, after
    return None


def _read_row(shape: Shape, number: int, cells: dict[str, str | None], row: Row) -> Iterator[Fault]:
    for column in shape.columns:
        value = " ".join((cells.get(column.name) or "").split())
        try:
            row[column.name] = column.read(value)
        except ValueError:
            yield _wrong(number, column, value)
    if row.get("valid_to") and "valid_from" in row and row["valid_from"] >= row["valid_to"]:
        yield _ends_too_early(number, row["valid_to"])


def _clashes(shape: Shape, rows: Sequence[Row]) -> Iterator[Fault]:
    by_key: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        by_key.setdefault(tuple(row[name] for name in shape.key), []).append(row)
    for key, same in by_key.items():
        ordered = sorted(same, key=lambda row: row.get("valid_from", date.min))
        clash = first_overlap(ordered) if shape.is_dated else _twice(ordered)
        if clash:
            first, second = sorted(row["row"] for row in clash)
            name = " ".join(map(str, key))
            yield Fault(
                "csv",
                second,
                shape.key[0],
                name,
                Message(
                    f"Baris {second}: {name} sudah ada di baris {first} untuk hari yang sama; "
                    "hapus salah satu atau perbaiki tanggalnya.",
                    f"Row {second}: {name} stands in row {first} for the same days; "
                    "delete one of them or mend the dates.",
                ),
            )


def _twice(rows: Sequence[Row]) -> tuple[Row, Row] | None:
    return (rows[0], rows[1]) if len(rows) > 1 else None


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _heading_line(shape: Shape, lines: Sequence[str]) -> int | None:
    """Return the first of the top lines that holds every required column."""
    needed = {column.name for column in shape.columns if column.is_required}
    for place, line in enumerate(lines):
        if needed <= set(shape.named(_names(line, _delimiter(line)))):
            return place
    return None


def _names(line: str, delimiter: str) -> list[str]:
    return [name.strip().casefold() for name in next(csv.reader([line], delimiter=delimiter), [])]


def _delimiter(line: str) -> str:
    return ";" if line.count(";") > line.count(",") else ","


def _is_no_row(cells: dict[str, Any]) -> bool:
    values = [value for value in cells.values() if isinstance(value, str) and value.strip()]
    return not values or values[0].casefold().startswith(COUNT_LINE)


def _wrong(number: int, column: Column, value: str) -> Fault:
    shown = f"“{value[:40]}…”" if len(value) > 40 else f"“{value}”"
    message = Message(
        f"Baris {number}, kolom {column.name}: harus {column.rule.id}, "
        f"bukan {shown if value else 'kosong'}.",
        f"Row {number}, column {column.name}: must be {column.rule.en}, "
        f"not {shown if value else 'empty'}.",
    )
    return Fault("csv", number, column.name, value, message)


def _ends_too_early(number: int, last: date) -> Fault:
    message = Message(
        f"Baris {number}: valid_to harus sesudah valid_from.",
        f"Row {number}: valid_to must be after valid_from.",
    )
    return Fault("csv", number, "valid_to", last.isoformat(), message)


def _no_heading(shape: Shape) -> Fault:
    names = ", ".join(column.name for column in shape.columns if column.is_required)
    message = Message(
        f"Tidak ditemukan baris judul dengan kolom {names}. Unduh daftar yang ada sebagai contoh.",
        f"No heading row with the columns {names} was found. Download the list as an example.",
    )
    return Fault("csv", 1, None, None, message)


def _too_long(number: int, most: int) -> Fault:
    message = Message(
        f"Berkas ini lebih dari {most} baris. Bagi menjadi beberapa berkas.",
        f"This file has more than {most} rows. Split it into several files.",
    )
    return Fault("csv", number, None, None, message)


def _endless_cell(number: int) -> Fault:
    message = Message(
        f'Baris {number}: ada tanda kutip (") yang tidak ditutup, sehingga baris sesudahnya '
        "terbaca sebagai satu sel. Hapus tanda kutip itu.",
        f'Row {number}: a quotation mark (") is not closed, so that the rows after it read as '
        "one cell. Delete that mark.",
    )
    return Fault("csv", number, None, None, message)


def _empty() -> Fault:
    message = Message(
        "Berkas ini tidak berisi baris data. Isi paling sedikit satu baris.",
        "This file holds no rows. Fill in at least one.",
    )
    return Fault("csv", None, None, None, message)
