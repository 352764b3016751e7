"""One installation in a folder of its own: started, looked into, ended; by its own pids alone."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import psycopg

from pulih.config.data_folder import DataFolder
from pulih.config.databases import OWNER_ROLE, embedded_database
from pulih.config.roles import connect
from pulih.config.secrets import read_secrets
from tests.storm.clock import Clock

ROOT = Path(__file__).parents[2]
PAUSE_SECONDS = 0.5  # systemd waits as long before it starts again what ended.


class Installation:
    """The processes of `pulih serve`, kept alive as an init system would."""

    def __init__(self, folder: Path, clock: Clock, log: TextIO) -> None:
        self.folder = DataFolder(folder)
        self.port = _free_port()
        self.log = log
        self.starts = 0
        self.process: subprocess.Popen[bytes] | None = None
        self.is_wanted = True
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        said = {"PULIH_DATA": str(folder), "PULIH_BIND": f"127.0.0.1:{self.port}"}
        self.environ = {**kept, **said, "PULIH_LANGUAGE": "en", "PULIH_SECOND_FACTOR": "none"}
        self.environ.pop("PULIH_PERSON_SECRET", None)
        self.clock = clock
        self.keeper = threading.Thread(target=self._keep, daemon=True)

    def prepare(self) -> dict[str, Any]:
        """Make database and world; return what the writers have to know."""
        words = [sys.executable, "-m", "tests.storm.world", str(self.folder.path)]
        done = subprocess.run(
            words, cwd=ROOT, env=self.environ, stdout=subprocess.PIPE, check=True, text=True
        )
        world: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return world

    @contextmanager
    def kept_alive(self) -> Iterator[None]:
        self.keeper.start()
        try:
            yield
        finally:
            self.end()

    def end(self) -> int | None:
        """End tidily; return the status."""
        self.is_wanted = False
        if self.keeper.ident and threading.current_thread() is not self.keeper:
            self.keeper.join(60)
        if self.process is None:
            return None
        self.process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(30)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._end_what_is_left()
        return self.process.returncode

    def pid_of(self, module: str) -> int | None:
        """Return the pid of the child of `pulih serve` that runs a module."""
        return next((pid for pid in self.children() if module in _title(pid)), None)

    def children(self) -> list[int]:
        return children_of(self.process.pid) if self.process else []

    def postmaster(self) -> int | None:
        """Return PostgreSQL's first process, if it lives."""
        try:
            pid = int((self.folder.cluster / "postmaster.pid").read_text().split()[0])
            cwd = Path(f"/proc/{pid}/cwd").resolve(strict=True)
        except (OSError, ValueError, IndexError):
            return None
        return pid if cwd == self.folder.cluster.resolve() else None

    def servers(self, *words: str) -> list[int]:
        """Return the processes of PostgreSQL whose title holds one of the words."""
        master = self.postmaster()
        found = children_of(master) if master else []
        return [pid for pid in found if any(word in _title(pid) for word in words)]

    def owner(self) -> psycopg.Connection[Any]:
        password = read_secrets(self.folder.secrets)["owner_password"]
        return connect(embedded_database(self.folder, user=OWNER_ROLE, password=password))

    def pulih(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of Pulih's own commands on this data folder."""
        command = [sys.executable, "-m", "pulih.cli", *words]
        return subprocess.run(
            command, cwd=ROOT, env=self.environ, capture_output=True, text=True, check=False
        )

    def _keep(self) -> None:
        while self.is_wanted:
            if self.process is None or self.process.poll() is not None:
                if self.starts:
                    time.sleep(PAUSE_SECONDS)
                self._start()
            time.sleep(0.05)

    def _start(self) -> None:
        self.starts += 1
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pulih.cli", "serve"], cwd=ROOT,
            env={**self.environ, **self.clock.environ()}, stdin=subprocess.DEVNULL,
            stdout=self.log, stderr=self.log, start_new_session=True,
        )  # fmt: skip

    def _end_what_is_left(self) -> None:
        if master := self.postmaster():
            os.kill(master, signal.SIGQUIT)
            for _ in range(100):
                if self.postmaster() is None:
                    return
                time.sleep(0.05)


@contextmanager
def folder_for_storm(on_disk: Path | None) -> Iterator[Path]:
    """Have an empty data folder, reachable for the account that runs PostgreSQL."""
    parent = Path(tempfile.mkdtemp(prefix="pulih-storm-")) if on_disk is None else on_disk
    parent.chmod(0o711)
    folder = parent / "data"
    folder.mkdir()
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        if on_disk is None:
            shutil.rmtree(parent, ignore_errors=True)


def children_of(pid: int) -> list[int]:
    """Return the direct children of a process, of all its threads; none when it is gone."""
    try:
        each = [path.read_text().split() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    return [int(one) for some in each for one in some]


def descendants_of(pid: int) -> list[int]:
    below = children_of(pid)
    return [*below, *(deeper for one in below for deeper in descendants_of(one))]


def _title(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
