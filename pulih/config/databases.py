"""Roles of one database: the owner migrates, `pulih_app` serves and sees what it may."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from pulih.common.errors import Message, Refusal
from pulih.config.data_folder import DataFolder

if TYPE_CHECKING:
    from psycopg import Connection

APP_ROLE = "pulih_app"
PUBLIC_ROLE = "pulih_public"  # Public requests step down to it; it never signs in.
OWNER_ROLE = "pulih_owner"
DATABASE = "pulih"
EMBEDDED_PORT = 5432  # Only the name of a socket file: the embedded server opens no network port.

# Queries under row policies look dear to the planner and are short: compiling takes longer.
WITHOUT_JIT = "-c jit=off"

Database = dict[str, Any]


def both_roles(
    url: str, app_url: str, folder: DataFolder, secrets: dict[str, str]
) -> tuple[Database, Database]:
    """Return the owner's and the serving role's way into the one database. May refuse.

    url, app_url: `postgresql://` addresses; empty for the embedded server, and for a serving role
    that follows from the owner.
    """
    if url:
        owner = database_of_url(url)
        return owner, database_of_url(app_url) if app_url else app_of_owner(owner)
    passwords = [secrets.get(name, "") for name in ("owner_password", "app_password")]
    owner = embedded_database(folder, user=OWNER_ROLE, password=passwords[0])
    return owner, embedded_database(folder, user=APP_ROLE, password=passwords[1])


def embedded_database(folder: DataFolder, *, user: str, password: str) -> Database:
    """Return Django's settings of the embedded server: a socket in the data folder."""
    return _database(str(folder.sockets), str(EMBEDDED_PORT), user, password, DATABASE, {})


def database_of_url(url: str) -> Database:
    """Return Django's settings of a `postgresql://` address. May refuse."""
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
    except ValueError as wrong:
        raise Refusal(_WRONG_ADDRESS) from wrong
    query = dict(parse_qsl(parts.query))
    name = unquote(parts.path.removeprefix("/")) or query.pop("dbname", "")
    if parts.scheme not in ("postgres", "postgresql") or not name:
        raise Refusal(_WRONG_ADDRESS)
    host = unquote(parts.hostname or "") or query.pop("host", "")
    user = unquote(parts.username or "") or query.pop("user", "")
    password = unquote(parts.password or "") or query.pop("password", "")
    port = port or query.pop("port", "")
    query.setdefault("options", WITHOUT_JIT)
    return _database(host, port, user, password, name, query)


def app_of_owner(owner: Database) -> Database:
    """Return how `pulih_app` signs in to the owner's database when nobody says.

    Its password follows from the owner's, so that two clones on one server agree without asking.
    Where the owner has none (peer or trust) it signs in without one too, or not at all: an owner
    that only steps down to it could step up again.
    """
    app = {**owner, "USER": APP_ROLE, "OPTIONS": dict(owner["OPTIONS"])}
    if owner["PASSWORD"]:
        key = owner["PASSWORD"].encode()
        app["PASSWORD"] = hmac.new(key, APP_ROLE.encode(), hashlib.sha256).hexdigest()
    return app


def pooled(database: Database, *, largest: int) -> Database:
    """Return the same database behind a pool whose connections forget the person they spoke for."""
    pool = {
        "min_size": 1,
        "max_size": largest,
        "timeout": 10,
        "reset": _forget_person,
    }
    return {**database, "OPTIONS": {**database["OPTIONS"], "pool": pool}}


def _forget_person(raw: Connection[Any]) -> None:
    # Settings are read before models can be, so the people's own function is met only here.
    from pulih.people.scope import forget_person

    forget_person(raw)


def _database(
    host: str, port: str, user: str, password: str, name: str, options: dict[str, str]
) -> Database:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": host,
        "PORT": port,
        "USER": user,
        "PASSWORD": password,
        "NAME": name,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


_WRONG_ADDRESS = Message(
    id="DATABASE_URL harus berbentuk postgresql://pengguna:sandi@server:5432/basisdata.",
    en="DATABASE_URL must look like postgresql://user:password@server:5432/database.",
)
