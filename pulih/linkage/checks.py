"""What is wrong with the cells of a table that was read: ids, numbers; and in which row."""

import csv
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb

from pulih.common.errors import Fault, Message
from pulih.linkage.columns import DECIMALS, NUMBERS

MOST_FAULTS = 1_000
"""A table of a million broken rows is told by its first thousand."""

NO_ID = Message("Baris ini tidak punya pengenal.", "This row has no id.")
REPEATED = Message(
    "Pengenal ini sudah dipakai baris lain; setiap baris perlu pengenalnya sendiri.",
    "Another row has this id already; every row needs an id of its own.",
)
NOT_WHOLE = Message(
    "Harus bilangan bulat: angka saja, tanpa titik ribuan, spasi, atau satuan.",
    "It must be a whole number: digits only, without separators, blanks or units.",
)
NOT_A_NUMBER = Message(
    "Harus bilangan: angka saja, dengan titik untuk pecahan.",
    "It must be a number: digits only, with a point before decimals.",
)


def key_faults(
    connection: duckdb.DuckDBPyConnection, table: str, into: str, needed: tuple[str, ...]
) -> list[Fault]:
    """Return the rows of `into` without what they need, or with the key of another row."""
    key = needed[0]
    faults = [
        Fault(table, row, name, None, NO_ID)
        for name in needed
        for (row,) in connection.execute(
            f"SELECT row FROM {into} WHERE {name} IS NULL ORDER BY row LIMIT {MOST_FAULTS}"
        ).fetchall()
    ]
    repeated = connection.execute(f"""
        SELECT row, {key} FROM {into} SEMI JOIN (
            SELECT {key} FROM {into} WHERE {key} IS NOT NULL GROUP BY {key} HAVING count(*) > 1
        ) USING ({key}) ORDER BY row LIMIT {MOST_FAULTS}
    """).fetchall()
    return faults + [Fault(table, row, key, value, REPEATED) for row, value in repeated]


def number_faults(
    connection: duckdb.DuckDBPyConnection, table: str, into: str, columns: Iterable[str]
) -> list[Fault]:
    """Return the cells of `into` that should be numbers and are none."""
    faults: list[Fault] = []
    for name in columns:
        if name not in NUMBERS:
            continue
        is_decimal = name in DECIMALS
        # A whole number that Parquet holds as a float ends in .0.
        pattern = r"-?[0-9]+(\.[0-9]+)?" if is_decimal else r"-?[0-9]+(\.0)?"
        found = connection.execute(
            f"SELECT row, {name} FROM {into} WHERE NOT regexp_full_match({name}, '{pattern}')"
            f" ORDER BY row LIMIT {MOST_FAULTS}"
        ).fetchall()
        message = NOT_A_NUMBER if is_decimal else NOT_WHOLE
        faults += [Fault(table, row, name, value[:80], message) for row, value in found]
    return sorted(faults, key=lambda fault: (fault.row or 0, fault.column or ""))[:MOST_FAULTS]


def counted_with_blanks(faults: list[Fault], path: Path) -> list[Fault]:
    """Number the rows as the file has them: the fast reader does not count blank lines."""
    last = max((fault.row or 0 for fault in faults), default=0)
    if path.suffix != ".csv" or last < 2:
        return faults
    rows = [0, *itertools.islice(_rows(path), last)]
    return [
        replace(fault, row=rows[fault.row]) if fault.row and fault.row < len(rows) else fault
        for fault in faults
    ]


def _rows(path: Path) -> Iterator[int]:
    """Yield the numbers of the rows that are not blank, the header's first."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        one_column = False
        for number, cells in enumerate(reader, start=1):
            one_column = one_column if number > 1 else len(cells) == 1
            if cells or one_column:
                yield number
