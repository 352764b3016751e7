"""One PostgreSQL cluster on the disk: made, started, stopped, told whom to ask for a password."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pulih.common.errors import Message, Refusal
from pulih.config.databases import EMBEDDED_PORT, Database
from pulih.config.postgres_programs import Programs

SUPERUSER = "postgres"
# What is written may be followed by the superuser alone: see archiver.py.
ASKS_FOR_PASSWORDS = "local all all scram-sha-256\nlocal replication postgres scram-sha-256\n"
ASKS_NOTHING = "local all all trust\n"  # Only while the roles are made, in a private folder.

CONFIGURATION = """\
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 80
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 256MB
effective_cache_size = 2GB
random_page_cost = 1.1
max_wal_size = 2GB
wal_compression = on
max_slot_wal_keep_size = 4GB
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
logging_collector = on
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
log_file_mode = 0600
"""


@dataclass(frozen=True)
class Server:
    """One cluster, the programs that run it, and the socket where it answers."""

    programs: Programs
    cluster: Path
    sockets: Path
    port: int = EMBEDDED_PORT

    @property
    def log(self) -> Path:
        return self.cluster / "start.log"

    def is_running(self) -> bool:
        """Tell whether the process named in the pid file is this cluster's server."""
        pid = self._pid()
        if pid is None:
            return False
        try:
            return Path(f"/proc/{pid}/cwd").resolve(strict=True) == self.cluster.resolve()
        except OSError:
            return False

    def make(self) -> None:
        """Fill the cluster's folder: UTF8, locale C. May refuse."""
        made = self.programs.run(
            "initdb", "-D", self.cluster, "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8",
            "--locale=C", "--no-instructions", "--data-checksums",
        )  # fmt: skip
        if made.returncode:
            raise Refusal(_could_not("dibuat", "made", made.stderr))

    def start(self) -> None:
        """Start and wait until it answers; a stale pid file is cleared away. May refuse."""
        if not self.is_running():
            self._clear_stale_files()
        settings = f"unix_socket_directories = '{self.sockets}'\nport = {self.port}\n"
        self._write("postgresql.conf", CONFIGURATION + settings)
        started = self.programs.run(
            "pg_ctl", "-D", self.cluster, "-w", "-t", "120", "-l", self.log, "start"
        )
        if started.returncode:
            raise Refusal(_could_not("dijalankan", "started", self._last_words()))

    def stop(self, *, seconds: int = 20) -> None:
        """Stop tidily, or at once when that takes too long: what was committed is safe."""
        tidy = ["pg_ctl", "-D", self.cluster, "-w", "-t", str(seconds), "-m", "fast", "stop"]
        if self.is_running() and self.programs.run(*map(str, tidy)).returncode:
            self.programs.run("pg_ctl", "-D", self.cluster, "-w", "-m", "immediate", "stop")

    def ask(self, rules: str) -> None:
        """Say who may sign in, by rules of pg_hba.conf, at once when running."""
        kept = self.cluster / "pg_hba.conf"
        if kept.exists() and kept.read_text() == rules:
            return
        self._write("pg_hba.conf", rules)
        if self.is_running():
            self.programs.run("pg_ctl", "-D", self.cluster, "reload")

    def superuser(self, password: str) -> Database:
        host = {"HOST": str(self.sockets), "PORT": str(self.port)}
        account = {"USER": SUPERUSER, "PASSWORD": password, "NAME": "postgres"}
        return {**host, **account, "OPTIONS": {}}

    def _pid(self) -> int | None:
        try:
            return int((self.cluster / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError, ValueError):
            return None

    def _clear_stale_files(self) -> None:
        # PostgreSQL believes the file when any process happens to have that number now.
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)
        (self.sockets / f".s.PGSQL.{self.port}.lock").unlink(missing_ok=True)

    def _write(self, name: str, text: str) -> None:
        path = self.cluster / name
        draft = path.with_name(f"{name}.new")
        draft.unlink(missing_ok=True)
        # Made again, never followed: the folder is the account's, the pen may be root's.
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(text)
        self.programs.give(draft).replace(path)

    def _last_words(self) -> str:
        logs = sorted(self.cluster.glob("log/*.log"), key=lambda path: path.stat().st_mtime)
        texts = [path.read_text(errors="replace")[-2000:] for path in [self.log, *logs[-1:]]]
        return "\n".join(texts)


def _could_not(done_id: str, done_en: str, words: str) -> Message:
    if "No space left on device" in words:
        return Message(
            id="PostgreSQL berhenti karena penyimpanan penuh. Kosongkan ruang, lalu ulangi.",
            en="PostgreSQL stopped because the disk is full. Free some space, then try again.",
        )
    last = next((line for line in reversed(words.splitlines()) if "FATAL" in line), "").strip()
    last = last or (words.strip().splitlines() or ["?"])[-1]
    return Message(
        id=f"Basis data tidak dapat {done_id}: {last}",
        en=f"The database could not be {done_en}: {last}",
    )
