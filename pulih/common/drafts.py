"""Files and folders that are there only while somebody writes them, beside where they will lie.

A writer holds a lock on its draft, which goes when the process dies, however it dies. So a draft
that nobody holds was left by a killed one: `sweep` clears it away.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "draft-"


@contextmanager
def draft_file(parent: Path) -> Iterator[Path]:
    """Have a new, empty file, gone at the end unless it was moved to its place."""
    with _making(parent):
        handle, name = tempfile.mkstemp(prefix=PREFIX, dir=parent)
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)
        os.close(handle)


@contextmanager
def draft_folder(parent: Path) -> Iterator[Path]:
    """Have a new, empty folder, gone at the end with what is in it."""
    with _making(parent):
        name = tempfile.mkdtemp(prefix=PREFIX, dir=parent)
        handle = os.open(name, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield Path(name)
    finally:
        shutil.rmtree(name, ignore_errors=True)
        os.close(handle)


def sweep(top: Path) -> int:
    """Clear away what killed writers left in a folder and those right below; return how much."""
    return sum(_sweep_one(place) for place in [top, *folders(top)])


def folders(top: Path) -> list[Path]:
    """Return the folders right below one, without the drafts, which go while one looks."""
    return [place for place in top.glob("*/") if not place.name.startswith(PREFIX)]


def _sweep_one(place: Path) -> int:
    if not any(place.glob(f"{PREFIX}*")):
        return 0
    with locked(place, fcntl.LOCK_EX):
        return sum(_clear(draft) for draft in place.glob(f"{PREFIX}*"))


def _clear(draft: Path) -> bool:
    with suppress(FileNotFoundError):
        handle = os.open(draft, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(draft) if draft.is_dir() else draft.unlink()
            return True
        except BlockingIOError:
            return False  # Somebody is at it.
        finally:
            os.close(handle)
    return False


@contextmanager
def _making(parent: Path) -> Iterator[None]:
    """Keep sweepers away between the making of a draft and its lock."""
    with locked(parent, fcntl.LOCK_SH):
        yield


@contextmanager
def locked(folder: Path, how: int = fcntl.LOCK_EX) -> Iterator[None]:
    """Keep others away from what is in a folder who ask so too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)
