"""What is filtered on the page as CSV or XLSX: streamed, with its count, and without formulas.

Heads and notes of an export are always Indonesian, whatever the page speaks.
"""

import csv
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import Any

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse

from pulih.common import periods
from pulih.common.errors import Message, Refusal
from pulih.common.money import grouped
from pulih.web.kept_files import CSV_TYPE, XLSX_TYPE, named

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
LARGEST_SHEET = 1_000_000  # Rows that a sheet of XLSX takes, heads and notes left aside.
LONGEST_NUMBER = 10**15  # A spreadsheet keeps 15 figures; longer ones stay text.
TOO_LONG = Message(
    f"Satu lembar XLSX memuat paling banyak {grouped(LARGEST_SHEET)} baris. Persempit saringan, "
    "atau unduh CSV.",
    f"A sheet of XLSX holds at most {grouped(LARGEST_SHEET, 'en')} rows. Narrow the filters, or "
    "download CSV.",
)
Row = Sequence[Any]


@dataclass(frozen=True)
class About:
    """What stands above an export. title: Indonesian. filters: as the chips read, or empty."""

    title: str
    person: str
    as_of: date
    made_at: datetime
    filters: str = ""
    known: date | None = None  # The last day whose knowledge counts; None: all of it.

    def lines(self) -> list[str]:
        """Return the note as lines of Indonesian."""
        known = f", diketahui per {periods.day(self.known)}" if self.known else ""
        return [
            self.title,
            f"Data per {periods.day(self.as_of)}{known}",
            f"Saringan: {self.filters or 'tidak ada'}",
            f"Diunduh {periods.moment(self.made_at)} oleh {self.person}",
        ]


def csv_response(
    file_name: str, heads: Sequence[str], rows: Iterable[Row], about: About | None = None
) -> StreamingHttpResponse:
    """Stream `rows` as CSV in UTF-8 with a mark that Excel knows.

    The rows are read while they are sent, after the request's own set-up is over: a generator that
    reads scoped tables must be wrapped in `people.scope.streamed`.
    """
    lines = _csv_lines(heads, rows, about)
    return named(StreamingHttpResponse(lines, content_type=CSV_TYPE), file_name)


def file_response(
    kind: str, file_name: str, heads: Sequence[str], rows: Iterable[Row], about: About | None = None
) -> tuple[FileResponse, int]:
    """Write `rows` to a file in constant memory; return it with their number. kind: of FORMATS.

    Text stays text, so that a NIK keeps its 16 figures and a formula never runs.
    """
    content_type, write = FORMATS[kind]
    file = TemporaryFile()  # noqa: SIM115  The response closes it when it is sent.
    number = write(file, heads, rows, about)
    file.seek(0)
    return named(FileResponse(file, content_type=content_type), file_name), number


def write_csv(
    file: Any, heads: Sequence[str], rows: Iterable[Row], about: About | None = None
) -> int:
    """Write what `csv_response` streams into `file`; return the number of rows written."""
    counter = itertools.count()
    counted = (row for row, _number in zip(rows, counter, strict=False))
    file.writelines(line.encode() for line in _csv_lines(heads, counted, about))
    return next(counter)


def write_workbook(
    file: Any, heads: Sequence[str], rows: Iterable[Row], about: About | None = None
) -> int:
    """Write heads, rows and count into `file`; return the number of rows written. May refuse."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("Data")
        styles = _styles(book)
        line = 0
        for line, text in enumerate(about.lines() if about else [], start=1):
            sheet.write_string(line - 1, 0, text, styles["title"] if line == 1 else None)
        top = line + 1 if about else 0
        _write_heads(sheet, top, heads, styles)
        number = 0
        for number, row in enumerate(rows, start=1):
            if number > LARGEST_SHEET:
                raise Refusal(TOO_LONG)
            for column, value in enumerate(row):
                _write_cell(sheet, top + number, column, value, styles)
        sheet.write_string(top + number + 1, 0, _count_line(number))
    return number


FORMATS: dict[str, tuple[str, Callable[..., int]]] = {
    "xlsx": (XLSX_TYPE, write_workbook),
    "csv": (CSV_TYPE, write_csv),
}


def safe_text(text: str) -> str:
    """Return `text` so that a spreadsheet reads it as text: formulas get a leading apostrophe."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _csv_lines(heads: Sequence[str], rows: Iterable[Row], about: About | None) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for text in about.lines() if about else []:
        yield writer.writerow([safe_text(text)])
    yield writer.writerow([safe_text(head) for head in heads])
    number = 0
    for row in rows:
        yield writer.writerow([_csv_cell(value) for value in row])
        number += 1
    yield writer.writerow([_count_line(number)])


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, int | float | Decimal):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return safe_text(str(value))


def _write_heads(sheet: Any, top: int, heads: Sequence[str], styles: dict[str, Any]) -> None:
    for column, head in enumerate(heads):
        sheet.write_string(top, column, head, styles["head"])
    sheet.freeze_panes(top + 1, 0)
    sheet.set_column(0, max(0, len(heads) - 1), 18)


def _write_cell(sheet: Any, row: int, column: int, value: Any, styles: dict[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, "ya" if value else "tidak")
    elif isinstance(value, int) and abs(value) >= LONGEST_NUMBER:
        sheet.write_string(row, column, str(value))
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, value, styles["whole"] if isinstance(value, int) else None)
    elif isinstance(value, datetime):
        moment = value.astimezone(periods.WIB).replace(tzinfo=None) if value.tzinfo else value
        sheet.write_datetime(row, column, moment, styles["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, styles["day"])
    else:
        sheet.write_string(row, column, str(value))


def _styles(book: Any) -> dict[str, Any]:
    return {
        "title": book.add_format({"bold": True}),
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}),
        "whole": book.add_format({"num_format": "#,##0"}),
        "day": book.add_format({"num_format": "dd mmm yyyy"}),
        "moment": book.add_format({"num_format": "dd mmm yyyy hh:mm"}),
    }


def _count_line(number: int) -> str:
    return f"Jumlah baris: {grouped(number)}"
