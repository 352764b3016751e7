"""XML Spreadsheet 2003, which web applications and old Excel write and mostly name `.xls`.

Read off its XML as a stream. Format: Microsoft, "XML Spreadsheet Reference" (Office 2003).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from pulih.intake import limit_refusals, limits, refusals, text_rows, unstored, weighing
from pulih.intake.cells import Fault, Range, Sheet, address
from pulih.intake.text_rows import Row

SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
EXCEL = "urn:schemas-microsoft-com:office:excel"
HEAD_BYTES = 4096
BLOCK = 1 << 20
BLANKS = " \t\r\n\u00a0\u200b\ufeff"
MIDNIGHT = re.compile(r"T00:00:00(?:\.0*)?$")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?$", re.ASCII)
FRACTION = re.compile(r"\.0*$")


@dataclass
class _Open:
    """The sheet that is being read. row, column: of the open cell, from 0."""

    name: str
    rows: list[Row] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    hidden: bool = False
    row: int = -1
    column: int = -1
    row_after: int = 0
    column_after: int = 0
    last: tuple[int, int] = (0, 0)
    written: int = 0
    text_bytes: int = 0


def is_book(head: bytes) -> bool:
    """Say whether a file that begins so is such a workbook."""
    start = head[:HEAD_BYTES].replace(b"\0", b"")  # UTF-16 is told as well.
    return b"<Workbook" in start and SPREADSHEET.encode() in start


def read(path: Path) -> Iterator[Sheet]:
    """Yield the sheets one after the other. May refuse."""
    reader = _Reader(path.name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    # Entities are how XML bombs grow; a spreadsheet needs none.
    parser.EntityDeclHandler = reader.entity
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                parser.Parse(block)
                yield from reader.taken()
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise refusals.broken(path.name) from error
    yield from reader.taken()


class _Reader:
    """Follows sheets, rows and cells while the XML streams by."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.done: list[Sheet] = []
        self.begun = 0
        self.sheet: _Open | None = None
        self.kind = ""  # Of the open `Data`; blank outside of it, and in the data of a comment.
        self.formula = ""
        self.words: list[str] = []
        self.is_in_comment = self.is_in_visible = False

    def taken(self) -> list[Sheet]:
        """Return the sheets that have ended since the last call."""
        done, self.done = self.done, []
        return done

    def entity(self, *_: object) -> None:
        raise refusals.broken(self.file)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if space == EXCEL:
            self.is_in_visible = tag == "Visible"
        if space != SPREADSHEET:
            return
        if tag == "Worksheet":
            self._begin_sheet(attributes.get(f"{SPREADSHEET} Name", ""))
        elif self.sheet is None:
            return
        elif tag == "Row":
            self._begin_row(self.sheet, attributes)
        elif tag == "Cell":
            self._begin_cell(self.sheet, attributes)
        elif tag == "Comment":
            self.is_in_comment = True
        elif tag == "Data" and not self.is_in_comment:
            self.kind = attributes.get(f"{SPREADSHEET} Type", "String")
            self.words.clear()

    def text(self, text: str) -> None:
        if self.kind:
            self.words.append(text)
        elif self.is_in_visible and self.sheet is not None and text.startswith("Sheet"):
            self.sheet.hidden = self.sheet.hidden or text != "SheetVisible"

    def end(self, name: str) -> None:
        space, _, tag = name.rpartition(" ")
        self.is_in_visible = False
        if space != SPREADSHEET or self.sheet is None:
            return
        if tag == "Data" and self.kind:
            self._fill(self.sheet, self.kind, "".join(self.words).strip(BLANKS))
            self.kind = ""
        elif tag == "Comment":
            self.is_in_comment = False
        elif tag == "Cell" and self.formula:
            sheet = self.sheet
            sheet.faults.append(Fault(sheet.row, sheet.column, unstored.NO_VALUE))
            self._fill(sheet, "String", self.formula)
        elif tag == "Worksheet":
            self._end_sheet(self.sheet)
            self.sheet = None

    def _begin_sheet(self, name: str) -> None:
        self.begun += 1
        if self.begun > limits.SHEETS:
            raise refusals.too_many(self.file, ("lembar", "sheets"), limits.SHEETS)
        self.sheet = _Open(name)

    def _begin_row(self, sheet: _Open, attributes: dict[str, str]) -> None:
        sheet.row = self._place(attributes, sheet.row_after)
        sheet.row_after = sheet.row + 1 + _count(attributes, "Span")
        sheet.column_after = 0
        text_rows.refuse_more(self.file, sheet.row + 1)

    def _begin_cell(self, sheet: _Open, attributes: dict[str, str]) -> None:
        wide, tall = _count(attributes, "MergeAcross"), _count(attributes, "MergeDown")
        sheet.column = self._place(attributes, sheet.column_after)
        sheet.column_after = sheet.column + 1 + wide
        if wide or tall:
            last = (sheet.row + tall, sheet.column + wide)
            sheet.merged.append(((sheet.row, sheet.column), last))
        self.formula = attributes.get(f"{SPREADSHEET} Formula", "")

    def _place(self, attributes: dict[str, str], following: int) -> int:
        """Return the row or column from 0: as it is numbered, else the following one."""
        index = _count(attributes, "Index")
        if 0 < index <= following:
            raise refusals.broken(self.file)  # What stands there would be written over.
        return index - 1 if index else following

    def _fill(self, sheet: _Open, kind: str, text: str) -> None:
        if not text or sheet.row < 0:
            return
        is_number = kind == "Number" and NUMBER.match(text) is not None
        text = text_rows.plain(text) if is_number else _written(kind, text)
        self.formula = ""
        while len(sheet.rows) <= sheet.row:
            sheet.rows.append([])
        sheet.rows[sheet.row].append((sheet.column, text, is_number))
        sheet.last = (max(sheet.last[0], sheet.row), max(sheet.last[1], sheet.column))
        sheet.written += 1
        sheet.text_bytes += len(text)
        if sheet.text_bytes > weighing.TEXT_BYTES:
            raise limit_refusals.too_much_text(self.file, sheet.name, weighing.TEXT_BYTES)

    def _end_sheet(self, sheet: _Open) -> None:
        row, column = sheet.last
        if weighing.is_excess(row + 1, column + 1, sheet.written):
            raise limit_refusals.far_cell(self.file, sheet.name, address(row + 1, column))
        self.done.append(
            text_rows.sheet(
                self.file,
                sheet.name,
                sheet.rows,
                sheet.merged,
                hidden=sheet.hidden,
                faults=sheet.faults,
            )
        )


def _written(kind: str, text: str) -> str:
    """Return the text of a cell that holds no number; days and truths as in other workbooks."""
    if kind == "Boolean":
        return {"1": "TRUE", "0": "FALSE"}.get(text, text)
    if kind == "DateTime":
        day = MIDNIGHT.sub("", text)
        return day if day != text else FRACTION.sub("", text).replace("T", " ")
    return text


def _count(attributes: dict[str, str], name: str) -> int:
    """Return a count of a tag's attributes; 0 where it is missing or no number."""
    written = attributes.get(f"{SPREADSHEET} {name}", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 0
