"""The roles inside PostgreSQL: an owner that migrates, `pulih_app`, bound by row policies, and
`pulih_public`, which it steps down to for whoever has not signed in.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import psycopg
from psycopg import sql

from pulih.common.errors import Message, Refusal
from pulih.config.databases import APP_ROLE, DATABASE, OWNER_ROLE, PUBLIC_ROLE, Database

Connection = psycopg.Connection[tuple[Any, ...]]


def connect(database: Database, *, name: str | None = None) -> Connection:
    """Open a plain connection, every statement its own transaction. name: another database."""
    return psycopg.connect(
        host=database["HOST"] or None,
        port=database["PORT"] or None,
        user=database["USER"] or None,
        password=database["PASSWORD"] or None,
        dbname=name or database["NAME"],
        autocommit=True,
        **{key: value for key, value in database["OPTIONS"].items() if key != "pool"},
    )


def make_roles(superuser: Connection, *, owner_password: str, app_password: str) -> None:
    """Make the roles of an embedded server, or renew their passwords; none is a superuser."""
    _make_role(superuser, OWNER_ROLE, "LOGIN CREATEROLE CREATEDB", owner_password)
    _make_role(superuser, APP_ROLE, "LOGIN", app_password)
    superuser.execute(f"GRANT {APP_ROLE} TO {OWNER_ROLE}")
    make_public_role(superuser)


def make_database(server: Connection, *, name: str = DATABASE, owner: str = OWNER_ROLE) -> None:
    """Make an empty database in UTF8 and the C locale: names are sorted by a key of our own."""
    server.execute(
        sql.SQL(
            "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'"
            " LC_COLLATE 'C' LC_CTYPE 'C'"
        ).format(sql.Identifier(name), sql.Identifier(owner))
    )


def let_app_serve(owner: Connection, app: Database) -> None:
    """Give `pulih_app` what it needs in this database, tables to come included. May refuse.

    Run before the first migration; a migration that wants an append-only table revokes from it.
    """
    _refuse_a_role_that_sees_all(owner, app)
    for statement in (
        f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
        f" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP_ROLE}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {APP_ROLE}",
    ):
        owner.execute(statement)


def make_app_role(owner: Connection, app: Database) -> None:
    """Make `pulih_app` on a server that is not ours, unless it is there. May refuse."""
    if not _exists(owner, APP_ROLE):
        try:
            _make_role(owner, APP_ROLE, "LOGIN", app["PASSWORD"])
            owner.execute(f"GRANT {APP_ROLE} TO CURRENT_USER")
        except psycopg.errors.InsufficientPrivilege as refused:
            raise Refusal(_MAY_NOT_MAKE_ROLE) from refused
    if app["USER"] == APP_ROLE and not _signs_in(app):
        if not app["PASSWORD"]:
            raise Refusal(_NO_PASSWORD)
        _renew_password(owner, app)


def make_public_role(server: Connection) -> None:
    """Make `pulih_public`, unless it is there, and let `pulih_app` step down to it. May refuse.

    Run before each migration: installations older than the role get it there.
    """
    try:
        with suppress(psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
            _make_role(server, PUBLIC_ROLE, "NOLOGIN", "")  # Another start may be as far.
        if not _may_step_down(server):
            # Inherited, its policies would open rows to `pulih_app` too.
            how = " WITH INHERIT FALSE" if server.info.server_version >= 160_000 else ""
            server.execute(f"GRANT {PUBLIC_ROLE} TO {APP_ROLE}{how}")
    except psycopg.errors.InsufficientPrivilege as refused:
        raise Refusal(_MAY_NOT_MAKE_PUBLIC_ROLE) from refused


def _may_step_down(server: Connection) -> bool:
    asked = "SELECT pg_has_role(%s, %s, 'MEMBER')"
    return server.execute(asked, [APP_ROLE, PUBLIC_ROLE]).fetchone() == (True,)


def _make_role(server: Connection, role: str, rights: str, password: str) -> None:
    if not _exists(server, role):
        server.execute(sql.SQL("CREATE ROLE {} " + rights).format(sql.Identifier(role)))
    if password:
        set_password(server, role, password)


def set_password(server: Connection, role: str, password: str) -> None:
    statement = sql.SQL("ALTER ROLE {} PASSWORD {}")
    server.execute(statement.format(sql.Identifier(role), sql.Literal(password)))


def _renew_password(owner: Connection, app: Database) -> None:
    try:
        set_password(owner, APP_ROLE, app["PASSWORD"])
    except psycopg.errors.InsufficientPrivilege as refused:
        raise Refusal(_MAY_NOT_MAKE_ROLE) from refused


def _exists(server: Connection, role: str) -> bool:
    found = server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    return found is not None


def _signs_in(app: Database) -> bool:
    try:
        connect(app).close()
    except psycopg.OperationalError:
        return False
    return True


def _refuse_a_role_that_sees_all(owner: Connection, app: Database) -> None:
    # A wall that cannot be relied on is no wall: better no start than a silent leak.
    role = app["USER"]
    found = owner.execute(
        "SELECT rolsuper OR rolbypassrls, pg_has_role(oid, current_user, 'MEMBER')"
        " FROM pg_roles WHERE rolname = %s",
        [role],
    ).fetchone()
    if found == (False, True):
        raise Refusal(_is_owner(role))
    if found is None or found[0]:
        raise Refusal(
            Message(
                id=f"Peran basis data “{role}” melewati keamanan baris. Beri Pulih peran tanpa"
                " SUPERUSER dan tanpa BYPASSRLS lewat PULIH_APP_DATABASE_URL.",
                en=f"The database role “{role}” bypasses row-level security. Give Pulih a role"
                " without SUPERUSER and BYPASSRLS through PULIH_APP_DATABASE_URL.",
            )
        )


def _is_owner(role: str) -> Message:
    return Message(
        id=f"Peran basis data “{role}” dapat menjadi pemilik tabel, sehingga keamanan baris tidak"
        " mengikatnya. Beri Pulih peran lain lewat PULIH_APP_DATABASE_URL.",
        en=f"The database role “{role}” can become the owner of the tables, whom row-level security"
        " does not bind. Give Pulih another role through PULIH_APP_DATABASE_URL.",
    )


_NO_PASSWORD = Message(
    id="“pulih_app” tidak dapat masuk ke basis data tanpa sandi, dan DATABASE_URL tidak memuatnya."
    " Beri pemilik sandi dalam DATABASE_URL, atau isi PULIH_APP_DATABASE_URL.",
    en="“pulih_app” cannot sign in to the database without a password, and DATABASE_URL holds none."
    " Give the owner a password in DATABASE_URL, or set PULIH_APP_DATABASE_URL.",
)
_MAY_NOT_MAKE_ROLE = Message(
    id="Peran “pulih_app” belum ada atau sandinya lain, dan pemilik basis data tidak boleh"
    " mengubahnya. Minta administrator basis data membuatnya, lalu isi PULIH_APP_DATABASE_URL.",
    en="The role “pulih_app” is missing or has another password, and the owner of the database may"
    " not change it. Ask the database administrator for it, then set PULIH_APP_DATABASE_URL.",
)

_MAY_NOT_MAKE_PUBLIC_ROLE = Message(
    id="Peran “pulih_public” belum ada atau belum diberikan kepada “pulih_app”, dan pemilik basis"
    " data tidak boleh membuatnya. Minta administrator basis data menjalankan: CREATE ROLE"
    " pulih_public NOLOGIN; GRANT pulih_public TO pulih_app.",
    en="The role “pulih_public” is missing or not granted to “pulih_app”, and the owner of the"
    " database may not make it. Ask the database administrator to run: CREATE ROLE pulih_public"
    " NOLOGIN; GRANT pulih_public TO pulih_app.",
)
