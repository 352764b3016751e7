"""Counting what waits in many rooms with one statement: every page's menu asks for it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Rows = int | QuerySet[Any]  # A number that is known already, or rows to count.


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
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {parts}", values)
        for places, found in zip(alike.values(), cursor.fetchone(), strict=True):
            counts = [found if n in places else one for n, one in enumerate(counts)]
    return counts


def count_sums(wanted: Sequence[Iterable[Rows]]) -> list[int]:
    """Return the sum of each group, all of them counted together."""
    groups = [list(group) for group in wanted]
    counts = iter(count_each([one for group in groups for one in group]))
    return [sum(next(counts) for _one in group) for group in groups]


def _statement(rows: Rows) -> tuple[str, Sequence[Any]] | None:
    """Return what selects the rows; None where nothing need be asked."""
    if isinstance(rows, int):
        return None
    plain = rows.values("pk") if rows.query.is_sliced else rows.order_by().values("pk")
    try:
        return plain.query.sql_with_params()
    except EmptyResultSet:
        return None
