"""Counting what waits in many rooms with one statement: every page's menu asks for it.

PostgreSQL plans it once a connection, by PREPARE: with the row policies of a dozen tables, planning
took four fifths of its time, 9 ms of each page. Left to itself it would plan anew on every page for
whoever reaches few areas, as it expects more of a list whose length it does not know.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from psycopg import ProgrammingError


@dataclass(frozen=True, eq=False)
class Stated:
    """Rows to count as the statement that selects them, which may be kept and asked again."""

    sql: str
    values: Sequence[Any]


# A number that is known already, or rows to count.
Rows = int | QuerySet[Any] | Stated
PLACES = re.compile(r"IN \(%s(?:, %s)*\)|%s|%%")
KEPT = 16  # Statements a connection: they differ by role, hardly by person.
# Asked each time: psycopg lets all prepared statements go after some commands of others.
PREPARED = """
SELECT name FROM pg_prepared_statements WHERE name LIKE 'counts\\_%' ORDER BY prepare_time
"""
# One message: as it was, whether or not a transaction is open, and for no other statement.
EXECUTE = "SET plan_cache_mode = force_generic_plan; EXECUTE {}; RESET plan_cache_mode"
_untyped: set[str] = set()


def count_each(wanted: Sequence[Rows]) -> list[int]:
    """Return how many each of them are, in their order."""
    counts = [one if isinstance(one, int) else 0 for one in wanted]
    # A line of the menu and the badge of all tasks often count the same rows: asked for once.
    alike: dict[tuple[str, str], list[int]] = {}
    values: list[Any] = []
    statements = {id(one): _statement(one) for one in wanted}
    for place, one in enumerate(wanted):
        if statement := statements[id(one)]:
            sql, given = statement
            if (sql, repr(given)) not in alike:
                values += given
            alike.setdefault((sql, repr(given)), []).append(place)
    if not alike:
        return counts
    parts = ", ".join(f"(SELECT count(*) FROM ({sql}) AS counted)" for sql, _given in alike)
    for places, found in zip(alike.values(), _row(f"SELECT {parts}", values), strict=True):
        counts = [found if n in places else one for n, one in enumerate(counts)]
    return counts


def count_sums(wanted: Sequence[Iterable[Rows]]) -> list[int]:
    """Return the sum of each group, all of them counted together."""
    groups = [list(group) for group in wanted]
    counts = iter(count_each([one for group in groups for one in group]))
    return [sum(next(counts) for _one in group) for group in groups]


def stated(rows: Rows) -> int | Stated:
    """Return what selects the rows, 0 where nothing need be asked: they are counted later."""
    if isinstance(rows, int | Stated):
        return rows
    statement = _statement(rows)
    return Stated(*statement) if statement else 0


def _statement(rows: Rows) -> tuple[str, Sequence[Any]] | None:
    """Return what selects the rows; None where nothing need be asked."""
    if isinstance(rows, Stated):
        return rows.sql, rows.values
    if isinstance(rows, int):
        return None
    plain = rows.values("pk") if rows.query.is_sliced else rows.order_by().values("pk")
    try:
        return plain.query.sql_with_params()
    except EmptyResultSet:
        return None


def _row(sql: str, values: Sequence[Any]) -> tuple[int, ...]:
    """Return the one row that a statement selects."""
    text, given = numbered(sql, values)
    name = f"counts_{sha256(text.encode()).hexdigest()[:20]}"
    with connection.cursor() as cursor:
        if _is_prepared(name, text):
            places = ", ".join(["%s"] * len(given))
            cursor.execute(EXECUTE.format(f"{name}({places})" if given else name), given)
            cursor.nextset()  # Past the setting's.
        else:
            cursor.execute(sql, values)
        row: tuple[int, ...] = cursor.fetchone()
    return row


def numbered(sql: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """Return a statement with numbered places, and what is given for each of them.

    A list of values is one place, as an array: people reach different numbers of areas.
    """
    given: list[Any] = []
    left = iter(values)

    def place(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        if found[0] == "%s":
            given.append(next(left))
            return f"${len(given)}"
        given.append([next(left) for _one in range(found[0].count("%s"))])
        return f"= ANY (${len(given)})"

    return PLACES.sub(place, sql), given


def _is_prepared(name: str, text: str) -> bool:
    """Prepare a statement unless this connection has it; tell whether it could be."""
    if name in _untyped:
        return False
    raw = connection.connection  # Past Django's cursor: this is no query of a page.
    known = [row[0] for row in raw.execute(PREPARED)]
    if name in known:
        return True
    for oldest in known[: max(0, len(known) - KEPT + 1)]:
        raw.execute(f"DEALLOCATE {oldest}")
    try:
        with raw.transaction():
            raw.execute(f"PREPARE {name} AS {text}")
    except ProgrammingError:  # Nothing beside a place says the type of its value, or a wrong one.
        _untyped.add(name)
    return name not in _untyped
