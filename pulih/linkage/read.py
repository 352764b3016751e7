"""Read a table of the contract into DuckDB, or list everything wrong with it."""

import csv
import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from pulih.common.errors import Fault, Message
from pulih.linkage.checks import MOST_FAULTS, counted_with_blanks, key_faults, number_faults
from pulih.linkage.columns import ACCEPTED_UNUSED, COLUMNS, KEY, NUMBERS
from pulih.linkage.fill import fill

Tell = Callable[[str], None]
OTHER_MARK = re.compile(r"[;\t|]")

NO_FILE = Message("Berkas ini tidak ada.", "This file does not exist.")
NO_ENDING = Message(
    "Nama berkas harus berakhir .csv atau .parquet.",
    "The file's name must end in .csv or .parquet.",
)
NO_HEADING = Message(
    "Berkas kosong: tidak ada judul kolom.", "The file is empty: it has no header."
)
NO_COLUMN = Message("Kolom ini tidak ada.", "This column is missing.")
TWICE = Message("Judul kolom ini muncul dua kali.", "This column heading appears twice.")
NOT_UTF8 = Message("Berkas bukan teks UTF-8.", "The file is not UTF-8 text.")
NOT_READABLE = Message("Berkas tidak dapat dibaca.", "The file cannot be read.")
RAGGED = Message(
    "Jumlah sel baris ini berbeda dari judul kolom.",
    "This row has a different number of cells than the header.",
)
BOTH_FORMS = Message(
    "Tabel ini ada sebagai .csv dan .parquet; sisakan satu saja.",
    "This table is there both as .csv and .parquet; keep only one.",
)
OTHER_MARKS = Message(
    "Kolom ini tidak ada; judul tampak dipisahkan dengan tanda selain koma.",
    "This column is missing; the header seems to be separated by something other than commas.",
)


def silent(_: str) -> None:
    """Tell nobody."""


def read_table(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    *,
    into: str,
    wanted: tuple[str, ...] = COLUMNS,
    needed: tuple[str, ...] = (KEY,),
    tell: Tell = silent,
) -> list[Fault]:
    """Create table `into` with `row` (the header is 1) and `wanted` as trimmed text, blank null.

    Table `headings` then holds the file's headings. Returns what is wrong with the file; then
    `into` is not to be used.
    """
    table = path.stem
    headings = _headings(connection, path)
    if isinstance(headings, Message):
        return [Fault(table, None, None, None, headings)]
    faults = [Fault(table, 1, name, None, TWICE) for name in wanted if headings.count(name) > 1]
    missing = OTHER_MARKS if len(headings) == 1 and OTHER_MARK.search(headings[0]) else NO_COLUMN
    faults += [Fault(table, 1, name, None, missing) for name in needed if name not in headings]
    for heading in headings:
        if heading not in wanted and heading not in ACCEPTED_UNUSED:
            tell(f"{table}: ignored column {heading}.")
    if faults:
        return faults
    try:
        connection.execute(_create(into, path, headings, wanted))
        fill(connection, "headings", [("heading", "VARCHAR")], [headings])
    except duckdb.Error as error:
        return _why_not(path, len(headings)) or [
            Fault(table, None, None, None, _because(str(error).splitlines()[0]))
        ]
    faults = key_faults(connection, table, into, needed)
    faults += number_faults(connection, table, into, set(wanted) & set(headings))
    return counted_with_blanks(faults, path)


def _headings(connection: duckdb.DuckDBPyConnection, path: Path) -> list[str] | Message:
    if path.suffix not in (".csv", ".parquet"):
        return NO_ENDING
    if not path.is_file():
        return NO_FILE
    if all(path.with_suffix(ending).is_file() for ending in (".csv", ".parquet")):
        return BOTH_FORMS
    try:
        if path.suffix == ".parquet":
            described = connection.execute(f"DESCRIBE FROM {_source(path)}").fetchall()
            return [str(row[0]).strip() for row in described]
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = next(csv.reader(file, strict=True), [])
    except UnicodeDecodeError:
        return NOT_UTF8
    except (OSError, csv.Error, duckdb.Error) as error:
        return _because(str(error).splitlines()[0])
    headings = [cell.strip() for cell in first]
    return headings if any(headings) else NO_HEADING


def _create(into: str, path: Path, headings: list[str], wanted: tuple[str, ...]) -> str:
    picked = ", ".join(
        f"{_said(name, _cell(headings.index(name), path))} AS {name}"
        if name in headings
        else f"NULL::VARCHAR AS {name}"
        for name in wanted
    )
    # Parquet says itself which row it is, so that it can be read by several at once.
    number = "of_file + 2" if path.suffix == ".parquet" else "row_number() OVER () + 1"
    present = [name for name in wanted if name in headings]
    blank = " AND ".join(f"{name} IS NULL" for name in present)
    return f"""
        CREATE OR REPLACE TABLE {into} AS
        SELECT * FROM (
            SELECT {number} AS row, {picked} FROM {_cells(path, headings)}
        ) WHERE NOT ({blank})
    """


def _said(name: str, cell: str) -> str:
    """Return SQL for a trimmed cell, null where it is blank or, in Parquet, no number."""
    trimmed = f"nullif(trim({cell}), '')"
    return f"nullif({trimmed}, 'nan')" if name in NUMBERS else trimmed


def _cell(place: int, path: Path) -> str:
    """Name a cell by its place: headings may hold anything."""
    return f"CAST(c{place} AS VARCHAR)" if path.suffix == ".parquet" else f"c{place}"


def _cells(path: Path, headings: list[str]) -> str:
    names = [f"c{place}" for place in range(len(headings))]
    if path.suffix == ".parquet":
        numbered = f"read_parquet({_quoted(path)}, file_row_number = true)"
        return f"{numbered} AS cells({', '.join([*names, 'of_file'])})"
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    return (
        f"read_csv({_quoted(path)}, auto_detect = false, header = true, delim = ',', quote = '\"',"
        f" escape = '\"', columns = {{{columns}}}, null_padding = false, strict_mode = true,"
        " max_line_size = 16000000)"
    )


def _source(path: Path) -> str:
    return f"read_parquet({_quoted(path)})"


def _quoted(path: Path) -> str:
    text = str(path).replace("'", "''")
    return f"'{text}'"


def _why_not(path: Path, width: int) -> list[Fault]:
    """Find the rows that could not be read, slowly: only when the fast reader gave up."""
    if path.suffix != ".csv":
        return []
    faults = _broken_rows(path, width)
    try:
        return list(itertools.islice(faults, MOST_FAULTS))
    except UnicodeDecodeError:
        return [Fault(path.stem, None, None, None, NOT_UTF8)]
    except csv.Error as error:
        return [Fault(path.stem, None, None, None, _because(str(error)))]


def _broken_rows(path: Path, width: int) -> Iterator[Fault]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, cells in enumerate(csv.reader(file, strict=True), start=1):
            if len(cells) not in (0, width):
                yield Fault(path.stem, number, None, None, RAGGED)


def _because(reason: str) -> Message:
    return Message(f"{NOT_READABLE.id} ({reason})", f"{NOT_READABLE.en} ({reason})")
