"""What came of checking every room: kept in the record, read for one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from pulih.audit.actions import record
from pulih.audit.models import Event
from pulih.people.models import User
from pulih.people.permissions import Permission, holds
from pulih.people.queueing import queue_once
from pulih.web.words import language

VERB, TASK = "administration.check_rooms", "administration.check_rooms"
MOST_DIFFERENCES = 20  # Of a room in the record; `pulih check` prints all.
LATE = timedelta(hours=36)
EARLIER = 14


@dataclass(frozen=True)
class RoomCheck:
    """verified: what was held together and how many; differences: the first; total: of them."""

    name: str
    verified: Sequence[tuple[str, int]]
    differences: Sequence[str]
    total: int


@dataclass(frozen=True)
class Checked:
    """One run over all rooms."""

    at: datetime
    rooms: Sequence[RoomCheck]

    @property
    def total(self) -> int:
        return sum(room.total for room in self.rooms)

    @property
    def is_late(self) -> bool:
        return timezone.now() - self.at > LATE


@transaction.atomic
def keep(rooms: Mapping[str, Mapping[str, Any]], *, by: User) -> Event:
    """Write down what each room said.

    rooms: by name, `verified` (id, en, number) and `differences` (sentences).
    """
    told = {
        name: {
            "verified": list(room["verified"]),
            "differences": list(room["differences"][:MOST_DIFFERENCES]),
            "total": len(room["differences"]),
        }
        for name, room in rooms.items()
    }
    return record(by, VERB, by, rooms=told)


def ask(*, by: User) -> None:
    """Let every room be checked now, in the background; once, however often it is asked."""
    if not holds(by, Permission.SEE_AUDIT):
        raise PermissionDenied
    queue_once(app.configure_task(TASK, queueing_lock=TASK), timestamp=0)


def runs() -> list[Checked]:
    """The newest runs, the newest first."""
    events = Event.objects.filter(verb=VERB).order_by("-pk")[:EARLIER]
    return [Checked(one.at, list(map(_room, one.detail["rooms"].items()))) for one in events]


def _room(pair: tuple[str, Mapping[str, Any]]) -> RoomCheck:
    name, told = pair
    verified = [(one[language()], one["number"]) for one in told["verified"]]
    return RoomCheck(_called(name), verified, told["differences"], told["total"])


def _called(name: str) -> str:
    """What a room is called; what stands in no room is the database's own."""
    known = {config.name.removeprefix("pulih."): config for config in apps.get_app_configs()}
    return str(known[name].verbose_name) if name in known else _("Functions of the database")
