"""Who came, class by day, as dots: one dot a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..models import Cohort
from ..rules.attendance import ABSENT, PRESENT, UNRECORDED, on_a_day
from .attendance import Attendance

ACROSS = 10  # Dots beside each other; more people begin another row.
PITCH = 9  # Between the middles of two dots, in SVG units.
CROSS = "l4 4m0-4l-4 4"


@dataclass(frozen=True)
class DayDots:
    """A class on a day. present, absent, unknown: persons; paths: a style and its points."""

    present: int
    absent: int
    unknown: int
    width: int
    height: int
    paths: Sequence[tuple[str, str]]

    @property
    def people(self) -> int:
        return self.present + self.absent + self.unknown


@dataclass(frozen=True)
class ClassDays:
    """Every class with its dots, None on a day without a session; present: of all, by day."""

    days: Sequence[date]
    rows: Sequence[tuple[Cohort, Sequence[DayDots | None]]]
    present: Sequence[int]


def by_class_and_day(
    cohorts: Sequence[Cohort], attendance: Mapping[int, Attendance]
) -> ClassDays | None:
    """Put together who came; None before there is a session with people. attendance: by class."""
    found = {one.pk: _days_of(attendance[one.pk]) for one in cohorts}
    days = sorted({day for by_day in found.values() for day in by_day})
    if not days:
        return None
    rows = [(one, [found[one.pk].get(day) for day in days]) for one in cohorts]
    present = [
        sum(dots.present for _one, row in rows if (dots := row[at])) for at in range(len(days))
    ]
    return ClassDays(days, rows, present)


def _days_of(attendance: Attendance) -> dict[date, DayDots]:
    if not attendance.lines:
        return {}
    places: dict[date, list[int]] = {}
    for at, session in enumerate(attendance.sessions):
        places.setdefault(session.day, []).append(at)
    return {
        day: dots_of([on_a_day([line.sessions[at] for at in here]) for line in attendance.lines])
        for day, here in places.items()
    }


def dots_of(people: Sequence[str]) -> DayDots:
    """Draw what a day says of each person of a class."""
    drawn: dict[str, list[str]] = {PRESENT: [], ABSENT: [], UNRECORDED: []}
    for at, said in enumerate(people):
        x, y = PITCH * (at % ACROSS) + PITCH // 2, PITCH * (at // ACROSS) + PITCH // 2
        drawn[said].append(f"M{x - 2} {y - 2}{CROSS}" if said == ABSENT else f"M{x} {y}h.01")
    counts = Counter(people)
    return DayDots(
        counts[PRESENT], counts[ABSENT], counts[UNRECORDED],
        PITCH * min(len(people), ACROSS), PITCH * -(-len(people) // ACROSS),
        [(kind, "".join(points)) for kind, points in drawn.items() if points],
    )  # fmt: skip
