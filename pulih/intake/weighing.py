"""What a workbook would become in memory: weighed in its XML before a library builds a grid of it.

Excel stores only cells that hold something; a library lays them out as a full rectangle. One cell
at XFD1048576, or one long text used in thousands of cells, is a few bytes in the file and hundreds
of gigabytes in memory. Parts above LARGEST_PART are left to the ceilings of the reader.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from polars.exceptions import ComputeError, InvalidOperationError

from pulih.intake import limit_refusals, opendocument
from pulih.intake.cells import address
from pulih.intake.damage import DAMAGE

LARGEST_PART = 32 * 1024**2
GRID_CELLS = 8_000_000  # Always allowed: 40,000 rows of 200 columns.
GRID_PER_CELL = 8  # Larger rectangles may be empty by seven eighths.
TEXT_BYTES = 512 * 1024**2
NEAR_COLUMNS = 208  # All columns up to GZ.
SHEET = re.compile(rb"<(?:\w+:)?sheet [^>]*?name=[\"']([^\"']*)[\"'][^>]*?:id=[\"']([^\"']*)[\"']")
TARGET = re.compile(rb"<(?:\w+:)?Relationship [^>]*>")
HOLDS = rb"[\"'][^>]*(?<!/)>\s*<(?!/)"  # The cell is neither closed at once nor empty.
FILLED = re.compile(rb"\sr=[\"']([A-Za-z]{1,3})(\d{1,10})" + HOLDS)
STRING_END = re.compile(rb"</(?:\w+:)?si\s*>")
# Right of GZ, or below so many rows.
BEYOND = rb"\sr=[\"'](?:([A-Za-z]{3}|[H-Zh-z][A-Za-z])([0-9]{1,10})|([A-Za-z]{1,2})(%s))"
USED = re.compile(rb"\st=[\"']s[\"'][^>]*>\s*<(?:\w+:)?v>(\d{1,9})<")
Cell = tuple[int, int]


def refuse_excess(path: Path, form: str) -> None:
    """Refuse a workbook whose grid or texts would be far larger than what it holds.

    Raises what zipfile raises over a damaged archive.
    """
    if form == "xlsx":
        _weigh_workbook(path)
    elif form == "ods":
        _weigh_opendocument(path)


def cells_written(path: Path) -> int:
    """Count the cells that stand in the XML of a workbook's sheets, blank ones with a style too.

    A sheet's rectangle from A1 to its last cell holds at least as many.
    """
    with zipfile.ZipFile(path) as archive:
        parts = (_part(archive, one) for one in archive.infolist() if _is_xml(one))
        return sum(_cells_of(part) for part in parts if b"sheetData" in part)


def is_excess(rows: int, columns: int, written: int) -> bool:
    """Say whether a sheet's rectangle is far larger than the cells that are written in it."""
    return rows * columns > _allowed(written)


def _allowed(written: int) -> int:
    return max(GRID_CELLS, GRID_PER_CELL * written)


