"""A second connection beside the one that stores: it holds the batch and tells how far it came.

Its lock goes when the process dies, however it dies; so a batch without a lock that is not
finished is one whose reader was killed.
"""

import time
from types import TracebackType
from typing import Self

from django.db import connection
from django.utils import timezone

from pulih.people.models import User
from pulih.people.scope import SAY, spoken_for

from .models import ImportBatch

LOCK_CLASS = 0x1B0C  # The inbox's own space of advisory locks.
PAUSE_SECONDS = 0.5
TRY_LOCK = "SELECT pg_try_advisory_lock(%s, %s)"
START = """
    UPDATE inbox_batchprogress SET started_at = %s, attempts = attempts + 1, rows_done = 0
    WHERE batch_id = %s
"""
TELL = """
    UPDATE inbox_batchprogress SET rows_done = %s, rows_total = %s WHERE batch_id = %s
    RETURNING stop_asked
"""


class Stopped(Exception):
    """Somebody asked to stop the reading."""


class Watch:
    """Holds one batch for as long as it is read. `is_ours` is False when another reads it."""

    def __init__(self, batch: ImportBatch, by: User) -> None:
        self.batch_id = batch.pk
        self.by = by
        self.beside = connection.copy()
        self.is_ours = False
        self.told_at = 0.0

    def __enter__(self) -> Self:
        with self.beside.cursor() as cursor:
            cursor.execute(SAY, spoken_for(self.by))
            cursor.execute(TRY_LOCK, [LOCK_CLASS, self.batch_id % 2**31])
            self.is_ours = bool(cursor.fetchone()[0])
            if self.is_ours:
                cursor.execute(START, [timezone.now(), self.batch_id])
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.beside.close()

    def tell(self, done: int, total: int | None = None) -> None:
        """Write down how many rows are done, at most twice a second. Raises Stopped."""
        now = time.monotonic()
        if now - self.told_at < PAUSE_SECONDS:
            return
        self.told_at = now
        with self.beside.cursor() as cursor:
            cursor.execute(TELL, [done, total or 0, self.batch_id])
            row = cursor.fetchone()
        if row and row[0]:
            raise Stopped


def is_being_read(batch_id: int) -> bool:
    """Tell whether some process holds this batch now."""
    with connection.cursor() as cursor:
        cursor.execute(TRY_LOCK, [LOCK_CLASS, batch_id % 2**31])
        is_free = bool(cursor.fetchone()[0])
        if is_free:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_CLASS, batch_id % 2**31])
    return not is_free
