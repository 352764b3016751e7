"""A delivered file as raw cells: every sheet a frame of texts, just as the office wrote them."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from python_calamine import CalamineWorkbook

from pulih.intake import (
    delimited,
    guards,
    mojibake,
    spreadsheets,
    unstored,
    web_tables,
    weighing,
    xml_sheets,
)
from pulih.intake.cells import Sheet
from pulih.intake.damage import DamageRefused

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True)
class Book:
    """An opened file.

    form: xlsx, xlsb, xls, ods, xml, html or csv, told by its content and never by its name.
    dated: the day the file says it was last changed, else the day of the file itself.
    opened: held open, because opening reads all shared texts; None for text.
    """

    path: Path
    sha256: str
    form: str
    dated: date
    sheet_names: tuple[str, ...]
    opened: CalamineWorkbook | None = field(default=None, compare=False)

    def sheets(self, progress: Progress | None = None) -> Iterator[Sheet]:
        """Read one sheet after the other, so that only one is held at a time. May refuse."""
        if self.form == "xml":
            yield from map(mojibake.mended, xml_sheets.read(self.path))
        elif self.opened is None:
            text = web_tables if self.form == "html" else delimited
            yield mojibake.mended(text.read(self.path))
        else:
            for sheet in spreadsheets.read(self.path, self.form, self.opened, progress):
                with DamageRefused(self.path.name):
                    whole = unstored.put_back(self.path, self.form, sheet)
                yield mojibake.mended(whole)


def open_book(path: Path) -> Book:
    """Look at a file without reading its cells. Refuses what cannot or must not be read."""
    form = guards.form_of(path)
    dated = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    if form in ("csv", "html", "xml"):
        return Book(path, digest(path), form, dated, ())
    with DamageRefused(path.name):
        weighing.refuse_excess(path, form)
    opened = spreadsheets.open_workbook(path, form)
    names = spreadsheets.sheet_names(path, opened)
    dated = spreadsheets.last_changed(path, form) or dated
    return Book(path, digest(path), form, dated, names, opened)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


__all__ = ["Book", "Sheet", "digest", "open_book"]
