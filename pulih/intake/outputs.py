"""Writes a finished table under a temporary name, then renames it; CSV or Parquet by its ending."""

import errno
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import polars as pl


def write_tables(tables: Mapping[Path, pl.DataFrame]) -> None:
    """Write all tables, or none when one cannot be written. Raises OSError."""
    with ExitStack() as temporaries:
        filled = [
            (temporaries.enter_context(_beside(path)), path, table)
            for path, table in tables.items()
        ]
        for temporary, path, table in filled:
            _write(table, temporary, path)
        for temporary, path, _ in filled:
            temporary.replace(path)


def _write(table: pl.DataFrame, temporary: Path, path: Path) -> None:
    if path.suffix.lower() == ".csv":
        decimals = table.with_columns(pl.selectors.float().round(6))
        decimals.write_csv(temporary, float_precision=6)
    else:
        table.write_parquet(temporary)


def whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a file beside `path`, then put it in its place at once."""
    with _beside(path) as temporary:
        write(temporary)
        temporary.replace(path)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Give a temporary file beside a path, as readable as a new one; gone when it is left."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    mask = os.umask(0)
    os.umask(mask)
    temporary.chmod(0o666 & ~mask)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
