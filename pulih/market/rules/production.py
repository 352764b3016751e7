"""When the statement that a firm produces again holds against what lists say. Pure."""

from __future__ import annotations

from datetime import date

STANDING_STILL = ("TEMP_NOT_PRODUCING", "CLOSED")  # Statuses of delivered reports.


def is_before(since: date, month: date) -> bool:
    """Tell whether a day lies before a month in which a list says that the firm stood still.

    month: its first day. Within the month both may be true: it stood still, then began again.
    """
    return since < month.replace(day=1)


def holds(since: date, as_of: date, month: date | None) -> bool:
    """Tell whether a firm counts as producing again on a day.

    month: of the newest report, where that report says that the firm stands still. A report of a
    later month than the statement overrules it.
    """
    return since <= as_of and not (month and (month.year, month.month) > (since.year, since.month))
