"""What a storm does to an installation. Each kind says what it hit; None: nothing was there."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
from collections.abc import Callable

from tests.storm.clock import Clock
from tests.storm.disk import Disk
from tests.storm.installation import Installation, descendants_of

WEB, WORKER, FILES = "pulih.config.web", "pulih.config.worker", "pulih.config.file_worker"
JUMPS = ("+3h", "-2h", "+2d", "-90s", "+0")
NEARLY_FULL = 100 * 2**20  # Below what Pulih wants to be free; PostgreSQL still writes.
Hit = Callable[[], str | None]


class Kills:
    """The kinds of failure by name, each with how often it is in the deck."""

    def __init__(
        self, on: Installation, disk: Disk | None, clock: Clock, chance: random.Random
    ) -> None:
        self.on, self.disk, self.clock, self.chance = on, disk, clock, chance
        self.kinds: dict[str, tuple[int, Hit]] = {
            "web": (4, lambda: self._child(WEB)),
            "web: its server": (2, lambda: self._below(WEB)),
            "worker": (4, lambda: self._child(WORKER)),
            "worker of files": (3, lambda: self._child(FILES)),
            "solver or reader": (2, lambda: self._below(WORKER, FILES)),
            "backend": (5, lambda: self._server("postgres: pulih_app")),
            "PostgreSQL's writers": (2, lambda: self._server("writer", "checkpointer")),
            "PostgreSQL": (3, self._postmaster),
            "pulih serve": (2, self._supervisor),
            "connections cut": (2, self._cut),
        }
        if disk is not None:
            self.kinds["disk nearly full"] = (1, lambda: self._fill(NEARLY_FULL))
            self.kinds["disk full"] = (1, lambda: self._fill(0))
        if clock.library is not None:
            self.kinds["clock jumps"] = (2, self._jump)

    def deck(self, number: int) -> list[str]:
        """Return so many kinds, each about as often as it should be, in an order of chance."""
        one = [name for name, (times, _) in self.kinds.items() for _ in range(times)]
        cards: list[str] = []
        while len(cards) < number:
            cards += self.chance.sample(one, len(one))
        return cards[:number]

    def hit(self, kind: str) -> str | None:
        return self.kinds[kind][1]()

    def _child(self, module: str) -> str | None:
        return self._kill(self.on.pid_of(module))

    def _below(self, *modules: str) -> str | None:
        tops = [pid for module in modules if (pid := self.on.pid_of(module))]
        below = [pid for top in tops for pid in descendants_of(top)]
        return self._kill(self.chance.choice(below)) if below else None

    def _server(self, *words: str) -> str | None:
        found = self.on.servers(*words)
        return self._kill(self.chance.choice(found)) if found else None

    def _postmaster(self) -> str | None:
        return self._kill(self.on.postmaster())

    def _supervisor(self) -> str | None:
        process = self.on.process
        return self._kill(process.pid if process and process.poll() is None else None)

    def _cut(self) -> str | None:
        found = self.on.servers("postgres: pulih_app")
        for pid in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)  # As pg_terminate_backend does.
        return f"{len(found)} connections" if found else None

    def _fill(self, free_bytes: int) -> str:
        assert self.disk is not None
        self.disk.leave(free_bytes)
        seconds = self.chance.uniform(0.5, 2.5)
        time.sleep(seconds)
        self.disk.empty()
        return f"{free_bytes >> 20} MB left for {seconds:.1f} s"

    def _jump(self) -> str:
        to = self.chance.choice(JUMPS)
        self.clock.set(to)
        return f"to {to}"

    def _kill(self, pid: int | None) -> str | None:
        if pid is None:
            return None
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return None
        return f"pid {pid}"
