"""The list of enterprises: words by their beginnings, filters, pages after the last one."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, prefetch_related_objects
from django.db.models.functions import Left

from pulih.areas.models import AreaCode
from pulih.audit.actions import record
from pulih.people.models import User
from pulih.people.number_cipher import search_hash
from pulih.web import keyset
from pulih.web.keyset import COUNTED, Page

from . import names
from .models import Enterprise, EnterpriseQuerySet

Filters = dict[str, str]
SHORTEST_NUMBER = 6
LENGTHS_OF_PERSONS = (15, 16)  # NPWP and NIK; it is compared whole.
MOST_RECORDED = 20  # Firms named in the record of one search.
UNCOUNTED = -1  # A page of a search comes before its count, which is asked for beside it.
BY_NAME = ("sort_key", "id")
PIECE = 2_000  # Firms read at a time for a file.
CHOSEN = {
    "yes": Q(is_manufacturing=True),
    "no": Q(is_manufacturing=False),
    "unknown": Q(is_manufacturing=None),
}
CODES = AreaCode.objects.filter(area=OuterRef("regency"), scheme__in=("kemendagri", "bps"))
GAPS = {
    **{name: Q(**{name: None}) for name in ("nik", "nib", "phone", "kbli")},
    "village": Q(village_code=None),
    "wrong_village": Q(village_code__isnull=False, regency__isnull=False)
    & ~Exists(CODES.filter(code=Left(OuterRef("village_code"), 4))),
    "wrong_kbli": Q(kbli__isnull=False) & ~Q(kbli__gte="10", kbli__lt="34"),
}
COLUMNS = {
    "province": "province_id",
    "regency": "regency_id",
    "scale": "scale",
    "commodity": "commodity_group",
    "status": "status",
}
FILTERS = (*COLUMNS, "making", "missing")


@dataclass(frozen=True)
class Firms:
    """What one person asks of the register, as the rows of a declared list."""

    by: User
    words: str
    filters: Filters

    def page(self, order: Sequence[str], cursor: str, size: int) -> Page:
        """Return one page with the places of its firms."""
        found = page(self.by, self.words, self.filters, cursor[:400], size, order)
        prefetch_related_objects(found.rows, "province", "regency")
        return found

    def each(self, order: Sequence[str]) -> Iterator[Enterprise]:
        """Yield all that is asked for, piece by piece, as the list would show it."""
        cursor: str | None = ""
        while cursor is not None:
            found = self.page(order or BY_NAME, cursor, PIECE)
            yield from found.rows
            cursor = found.next

    def count(self) -> int:
        return count(self.by, self.words, self.filters)


def filtered(by: User, filters: Filters) -> EnterpriseQuerySet:
    """Return the listed enterprises that a person sees and the filters keep, without words."""
    rows = Enterprise.objects.visible_to(by).listed()
    for name, column in COLUMNS.items():
        if name in filters:
            rows = rows.filter(**{column: filters[name]})
    if "making" in filters:
        rows = rows.filter(CHOSEN[filters["making"]])
    if "missing" in filters:
        rows = rows.filter(GAPS[filters["missing"]])
    return rows


def page(
    by: User,
    asked: str,
    filters: Filters,
    cursor: str,
    size: int,
    order: Sequence[str] = BY_NAME,
) -> Page:
    """Return one page of what is asked for; what words find comes by name, the nearest first."""
    if number := _number(asked):
        found = _numbered(by, number, filters)
        if not cursor:
            _record_search(by, number, found)
        return keyset.page(found, BY_NAME, cursor, size)
    words = names.asked_words(asked)
    if asked.strip() and not words:  # Nothing that a name could hold.
        return Page(rows=[], first=1, total=0, next=None, previous=None)
    if words or tuple(order) == BY_NAME:
        return _found(by, words, filters, cursor, size)
    return keyset.page(filtered(by, filters), order, cursor, size)


def count(by: User, asked: str, filters: Filters) -> int:
    """Return how many there are, and COUNTED + 1 for anything above COUNTED."""
    if number := _number(asked):
        found = _numbered(by, number, filters)
        _record_search(by, number, found)
        return keyset.count(found)
    words = names.asked_words(asked)
    if asked.strip() and not words:
        return 0
    with connection.cursor() as database:
        asking: list[Any] = [words, json.dumps(filters), COUNTED + 1]
        database.execute("SELECT registry_count(%s, %s, %s)", asking)
        return int(database.fetchone()[0])


def _number(asked: str) -> str:
    figures = asked.replace(" ", "").replace(".", "").replace("-", "")
    return figures if figures.isdecimal() and len(figures) >= SHORTEST_NUMBER else ""


def _record_search(by: User, number: str, found: EnterpriseQuerySet) -> None:
    """Write down that somebody asked for the number of a person, and whose it is; not the number.

    Who asks knows it already: that it stands in the register is what the answer tells.
    """
    if len(number) in LENGTHS_OF_PERSONS:
        firms = list(found.values_list("pk", flat=True)[:MOST_RECORDED])
        record(by, "registry.search_number", by, firms=firms)


def _numbered(by: User, number: str, filters: Filters) -> EnterpriseQuerySet:
    return filtered(by, filters).filter(Q(nik_hash=search_hash(number)) | Q(nib=number))


def _found(by: User, words: list[str], filters: Filters, cursor: str, size: int) -> Page:
    rank, key, pk, passed = _read(cursor)
    query = "SELECT id, rank FROM registry_search(%s, %s, %s, %s, %s, %s)"
    asked: list[Any] = [words, json.dumps(filters), rank, key, pk, size + 1]
    with connection.cursor() as database:
        database.execute(query, asked)
        hits: list[tuple[int, int]] = database.fetchall()
    # The second wall: the rows themselves are read as any others.
    rows = Enterprise.objects.visible_to(by).in_bulk([pk for pk, _ in hits[:size]])
    found = [rows[pk] for pk, _ in hits[:size] if pk in rows]
    more = len(hits) > size and bool(found)
    last = hits[len(hits[:size]) - 1][1] if hits else 0
    return Page(
        rows=found,
        first=passed + 1,
        total=UNCOUNTED if more else passed + len(found),
        next=_write(last, found[-1], passed + len(found)) if more else None,
        previous=None,
    )


def _write(rank: int, last: Enterprise, passed: int) -> str:
    text = json.dumps([rank, last.sort_key, last.pk, passed], separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[int, str, int, int]:
    """Return rank, sort key, id and rows passed of a cursor; the beginning for what is not ours."""
    try:
        values = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        rank, key, pk, passed = values
    except (ValueError, TypeError):
        return (0, "", 0, 0)
    if not (rank in (0, 1) and isinstance(key, str) and type(pk) is int and type(passed) is int):
        return (0, "", 0, 0)
    return (rank, key.replace("\x00", ""), min(abs(pk), 2**62), min(abs(passed), 10**9))
