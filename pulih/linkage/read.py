"""Read a table of the contract into DuckDB, or list everything wrong with it."""

import csv
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from pulih.common.errors import Fault, Message
from pulih.linkage.columns import ACCEPTED_UNUSED, COLUMNS, KEY

Tell = Callable[[str], None]
MOST_FAULTS = 1_000
"""A table of a million broken rows is told by its first thousand."""

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
NO_ID = Message("Baris ini tidak punya pengenal.", "This row has no id.")
REPEATED = Message(
    "Pengenal ini sudah dipakai baris lain; setiap baris perlu pengenalnya sendiri.",
    "Another row has this id already; every row needs an id of its own.",
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

    Returns what is wrong with the file; then `into` is not to be used.
    """
    table = path.stem
    headings = _headings(connection, path)
    if isinstance(headings, Message):
        return [Fault(table, None, None, None, headings)]
    faults = [Fault(table, 1, name, None, TWICE) for name in wanted if headings.count(name) > 1]
    faults += [Fault(table, 1, name, None, NO_COLUMN) for name in needed if name not in headings]
    for heading in headings:
        if heading not in wanted and heading not in ACCEPTED_UNUSED:
            tell(f"{table}: ignored column {heading}.")
    if faults:
        return faults
    try:
        connection.execute(_create(into, path, headings, wanted))
    except duckdb.Error as error:
        return _why_not(path, len(headings)) or [
            Fault(table, None, None, None, _because(str(error).splitlines()[0]))
        ]
    return _key_faults(connection, table, into, needed)


def _headings(connection: duckdb.DuckDBPyConnection, path: Path) -> list[str] | Message:
    if path.suffix not in (".csv", ".parquet"):
        return NO_ENDING
    if not path.is_file():
        return NO_FILE
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
        f"nullif(trim({_cell(headings.index(name), path)}), '') AS {name}"
        if name in headings
        else f"NULL::VARCHAR AS {name}"
        for name in wanted
    )
    present = [name for name in wanted if name in headings]
    blank = " AND ".join(f"{name} IS NULL" for name in present)
    return f"""
        CREATE OR REPLACE TABLE {into} AS
        SELECT * FROM (
            SELECT row_number() OVER () + 1 AS row, {picked} FROM {_cells(path, headings)}
        ) WHERE NOT ({blank})
    """


def _cell(place: int, path: Path) -> str:
    """Name a cell by its place: headings may hold anything."""
    return f"CAST(c{place} AS VARCHAR)" if path.suffix == ".parquet" else f"c{place}"


def _cells(path: Path, headings: list[str]) -> str:
    names = [f"c{place}" for place in range(len(headings))]
    if path.suffix == ".parquet":
        return f"{_source(path)} AS cells({', '.join(names)})"
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


def _key_faults(
    connection: duckdb.DuckDBPyConnection, table: str, into: str, needed: tuple[str, ...]
) -> list[Fault]:
    key = needed[0]
    empty = connection.execute(
        f"SELECT row FROM {into} WHERE {key} IS NULL ORDER BY row LIMIT {MOST_FAULTS}"
    ).fetchall()
    repeated = connection.execute(f"""
        SELECT row, {key} FROM {into} SEMI JOIN (
            SELECT {key} FROM {into} WHERE {key} IS NOT NULL GROUP BY {key} HAVING count(*) > 1
        ) USING ({key}) ORDER BY row LIMIT {MOST_FAULTS}
    """).fetchall()
    faults = [Fault(table, row, key, None, NO_ID) for (row,) in empty]
    return faults + [Fault(table, row, key, value, REPEATED) for row, value in repeated]
