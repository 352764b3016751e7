"""Writing without waiting for the disk: what a build has not written yet it can build again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


@contextmanager
def in_a_hurry() -> Iterator[None]:
    """Let no commit of this process wait for the disk while the block runs.

    A machine that fails may lose the last second, never more and never a part of a commit. The
    first commit after the block waits for all before it.
    """
    connection_created.connect(_hurry)
    _hurry(connection)
    try:
        yield
    finally:
        connection_created.disconnect(_hurry)
        if connection.connection and not connection.needs_rollback:
            _say(connection, "on")


def _hurry(connection: BaseDatabaseWrapper, **_: Any) -> None:
    _say(connection, "off")


def _say(connection: BaseDatabaseWrapper, word: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET synchronous_commit = {word}")
