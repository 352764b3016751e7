"""Taking a delivered list in: rows are added or brought up to date, and open ones ended."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.audit.actions import record_run
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, holds

from .kinds import Kind
from .rules import Row, first_overlap, follow_on

Key = tuple[Any, ...]
KEPT = ("valid_to", "name_en", "accounts", "words")  # An end, and what an item is known by.
IMPORT_LOCK = 5_202_005  # Any number that no other advisory lock of the house uses.


@dataclass(frozen=True)
class Taken:
    """What an import did: rows new, rows changed, rows that stood so already."""

    added: int
    changed: int
    unchanged: int


@transaction.atomic
def take_in(kind: Kind, rows: Sequence[Row], *, content: bytes, by: User) -> Taken:
    """Store the rows of a faultless list. A row that begins later ends the open one before it.

    rows: as `rules.read_list` gives them; content: the file, of which the hash is recorded.
    May refuse: two rows of one code must not hold on one day.
    """
    _require_manager(by)
    started_at = timezone.now()
    _one_import_at_a_time()
    stored = {_identity(kind, one): one for one in _touched(kind, rows)}
    added, changed = _sorted_out(kind, rows, stored)
    kind.model._default_manager.bulk_create(added)
    for one in changed:
        one.save()
    if kind.shape.is_dated:
        _end_and_check(kind, rows)
    taken = Taken(len(added), len(changed), len(rows) - len(added) - len(changed))
    record_run(
        f"references.{kind.slug}",
        by=by,
        input_sha256=hashlib.sha256(content).hexdigest(),
        started_at=started_at,
        counts={"added": taken.added, "changed": taken.changed, "unchanged": taken.unchanged},
    )
    return taken


def _require_manager(by: User) -> None:
    # These lists are no area's rows, so the role alone decides; an administrator has no reach.
    if not holds(by, Permission.MANAGE_REFERENCES):
        raise PermissionDenied


def _one_import_at_a_time() -> None:
    # Two files of one list may be sent at once; the second then sees what the first has stored.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


def _sorted_out(
    kind: Kind, rows: Sequence[Row], stored: dict[Key, models.Model]
) -> tuple[list[models.Model], list[models.Model]]:
    added: list[models.Model] = []
    changed: list[models.Model] = []
    for row in rows:
        values = {_field(column.name): row[column.name] for column in kind.shape.columns}
        one = stored.get(_row_identity(kind, row))
        if one is None:
            added.append(kind.model(**values))
        elif differing := _differing(one, values):
            for name in differing:
                setattr(one, name, values[name])
            changed.append(one)
    return added, changed


def _differing(one: models.Model, values: dict[str, Any]) -> list[str]:
    """Return the fields that change; what is KEPT stays where the file says nothing of it."""
    return [
        name
        for name, value in values.items()
        if getattr(one, name) != value and not (name in KEPT and value in (None, ""))
    ]


def _end_and_check(kind: Kind, rows: Sequence[Row]) -> None:
    by_key: dict[Key, list[Any]] = defaultdict(list)
    for one in _touched(kind, rows).order_by("valid_from"):
        by_key[_key(kind, one)].append(one)
    for same in by_key.values():
        dated = [{"valid_from": one.valid_from, "valid_to": one.valid_to} for one in same]
        for place, last in follow_on(dated):
            dated[place]["valid_to"] = same[place].valid_to = last
            same[place].save(update_fields=["valid_to"])
        if clash := first_overlap(dated):
            raise Refusal(
                _(
                    "“%(name)s” would hold twice from %(day)s. "
                    "End the earlier row first, or begin the new one later."
                )
                % {"name": same[0], "day": max(row["valid_from"] for row in clash)}
            )


def _touched(kind: Kind, rows: Sequence[Row]) -> "models.QuerySet[Any]":
    first = kind.shape.key[-1]
    values = {row[first] for row in rows}
    return kind.model._default_manager.filter(**{f"{_field(first)}__in": values})


def _identity(kind: Kind, one: models.Model) -> Key:
    return (*_key(kind, one), getattr(one, "valid_from", None))


def _row_identity(kind: Kind, row: Row) -> Key:
    return (*(row[name] for name in kind.shape.key), row.get("valid_from"))


def _key(kind: Kind, one: models.Model) -> Key:
    return tuple(getattr(one, _field(name)) for name in kind.shape.key)


def _field(name: str) -> str:
    return "province_id" if name == "province" else name
