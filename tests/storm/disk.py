"""A small disk for one storm, which can be filled and emptied: a tmpfs of a changeable size."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOMY_BYTES = 6 * 2**30  # Of memory, taken only as far as it is written.


class Disk:
    """A mounted tmpfs: what is left on it is whatever its size leaves."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def leave(self, free_bytes: int) -> None:
        """Let so much be free from now on."""
        found = os.statvfs(self.path)
        used = (found.f_blocks - found.f_bfree) * found.f_frsize
        self._resize(used + free_bytes)

    def empty(self) -> None:
        self._resize(ROOMY_BYTES)

    def _resize(self, size: int) -> None:
        words = ["mount", "-o", f"remount,size={size}", str(self.path)]
        # It refuses to become smaller than what has been written since: then it is full already.
        subprocess.run(words, capture_output=True, check=False)


@contextmanager
def small_disk() -> Iterator[tuple[Disk | None, str]]:
    """Have a disk of one's own; without one, why not."""
    path = Path(tempfile.mkdtemp(prefix="pulih-storm-"))
    words = ["mount", "-t", "tmpfs", "-o", f"size={ROOMY_BYTES},mode=711", "tmpfs", str(path)]
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        problem = done.stderr.strip() if done.returncode else ""
    except FileNotFoundError:
        problem = "there is no mount"
    try:
        yield (None, problem) if problem else (Disk(path), "")
    finally:
        if not problem:
            subprocess.run(["umount", "--lazy", str(path)], capture_output=True, check=False)
        path.rmdir()
