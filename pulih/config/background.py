"""Whether background work runs: what waits in each queue since when, and whether a worker lives."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

LATE_SECONDS = 300  # A file of the largest kind is read in less.
SILENT_SECONDS = 60  # A worker gives a sign of life every ten seconds.
ASKED_EVERY_SECONDS = 20

# Of a job that was put back, waiting counts from that moment.
_WAITING = """
    SELECT queue_name, count(*), coalesce(max(extract(epoch FROM now() - since)), 0)
    FROM (
        SELECT queue_name, coalesce(scheduled_at, (
            SELECT max(at) FROM procrastinate_events AS e
            WHERE e.job_id = j.id AND e.type IN ('deferred', 'deferred_for_retry', 'retried')
        )) AS since
        FROM procrastinate_jobs AS j WHERE status = 'todo'
    ) AS waiting
    WHERE since <= now() GROUP BY queue_name ORDER BY queue_name
"""
_WORKERS = """
    SELECT count(*) FROM procrastinate_workers
    WHERE last_heartbeat > now() - make_interval(secs => %s)
"""
_begun = time.monotonic()
_known: tuple[float, bool] | None = None


@dataclass(frozen=True)
class Queue:
    """The jobs of one queue that could be taken, and how long the first of them has waited."""

    name: str
    waiting: int
    oldest_seconds: float

    @property
    def is_late(self) -> bool:
        return self.oldest_seconds > LATE_SECONDS


def queues() -> list[Queue]:
    """Return the queues in which something waits."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        return [Queue(name, count, float(oldest)) for name, count, oldest in cursor.fetchall()]


def workers_alive() -> int:
    """Return how many workers gave a sign of life within the last minute."""
    with connection.cursor() as cursor:
        cursor.execute(_WORKERS, [SILENT_SECONDS])
        return int(cursor.fetchone()[0])


def is_late(waiting: list[Queue], alive: int) -> bool:
    """Tell whether people wait for work that does not come.

    A web server that has just begun gives the workers beside it their time to begin, too.
    """
    should_be_alive = settings.PROCESS == "web" and time.monotonic() - _begun > 2 * SILENT_SECONDS
    return any(each.is_late for each in waiting) or (should_be_alive and not alive)


def is_late_for_people(_request: HttpRequest) -> bool:
    """Tell the same for the strip above a page; asked a few times a minute at most."""
    global _known
    if settings.PROCESS != "web":  # Served by hand, without workers.
        return False
    now = time.monotonic()
    if _known is None or now - _known[0] > ASKED_EVERY_SECONDS:
        _known = (now, is_late(queues(), workers_alive()))
    return _known[1]
