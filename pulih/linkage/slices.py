"""Tables some rows at a time, so that memory does not grow with them."""

from collections.abc import Iterator

import duckdb

SLICE = 1_500_000
"""Fewer than the records of a country: joins then hash the narrow pairs, not the wide records."""


def slices(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[str]:
    """Yield SQL for the rows of a table, some at a time."""
    (last,) = connection.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchall()[0]
    for start in range(0, last + 1, SLICE):
        yield f"(SELECT * FROM {table} WHERE rowid >= {start} AND rowid < {start + SLICE})"
