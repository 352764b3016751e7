"""Whose rows a connection may touch: PostgreSQL is told the person and enforces the rest.

The serving role (`pulih_app`) neither owns the tables nor bypasses row-level security. Policies
ask functions that read the setting `pulih.person`, and believe it by the proof in `pulih.proof`
alone (proofs.py); without a person there are no rows. Holders of
an access link have no account: `pulih.link` holds their link's key, and policies of `ScopeByLink`
show the rows of that link. A connection speaks for a person or by a link, never both.
Above this wall stands a second one: `visible_to`, one queryset method for every scoped model.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import local
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.migrations.operations import RunSQL
from psycopg import Connection
from psycopg.pq import TransactionStatus

from .connection_proofs import proof_of
from .scoped import ScopedQuerySet as ScopedQuerySet

if TYPE_CHECKING:
    from .models import User  # The person of a sign-in is saved in that person's name.

SYSTEM_USERNAME = "pulih"
PUBLIC_ROLE = "pulih_public"  # Its rights stand in portal/sql/public_role.sql.
SAY = """
SELECT set_config('pulih.person', %s, false), set_config('pulih.proof', %s, false),
    set_config('pulih.link', %s, false)
"""
# What was said is read whole before anything is said: PostgreSQL keeps a materialized part apart.
SAID_AND_SAY = """
WITH said AS MATERIALIZED (
    SELECT coalesce(current_setting('pulih.person', true), '') AS person,
        coalesce(current_setting('pulih.proof', true), '') AS proof,
        coalesce(current_setting('pulih.link', true), '') AS link
)
SELECT person, proof, link, set_config('pulih.person', %s, false),
    set_config('pulih.proof', %s, false), set_config('pulih.link', %s, false)
FROM said
"""
RENEWED_EVERY_SECONDS = 60  # While a stream runs, which may outlive a proof.
Item = TypeVar("Item")
Said = tuple[str, str, str]  # Person, proof, link.
NOBODY: Said = ("", "", "")
_spoken = local()  # As connections are: one for each thread.
Statements = list[str | tuple[str, dict[str, Any] | list[str] | tuple[str, ...] | None]]


@contextmanager
def speaking_for(person: User) -> Iterator[None]:
    """Let PostgreSQL know whom this connection speaks for, and forget it afterwards."""
    with _speaking(person=str(person.pk), link=""):
        yield


@contextmanager
def speaking_by_link(key: str) -> Iterator[None]:
    """Speak by an access link and for nobody. key: of its address; empty or wrong opens nothing."""
    with _speaking(person="", link=key):
        yield


@contextmanager
def speaking_as_system() -> Iterator[User]:
    """Speak for Pulih itself: commands and clocks that no person started."""
    system = get_user_model().objects.get(username=SYSTEM_USERNAME)
    with speaking_for(system):
        yield system


@contextmanager
def asking_as_public() -> Iterator[None]:
    """Ask for somebody who has not signed in: as `pulih_public`, which reads what is published.

    That role speaks for nobody, whoever asks, and PostgreSQL refuses it every other table.
    """
    with _speaking(person="", link=""), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {PUBLIC_ROLE}")
        yield
        # A failure undoes the role with all else; within a transaction of others it would stay.
        cursor.execute("RESET ROLE")


def streamed(person: User, parts: Iterable[Item]) -> Iterator[Item]:
    """Yield `parts` while speaking for `person`: a stream outlives its request."""
    with speaking_for(person):
        said = time.monotonic()
        for part in parts:
            yield part
            if time.monotonic() - said > RENEWED_EVERY_SECONDS:
                _say(*spoken_for(person))
                said = time.monotonic()


def streamed_by_link(key: str, parts: Iterable[Item]) -> Iterator[Item]:
    with speaking_by_link(key):
        yield from parts


def forget_person(raw: Connection[Any]) -> None:
    """Clear person, link and session as a connection returns to the pool."""
    raw.execute(SAY, NOBODY)
    raw.execute("SELECT set_config('pulih.session', '', false)")
    raw.commit()


@contextmanager
def _speaking(*, person: str, link: str) -> Iterator[None]:
    before = _say(person, proof_of(person), link)
    try:
        yield
    finally:
        _leave(before)


def spoken_for(person: User) -> Said:
    """Return what `SAY` asks for, to be said on a connection beside Django's own."""
    return str(person.pk), proof_of(str(person.pk)), ""


def spoken() -> Said:
    """Return what this thread said last, for whom or by which link it speaks; nobody is asked."""
    said: Said = getattr(_spoken, "said", NOBODY)
    return said


