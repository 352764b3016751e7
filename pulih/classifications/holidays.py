"""National holidays and joint leave (cuti bersama), and the working days between them.

Source: CLASS-13.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import count, islice

from pulih.classifications.entries import rows


@dataclass(frozen=True)
class Holiday:
    """A day on which offices are closed; kind is national or joint_leave."""

    day: date
    name_indonesian: str
    name_en: str
    kind: str
    source: str
    verified: bool


@cache
def holidays() -> dict[date, Holiday]:
    """Return every listed holiday by its day."""
    return {
        date.fromisoformat(row["day"]): Holiday(
            date.fromisoformat(row["day"]),
            row["name_indonesian"],
            row["name_en"],
            row["kind"],
            row["source"],
            row["verified"] == "yes",
        )
        for row in rows("holidays")
    }


def is_working_day(day: date) -> bool:
    """Say whether offices are open: Monday to Friday, no holiday, no joint leave."""
    return day.weekday() < 5 and day not in holidays()


def working_day(start: date, n: int) -> date:
    """Return the n-th working day after `start` (n at least 1); `start` itself never counts."""
    assert n >= 1
    later = (start + timedelta(days=days) for days in count(1))
    return next(islice(filter(is_working_day, later), n - 1, None))
