"""Read the tables of a case from a folder, or from frames in memory; list everything wrong."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from pulih.casefiles import faults as between_rows
from pulih.casefiles.cells import cell_text
from pulih.casefiles.tables import Record, Table
from pulih.common.errors import Fault, Message

Tell = Callable[[str], None]

NO_FILE = Message("Tabel ini tidak ada dalam folder kasus.", "This table is missing from the case.")
TWO_FILES = Message(
    "Tabel ini ada sebagai .csv dan .parquet; simpan satu saja.",
    "This table is there both as .csv and .parquet; keep one.",
)
NO_HEADING = Message(
    "Berkas kosong: tidak ada judul kolom.", "The file is empty: it has no header."
)
NO_COLUMN = Message("Kolom ini tidak ada.", "This column is missing.")
TWICE = Message("Judul kolom ini muncul dua kali.", "This column heading appears twice.")
NO_COMMAS = Message(
    "Kolom harus dipisahkan koma, bukan titik koma atau tab.",
    "Columns must be separated by commas, not by semicolons or tabs.",
)
NOT_UTF8 = Message("Berkas bukan teks UTF-8.", "The file is not UTF-8 text.")
NO_CHARACTER = Message(
    "Baris ini berisi karakter NUL; simpan ulang berkas sebagai CSV UTF-8.",
    "This row holds a NUL character; save the file again as CSV in UTF-8.",
)
NOT_READABLE = Message("Berkas tidak dapat dibaca.", "The file cannot be read.")
NO_SUCH_FILE = Message("Berkas ini tidak ada.", "This file does not exist.")
NO_TABLE = Message(
    "Nama berkas harus berakhiran .csv atau .parquet.",
    "The file's name must end in .csv or .parquet.",
)
RAGGED = Message(
    "Jumlah sel baris ini berbeda dari judul kolom.",
    "This row has a different number of cells than the header.",
)


@dataclass(frozen=True)
class Sheet:
    """Cells as they came: trimmed headings, and each row with its number (the header is 1)."""

    headings: list[str]
    rows: list[tuple[int, list[str | None]]]


def silent(_: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Sheets:
    """The tables of a case before any cell is read, and what was wrong with them as files."""

    by_table: Mapping[str, Sheet]
    faults: list[Fault]


def sheets_in(folder: Path, tables: Sequence[Table]) -> Sheets:
    sheets, faults = {}, []
    for table in tables:
        sheet = _read_sheet(folder, table)
        if isinstance(sheet, Fault):
            faults.append(sheet)
        elif sheet:
            sheets[table.name] = sheet
    return Sheets(sheets, faults)


def sheet_at(path: Path, table: Table) -> Sheets:
    """Read one table from the file that a person names; its ending says what it is."""
    readers = {".csv": _read_text, ".parquet": _read_parquet}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        sheet: Sheet | Fault = Fault(table.name, None, None, str(path), NO_TABLE)
    elif not path.is_file():
        sheet = Fault(table.name, None, None, str(path), NO_SUCH_FILE)
    else:
        sheet = reader(path, table)
    return Sheets({}, [sheet]) if isinstance(sheet, Fault) else Sheets({table.name: sheet}, [])


def sheets_of(frames: Mapping[str, pl.DataFrame], tables: Sequence[Table]) -> Sheets:
    faults = [
        Fault(table.name, None, None, None, NO_FILE)
        for table in tables
        if table.name not in frames and not table.may_be_missing
    ]
    return Sheets({name: _sheet_of(frame) for name, frame in frames.items()}, faults)


def records_of(
    sheets: Sheets, tables: Sequence[Table], tell: Tell
) -> tuple[dict[str, between_rows.Rows], list[Fault]]:
    """Return each table's rows (number, values by column) and the faults of files and cells.

    tell: is told one sentence per ignored column.
    """
    faults = list(sheets.faults)
    records: dict[str, between_rows.Rows] = {}
    for table in tables:
        sheet = sheets.by_table.get(table.name)
        records[table.name] = _records(table, sheet, faults, tell) if sheet else []
    return records, faults


def unread(sheets: Sheets, tables: Sequence[Table]) -> frozenset[str]:
    """Return the tables that could not be read as files, or lack a column."""
    broken = {fault.table for fault in sheets.faults}
    lacking = {
        table.name
        for table in tables
        if table.name in sheets.by_table
        and not table.columns.keys() - table.optional <= set(sheets.by_table[table.name].headings)
    }
    return frozenset(broken | lacking)


def values_of(table: Table, rows: between_rows.Rows) -> tuple[Any, ...]:
    """Return a table without faults as its values, sorted by key."""
    made = [table.value(*(record[name] for name in table.columns)) for _, record in rows]
    return tuple(sorted(made))  # Keys come first and are unique.


def _records(
    table: Table, sheet: Sheet, faults: list[Fault], tell: Tell
) -> list[tuple[int, Record]]:
    """Return each row's good cells by column; add a fault for every other cell."""
    faults += [
        Fault(table.name, 1, name, None, TWICE)
        for name in table.columns
        if sheet.headings.count(name) > 1
    ]
    missing = [name for name in table.columns if name not in sheet.headings]
    faults += [
        Fault(table.name, 1, name, None, NO_COLUMN)
        for name in missing
        if name not in table.optional
    ]
    for heading in sheet.headings:
        if heading not in table.columns:
            tell(f"{table.name}: ignored column {heading}.")
    places = {name: sheet.headings.index(name) for name in table.columns if name not in missing}
    found = []
    for number, cells in sheet.rows:
        if len(cells) != len(sheet.headings):
            faults.append(Fault(table.name, number, None, None, RAGGED))
        elif any(cells[place] is not None for place in places.values()):
            found.append((number, _record(table, number, cells, places, faults)))
    return found


