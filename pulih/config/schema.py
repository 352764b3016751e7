"""Bring the database to this program's schema, as the owner; never past a newer one."""

from __future__ import annotations

import hashlib
from importlib.metadata import distributions
from typing import Any

import psycopg

from pulih.common.errors import Message, Refusal
from pulih.config import repeatable_sql, settings, versions
from pulih.config.django_commands import must_run
from pulih.config.proof_key import keep_proof_key
from pulih.config.roles import connect, let_app_serve, make_app_role, make_public_role


def prepare() -> None:
    """See that both roles may work in the database; the embedded server has seen to it itself."""
    if settings.IS_EMBEDDED:
        return
    with _owner() as owner:
        make_app_role(owner, settings.APP_DATABASE)
        let_app_serve(owner, settings.APP_DATABASE)


def migrate() -> None:
    """Run what is missing; on the embedded server nothing when the last start left nothing."""
    if settings.IS_EMBEDDED and versions.read(settings.DATA).get("migrated") == fingerprint():
        _keep_proof_key()
        return
    with _owner() as owner:
        refuse_newer_schema(owner)
        make_public_role(owner)
    # Django's checks are for who writes a program, and would load every page.
    must_run("migrate", "--verbosity", "0", "--no-input", "--skip-checks", as_owner=True)
    _keep_proof_key()
    if settings.IS_EMBEDDED:
        versions.record_schema(settings.DATA, fingerprint())


def _keep_proof_key() -> None:
    # The secret may have changed since the last start, though nothing has to be migrated.
    with _owner() as owner:
        keep_proof_key(owner, settings.PERSON_SECRET)


def refuse_newer_schema(owner: psycopg.Connection[Any]) -> None:
    """Refuse a database in which migrations ran that this program does not have."""
    if owner.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,):
        return
    rows = owner.execute("SELECT app, name FROM django_migrations").fetchall()
    ours = {name.partition(".")[0] for name in versions.migrations_here()}
    applied = [f"{app}.{name}" for app, name in rows if app in ours]
    versions.refuse_unknown_migrations(owner.info.dbname, applied)


def fingerprint() -> str:
    """Return the key of all that may have to run: migrations, ours and of packages, and SQL."""
    packages = sorted(f"{each.name} {each.version}" for each in distributions())
    sql = (" ".join(pair) for pair in repeatable_sql.hashes().items())
    names = [*versions.migrations_here(), *packages, *sql]
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]


def _owner() -> psycopg.Connection[Any]:
    try:
        return connect(settings.OWNER_DATABASE)
    except psycopg.OperationalError as failed:
        reason = str(failed).strip().splitlines()[-1]
        raise Refusal(
            Message(
                id=f"Basis data tidak dapat dihubungi; periksa DATABASE_URL. ({reason})",
                en=f"The database cannot be reached; check DATABASE_URL. ({reason})",
            )
        ) from failed
