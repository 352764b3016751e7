"""A delivered file as raw cells: every sheet a frame of texts, just as the office wrote them."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pulih.intake import delimited, guards, spreadsheets
from pulih.intake.cells import Sheet

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True)
class Book:
    """An opened file.

    form: xlsx, xls, ods or csv, told by its content and never by its name.
    dated: the day the file says it was last changed, else the day of the file itself.
    """

    path: Path
    sha256: str
    form: str
    dated: date
    sheet_names: tuple[str, ...]

    def sheets(self, progress: Progress | None = None) -> Iterator[Sheet]:
        """Read one sheet after the other, so that only one is held at a time. May refuse."""
        if self.form == "csv":
            yield delimited.read(self.path)
        else:
            yield from spreadsheets.read(self.path, self.form, progress)


def open_book(path: Path) -> Book:
    """Look at a file without reading its cells. Refuses what cannot or must not be read."""
    form = guards.form_of(path)
    names: tuple[str, ...] = ()
    dated = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    if form != "csv":
        names = spreadsheets.sheet_names(path)
        dated = spreadsheets.last_changed(path, form) or dated
    return Book(path, digest(path), form, dated, names)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


__all__ = ["Book", "Sheet", "digest", "open_book"]
