"""Clocks of duties: so many working days on an office's own clock. Plain values, no database.

The day on which a duty arrives does not count; the last day counts to its end, at midnight on the
clock of the office (WIB, WITA or WIT).
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pulih.common.working_days import Calendar, local_day

LARGEST = 400  # Working days: more than a year and a half is a slip.


def until(since: datetime, working_days: int, zone: ZoneInfo, calendar: Calendar) -> datetime:
    """Return the moment at which a duty is late: the first one after its last working day.

    since: an aware moment. working_days: 1 to 400.
    """
    assert 1 <= working_days <= LARGEST
    last = calendar.after(local_day(since, zone), working_days)
    return _midnight_after(last, zone)


def last_day(until: datetime, zone: ZoneInfo) -> date:
    """Return the last day on which a duty is in time."""
    return (until - timedelta(microseconds=1)).astimezone(zone).date()


def late_by(until: datetime, now: datetime, zone: ZoneInfo, calendar: Calendar) -> int:
    """Count the working days that have begun since the last day of a duty; 0 while in time.

    A duty that ended on Friday is late by 0 on Saturday, and by 1 on Monday: offices were closed.
    """
    if now < until:
        return 0
    return calendar.between(last_day(until, zone), local_day(now, zone))


def days_left(until: datetime, now: datetime, zone: ZoneInfo, calendar: Calendar) -> int:
    """Count the working days that a duty still has, today included while offices are open."""
    today = local_day(now, zone)
    if now >= until:
        return 0
    return calendar.between(today - timedelta(days=1), last_day(until, zone))


def is_sure(since: datetime, until: datetime, zone: ZoneInfo, calendar: Calendar) -> bool:
    """Tell whether the holidays of all years between are listed; else the last day is assumed."""
    years = range(local_day(since, zone).year, last_day(until, zone).year + 1)
    return all(calendar.knows(year) for year in years)


@dataclass(frozen=True)
class Due:
    """How near its last day a duty is now. last_day: None where it has no clock."""

    last_day: date | None
    zone: ZoneInfo
    late_by: int = 0
    is_late: bool = False
    days_left: int = 0
    is_sure: bool = True


def due(
    since: datetime, until: datetime | None, now: datetime, zone: ZoneInfo, calendar: Calendar
) -> Due:
    if until is None:
        return Due(None, zone)
    return Due(
        last_day(until, zone),
        zone,
        late_by(until, now, zone, calendar),
        now >= until,
        days_left(until, now, zone, calendar),
        is_sure(since, until, zone, calendar),
    )


def _midnight_after(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(0), zone)
