"""Taking a list in that people are compared with. Numbers are kept as keyed hashes alone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
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
from ..nik_keys import key_of, name_key_of

TYPES = {"nik_key": "text", "name_key": "text", "status": "text"}
STORE = """
INSERT INTO delivery_comparisonentry (list_id, nik_key, name_key, status)
SELECT %s, nik_key, name_key, status FROM pg_temp.delivery_delivered
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
    owner = _owner(covers, by)
    if as_of > today:
        raise Refusal(_("A list cannot speak of a day that is still to come. Correct the day."))
    first = _first_part(kind, as_of, covers, owner) if is_part else None
    made = ComparisonList.objects.create(
        part_of=first,
        kind=kind, source=source, as_of=as_of, covers=sorted(one.pk for one in covers),
        province=owner, row_count=len({row["nik"] for row in rows}),
        sha256=hashlib.sha256(content).hexdigest(), delivered_by=by, delivered_at=now,
    )  # fmt: skip
    _store(made, rows)
    record(by, "delivery.deliver_list", made, kind=kind, rows=made.row_count)
    return made


def _first_part(
    kind: str, as_of: date, covers: Sequence[Area], owner: Area | None
) -> ComparisonList:
    same = same_lists(kind, as_of, [one.pk for one in covers]).filter(province=owner)
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


def _owner(covers: Sequence[Area], by: User) -> Area | None:
    """Return whose office delivers: the ministry's, or that of the one province it may cover."""
    if by.sight.country:
        require(by, Permission.RUN_ACTIVITIES, None)
        return None
    if not holds(by, Permission.RUN_ACTIVITIES) or not covers:
        raise PermissionDenied
    if len(covers) > 1 or covers[0].pk not in by.sight.provinces:
        raise Refusal(_("Your office's list covers your own province. Choose that one alone."))
    require(by, Permission.RUN_ACTIVITIES, covers[0])
    return covers[0]


def _store(made: ComparisonList, rows: Sequence[Mapping[str, Any]]) -> None:
    last = {row["nik"]: row for row in rows}
    frame = pl.DataFrame(
        {
            "nik_key": [key_of(number) for number in last],
            "name_key": [name_key_of(row.get("name") or "") for row in last.values()],
            "status": [row.get("status") or "" for row in last.values()],
        },
        schema=dict.fromkeys(TYPES, pl.String),
    )
    bulk.copy_in("delivery_delivered", frame, TYPES)
    with connection.cursor() as cursor:
        cursor.execute(STORE, [made.pk])
