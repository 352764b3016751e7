"""The processes that serve: started, watched, started again, and stopped in order."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

_ORPHANED = "the supervisor has ended already"
LONGEST_PAUSE = 30.0
LIVED_WELL = 60.0  # Seconds after which a death counts as the first again.
DIES_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG
PARENT = "PULIH_PARENT"  # The number of the supervisor that started a child.


@dataclass
class Child:
    """One process in a session of its own, so that Ctrl-C reaches only its supervisor."""

    name: str
    module: str
    environ: dict[str, str]
    patience: float  # Seconds between asking to end and ending.
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started_at: float = 0.0
    next_start: float = field(default=0.0)

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", self.module],
            env={**os.environ, **self.environ, PARENT: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.started_at = time.monotonic()

    def revive(self, now: float) -> str | None:
        """Start again when dead and due; return what happened, for the log."""
        if self.process is not None and self.process.poll() is None:
            return None
        if self.process is not None:
            status = self.process.returncode
            self._clear_group()
            self.process = None
            self.deaths = 1 if now - self.started_at > LIVED_WELL else self.deaths + 1
            pause = pause_before(self.deaths)
            self.next_start = now + pause
            return f"{self.name} ended with status {status}; starting again in {pause:g} s"
        if now >= self.next_start:
            self.start()
            return f"{self.name} started"
        return None

    def stop(self) -> None:
        """Ask to end, wait a while, end."""
        if self.process is None:
            return
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(self.patience)
        self._clear_group()
        self.process.wait()

    def _clear_group(self) -> None:
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


def pause_before(deaths: int) -> float:
    """Return the seconds to wait before starting a process again: half, one, two … thirty."""
    return min(LONGEST_PAUSE, 0.5 * 2.0 ** (min(deaths, 10) - 1))


def end_with_parent(parent: int | None = None) -> None:
    """Have the system end this process when its parent is killed outright (Linux).

    parent: its number; None: that of the supervisor, as it wrote it down. One that was killed while
    we were starting is gone already: the system would never tell, and an orphan would keep the port
    from every later start.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGTERM)
    if (parent or int(os.environ.get(PARENT, os.getppid()))) != os.getppid():
        raise SystemExit(_ORPHANED)
