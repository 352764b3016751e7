"""Errors and formulas without a value in an OpenDocument sheet, read off its XML as a stream."""

import re
import zipfile
from pathlib import Path
from xml.parsers import expat

TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
LARGE_BYTES = 200 * 1024**2
ERROR = re.compile(r"#[A-Z/0-9_]{2,12}[!?]?|Err:\d{3}")
CELLS = (f"{TABLE} table-cell", f"{TABLE} covered-table-cell")
Cell = tuple[int, int, str]


def found(path: Path, sheet: str) -> list[Cell]:
    """Return row, column (from 0) and text of each such cell; none of a very large sheet."""
    with zipfile.ZipFile(path) as archive:
        if archive.getinfo("content.xml").file_size > LARGE_BYTES:
            return []
        content = archive.read("content.xml")
    if b"formula" not in content:
        return []
    reader = _Formulas(sheet)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.EntityDeclHandler = reader.stop_at_entity
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        return []
    return reader.found


class _Formulas:
    """Follow rows and cells while the XML streams by."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.inside = False
        self.row = self.column = 0
        self.rows = self.columns = 1
        self.formula: str | None = None
        self.has_value = self.is_error = False
        self.shown = ""
        self.found: list[Cell] = []

    def stop_at_entity(self, *_: object) -> None:
        """Entities are how XML bombs grow; a spreadsheet needs none."""
        raise expat.ExpatError("entities are not read")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{TABLE} table":
            self.inside = attributes.get(f"{TABLE} name") == self.sheet
            self.row = 0
        elif self.inside and name == f"{TABLE} table-row":
            self.column = 0
            self.rows = int(attributes.get(f"{TABLE} number-rows-repeated", "1"))
        elif self.inside and name in CELLS:
            self.columns = int(attributes.get(f"{TABLE} number-columns-repeated", "1"))
            self.formula = attributes.get(f"{TABLE} formula")
            self.has_value = f"{OFFICE} value-type" in attributes
            kinds = (value for key, value in attributes.items() if key.endswith(" value-type"))
            self.is_error, self.shown = "error" in kinds, ""

    def text(self, data: str) -> None:
        if self.formula is not None:
            self.shown += data

    def end(self, name: str) -> None:
        if name == f"{TABLE} table":
            self.inside = False
        elif self.inside and name == f"{TABLE} table-row":
            self.row += self.rows
        elif self.inside and name in CELLS:
            self._close()
            self.column += self.columns

    def _close(self) -> None:
        if self.formula is None:
            return
        shown = self.shown.strip()
        if self.is_error or ERROR.fullmatch(shown):
            self.found.append((self.row, self.column, shown or "#VALUE!"))
        elif not self.has_value and not shown:
            self.found.append((self.row, self.column, "=" + self.formula.rpartition("=")[2]))
        self.formula = None
