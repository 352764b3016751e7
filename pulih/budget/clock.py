"""The clock of a scenario that plays in the past: what it records was learned then."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import connection
from django.utils import timezone

_playing: ContextVar[datetime | None] = ContextVar("playing", default=None)


def now() -> datetime:
    """Return the moment, or the one that a scenario plays at; never one to come."""
    played, real = _playing.get(), timezone.now()
    return min(played, real) if played else real


@contextmanager
def playing_at(moment: datetime) -> Iterator[None]:
    """Let documents that Pulih itself posts be learned at `moment`, an aware one.

    The posting functions hear it of nobody else, and never let it lead into the future.
    """
    assert moment.tzinfo is not None
    _set(moment.isoformat())
    before = _playing.set(moment)
    try:
        yield
    finally:
        _playing.reset(before)
        if not connection.needs_rollback:  # A rollback puts the clock back by itself.
            _set("")


def _set(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pulih.clock', %s, false)", [text])
