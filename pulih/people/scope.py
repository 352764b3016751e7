"""Whose rows a connection may touch: PostgreSQL is told the person and enforces the rest.

The serving role (`pulih_app`) neither owns the tables nor bypasses row-level security. Policies
ask functions that read the setting `pulih.person`; without a person there are no rows.
Above this wall stands a second one: `visible_to`, one queryset method for every scoped model.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Self, TypeVar

from django.db import connection, models
from django.db.migrations.operations import RunSQL
from django.db.models import Q
from psycopg import Connection

from .models import User

SYSTEM_USERNAME = "pulih"
Item = TypeVar("Item")
Statements = list[str | tuple[str, dict[str, Any] | list[str] | tuple[str, ...] | None]]


@contextmanager
def speaking_for(person: User) -> Iterator[None]:
    """Let PostgreSQL know whom this connection speaks for, and forget it afterwards."""
    before = _person()
    _set_person(str(person.pk))
    try:
        yield
    finally:
        _leave(before)


@contextmanager
def speaking_as_system() -> Iterator[User]:
    """Speak for Pulih itself: commands and clocks that no person started."""
    system = User.objects.get(username=SYSTEM_USERNAME)
    with speaking_for(system):
        yield system


def streamed(person: User, parts: Iterable[Item]) -> Iterator[Item]:
    """Yield `parts` while speaking for `person`: a stream outlives its request."""
    with speaking_for(person):
        yield from parts


def forget_person(raw: Connection[Any]) -> None:
    """Clear the person as a connection returns to the pool."""
    raw.execute("SELECT set_config('pulih.person', '', false)")
    raw.commit()


def _person() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('pulih.person', true), '')")
        return str(cursor.fetchone()[0])


def _set_person(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pulih.person', %s, false)", [key])


def _leave(before: str) -> None:
    # A broken transaction takes no command; its rollback puts the earlier person back, and a
    # connection that cannot tell is closed, so that nobody inherits somebody's rows.
    if connection.needs_rollback:
        return
    if connection.connection is None or connection.connection.closed:
        return
    _set_person(before)


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows with `province` and `regency`: only those within a person's sight."""

    def visible_to(self, person: User) -> Self:
        """Keep the rows that `person` may see; nothing for those without reach."""
        sight = person.sight
        if sight.country:
            return self
        return self.filter(Q(regency_id__in=sight.regencies) | Q(province_id__in=sight.provinces))


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


def _policies(table: str, sees: str) -> Statements:
    writes = f"(SELECT pulih_writes()) AND ({sees})"
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"CREATE POLICY pulih_read ON {table} FOR SELECT USING ({sees})",
        f"CREATE POLICY pulih_add ON {table} FOR INSERT WITH CHECK ({writes})",
        f"CREATE POLICY pulih_change ON {table} FOR UPDATE USING ({writes}) WITH CHECK ({writes})",
        f"CREATE POLICY pulih_delete ON {table} FOR DELETE USING ({writes})",
    ]


def _without_policies(table: str) -> Statements:
    return [
        *(f"DROP POLICY pulih_{what} ON {table}" for what in ("read", "add", "change", "delete")),
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ]
