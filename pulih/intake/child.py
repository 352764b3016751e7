"""One process that reads for us: started, asked, watched, and ended when it takes too much."""

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from pulih.intake.ceilings import Ceilings, ceilings_for

TICK_MILLISECONDS = 30
START_SECONDS = 120.0
ENDING_SECONDS = 5.0
MOST_IDLE = 2
TABLES = "pulih.intake.reader"
HOME = Path(__file__).resolve().parents[2]
Report = dict[str, Any]
Tick = Callable[[int, int | None], None]


class Child:
    """A reader. After an answer without `serves_again`, or any exception, it must be closed.

    module: what it runs, one that ends in `serving.serve`.
    """

    def __init__(self, module: str = TABLES) -> None:
        self.module = module
        path = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), str(HOME)]))
        self.process = subprocess.Popen(  # noqa: S603  Modules of our own.
            [sys.executable, "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # Damaged files make libraries write pages of it.
            env={**os.environ, "PYTHONPATH": path},
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.requests, self.reports = self.process.stdin, self.process.stdout
        self.pending = b""
        self.is_ready = False

    def ask(
        self, request: Mapping[str, Any], tick: Tick | None = None, *, times: float = 1
    ) -> Report:
        """Have one request answered. times: by how much it may take longer than reading.

        Gives the last report (a fault, too, when it cannot even start), or `{"ended": …}` when
        the reader ended by itself (`died`; `killed`: by somebody else) or for taking too much
        (`memory`, `time`). tick: called
        with rows done, also while nothing is reported; what it raises goes through.
        """
        if not self.is_ready and not self._becomes_ready():
            return {"fault": ["NotStarted", "the reader did not start", ""]}
        try:
            self.requests.write(json.dumps(request).encode() + b"\n")
            self.requests.flush()
        except BrokenPipeError:
            return {"ended": self._how_it_ended()}
        return self._answer(tick, times)

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def close(self) -> None:
        """End it, whatever it is doing."""
        self.process.kill()
        self.process.wait()
        self.reports.close()
        try:
            self.requests.close()
        except BrokenPipeError:
            return

    def _becomes_ready(self) -> bool:
        lines = self._lines(time.monotonic() + START_SECONDS)
        self.is_ready = any(report is not None for report in lines)
        return self.is_ready

    def _answer(self, tick: Tick | None, times: float) -> Report:
        ceilings = ceilings_for(0).extended(times)
        started, busy_before = time.monotonic(), self.busy_seconds()
        done: tuple[int, int | None] = (0, None)
        for report in self._lines(None):
            if report is None or "progress" in report:
                done = (report["progress"][0], report["progress"][1]) if report else done
                if tick:
                    tick(*done)
            elif "unpacked" in report:
                ceilings = ceilings_for(report["unpacked"]).extended(times)
            else:
                return report
            passed = time.monotonic() - started
            if why := self._takes_too_much(ceilings, passed, busy_before):
                return {"ended": why, "ceilings": ceilings}
        return {"ended": self._how_it_ended()}

    def _how_it_ended(self) -> str:
        """Tell a reader that its file brought down from one that was killed, which no file does."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(ENDING_SECONDS)
        return "killed" if self.process.returncode == -signal.SIGKILL else "died"

    def _takes_too_much(self, ceilings: Ceilings, passed: float, busy_before: float) -> str:
        if ceilings.are_passed(self.resident_bytes()):
            return "memory"
        is_late = passed > ceilings.seconds and ceilings.is_late(
            passed, self.busy_seconds() - busy_before
        )
        return "time" if is_late else ""

    def _lines(self, until: float | None) -> Iterator[Report | None]:
        """Give every report, and None whenever a tick brought none; end with the process."""
        poll = select.poll()
        poll.register(self.reports, select.POLLIN)
        while until is None or time.monotonic() < until:
            line, found, rest = self.pending.partition(b"\n")
            if found:
                self.pending = rest
                yield json.loads(line)
            elif not poll.poll(TICK_MILLISECONDS):
                yield None
            elif piece := os.read(self.reports.fileno(), 1 << 16):
                self.pending += piece
            else:
                return

    def resident_bytes(self) -> int:
        fields = self._proc("statm").split()
        return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") if fields else 0

    def busy_seconds(self) -> float:
        fields = self._proc("stat").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if fields else 0.0

    def _proc(self, name: str) -> str:
        """Read what the system tells of the process; blank where it tells nothing."""
        try:
            return Path(f"/proc/{self.process.pid}/{name}").read_text()
        except OSError:
            return ""


_idle: list[Child] = []
_lock = threading.Lock()


@contextmanager
def borrowed(module: str = TABLES) -> Iterator[tuple[Child, Callable[[], None]]]:
    """Lend a reader that waits, or a new one; it is ended unless the function given is called."""
    child = _taken(module) or Child(module)
    kept: list[bool] = []
    try:
        yield child, lambda: kept.append(True)
    finally:
        if not kept or not _put_back(child):
            child.close()


def _taken(module: str) -> Child | None:
    with _lock:
        for child in [one for one in reversed(_idle) if one.module == module]:
            _idle.remove(child)
            if child.is_alive():
                return child
            child.close()
    return None


def _put_back(child: Child) -> bool:
    with _lock:
        has_room = len(_idle) < MOST_IDLE
        if has_room:
            _idle.append(child)
    return has_room


def close_idle() -> None:
    """End the readers that wait."""
    with _lock:
        for child in _idle:
            child.close()
        _idle.clear()


atexit.register(close_idle)
# A forked process must not talk to its parent's readers.
os.register_at_fork(after_in_child=_idle.clear)
