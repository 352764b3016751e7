"""Dumps of the database by PostgreSQL's own programs, and back from them."""

from __future__ import annotations

import contextlib
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from pulih.common.errors import Message, Refusal
from pulih.config import settings
from pulih.config.databases import Database
from pulih.config.postgres_programs import Programs, copied_programs, environ_of_programs

FOREIGN_OPTION = 'unrecognized parameter "pg_attver"'
SETS_OPTION = re.compile(rb"ALTER TABLE ONLY \S+ ALTER COLUMN \S+ SET \(pg_attver=\d+\);$")
NOT_RESTORED = " DEFAULT ACL "  # Says what future tables grant: made again for the new owner.


def restore_dump(dump: Path) -> None:
    listed = run_program("pg_restore", "--list", str(dump), database=settings.OWNER_DATABASE)
    wanted = "\n".join(line for line in listed.splitlines() if NOT_RESTORED not in line)
    chosen = dump.with_suffix(".list")
    chosen.write_text(wanted)
    whole = ["--no-owner", "--use-list", str(chosen), str(dump)]
    name = str(settings.OWNER_DATABASE["NAME"])
    at_once = ["--single-transaction", "--exit-on-error", "--dbname", name]
    try:
        run_program("pg_restore", *at_once, *whole, database=settings.OWNER_DATABASE)
    except Refusal as refused:
        if FOREIGN_OPTION not in refused.message.en:
            raise
        _restore_without_options(whole)


def _restore_without_options(whole: list[str]) -> None:
    """Restore a dump of a server that marks its columns in a way this one does not know.

    PostgreSQL 15.20 of Debian dumps `SET (pg_attver=…)` for each column; it says nothing of data.
    """
    programs, environ = programs_for(settings.OWNER_DATABASE)
    reads = [str(programs.bin / "pg_restore"), "--file", "-", *whole]
    writes = [str(programs.bin / "psql"), "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-f", "-"]
    pipe = subprocess.PIPE
    with (
        subprocess.Popen(reads, stdout=pipe, env=environ) as reading,
        subprocess.Popen(writes, stdin=pipe, stdout=pipe, stderr=pipe, env=environ) as writing,
    ):
        assert reading.stdout is not None
        assert writing.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # What stopped it, it says itself.
            writing.stdin.writelines(known_lines(reading.stdout))
        _, told = writing.communicate()
    if writing.returncode or reading.returncode:
        raise Refusal(_failed("psql", told.decode(errors="replace").strip()[:400]))


def known_lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Leave out the options of columns; rows of a table are passed on whatever they hold."""
    is_data = False
    for line in lines:
        if is_data or not SETS_OPTION.match(line):
            yield line
        is_data = line != b"\\.\n" if is_data else line.startswith(b"COPY ")


def run_program(program: str, *arguments: str, database: Database) -> str:
    """Run one of PostgreSQL's programs as ourselves and return what it prints. May refuse."""
    programs, environ = programs_for(database)
    done = subprocess.run(
        [str(programs.bin / program), *arguments],
        capture_output=True, text=True, check=False, env=environ,
    )  # fmt: skip
    if done.returncode:
        raise Refusal(_failed(program, done.stderr.strip()[:400]))
    return done.stdout


def programs_for(database: Database) -> tuple[Programs, dict[str, str]]:
    """Return PostgreSQL's programs, and the environment in which they find a database."""
    programs = copied_programs(settings.DATA.programs)
    places = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    known = {name: str(database[key]) for name, key in places.items() if database[key]}
    known |= {"PGDATABASE": database["NAME"]}
    known |= {f"PG{name.upper()}": str(value) for name, value in database["OPTIONS"].items()}
    return programs, environ_of_programs(known)


def _failed(program: str, words: str) -> Message:
    return Message(
        id=f"{program} tidak berhasil, tidak ada yang berubah: {words}",
        en=f"{program} did not succeed, nothing was changed: {words}",
    )
