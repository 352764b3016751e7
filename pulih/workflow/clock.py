"""The moment at which people act: now, or on the day that a loaded scenario plays on."""

from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone

from pulih.common.periods import WIB
from pulih.web import facts


def now() -> datetime:
    """Return an aware moment. In a scenario of the past: its day, at this hour of the day."""
    moment = timezone.now()
    day: date | None = facts.ask("day", HttpRequest())
    if day is None:
        return moment
    return min(moment, datetime.combine(day, moment.astimezone(WIB).timetz()))
