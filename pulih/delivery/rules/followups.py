"""When those who were trained are asked how it went. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

MONTHS = (3, 6, 12)  # After the last day of the training. Source: assumed; no rule was found.
WORKING_DAYS = 20  # For an office to ask a class. Source: assumed.


def asked_on(last_day: date, months: int) -> date:
    """The day so many months later; a month that is too short gives its last day."""
    month = last_day.month - 1 + months
    year, month = last_day.year + month // 12, month % 12 + 1
    return date(year, month, min(last_day.day, monthrange(year, month)[1]))


def months_due(last_day: date, today: date) -> list[int]:
    """The rounds that have come by a day, the first one first."""
    return [months for months in MONTHS if asked_on(last_day, months) <= today]
