"""Writes a finished table under a temporary name, then renames it; CSV or Parquet by its ending."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import polars as pl


def write_table(table: pl.DataFrame, path: Path) -> None:
    """Write a table whole or not at all. Raises OSError."""
    if path.suffix.lower() == ".csv":
        decimals = table.with_columns(pl.selectors.float().round(6))
        whole(path, lambda target: decimals.write_csv(target, float_precision=6))
    else:
        whole(path, lambda target: table.write_parquet(target))


def whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a file beside `path`, then put it in its place at once."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
