"""Somebody else's act at the same moment: begun in its own connection, until it has to wait."""

import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from django.db import connection

WAITING = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid())"
LONGEST = 20


def begun(pool: Executor, act: Callable[[], Any]) -> Future[Any]:
    """Begin `act`; return once it waits for a lock of the caller's transaction, or is over."""
    future, until = pool.submit(_alone, act), time.monotonic() + LONGEST
    while not future.done() and not _is_waiting():
        assert time.monotonic() < until, "the act neither waits nor ends"
        time.sleep(0.05)
    return future


def _alone(act: Callable[[], Any]) -> Any:
    try:
        return act()
    finally:
        connection.close()


def _is_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])
