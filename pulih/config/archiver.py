"""The process that keeps the archive: `python -m pulih.config.archiver`.

PostgreSQL streams what it writes to a folder beside the data (pg_receivewal, with a slot, so that
nothing is skipped); from there each segment goes into the archive, with new uploads, and a base
once a week. What is lost with the machine is what was written in the last seconds.
"""

from __future__ import annotations

import os
import subprocess
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import IO

import psycopg
import structlog

from pulih.common.errors import Message, Refusal
from pulih.config import logs, settings
from pulih.config.archive import PARTIAL, Archive, base_name
from pulih.config.children import end_with_parent
from pulih.config.databases import Database, embedded_database
from pulih.config.dumps import programs_for
from pulih.config.faults import end_if_refused
from pulih.config.postgres_server import SUPERUSER
from pulih.config.roles import connect
from pulih.config.secrets import read_secrets

SLOT = "pulih_archive"
PAUSE = 10.0  # Seconds between two looks.
BASE_EVERY = timedelta(days=7)
MOST_WAITING = 4 * 2**30  # Bytes between PostgreSQL and an archive that takes nothing.
LOG = structlog.get_logger(__name__)


def main() -> None:
    end_with_parent()
    end_if_refused()
    logs.configure(settings.LOGGING)
    keeper = Archiver(Archive(Path(settings.ARCHIVE)), superuser())
    while True:
        try:
            keeper.look()
        except (Refusal, OSError, psycopg.Error, subprocess.CalledProcessError) as failed:
            LOG.error("the archive could not be kept", why=str(failed))
        threading.Event().wait(PAUSE)


