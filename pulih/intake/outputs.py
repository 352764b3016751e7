"""Writes a finished table under a temporary name, then renames it; CSV or Parquet by its ending."""

import errno
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


def write_table(table: "pl.DataFrame", path: Path) -> None:
    """Write one table into a file, CSV or Parquet by its ending. Raises OSError."""
    from polars import selectors

    if path.suffix.lower() == ".csv":
        decimals = table.with_columns(selectors.float().round(6))
        decimals.write_csv(path, float_precision=6)
    else:
        table.write_parquet(path)


@contextmanager
def all_or_none(paths: Iterable[Path]) -> Iterator[list[Path]]:
    """Give a temporary file beside each path; they take their places if the block ends well."""
    with ExitStack() as temporaries:
        filled = [(temporaries.enter_context(_beside(path)), path) for path in paths]
        yield [temporary for temporary, _ in filled]
        for temporary, path in filled:
            temporary.replace(path)


def whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a file beside `path`, then put it in its place at once."""
    with all_or_none([path]) as (temporary,):
        write(temporary)


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
