"""Room on the disk: asked before something is accepted that would need it."""

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
