"""Writers on a server of their own, killed in turns until all they bring is answered."""

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import cycle
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.of_ledger.server import OPTIONS, Server

PROCESSES = 4
KILLS = ("program", "backend", "server")
"""In turns: a process of writers, one that serves a writer, PostgreSQL's first process."""


class Race(NamedTuple):
    """What is written and how often it is disturbed.

    write: brings `papers` for some writers on lines and notes each answer in a file. times: kills.
    """

    write: Callable[..., None]
    lines: list[int]
    writers: int
    papers: int
    times: int


def write_and_kill(server: Server, race: Race, answers: Path) -> list[str]:
    """Kill something each time another part of the papers is answered; return what was killed."""
    share = race.writers // PROCESSES
    groups = [range(n * share, (n + 1) * share) for n in range(PROCESSES)]
    programs = [_started(server, race, group, answers) for group in groups]
    chance, killed = random.Random(5), []
    for kind, _wait in zip(cycle(KILLS), _parts(race, answers, programs), strict=False):
        if kind == "program":
            at = chance.randrange(PROCESSES)
            programs[at].kill()
            programs[at].join()
            programs[at] = _started(server, race, groups[at], answers)
        elif kind == "backend":
            _kill_one_that_serves(server, chance)
        else:
            os.kill(_master(server), signal.SIGKILL)
            _start_again(server)
        killed.append(kind)
    for one in programs:
        one.join()
        assert one.exitcode == 0, one.exitcode
    return killed


def _started(server: Server, race: Race, group: range, answers: Path) -> SpawnProcess:
    context = multiprocessing.get_context("spawn")
    asked: tuple[Any, ...] = (server.app, race.lines, group, race.papers, answers)
    process = context.Process(target=race.write, args=asked)
    process.start()
    return process


def _parts(race: Race, answers: Path, programs: list[SpawnProcess]) -> Iterator[int]:
    """Yield each time another part of the papers has its answer; end when nobody writes."""
    known: set[str] = set()
    with answers.open() as file:
        for part in range(1, race.times + 1):
            # A tenth are brought twice.
            while len(known) < race.papers * race.writers * 0.9 * part / (race.times + 1):
                if all(one.exitcode is not None for one in programs):
                    return
                time.sleep(0.05)
                known |= {line.split()[0] for line in file.readlines() if line.strip()}
            yield part


def _master(server: Server) -> int:
    return int((server.folder / "cluster" / "postmaster.pid").read_text().split()[0])


def _kill_one_that_serves(server: Server, chance: random.Random) -> None:
    while True:
        with suppress(ProcessLookupError):  # Its writer may have hung up meanwhile.
            return os.kill(chance.choice(_serving(server)), signal.SIGKILL)


def _serving(server: Server) -> list[int]:
    """Return the processes that serve a writer; wait for one."""
    while True:
        master = _master(server)
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        found = [int(pid) for pid in children if b"postgres: pulih_" in _title(pid)]
        if found:
            return found
        time.sleep(0.05)


def _title(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def _start_again(server: Server) -> None:
    sockets = f"-c listen_addresses='' -c unix_socket_directories='{server.folder}'"
    for _ in range(100):  # Its orphans let go of the shared memory one by one.
        started = server.programs.run(
            "pg_ctl", "-D", server.folder / "cluster", "-w", "-l", server.folder / "log",
            "-o", f"{sockets} {OPTIONS}", "start",
        )  # fmt: skip
        if started.returncode == 0:
            return
        time.sleep(0.1)
    raise AssertionError(started.stderr)
