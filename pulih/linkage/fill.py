"""Rows of Python into a table of DuckDB, all at once."""

from collections.abc import Sequence

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa


def fill(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[tuple[str, str]],
    values: Sequence[Sequence[object] | npt.NDArray[np.int32]],
) -> None:
    """Make a table of columns (name, type of DuckDB), each with its list of values."""
    arrays = {name: pa.array(held) for (name, _), held in zip(columns, values, strict=True)}
    picked = ", ".join(f"{name}::{kind} AS {name}" for name, kind in columns)
    connection.register("rows_to_fill", pa.table(arrays))
    connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT {picked} FROM rows_to_fill")
    connection.unregister("rows_to_fill")
