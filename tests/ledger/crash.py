"""Writers and a killer: run by `test_crash.py` in a process and on a server of its own.

Prints one JSON object: what was answered, what the ledger holds, what the checks say.
"""

import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle
from multiprocessing.context import SpawnProcess
from pathlib import Path

from benchmarks.of_ledger.server import OPTIONS, Server, durable_server
from tests.ledger.writing import write

WRITERS, PROCESSES, LINES, CEILING = 64, 4, 6, 60_000
KILLS = ("program", "backend", "server")
"""In turns: a process of writers, one that serves a writer, PostgreSQL's first process."""
TIMES = 7


def main(papers: int) -> None:
    """Let 64 writers bring `papers` each while processes are killed, and look."""
    with durable_server(1) as server, tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers"
        answers.touch()
        lines = _lines()
        killed = _write_and_kill(server, lines, papers, answers)
        told = dict(line.split() for line in answers.read_text().splitlines())
        passed = {name: int(rupiah) for name, rupiah in told.items() if rupiah != "0"}
        print(json.dumps({"killed": killed, "answered": len(told), **_judged(passed)}))


def _lines() -> list[int]:
    from django.db import connection

    from pulih.budget import actions
    from pulih.people.scope import speaking_as_system
    from tests.make import budget as make

    with speaking_as_system():
        lines = [make.line(key=f"3038.001.051.A.52{n:04}", ceiling=CEILING) for n in range(LINES)]
        assert actions.check_balances() == []
    connection.close()
    return [line.pk for line in lines]


def _write_and_kill(server: Server, lines: list[int], papers: int, answers: Path) -> list[str]:
    """Kill something each time another part of the papers is answered; return what was killed."""
    share = WRITERS // PROCESSES
    groups = [range(n * share, (n + 1) * share) for n in range(PROCESSES)]
    programs = [_started(server, lines, group, papers, answers) for group in groups]
    chance, killed = random.Random(5), []
    for kind, _wait in zip(cycle(KILLS), _parts(papers, answers, programs), strict=False):
        if kind == "program":
            at = chance.randrange(PROCESSES)
            programs[at].kill()
            programs[at].join()
            programs[at] = _started(server, lines, groups[at], papers, answers)
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


def _started(
    server: Server, lines: list[int], group: range, papers: int, answers: Path
) -> SpawnProcess:
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=write, args=(server.app, lines, group, papers, answers))
    process.start()
    return process


def _parts(papers: int, answers: Path, programs: list[SpawnProcess]) -> Iterator[int]:
    """Yield each time another part of the papers has its answer; end when nobody writes."""
    for part in range(1, TIMES + 1):
        while len({line.split()[0] for line in answers.read_text().splitlines() if line}) < (
            papers * WRITERS * 0.9 * part / (TIMES + 1)  # A tenth are brought twice.
        ):
            if all(one.exitcode is not None for one in programs):
                return
            time.sleep(0.05)
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


def _judged(passed: dict[str, int]) -> dict[str, object]:
    from pulih.budget import actions
    from pulih.budget.models import BudgetLine, Posting
    from pulih.people.scope import speaking_as_system

    with speaking_as_system():
        payments = Posting.objects.filter(document_kind="sp2d")
        held = set(payments.values_list("document_number", flat=True))
        totals = BudgetLine.objects.totals()
        return {
            "passed": len(passed),
            "passed_rupiah": sum(passed.values()),
            "lost": sorted(passed.keys() - held),
            "unasked": sorted(held - passed.keys()),
            "realised": totals["realised"],
            "committed": totals["committed"],
            "overspent": BudgetLine.objects.filter(realised__gt=CEILING).count(),
            "differences": len(actions.check_balances()) + len(list(actions.check_chains())),
        }


if __name__ == "__main__":
    main(int(sys.argv[1]))
