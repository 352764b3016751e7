"""Sees how long an installation takes to come back after each blow."""

from __future__ import annotations

import http.client
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import psycopg

from pulih.common.errors import Refusal
from tests.storm.installation import Installation
from tests.storm.kills import FILES, WEB, WORKER

OF_WORKERS = {"worker": WORKER, "worker of files": FILES}


@dataclass
class Blow:
    kind: str
    at: float
    is_back: Callable[[], bool]


class Watch(threading.Thread):
    """Asks all the time, as who watches a server does, and keeps the longest for each kind."""

    def __init__(self, on: Installation) -> None:
        super().__init__(name="watch", daemon=True)
        self.on = on
        self.open: list[Blow] = []
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.lock = threading.Lock()
        self.stop = threading.Event()

    def before(self, kind: str) -> Callable[[], bool]:
        """Return what will tell that all is back; asked for before the blow."""
        on = self.on
        if kind in OF_WORKERS:
            pid, workers = on.pid_of(OF_WORKERS[kind]), self._workers()
            return lambda: (
                on.pid_of(OF_WORKERS[kind]) not in (None, pid) and (self._workers() > workers)
            )
        if kind == "web":
            pid = on.pid_of(WEB)
            return lambda: on.pid_of(WEB) not in (None, pid) and self.is_well()
        if kind == "PostgreSQL":
            pid = on.postmaster()
            return lambda: on.postmaster() not in (None, pid) and self.is_well()
        if kind == "pulih serve":
            starts = on.starts
            return lambda: on.starts > starts and self.is_well()
        return self.is_well

    def struck(self, kind: str, at: float, is_back: Callable[[], bool]) -> None:
        with self.lock:
            self.open.append(Blow(kind, at, is_back))

    def run(self) -> None:
        while not self.stop.is_set():
            for blow in list(self.open):
                if blow.is_back():
                    with self.lock:
                        self.open.remove(blow)
                    self.seconds[blow.kind].append(time.monotonic() - blow.at)
            time.sleep(0.05)

    def is_well(self) -> bool:
        return self.health() == 200

    def health(self) -> int:
        link = http.client.HTTPConnection("127.0.0.1", self.on.port, timeout=5)
        try:
            link.request("GET", "/health/")
            return link.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            link.close()

    def _workers(self) -> int:
        """Return the number of the newest worker, 0 while nobody can be asked."""
        try:
            with self.on.owner() as database:
                found = database.execute("SELECT coalesce(max(id), 0) FROM procrastinate_workers")
                return sum(int(number) for (number,) in found)
        except (psycopg.Error, OSError, Refusal):
            return 0
