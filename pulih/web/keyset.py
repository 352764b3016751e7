"""Pages of a long list by where the last one ended: a deep page costs what the first costs."""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import BooleanField, F, Field, Func, Q, QuerySet

COUNTED = 10_000  # Counts are exact up to here.
SIZE = 50


@dataclass(frozen=True)
class Page:
    """One page. first: the number of its first row. total: at most COUNTED + 1."""

    rows: list[Any]
    first: int
    total: int
    next: str | None
    previous: str | None

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def is_more_than_counted(self) -> bool:
        return self.total > COUNTED

    @property
    def counted(self) -> int:
        return min(self.total, COUNTED)


@dataclass(frozen=True)
class Cursor:
    """Where a page starts: after (or before) the row with these sort values, `passed` rows on."""

    is_back: bool
    passed: int
    values: tuple[Any, ...]


class IsAnyOf(Func):
    """`id = ANY(ARRAY(SELECT …))`: PostgreSQL gathers the keys before it reads any row by them."""

    template, arg_joiner, output_field = "%(expressions)s)", " = ANY(", BooleanField()


def page(
    rows: "QuerySet[Any]", order: Sequence[str], cursor: str = "", size: int = SIZE,
    *, counts: bool = True, by_key: bool = False,
) -> Page:  # fmt: skip
    """Return the page of `rows` that `cursor` names, or the first.

    order: names of columns that are never null, `-` for downwards, the last one unique; all in one
    direction use one index. A cursor that is not ours, or of another order, gives the first page.
    counts: whether rows of further pages are counted, too; else the total is below 0 then.
    by_key: find the rows first and what is joined to them after, as is best where PostgreSQL cannot
    guess how few a search finds; it then joins all of them, row by row.
    """
    place = _read(cursor, order, rows)
    back = bool(place and place.is_back)
    ordered = rows.order_by(*(_turned(name) for name in order) if back else order)
    if place:
        ordered = ordered.filter(_beyond(order, place.values, back))
    if by_key:
        keys = ArraySubquery(ordered.values("pk")[: size + 1])
        ordered = rows.order_by(*ordered.query.order_by).filter(IsAnyOf(F("pk"), keys))
    found = list(ordered[: size + 1])
    has_more = len(found) > size
    found = found[:size][::-1] if back else found[:size]
    passed = place.passed if place else 0
    first = (max(0, passed - len(found)) if has_more else 0) if back else passed
    has_next = bool(found) and (has_more or back)
    has_previous = bool(found) and (has_more if back else place is not None)
    is_all = place is None and not has_more
    return Page(
        rows=found,
        first=first + 1,
        total=len(found) if is_all else count(rows) if counts else -1,
        next=_write(found[-1], order, False, first + len(found)) if has_next else None,
        previous=_write(found[0], order, True, first) if has_previous else None,
    )


def count(rows: "QuerySet[Any]") -> int:
    """Return how many rows there are, and COUNTED + 1 for anything above COUNTED."""
    return rows.order_by()[: COUNTED + 1].count()


def _beyond(order: Sequence[str], values: Sequence[Any], back: bool) -> Q:
    """Return `(a, b) > (x, y)` as a bound on `a` that an index can use, and the exact rest."""
    beyond, same = Q(), Q()
    for name, value in zip(order, values, strict=True):
        column = name.removeprefix("-")
        side = "lt" if name.startswith("-") != back else "gt"
        beyond |= same & Q(**{f"{column}__{side}": value})
        same &= Q(**{column: value})
    first = order[0]
    side = "lte" if first.startswith("-") != back else "gte"
    return Q(**{f"{first.removeprefix('-')}__{side}": values[0]}) & beyond


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _write(row: Any, order: Sequence[str], is_back: bool, passed: int) -> str:
    values = [_plain(value_of(row, name.removeprefix("-"))) for name in order]
    text = json.dumps([int(is_back), passed, list(order), values], separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def value_of(row: Any, column: str) -> Any:
    if isinstance(row, dict):
        return row[column]
    for part in column.split("__"):
        row = getattr(row, part)
    return row


def _plain(value: Any) -> int | str:
    if isinstance(value, int):
        return value
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _read(text: str, order: Sequence[str], rows: "QuerySet[Any]") -> Cursor | None:
    if not text:
        return None
    try:
        is_back, passed, names, values = json.loads(
            urlsafe_b64decode(text + "=" * (-len(text) % 4))
        )
        if names != list(order) or len(values) != len(order) or type(passed) is not int:
            return None
        typed = tuple(
            _typed(rows, name.removeprefix("-"), value)
            for name, value in zip(order, values, strict=True)
        )
    except (ValueError, TypeError, binascii.Error, ValidationError):
        return None
    return Cursor(bool(is_back), max(0, min(passed, 10**9)), typed)


def _typed(rows: "QuerySet[Any]", column: str, value: Any) -> Any:
    """Return a cursor's value as the column's own type. Raises ValidationError."""
    return field_of(rows, column).to_python(value)


def field_of(rows: "QuerySet[Any]", column: str) -> "Field[Any, Any]":
    """Return what a column of these rows, or of what they name, is kept as."""
    field: Field[Any, Any]
    if column in rows.query.annotations:
        field = rows.query.annotations[column].output_field
        return field
    model = rows.model
    *path, last = column.split("__")
    try:
        for part in path:
            model = model._meta.get_field(part).related_model
        field = model._meta.get_field("id" if last == "pk" else last)
    except FieldDoesNotExist as error:
        raise AssertionError(f"{column} is no column of {rows.model}") from error
    return field
