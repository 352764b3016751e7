"""The moment at which people act: now, or on the day that a loaded scenario plays on."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone

from pulih.common.periods import WIB
from pulih.web import facts

_playing: ContextVar[datetime | None] = ContextVar("playing", default=None)


def now() -> datetime:
    """Return an aware moment. In a scenario of the past: its day, at this hour of the day."""
    moment = timezone.now()
    if played := _playing.get():
        return min(moment, played)
    day: date | None = facts.ask("day", HttpRequest())
    if day is None:
        return moment
    return min(moment, datetime.combine(day, moment.astimezone(WIB).timetz()))


@contextmanager
def playing_at(moment: datetime) -> Iterator[None]:
    """Let a scenario that is being told act at `moment`, an aware one; never in the future."""
    assert moment.tzinfo is not None
    before = _playing.set(moment)
    try:
        yield
    finally:
        _playing.reset(before)
