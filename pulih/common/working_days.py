"""Working days by a calendar of holidays, and the day on an office's own clock."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from pulih.common.periods import WIB, WIT, WITA, ZONE_NAMES

SATURDAY = 5
FEWEST_HOLIDAYS = 8  # A year with fewer listed is not yet complete: the decree names about 20.
ZONES = {name: zone for zone, name in ZONE_NAMES.items()}
__all__ = ["WIB", "WIT", "WITA", "ZONES", "Calendar", "local_day"]


@dataclass(frozen=True)
class Calendar:
    """The days on which offices are closed besides Saturdays and Sundays."""

    closed: frozenset[date]

    def is_open(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self.closed

    def knows(self, year: int) -> bool:
        """Tell whether the holidays of a year are listed, so that its working days are sure."""
        return sum(1 for day in self.closed if day.year == year) >= FEWEST_HOLIDAYS

    def after(self, start: date, n: int) -> date:
        """Return the n-th working day after `start` (n at least 1); `start` never counts."""
        assert n >= 1
        for days in count(1):
            day = start + timedelta(days=days)
            n -= self.is_open(day)
            if n == 0:
                return day
        raise AssertionError("Working days never end.")

    def between(self, start: date, end: date) -> int:
        """Count the working days after `start`, up to and including `end`; 0 if it is earlier."""
        days = (end - start).days
        return sum(self.is_open(start + timedelta(days=step)) for step in range(1, days + 1))

    def first_open(self, day: date) -> date:
        """Return `day` if offices are open then, else the next day on which they are."""
        return day if self.is_open(day) else self.after(day, 1)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """Return the day on which an aware moment falls on the clock of `zone`."""
    return moment.astimezone(zone).date()