def _say(person: str, proof: str, link: str) -> Said:
    """Speak from now on, and return for whom the connection spoke until now."""
    with connection.cursor() as cursor:
        cursor.execute(SAID_AND_SAY, [person, proof, link])
        before: Said = cursor.fetchone()[:3]
    _spoken.said = person, proof, link
    return before


def _leave(before: Said) -> None:
    # A broken transaction takes no command; its rollback puts the earlier person back, and a
    # connection that cannot tell is closed, so that nobody inherits somebody's rows.
    _spoken.said = before
    if connection.needs_rollback:
        return
    raw = connection.connection
    if raw is None or raw.closed or raw.info.transaction_status == TransactionStatus.INERROR:
        return
    _say(*before)


class ScopeTable(RunSQL):
    """Enable row-level security on a table that carries its own province and regency."""

    def __init__(
        self, table: str, province: str = "province_id", regency: str | None = "regency_id"
    ):
        places = [f"{province} = ANY((SELECT pulih_provinces())::bigint[])"]
        if regency:
            places.append(f"{regency} = ANY((SELECT pulih_regencies())::bigint[])")
        sees = " OR ".join(["(SELECT pulih_sees_country())", *places])
        super().__init__(_policies(table, sees), _without_policies(table))


class ScopeThrough(RunSQL):
    """Enable row-level security on a table whose rows belong to a row of a scoped parent."""

    def __init__(self, table: str, parent: str, foreign_key: str):
        # The parent's own policy filters the inner query.
        sees = f"EXISTS (SELECT 1 FROM {parent} WHERE {parent}.id = {table}.{foreign_key})"
        super().__init__(_policies(table, sees), _without_policies(table))


class ScopeCountry(RunSQL):
    """Enable row-level security on a table for those alone who see the whole country."""

    def __init__(self, table: str):
        super().__init__(
            _policies(table, "(SELECT pulih_sees_country())"), _without_policies(table)
        )


class ScopeRule(RunSQL):
    """Enable row-level security on a table by conditions of its own, such as two offices' rows.

    reads, writes: SQL conditions on a row; `places()` writes the usual one.
    """

    def __init__(self, table: str, reads: str, writes: str):
        super().__init__(_policies(table, writes, reads), _without_policies(table))


def places(province: str = "province_id", regency: str = "regency_id") -> str:
    """Return the SQL condition that a row's place lies within the person's reach."""
    return (
        "(SELECT pulih_sees_country())"
        f" OR {province} = ANY((SELECT pulih_provinces())::bigint[])"
        f" OR {regency} = ANY((SELECT pulih_regencies())::bigint[])"
    )


class ScopeByLink(RunSQL):
    """Add, beside a table's other policies, what holders of links for a purpose may do with rows.

    where: SQL that picks the rows, with `{subjects}` for the keys that the link opens. may: of
    read, add, change. Rows that hang on these by `ScopeThrough` are read as well: open the
    narrowest table that serves.
    """

    def __init__(
        self,
        table: str,
        purpose: str,
        where: str = "id = ANY({subjects})",
        may: tuple[str, ...] = ("read",),
    ):
        subjects = f"(SELECT pulih_link_subjects('{purpose}'))::bigint[]"
        rows = where.format(subjects=subjects)
        name = purpose.replace(".", "_")
        clauses = {
            "read": f"FOR SELECT USING ({rows})",
            "add": f"FOR INSERT WITH CHECK ({rows})",
            "change": f"FOR UPDATE USING ({rows}) WITH CHECK ({rows})",
        }
        super().__init__(
            [f"CREATE POLICY link_{name}_{what} ON {table} {clauses[what]}" for what in may],
            [f"DROP POLICY link_{name}_{what} ON {table}" for what in may],
        )


def _policies(table: str, sees: str, reads: str = "") -> Statements:
    writes = f"(SELECT pulih_writes()) AND ({sees})"
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"CREATE POLICY pulih_read ON {table} FOR SELECT USING ({reads or sees})",
        f"CREATE POLICY pulih_add ON {table} FOR INSERT WITH CHECK ({writes})",
        f"CREATE POLICY pulih_change ON {table} FOR UPDATE USING ({writes}) WITH CHECK ({writes})",
        f"CREATE POLICY pulih_delete ON {table} FOR DELETE USING ({writes})",
    ]


def _without_policies(table: str) -> Statements:
    return [
        *(f"DROP POLICY pulih_{what} ON {table}" for what in ("read", "add", "change", "delete")),
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ]