def _is_xml(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.lower().endswith(".xml")


def _cells_of(part: bytes) -> int:
    return part.count(b"<c ") + part.count(b":c ")


def _weigh_workbook(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        lengths: list[int] | None = None
        for entry in archive.infolist():
            part = _part(archive, entry) if _is_xml(entry) else b""
            if b"sheetData" not in part:
                continue
            if cell := _far_cell(part):
                sheet = _name_of(archive, entry.filename)
                raise limit_refusals.far_cell(path.name, sheet, cell)
            lengths = _lengths_of_strings(archive) if lengths is None else lengths
            if _text_of(part, lengths) > TEXT_BYTES:
                sheet = _name_of(archive, entry.filename)
                raise limit_refusals.too_much_text(path.name, sheet, TEXT_BYTES)


def _far_cell(part: bytes) -> str:
    """Return the address of the cell that makes the grid too large; blank if none does."""
    allowed = _allowed(_cells_of(part))
    beyond = BEYOND % _larger(allowed // NEAR_COLUMNS)
    if not _is_found(part, beyond):
        return ""
    far = [_place(found) for found in re.finditer(beyond + HOLDS, part)]
    if not far:
        return ""
    near = [_place(found) for found in FILLED.finditer(part)]
    top, left = min(row for row, _ in near), min(column for _, column in near)
    bottom, right = max(row for row, _ in near), max(column for _, column in near)
    if (bottom - top + 1) * (right - left + 1) <= allowed:
        return ""
    row, column = max(far, key=lambda place: place[0] * place[1])
    return address(row, column - 1)


def _is_found(part: bytes, pattern: bytes) -> bool:
    """Search by Polars, ten times as fast as Python; by Python what is no UTF-8."""
    try:
        text = pl.Series([part], dtype=pl.Binary).cast(pl.String)
    except (ComputeError, InvalidOperationError):
        return re.search(pattern, part) is not None
    return bool(text.str.contains(pattern.decode())[0])


def _larger(number: int) -> bytes:
    """Return a pattern of the whole numbers above one, as they are written without zeros before."""
    digits = str(number)
    choices = [f"[0-9]{{{len(digits) + 1},10}}"]
    for place, digit in enumerate(digits):
        if digit < "9":
            rest = len(digits) - place - 1
            choices.append(f"{digits[:place]}[{int(digit) + 1}-9][0-9]{{{rest}}}")
    return "|".join(choices).encode()


def _place(found: re.Match[bytes]) -> Cell:
    """Return row and column, both counted from 1."""
    letters, digits = (one for one in found.groups() if one is not None)
    column = 0
    for letter in letters.upper():
        column = column * 26 + letter - 64
    return int(digits), column


def _lengths_of_strings(archive: zipfile.ZipFile) -> list[int]:
    """Return how many bytes each shared text takes in its XML; none of a table too large to see."""
    for entry in archive.infolist():
        if entry.filename.lower().endswith("sharedstrings.xml"):
            part = _part(archive, entry)
            ends = STRING_END.split(part) if b":si" in part else part.split(b"</si>")
            return list(map(len, ends))
    return []


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Unpack one part; nothing of one too large to look at, or damaged: a reader will tell."""
    try:
        return archive.read(entry) if entry.file_size <= LARGEST_PART else b""
    except DAMAGE:
        return b""


def _text_of(part: bytes, lengths: list[int]) -> int:
    """Return the bytes of shared text that the cells of a sheet hold, at most; 0 if surely few."""
    uses = part.count(b't="s"') + part.count(b"t='s'")
    if not lengths or max(lengths) * uses <= TEXT_BYTES:
        return 0
    used = Counter(map(int, USED.findall(part)))
    return sum(lengths[which] * often for which, often in used.items() if which < len(lengths))


def _name_of(archive: zipfile.ZipFile, part: str) -> str:
    """Return the name that a person gave to the sheet of a part, else the part's own."""
    names = dict(_names(archive))
    return names.get(part.rpartition("/")[2].lower(), part.rpartition("/")[2])


def _names(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    parts = {entry.filename.lower(): entry for entry in archive.infolist()}
    book, links = parts.get("xl/workbook.xml"), parts.get("xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        return
    targets = {}
    for found in TARGET.findall(_part(archive, links)):
        attributes = dict(re.findall(rb"(\w+)=[\"']([^\"']*)[\"']", found))
        targets[attributes.get(b"Id")] = attributes.get(b"Target", b"").decode("utf-8", "replace")
    for name, link in SHEET.findall(_part(archive, book)):
        if link in targets:
            yield targets[link].rpartition("/")[2].lower(), name.decode("utf-8", "replace")


def _weigh_opendocument(path: Path) -> None:
    for sheet, found in opendocument.survey(path).items():
        row, column = found.last
        if is_excess(row + 1, column + 1, found.written):
            cell = address(row + 1, column)
            raise limit_refusals.far_cell(path.name, sheet, cell)
        if found.text_bytes > TEXT_BYTES:
            raise limit_refusals.too_much_text(path.name, sheet, TEXT_BYTES)
