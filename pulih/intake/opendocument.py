"""Merged ranges of an OpenDocument sheet, read off its XML as a stream."""

import zipfile
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from pulih.intake.cells import Range

TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
LARGE_BYTES = 200 * 1024**2


def spans(path: Path, sheet: str) -> tuple[Range, ...]:
    """Return the merged ranges of one sheet; none of a very large one, which has no merging."""
    with zipfile.ZipFile(path) as archive:
        if archive.getinfo("content.xml").file_size > LARGE_BYTES:
            return ()
        with archive.open("content.xml") as content:
            reader = _Spans(sheet)
            parser = expat.ParserCreate(namespace_separator=" ")
            # Entities are how XML bombs grow; a spreadsheet needs none.
            parser.EntityDeclHandler = _no_entities
            parser.StartElementHandler = reader.start
            parser.EndElementHandler = reader.end
            try:
                parser.ParseFile(content)
            except (expat.ExpatError, ElementTree.ParseError):
                return ()
    return tuple(reader.found)


def _no_entities(*_: object) -> None:
    raise ElementTree.ParseError("entities are not read")


class _Spans:
    """Follow rows and cells while the XML streams by."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.inside = False
        self.row = self.column = 0
        self.repeated_rows = 1
        self.found: list[Range] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{TABLE} table":
            self.inside = attributes.get(f"{TABLE} name") == self.sheet
            self.row = 0
        elif self.inside and name == f"{TABLE} table-row":
            self.column = 0
            self.repeated_rows = int(attributes.get(f"{TABLE} number-rows-repeated", "1"))
        elif self.inside and name in (f"{TABLE} table-cell", f"{TABLE} covered-table-cell"):
            self._cell(attributes)

    def _cell(self, attributes: dict[str, str]) -> None:
        tall = int(attributes.get(f"{TABLE} number-rows-spanned", "1"))
        wide = int(attributes.get(f"{TABLE} number-columns-spanned", "1"))
        if tall > 1 or wide > 1:
            last = (self.row + tall - 1, self.column + wide - 1)
            self.found.append(((self.row, self.column), last))
        self.column += int(attributes.get(f"{TABLE} number-columns-repeated", "1"))

    def end(self, name: str) -> None:
        if name == f"{TABLE} table":
            self.inside = False
        elif self.inside and name == f"{TABLE} table-row":
            self.row += self.repeated_rows


__all__ = ["spans"]
