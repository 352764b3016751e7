"""What others do at the same moment: begun in a connection of its own, and waited for."""

import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

from django.db import connection, transaction

from pulih.people.scope import speaking_as_system

WAITING = """
    SELECT count(*) FROM pg_locks
    WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
"""
WORKING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""
LONGEST = 30


def begun(pool: Executor, act: Callable[[], Any]) -> Future[Any]:
    """Begin `act`; return once it waits for a lock of the caller's transaction, or is over."""
    future = pool.submit(_alone, act)
    until(lambda: future.done() or somebody_waits(), LONGEST)
    return future


def _alone(act: Callable[[], Any]) -> Any:
    try:
        return act()
    finally:
        connection.close()


def somebody_waits() -> bool:
    """Tell whether a connection waits for a lock of ours."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])


def nobody_works() -> bool:
    """Tell whether all other connections rest; those of a killed process end what they began."""
    with connection.cursor() as cursor:
        cursor.execute(WORKING)
        return not cursor.fetchone()[0]


def until(happened: Callable[[], Any], seconds: float = 180.0, *, pause: float = 0.05) -> Any:
    """Ask again and again until it answers something true, and return that."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := happened():
            return found
        time.sleep(pause)
    raise AssertionError("it did not happen in time")


def after(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """Begin `second` while `first` is not yet over; return its answer. May refuse."""

    def alone() -> Any:
        with speaking_as_system():
            return second()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), speaking_as_system():
            first()
            answer = begun(pool, alone)
            assert not answer.done()
        return answer.result(60)
