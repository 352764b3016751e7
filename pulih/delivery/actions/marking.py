"""Adding marks: one statement for all that come together. A mark that is there is never changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection

from pulih.people.links.models import Link
from pulih.people.models import User

from ..models import Cohort, Mark

ADD_MARKS = (Path(__file__).parents[1] / "sql/queries/add_marks.sql").read_text("utf-8")
SAID = (
    "number", "session_id", "participant_id", "presence", "reason", "pressed_at",
    "corrects_device", "corrects_number", "why",
)  # fmt: skip


class Press(NamedTuple):
    """What one mark says, in the order of SAID; who sent it and when is said once for all."""

    number: int
    session: int
    participant: int
    presence: str
    reason: str
    pressed_at: datetime
    corrects_device: str = ""
    corrects_number: int | None = None
    why: str = ""


class Sending(NamedTuple):
    """From where marks come: which device, by whom, by which clocks."""

    device: str
    by: User | Link
    sent_at: datetime
    received_at: datetime


def add_marks(cohort: Cohort, sending: Sending, presses: list[Press]) -> set[int]:
    """Add what is not there yet; return the numbers that were added."""
    if not presses:
        return set()
    by = sending.by
    asked: dict[str, Any] = {
        "cohort": cohort.pk, "province": cohort.province_id, "regency": cohort.regency_id,
        "device": sending.device, "sent_at": sending.sent_at, "received_at": sending.received_at,
        "by": None if isinstance(by, Link) else by.pk,
        "link": by.pk if isinstance(by, Link) else None,
        "presses": json.dumps([one._asdict() for one in presses], default=datetime.isoformat),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(ADD_MARKS, asked)
        return {number for (number,) in cursor.fetchall()}


def kept(cohort: Cohort, device: str, numbers: Iterable[int]) -> dict[int, Press]:
    """Return what is there under these numbers of a device, by number.

    A press that stands in another class, or where this sender may not look, is no answer.
    """
    rows = Mark.objects.filter(device=device, number__in=list(numbers), cohort=cohort)
    return {row[0]: Press(*row) for row in rows.values_list(*SAID)}