class Archiver:
    """Keeps one archive of the embedded server."""

    def __init__(self, archive: Archive, database: Database) -> None:
        self.archive = archive
        self.database = database
        self.incoming = settings.DATA.path / "wal"
        self.receiver: subprocess.Popen[bytes] | None = None
        self.seen: tuple[Path, int] | None = None  # The partial segment as it was copied last.

    def look(self) -> None:
        """Bring the archive up to now."""
        self._bound_what_waits()
        self.archive.make()
        self._refuse_anothers()
        has_ended = self.receiver is not None and self.receiver.poll() is not None
        if has_ended:
            LOG.error("pg_receivewal ended; it is started again")
        if self.receiver is None or has_ended:
            self._receive()
        self._keep_segments()
        is_whole = self._keep_uploads()
        newest = self.archive.base_for(None)
        if newest is None or datetime.now(UTC) - newest.ended > BASE_EVERY:
            self._take_base()
        self.archive.forget_before(datetime.now(UTC) - timedelta(days=settings.ARCHIVE_DAYS))
        if is_whole and not has_ended:
            self.archive.cluster.touch()

    def stop(self) -> None:
        if self.receiver is not None:
            self.receiver.terminate()
            self.receiver.wait()

    def _bound_what_waits(self) -> None:
        """Stop receiving where the archive takes nothing: the slot then says how much may wait."""
        waits = sum(one.stat().st_size for one in self.incoming.glob("*"))
        if self.receiver is not None and waits > MOST_WAITING:
            self.stop()
            self.receiver = None

    def _keep_uploads(self) -> bool:
        """Copy new uploads; one that cannot be read holds up nothing else."""
        is_whole = True
        for file in self.archive.lacks(settings.DATA.uploads):
            try:
                self.archive.keep_upload(settings.DATA.uploads, file)
            except OSError as failed:
                LOG.error("an upload could not be archived", file=file.name, why=str(failed))
                is_whole = False
        return is_whole

    def _refuse_anothers(self) -> None:
        with connect(self.database) as server:
            asked = "SELECT system_identifier FROM pg_control_system()"
            (number,) = server.execute(asked).fetchone() or ("",)
        known = self.archive.cluster
        if not known.exists():
            known.write_text(f"{number}\n")
        elif known.read_text().strip() != str(number):
            raise Refusal(_anothers(self.archive.path))

    def _receive(self) -> None:
        """Have PostgreSQL send what it writes, from where the slot stands."""
        self.incoming.mkdir(exist_ok=True, mode=0o700)
        with connect(self.database) as server:
            asked = "SELECT wal_status FROM pg_replication_slots WHERE slot_name = %s"
            slot = server.execute(asked, (SLOT,)).fetchone()
            if slot == ("lost",):  # Too much was written while nobody kept the archive.
                self._empty_incoming()  # Of segments that the server no longer has.
                server.execute("SELECT pg_drop_replication_slot(%s)", (SLOT,))
            if slot in (None, ("lost",)):
                server.execute("SELECT pg_create_physical_replication_slot(%s, true)", (SLOT,))
                self._take_base()
        programs, environ = programs_for(self.database)
        self.receiver = subprocess.Popen(
            [str(programs.bin / "pg_receivewal"), "-D", str(self.incoming), "-S", SLOT, "--no-loop",
             "--status-interval=5", "--no-password"],
            env=environ, stdin=subprocess.DEVNULL, preexec_fn=partial(end_with_parent, os.getpid()),
        )  # fmt: skip

    def _keep_segments(self) -> None:
        """Move what is whole into the archive, and copy what is being written when it changed."""
        for segment in sorted(self.incoming.iterdir()):
            if segment.name.endswith(PARTIAL):
                with suppress(FileNotFoundError):  # It became whole a moment ago.
                    self._keep_partial(segment)
            elif not segment.name.endswith((".tmp", ".new")):
                self.archive.keep_segment(segment)
                segment.unlink()

    def _empty_incoming(self) -> None:
        for segment in sorted(self.incoming.iterdir()):
            self.archive.keep_segment(segment)
            segment.unlink()

    def _keep_partial(self, segment: Path) -> None:
        changed = segment.stat().st_mtime_ns
        if self.seen != (segment, changed):
            self.archive.keep_segment(segment)
            self.seen = (segment, changed)

    def _take_base(self) -> None:
        """Copy the whole cluster as it runs."""
        with connect(self.database) as server:
            asked = "SELECT pg_walfile_name(redo_lsn) FROM pg_control_checkpoint()"
            (first,) = server.execute(asked).fetchone() or ("",)
        draft = self.archive.keep("bases/draft.tar.gz", self._write_base)
        name = base_name(datetime.now(UTC), first)
        ending = draft.name.removeprefix("draft.tar.gz")
        self.archive.keep(
            f"{name}.secrets.toml", lambda stream: _write(stream, settings.DATA.secrets)
        )
        draft.replace(self.archive.path / f"{name}.tar.gz{ending}")

    def _write_base(self, stream: IO[bytes]) -> None:
        programs, environ = programs_for(self.database)
        asked = [str(programs.bin / "pg_basebackup"), "-D", "-", "-Ft", "-X", "none", "-z",
                 "--checkpoint=fast", "--no-password"]  # fmt: skip
        quiet = {**environ, "PGOPTIONS": "-c client_min_messages=error"}
        with subprocess.Popen(asked, env=quiet, stdout=subprocess.PIPE) as copying:
            assert copying.stdout is not None
            while piece := copying.stdout.read(2**20):
                stream.write(piece)
        if copying.returncode:
            raise subprocess.CalledProcessError(copying.returncode, "pg_basebackup")


def superuser() -> Database:
    password = read_secrets(settings.DATA.secrets)["superuser_password"]
    found = embedded_database(settings.DATA, user=SUPERUSER, password=password)
    return {**found, "NAME": "postgres"}


def _write(stream: IO[bytes], path: Path) -> None:
    stream.write(path.read_bytes())


def _anothers(path: Path) -> Message:
    return Message(
        id=f"Arsip {path} milik instalasi lain. Sebutkan folder baru dalam PULIH_ARCHIVE.",
        en=f"The archive {path} belongs to another installation. Name a new folder in"
        " PULIH_ARCHIVE.",
    )


if __name__ == "__main__":
    main()
