"""Many rows at once: COPY into a temporary table, from which one statement stores them.

PostgreSQL refuses COPY straight into a table with row-level security; `INSERT … SELECT` from a
temporary table passes the policies and costs little more.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl
from django.db import connection

SLICE = 100_000  # Rows turned to text at a time, so that the text of all never lies in memory.
NULL = r"\N"
# Signs that texts do not hold, so that next to nothing has to be quoted, JSON least of all.
SEPARATOR, QUOTE = "\x1f", "\x1e"


def copy_in(
    table: str,
    frame: pl.DataFrame,
    types: Mapping[str, str],
    *,
    shape: Sequence[pl.Expr] = (),
    is_joined: bool = False,
) -> None:
    """Fill a new temporary table with `frame`. types: SQL type of each of its columns.

    shape: what to make of the frame's columns, slice by slice, where all at once is too large.

    table and types are written by us, never by a person. The table goes with the transaction.
    is_joined: the planner should know what it holds.
    """
    names = frame.head(0).select(*shape).columns if shape else frame.columns
    pieces = (one.select(*shape) if shape else one for one in frame.iter_slices(SLICE))
    copy_pieces(table, pieces, {name: types[name] for name in names})
    if is_joined:
        execute(f"ANALYZE pg_temp.{table}")


def copy_pieces(table: str, pieces: Iterable[pl.DataFrame], types: Mapping[str, str]) -> None:
    """Fill a new temporary table with frames as they are made; all of them never lie in memory.

    types: SQL type of each column, in the order of the frames' columns. Who makes the frames must
    not ask this connection meanwhile: it is copying.
    """
    assert connection.in_atomic_block
    columns = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
        cursor.execute(f"CREATE TEMP TABLE {table} ({columns}) ON COMMIT DROP")
        signs = f"DELIMITER '{SEPARATOR}', QUOTE '{QUOTE}', NULL '{NULL}'"
        into = f"COPY pg_temp.{table} FROM STDIN (FORMAT csv, {signs})"
        with connection.wrap_database_errors, cursor.copy(into) as copy:
            for piece in pieces:
                copy.write(_text(piece))


def _text(piece: pl.DataFrame) -> bytes:
    text = piece.write_csv(
        include_header=False, separator=SEPARATOR, quote_char=QUOTE, null_value=NULL
    )
    return text.encode()


def new_ids(sequence: str, number: int) -> pl.Series:
    """Return `number` rising ids of a sequence."""
    # As one text: a row for each id would cost ten times as much.
    query = "SELECT string_agg(nextval(%s)::text, ',') FROM generate_series(1, %s)"
    with connection.cursor() as cursor:
        cursor.execute(query, [sequence, number])
        text = cursor.fetchone()[0] or ""
    return pl.Series("id", [text]).str.split(",").explode().cast(pl.Int64, strict=False)[:number]


def fetch(query: str, schema: Mapping[str, Any]) -> pl.DataFrame:
    """Return the rows of a query of ours as a table. schema: Polars type of each column."""
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)") as copy,
    ):
        text = b"".join(copy)
    if not text:
        return pl.DataFrame(schema=schema)
    return pl.read_csv(text, has_header=False, schema=schema)


def execute(statement: str, parameters: list[Any] | None = None) -> int:
    """Run one statement and return how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)


def work_in_bulk() -> None:
    """Prepare this transaction for large statements.

    Compiling them at run time has cost more than running them, and once could not be stopped.
    """
    execute("SET LOCAL jit = off")
    execute("SET LOCAL work_mem = '128MB'")


def ask(query: str, parameters: list[Any] | None = None) -> tuple[Any, ...]:
    """Run one query of ours and return its only row."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        row: tuple[Any, ...] = cursor.fetchone()
    return row
