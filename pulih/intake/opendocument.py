"""What an OpenDocument book says of its sheets, read off its XML as a stream in one go."""

import zipfile
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from pulih.intake.cells import Range

TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
LARGE_BYTES = 200 * 1024**2
MOST_SPANS = 200_000
CELLS = (f"{TABLE} table-cell", f"{TABLE} covered-table-cell")


@dataclass
class Survey:
    """One sheet as its XML tells it, nothing being laid out.

    spans: merged ranges. written: cells in the XML, a repeated one counted once. last: the row and
    the column, from 0, of the furthest that hold something. text_bytes: text with its repeats.
    """

    spans: list[Range] = field(default_factory=list)
    written: int = 0
    last: tuple[int, int] = (0, 0)
    text_bytes: int = 0


def survey(path: Path) -> dict[str, Survey]:
    """Look at every sheet; nothing of a very large book, which has no merging."""
    about = path.stat()
    return _survey(path, about.st_mtime_ns, about.st_size)


def spans(path: Path, sheet: str) -> tuple[Range, ...]:
    """Return the merged ranges of one sheet."""
    found = survey(path).get(sheet)
    return tuple(found.spans) if found else ()


@lru_cache(maxsize=1)
def _survey(path: Path, changed: int, size: int) -> dict[str, Survey]:
    """Read the file once for all its sheets. changed, size: so that another file is read again."""
    with zipfile.ZipFile(path) as archive:
        if archive.getinfo("content.xml").file_size > LARGE_BYTES:
            return {}
        with archive.open("content.xml") as content:
            reader = _Reader()
            parser = expat.ParserCreate(namespace_separator=" ")
            # Entities are how XML bombs grow; a spreadsheet needs none.
            parser.EntityDeclHandler = _no_entities
            parser.StartElementHandler = reader.start
            parser.EndElementHandler = reader.end
            parser.CharacterDataHandler = reader.text
            try:
                parser.ParseFile(content)
            except (expat.ExpatError, ElementTree.ParseError):
                return reader.found
    return reader.found


def _no_entities(*_: object) -> None:
    raise ElementTree.ParseError("entities are not read")


class _Reader:
    """Follows rows and cells while the XML streams by."""

    def __init__(self) -> None:
        self.found: dict[str, Survey] = {}
        self.sheet: Survey | None = None
        self.row = self.column = 0
        self.repeated_rows = self.repeated = 1
        self.is_in_cell = False
        self.has_value = False
        self.length = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{TABLE} table":
            self.sheet = self.found.setdefault(attributes.get(f"{TABLE} name", ""), Survey())
            self.row = 0
        elif self.sheet is not None and name == f"{TABLE} table-row":
            self.column = 0
            self.repeated_rows = _number(attributes, "number-rows-repeated")
        elif self.sheet is not None and name in CELLS:
            self._cell(self.sheet, attributes)

    def _cell(self, sheet: Survey, attributes: dict[str, str]) -> None:
        tall = _number(attributes, "number-rows-spanned")
        wide = _number(attributes, "number-columns-spanned")
        if (tall > 1 or wide > 1) and len(sheet.spans) < MOST_SPANS:
            last = (self.row + tall - 1, self.column + wide - 1)
            sheet.spans.append(((self.row, self.column), last))
        sheet.written += 1
        self.repeated = _number(attributes, "number-columns-repeated")
        self.is_in_cell, self.length = True, 0
        self.has_value = f"{OFFICE} value-type" in attributes

    def text(self, text: str) -> None:
        if self.is_in_cell:
            self.length += len(text)

    def end(self, name: str) -> None:
        if name == f"{TABLE} table":
            self.sheet = None
        elif self.sheet is not None and name == f"{TABLE} table-row":
            self.row += self.repeated_rows
        elif self.sheet is not None and name in CELLS:
            if self.has_value or self.length:
                row, column = self.sheet.last
                bottom = self.row + self.repeated_rows - 1
                right = self.column + self.repeated - 1
                self.sheet.last = (max(row, bottom), max(column, right))
                self.sheet.text_bytes += self.length * self.repeated * self.repeated_rows
            self.column += self.repeated
            self.is_in_cell = False


def _number(attributes: dict[str, str], name: str) -> int:
    """Return a count of a table's attributes; 1 where it is missing or no number."""
    written = attributes.get(f"{TABLE} {name}", "1")
    is_number = written.isascii() and written.isdigit() and len(written) < 12
    return max(int(written), 1) if is_number else 1


__all__ = ["Survey", "spans", "survey"]
