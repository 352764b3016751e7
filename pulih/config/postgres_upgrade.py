"""Bring the data of an older PostgreSQL over: written again beside it, checked, then exchanged."""

from __future__ import annotations

import subprocess
from dataclasses import replace

from psycopg import sql

from pulih.common.errors import Message, Refusal
from pulih.config import versions
from pulih.config.data_folder import DataFolder
from pulih.config.databases import DATABASE
from pulih.config.new_cluster import empty_folder, prepare_roles
from pulih.config.postgres_programs import environ_of_programs, kept_programs
from pulih.config.postgres_server import SUPERUSER, Server
from pulih.config.roles import connect
from pulih.config.secrets import read_secrets

OLD_PORT, NEW_PORT = 5433, 5434


def upgrade(folder: DataFolder, server: Server) -> None:
    """Dump the older cluster into a new one and put it in its place. May refuse.

    The older one stays beside it as `postgresql-<major>`, for the administrator to remove.
    """
    major = versions.cluster_major(folder.cluster)
    programs = kept_programs(folder.programs, major)
    if programs is None:
        raise Refusal(_no_programs(major))
    old = replace(server, programs=programs, port=OLD_PORT)
    new = replace(server, cluster=empty_folder(folder, server.programs), port=NEW_PORT)
    new.make()
    new.start()
    old.start()
    try:
        prepare_roles(folder, new)
        _copy(folder, old, new)
        _compare(folder, old, new)
    finally:
        new.stop()
        old.stop()
    folder.cluster.rename(folder.cluster.with_name(f"postgresql-{major}"))
    new.cluster.rename(folder.cluster)


def _copy(folder: DataFolder, old: Server, new: Server) -> None:
    password = read_secrets(folder.secrets)["superuser_password"]
    environ = environ_of_programs({"PGPASSWORD": password, "PGHOST": str(old.sockets)})
    account = new.programs.identity()
    ends = ["-U", SUPERUSER, "-d", DATABASE]
    dump = [str(new.programs.bin / "pg_dump"), "-p", str(OLD_PORT), *ends, "-Fc", "-Z", "0"]
    load = [str(new.programs.bin / "pg_restore"), "-p", str(NEW_PORT), *ends, "--exit-on-error"]
    with subprocess.Popen(dump, stdout=subprocess.PIPE, env=environ, cwd="/", **account) as dumping:
        loaded = subprocess.run(
            load, stdin=dumping.stdout, capture_output=True, text=True, env=environ, cwd="/",
            check=False, **account,
        )  # fmt: skip
    if dumping.returncode or loaded.returncode:
        raise Refusal(_not_moved(loaded.stderr.strip()[-300:]))


def _compare(folder: DataFolder, old: Server, new: Server) -> None:
    password = read_secrets(folder.secrets)["superuser_password"]
    before, after = (_counts(server, password) for server in (old, new))
    if before != after:
        differing = sorted({name for name, _ in set(before.items()) ^ set(after.items())})
        raise Refusal(_not_moved(", ".join(differing[:5])))


def _counts(server: Server, password: str) -> dict[str, int]:
    """Return the rows of every table of ours, by name."""
    with connect(server.superuser(password), name=DATABASE) as connection:
        tables = connection.execute(
            "SELECT relname FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        ).fetchall()
        counts = {}
        for (name,) in tables:
            count = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", name))
            (counts[name],) = connection.execute(count).fetchone() or (0,)
    return counts


def _no_programs(major: int) -> Message:
    return Message(
        id=f"Data ini dibuat PostgreSQL {major}, yang programnya sudah tidak ada. Jalankan versi"
        " Pulih sebelumnya, buat cadangan dengan “pulih backup”, lalu pulihkan di sini.",
        en=f"This data was made by PostgreSQL {major}, whose programs are gone. Run the earlier"
        " Pulih, make a backup with “pulih backup”, then restore it here.",
    )


def _not_moved(detail: str) -> Message:
    return Message(
        id=f"Data lama tidak dapat dipindahkan ke PostgreSQL baru; data lama tetap utuh: {detail}",
        en=f"The older data could not be moved to the newer PostgreSQL and is untouched: {detail}",
    )
