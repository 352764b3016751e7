"""A PostgreSQL with Pulih's tables that keeps every promise (fsync on), and pgbench beside it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

OPTIONS = "-c shared_buffers=512MB -c max_connections=90 -c max_wal_size=8GB -c jit=off"
DEBIAN = Path("/usr/lib/postgresql/15/bin/pgbench")


class Server:
    """One running cluster: how Django signs in, and where pgbench does."""

    def __init__(self, folder: Path, programs: Any, template: str) -> None:
        from pulih.config.databases import OWNER_ROLE, app_of_owner, database_of_url

        self.folder, self.programs, self.template = folder, programs, template
        url = f"postgresql:///{template}?host={folder}&user={OWNER_ROLE}"
        self.owner = database_of_url(url)
        self.app = app_of_owner(self.owner)

    def processor_seconds(self) -> float:
        """Return what connections that have ended took of the processor, all together."""
        leader = int((self.folder / "cluster" / "postmaster.pid").read_text().split()[0])
        of_children = Path(f"/proc/{leader}/stat").read_text().rsplit(")", 1)[1].split()[13:15]
        return sum(map(int, of_children)) / os.sysconf("SC_CLK_TCK")

    def pgbench(self, *words: str) -> str:
        """Run pgbench in a database of its own on this server; return what it printed."""
        program = DEBIAN if DEBIAN.exists() else self.programs.bin / "pgbench"
        command = [str(program), "-h", str(self.folder), "-U", "postgres", *words, "tpcb"]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
        return answer.stdout

    def tpcb(self, clients: int, seconds: int) -> float:
        """Return the transactions per second of the built-in TPC-B-like script."""
        said = self.pgbench("-n", "-c", str(clients), "-j", "2", "-T", str(seconds))
        return float(re.search(r"tps = ([\d.]+)", said)[1])  # type: ignore[index]


@contextmanager
def durable_server(scale: int) -> Iterator[Server]:
    """Start a server with all tables and a pgbench database of `scale` branches."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pulih.config.settings")
    django.setup()
    from django.conf import settings

    from pulih.config.postgres_programs import copied_programs
    from pulih.config.proof_key import keep_proof_key
    from pulih.config.roles import connect
    from tests import throwaway_server

    folder = Path(tempfile.mkdtemp(prefix="pulih-bench-"))
    folder.chmod(0o755)
    template = throwaway_server.copy_migrated_cluster(folder / "cluster", migrate)
    programs = copied_programs(throwaway_server.programs_for_tests())
    programs.give(folder)
    sockets = f"-c listen_addresses='' -c unix_socket_directories='{folder}'"
    started = programs.run(
        "pg_ctl", "-D", folder / "cluster", "-w", "-l", folder / "log",
        "-o", f"{sockets} {OPTIONS}", "start",
    )  # fmt: skip
    assert started.returncode == 0, started.stderr
    try:
        server = Server(folder, programs, template)
        with connect({**server.owner, "USER": "postgres"}, name="postgres") as superuser:
            superuser.execute("CREATE DATABASE tpcb")
        os.environ["PULIH_PERSON_SECRET"] = settings.PERSON_SECRET  # Of the writers, too.
        with connect(server.owner) as owner:
            keep_proof_key(owner, settings.PERSON_SECRET)
        server.pgbench("-i", "-q", "-s", str(scale))
        use(server.app)
        yield server
    finally:
        from django.db import connections

        connections.close_all()
        programs.run("pg_ctl", "-D", folder / "cluster", "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def use(database: dict[str, Any]) -> None:
    """Let this process's Django speak to a database."""
    from django.db import connections

    connections.close_all()
    connections["default"].settings_dict.update(database)


def migrate(database: dict[str, Any]) -> None:
    from django.core.management import call_command
    from django.db import connections

    use(database)
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()
