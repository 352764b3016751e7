"""How far the work on a release has come, written where others can read it while it goes on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connections
from django.utils import timezone

from pulih.people.models import User
from pulih.people.scope import SAY, spoken_for

OnProgress = Callable[[str, int, int], None]  # Stage, how many are done, of how many; 0: unknown.
EVERY_SECONDS = 0.5
HEARD = """
UPDATE portal_releasework SET stage = %s, finished = %s, total = %s, heard_at = %s
WHERE release_id = %s
"""


def unheard(stage: str, finished: int, total: int) -> None:
    """Tell nobody, where nobody asked."""


@contextmanager
def heard(release_id: int, by: User) -> Iterator[OnProgress]:
    """Note what is said in the row of the work, through a connection of its own.

    The work is one transaction, into which no page can look before it ends.
    """
    beside = connections["default"].copy()
    last = ("", 0.0)

    def on_progress(stage: str, finished: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if stage == last[0] and now - last[1] < EVERY_SECONDS:
            return
        last = (stage, now)
        with beside.cursor() as cursor:
            cursor.execute(SAY, spoken_for(by))
            cursor.execute(HEARD, [stage, finished, total, timezone.now(), release_id])

    try:
        yield on_progress
    finally:
        beside.close()
