"""A declared list and its rows: filtered, sorted, cut into pages, added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any, Protocol, cast, runtime_checkable

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pulih.people.permissions import Permission
from pulih.web import keyset

from .columns import Column, Place, Text
from .filters import Asked, Filter


@runtime_checkable
class Search(Protocol):
    """Rows that an index of their own finds, which cuts its pages itself.

    A page may come before its count: its `total` is then below 0.
    """

    def page(self, order: Sequence[str], cursor: str, size: int) -> keyset.Page: ...

    def each(self, order: Sequence[str]) -> Iterable[Any]: ...

    def count(self) -> int: ...


Rows = QuerySet[Any] | Sequence[Any] | Search
BATCH = 2_000


@dataclass(frozen=True)
class Dressed:
    """A queryset whose objects become rows a page at a time, with what no field of theirs holds.

    dress: makes rows of objects, in the same order. add_up: totals of all rows, by the keys of the
    columns; without it the fields that the columns sort by are added, else the rows one by one.
    """

    objects: QuerySet[Any]
    dress: Callable[[Sequence[Any]], Sequence[Any]]
    add_up: Callable[[QuerySet[Any]], Mapping[str, int]] | None = None

    def page(self, order: Sequence[str], cursor: str, size: int) -> keyset.Page:
        page = keyset.page(self.objects, order, cursor, size)
        return replace(page, rows=list(self.dress(page.rows)))

    def each(self, order: Sequence[str]) -> Iterator[Any]:
        objects = self.objects.order_by(*order) if order else self.objects
        read = objects.iterator(chunk_size=BATCH)
        while some := list(islice(read, BATCH)):
            yield from self.dress(some)

    def count(self) -> int:
        return self.objects.order_by().count()

    def after(self, order: str, value: int, size: int) -> Sequence[Any]:
        """Return the rows whose field `order` is larger than `value`, the smallest first."""
        found = self.objects.filter(**{f"{order}__gt": value}).order_by(order)
        return self.dress(list(found[:size]))


NO_ROWS = gettext_lazy("No row fits these filters.")


@dataclass(frozen=True)
class Listing:
    """room, key: name the export in the record, `<room>.export`. title, file_name: of the files.

    permission: who may see it; None for everybody who signed in. source: all rows that the person
    may see, before the filters; a queryset, or a sequence in its final order. order: the columns
    that sort a queryset, none ever null, the last one unique. dress, add_up: make rows of a page of
    a queryset's objects, and add up all of them, where fields of a table do not do. orders: what
    `?sort=` may be, offered as a menu; the first is the usual one. size: rows of a page. count:
    name of the address that says how many rows fit, where a page may come before its count.
    when_empty: what to do next; when_none: the same where filters leave nothing, if that is
    otherwise. empty: a template of what stands below when_empty; icon: what stands above it.
    """

    room: str
    key: str
    title: Text
    file_name: str
    permission: Permission | None
    source: Callable[[Asked], Rows]
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    order: tuple[str, ...] = ("pk",)
    dress: Callable[[Asked, Sequence[Any]], Sequence[Any]] | None = None
    add_up: Callable[[Asked, Any], Mapping[str, int]] | None = None
    orders: tuple[tuple[str, Text], ...] = ()
    size: int = keyset.SIZE
    count: str = ""
    when_empty: Text = NO_ROWS
    when_none: Text = ""
    empty: str = ""
    icon: str = "list-details"

    def columns_on(self, place: Place) -> list[Column]:
        return [column for column in self.columns if column.shows(place)]

    def column(self, key: str) -> Column | None:
        return next((column for column in self.columns if column.key == key), None)

    def bare(self, asked: Asked) -> Any:
        """Return what its source has that fits the filters, before it is dressed."""
        rows = self.source(asked)
        for one in self.filters:
            if one.narrow is not None and asked[one.key] is not None:
                rows = one.narrow(rows, asked[one.key])
        return rows

    def rows(self, asked: Asked) -> Rows:
        """Return every row that fits the filters."""
        rows: Rows = self.bare(asked)
        if self.dress is None:
            return rows
        add_up = partial(self.add_up, asked) if self.add_up else None
        return Dressed(cast(Any, rows), partial(self.dress, asked), add_up)

    def sort_of(self, asked: str) -> tuple[tuple[str, ...], str]:
        """Return the order that `?sort=` asks for, and what is wrong with it."""
        if not asked:
            return self.order, ""
        column = self.column(asked.removeprefix("-"))
        if column is None or not column.order:
            return self.order, _("This list cannot be sorted by “%(column)s”.") % {
                "column": asked[:40]
            }
        sign = "-" if asked.startswith("-") else ""
        last = self.order[-1].removeprefix("-")
        return tuple(dict.fromkeys((f"{sign}{column.order}", f"{sign}{last}"))), ""

    def sums(self, rows: Rows) -> dict[str, int]:
        """Add up, over all rows and not one page, the columns that say so."""
        summed = [column for column in self.columns if column.sums]
        if not summed:
            return {}
        if isinstance(rows, Dressed) and rows.add_up is None and all(one.order for one in summed):
            return self.sums(rows.objects)
        if isinstance(rows, QuerySet) and all(column.order for column in summed):
            asked = {f"sum_{column.key}": Sum(column.order) for column in summed}
            found = rows.order_by().aggregate(**asked)
            return {column.key: int(found[f"sum_{column.key}"] or 0) for column in summed}
        if isinstance(rows, Dressed) and rows.add_up is not None:
            added = rows.add_up(rows.objects)
            return {column.key: int(added[column.key]) for column in summed}
        totals = dict.fromkeys((column.key for column in summed), 0)
        for row in each(rows):
            for column in summed:
                totals[column.key] += column.value(row) or 0
        return totals

    def page(
        self, asked: Asked, rows: Rows, order: Sequence[str], cursor: str, size: int
    ) -> tuple[keyset.Page, dict[str, int]]:
        """Return a page and the totals of all rows, counted and added up in one statement."""
        summed = [column for column in self.columns if column.sums]
        is_plain = summed and all(one.order for one in summed)
        if is_plain and isinstance(rows, Dressed) and rows.add_up is None:
            bare, added_up = self.page(asked, rows.objects, order, cursor, size)
            return replace(bare, rows=list(rows.dress(bare.rows))), added_up
        is_searched = any(one.is_typed and asked[one.key] for one in self.filters)
        if not summed and isinstance(rows, QuerySet):
            by_key = is_searched and not rows.query.distinct  # Whose keys carry what sorts them.
            return keyset.page(rows, order, cursor, size, by_key=by_key), {}
        if not is_plain or not isinstance(rows, QuerySet):
            return page_of(rows, order, cursor, size), self.sums(rows)
        page = keyset.page(rows, order, cursor, size, counts=False, by_key=is_searched)
        if page.total >= 0:
            return page, {
                one.key: sum(keyset.value_of(row, one.order) or 0 for row in page.rows)
                for one in summed
            }
        added = {f"sum_{one.key}": Sum(one.order) for one in summed}
        found = rows.order_by().aggregate(counted=Count("*"), **added)
        total = min(found["counted"], keyset.COUNTED + 1)
        sums = {one.key: int(found[f"sum_{one.key}"] or 0) for one in summed}
        return replace(page, total=total), sums


def page_of(rows: Rows, order: Sequence[str], cursor: str, size: int = keyset.SIZE) -> keyset.Page:
    """Return one page; a cursor of another list or order gives the first."""
    if isinstance(rows, Search):
        return rows.page(order, cursor, size)
    if isinstance(rows, QuerySet):
        return keyset.page(rows, order, cursor, size)
    passed = int(cursor) if cursor.isdecimal() and len(cursor) < 10 else 0
    if passed >= len(rows):
        passed = 0
    shown = list(rows[passed : passed + size])
    return keyset.Page(
        rows=shown,
        first=passed + 1,
        total=len(rows),
        next=str(passed + size) if passed + size < len(rows) else None,
        previous=str(max(0, passed - size)) if passed else None,
    )


def number_of(rows: Rows) -> int:
    """Count all rows; a search that finds very many may stop counting."""
    return len(rows) if isinstance(rows, Sequence) else rows.count()


def each(rows: Rows, order: Sequence[str] = ()) -> Iterable[Any]:
    """Go through all rows, a queryset without keeping them in memory."""
    if isinstance(rows, Search):
        return rows.each(order)
    if isinstance(rows, QuerySet):
        return (rows.order_by(*order) if order else rows).iterator(chunk_size=BATCH)
    return rows
