"""Taking a list in that people are compared with. Numbers are kept as keyed hashes alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import polars as pl
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pulih.areas.models import Area
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.inbox import bulk
from pulih.people.models import User
from pulih.people.permissions import Permission, holds, require

from ..models import ComparisonList
from ..nik_keys import keys_of, name_key_of

# A sort by bytes is many times quicker than one by a language's order, and here as good.
TYPES = {
    "nik_key": 'text COLLATE "C"', "name_key": "text", "status": "text", "place": "integer",
}  # fmt: skip
COUNT = "SELECT count(DISTINCT nik_key) FROM pg_temp.delivery_delivered"
STORE = """
INSERT INTO delivery_comparisonentry (list_id, nik_key, name_key, status)
SELECT DISTINCT ON (nik_key) %s, nik_key, name_key, status FROM pg_temp.delivery_delivered
ORDER BY nik_key, place DESC
"""


@transaction.atomic
def take_in(
    *, kind: str, source: str, as_of: date, covers: Sequence[Area],
    rows: Sequence[Mapping[str, Any]], content: bytes, by: User, now: datetime, today: date,
    is_part: bool = False,
) -> ComparisonList:  # fmt: skip
    """Store a faultless list. covers: provinces, none for the whole country. May refuse.

    is_part: the rows belong to the newest list of the same kind, day and coverage, and count with
    it; otherwise they take its place.

    rows: nik, and of the civil registry's answers status and name. A number that stands twice
    counts once, by its last row.
    """
    owner = owner_of(covers, as_of, by=by, today=today)
    keys = sorted(one.pk for one in covers)
    first = first_part(kind, as_of, keys, owner) if is_part else None
    copy([entries_of(rows)])
    made = ComparisonList(
        kind=kind, source=source, as_of=as_of, covers=keys, province=owner, part_of=first,
        sha256=hashlib.sha256(content).hexdigest(), delivered_by=by, delivered_at=now,
    )  # fmt: skip
    return keep_copied(made, by=by)


def entries_of(rows: Sequence[Mapping[str, Any]], first: int = 0) -> pl.DataFrame:
    """Return rows as they are kept. first: how many came before, so that the last one counts."""
    return pl.DataFrame(
        {
            "nik_key": keys_of(row["nik"] for row in rows),
            "name_key": [name_key_of(row.get("name") or "") for row in rows],
            "status": [row.get("status") or "" for row in rows],
            "place": range(first, first + len(rows)),
        },
        schema={**dict.fromkeys(TYPES, pl.String), "place": pl.Int64},
    )


def copy(entries: Iterable[pl.DataFrame]) -> None:
    """Take entries in, as they are made, for `keep_copied` in the same transaction."""
    bulk.copy_pieces("delivery_delivered", entries, TYPES)


def keep_copied(made: ComparisonList, *, by: User) -> ComparisonList:
    """Store a list with the entries that were copied; it has no `row_count` yet."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT)
        made.row_count = cursor.fetchone()[0]
        made.save()
        cursor.execute(STORE, [made.pk])
    record(by, "delivery.deliver_list", made, kind=made.kind, rows=made.row_count)
    return made


def first_part(kind: str, as_of: date, covers: Sequence[int], owner: Area | None) -> ComparisonList:
    """Return the first file of the newest list of one kind, day and coverage. May refuse: none."""
    same = same_lists(kind, as_of, covers).filter(province=owner)
    newest = same.select_related("part_of").order_by("pk").last()
    if newest is None:
        raise Refusal(
            _(
                "There is no list of this kind, day and coverage yet of which this could be a "
                "part. Deliver its first file without this choice."
            )
        )
    return newest.part_of or newest


def same_lists(kind: str, as_of: date, covers: Sequence[int]) -> QuerySet[ComparisonList]:
    """Return the lists of one kind, day and coverage: the newest counts, with all its parts."""
    found: QuerySet[ComparisonList] = ComparisonList.objects.filter(
        kind=kind, as_of=as_of, covers=sorted(covers)
    )
    return found


def owner_of(covers: Sequence[Area], as_of: date, *, by: User, today: date) -> Area | None:
    """Return whose office delivers: the ministry's, or that of the one province it may cover.

    May refuse: a day to come, another's province.
    """
    owner = _office_of(covers, by)
    if as_of > today:
        raise Refusal(_("A list cannot speak of a day that is still to come. Correct the day."))
    return owner


def _office_of(covers: Sequence[Area], by: User) -> Area | None:
    if by.sight.country:
        require(by, Permission.RUN_ACTIVITIES, None)
        return None
    if not holds(by, Permission.RUN_ACTIVITIES) or not covers:
        raise PermissionDenied
    if len(covers) > 1 or covers[0].pk not in by.sight.provinces:
        raise Refusal(_("Your office's list covers your own province. Choose that one alone."))
    require(by, Permission.RUN_ACTIVITIES, covers[0])
    return covers[0]
