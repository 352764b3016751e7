"""Room on the disk: asked before something is accepted that would need it."""

import os
import shutil
from pathlib import Path

LEAST_FREE_BYTES = 300 * 2**20  # Below that PostgreSQL itself may stop.


def is_full(folder: Path | str, needed_bytes: int = 0) -> bool:
    """Tell whether the disk of `folder` would be full after `needed_bytes` more.

    A folder that is not there yet is asked for by its nearest parent.
    """
    path = Path(folder)
    while not path.exists():
        path = path.parent
    return shutil.disk_usage(path).free - needed_bytes < LEAST_FREE_BYTES


def settle(folder: Path) -> None:
    """Have the names in a folder written to the disk, so that they outlive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