def _record(
    table: Table,
    number: int,
    cells: list[str | None],
    places: Mapping[str, int],
    faults: list[Fault],
) -> Record:
    record = {name: table.columns[name](None) for name in table.optional - places.keys()}
    for name, place in places.items():
        value = table.columns[name](cells[place])
        if isinstance(value, Message):
            faults.append(Fault(table.name, number, name, cells[place], value))
        else:
            record[name] = value
    return record


def lacks_commas(headings: Sequence[str]) -> bool:
    """Tell a header that a spreadsheet set apart by semicolons or tabs."""
    return len(headings) == 1 and any(sign in headings[0] for sign in ";\t")


def because(error: Exception) -> Message:
    return Message(f"{NOT_READABLE.id} ({error})", f"{NOT_READABLE.en} ({error})")


def _read_sheet(folder: Path, table: Table) -> Sheet | Fault | None:
    text, parquet = folder / f"{table.name}.csv", folder / f"{table.name}.parquet"
    if text.exists() and parquet.exists():
        return Fault(table.name, None, None, None, TWO_FILES)
    if parquet.exists():
        return _read_parquet(parquet, table)
    if text.exists():
        return _read_text(text, table)
    return None if table.may_be_missing else Fault(table.name, None, None, None, NO_FILE)


def _read_text(path: Path, table: Table) -> Sheet | Fault:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, strict=True))
    except UnicodeDecodeError:
        return Fault(table.name, None, None, None, NOT_UTF8)
    except (OSError, csv.Error) as error:
        return Fault(table.name, None, None, None, because(error))
    for number, cells in enumerate(rows, start=1):
        if any("\0" in cell for cell in cells):
            return Fault(table.name, number, None, None, NO_CHARACTER)
    if not rows or not any(cell.strip() for cell in rows[0]):
        return Fault(table.name, 1, None, None, NO_HEADING)
    if lacks_commas(rows[0]):
        return Fault(table.name, 1, None, None, NO_COMMAS)
    body = [
        (number, [cell_text(cell) for cell in cells])
        for number, cells in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]
    return Sheet([heading.strip() for heading in rows[0]], body)


def _read_parquet(path: Path, table: Table) -> Sheet | Fault:
    try:
        return _sheet_of(pl.read_parquet(path))
    except (OSError, pl.exceptions.PolarsError) as error:
        return Fault(table.name, None, None, None, because(error))


def _sheet_of(frame: pl.DataFrame) -> Sheet:
    rows = enumerate(frame.iter_rows(), start=2)
    body = [(number, [cell_text(cell) for cell in cells]) for number, cells in rows]
    return Sheet([heading.strip() for heading in frame.columns], body)
