"""Cells of a workbook whose value no library hands over: errors, and formulas never computed.

They are put back into the sheet as texts (`#REF!`, `=C2*2`), so that each is told at its cell.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl

from pulih.intake import unstored_ods, unstored_xls
from pulih.intake.cells import Fault, Sheet

BLOCK = 1 << 22
NO_VALUE = "no_stored_value"
ERROR = re.compile(
    rb"<(?:\w+:)?c\s(?=[^>]*\bt=[\"']e[\"'])[^>]*\br=[\"']([A-Z]{1,3})(\d+)[\"'][^>]*>"
    rb"(?:\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>([^<]*)<"
)
UNCOMPUTED = re.compile(
    # A text that came out empty, `t="str"`, was computed.
    rb"<(?:\w+:)?c\s(?![^>]*\bt=[\"']str)[^>]*\br=[\"']([A-Z]{1,3})(\d+)[\"'][^>]*>\s*"
    rb"<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*"
    rb"</(?:\w+:)?c>"
)
# Programs that write formulas and cannot compute leave 0, and ask for all to be computed.
NEVER_COMPUTED = re.compile(rb"<(?:\w+:)?calcPr\b[^>]*\bfullCalcOnLoad=[\"'](?:1|true)[\"']")
ZERO = re.compile(
    rb"<(?:\w+:)?c\s[^>]*\br=[\"']([A-Z]{1,3})(\d+)[\"'][^>]*>\s*"
    rb"<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*<(?:\w+:)?v>0</(?:\w+:)?v>\s*</(?:\w+:)?c>"
)
SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
Cell = tuple[int, int, str]


def put_back(path: Path, form: str, sheet: Sheet) -> Sheet:
    """Return the sheet with the texts of its errors and of formulas without a stored value."""
    finder = FINDERS.get(form)
    if finder is None or sheet.cells.is_empty():
        return sheet
    found = [
        (row, column, text)
        for row, column, text in finder(path, sheet.label)
        if row < sheet.cells.height and column < sheet.cells.width
    ]
    if not found:
        return sheet
    by_column: dict[int, list[tuple[int, str]]] = {}
    for row, column, text in found:
        by_column.setdefault(column, []).append((row, text))
    cells = sheet.cells.with_columns(
        _written(sheet.cells.to_series(column), texts) for column, texts in by_column.items()
    )
    uncomputed = [
        Fault(row, column, NO_VALUE) for row, column, text in found if text.startswith("=")
    ]
    return replace(sheet, cells=cells, faults=(*sheet.faults, *uncomputed))


def _written(column: pl.Series, texts: list[tuple[int, str]]) -> pl.Series:
    """Write texts into cells that came without one, or with the 0 of a formula."""
    blank = [(row, text) for row, text in texts if column[row] in (None, "0")]
    return column.scatter([row for row, _ in blank], [text for _, text in blank])


def _found(path: Path, sheet: str) -> Iterator[Cell]:
    with zipfile.ZipFile(path) as archive:
        part = _part_of(archive, sheet)
        if part is None:
            return
        book = archive.read("xl/workbook.xml")
        patterns = [UNCOMPUTED, ZERO] if NEVER_COMPUTED.search(book) else [UNCOMPUTED]
        with archive.open(part) as stream:
            carried = b""
            while block := stream.read(BLOCK):
                text = carried + block
                cut = max(text.rfind(b"</c>"), text.rfind(b":c>")) + 4
                carried = text[cut:] if cut > 4 else text
                yield from _in(text[:cut] if cut > 4 else b"", patterns)
            yield from _in(carried, patterns)


FINDERS: dict[str, Callable[[Path, str], Iterable[Cell]]] = {
    "xlsx": _found,
    "ods": unstored_ods.found,
    "xls": unstored_xls.found,
}


def _in(text: bytes, patterns: list[re.Pattern[bytes]]) -> Iterator[Cell]:
    """Find the cells in a piece of XML; a look for their marks alone spares nearly all of it."""
    if b't="e"' in text or b"t='e'" in text:
        for letters, row, value in ERROR.findall(text):
            yield int(row) - 1, _column(letters), value.decode("utf-8", "replace")
    if b"<f" in text or b":f" in text:
        for pattern in patterns:
            for letters, row, formula in pattern.findall(text):
                yield int(row) - 1, _column(letters), "=" + formula.decode("utf-8", "replace")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """Return the name of the part that holds a sheet."""
    names = {name.lower(): name for name in archive.namelist()}
    book, links = names.get("xl/workbook.xml"), names.get("xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        return None
    targets = {
        one.get(b"Id"): one.get(b"Target", b"").decode("utf-8", "replace")
        for one in _attributes(RELATIONSHIP, archive.read(links))
    }
    for one in _attributes(SHEET, archive.read(book)):
        link = next((value for name, value in one.items() if name.endswith(b":id")), None)
        if _plain(one.get(b"name", b"")) == sheet and link in targets:
            target = targets[link].lstrip("/")
            return names.get((target if target.startswith("xl/") else f"xl/{target}").lower())
    return None


def _attributes(pattern: re.Pattern[bytes], text: bytes) -> list[dict[bytes, bytes]]:
    return [dict(ATTRIBUTE.findall(tag)) for tag in pattern.findall(text)]


def _plain(name: bytes) -> str:
    text = name.decode("utf-8", "replace")
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'")):
        text = text.replace(entity, sign)
    return text.replace("&amp;", "&")
