"""What an activity came to: who completed it, what was made and received, how much a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..models import Activity, Cohort, Item, Mark, Spot
from ..rules.completion import PASSED
from .attendance import Attendance, of_cohorts
from .goods import of_activity


@dataclass(frozen=True)
class Made:
    """One product of an activity. each: pieces that passed the check, by participant.

    unchecked, in_store: how many lie there now.
    """

    item: Item
    passed: int
    sent: int
    received: int
    each: float | None
    unchecked: int
    in_store: int


@dataclass(frozen=True)
class CameTo:
    """people: with a place. attendance: by class; its sums are None before the first mark."""

    people: int
    attendance: dict[int, Attendance]
    has_marks: bool
    made: Sequence[Made]

    @property
    def completed(self) -> int | None:
        return self._sum([one.outcomes()[PASSED] for one in self.attendance.values()])

    @property
    def person_days(self) -> int | None:
        return self._sum([one.person_days for one in self.attendance.values()])

    def completed_in(self, cohort: Cohort) -> int | None:
        return self._sum([self.attendance[cohort.pk].outcomes()[PASSED]])

    def _sum(self, counts: Sequence[int]) -> int | None:
        return sum(counts) if self.has_marks else None


def came_to(activity: Activity, cohorts: Sequence[Cohort]) -> CameTo:
    """Read what an activity came to in the classes that somebody sees."""
    attendance = of_cohorts(activity, cohorts)
    people = sum(len(one.lines) for one in attendance.values())
    has_marks = Mark.objects.filter(cohort__in=cohorts).exists()
    return CameTo(people, attendance, has_marks, _made(activity, people))


def _made(activity: Activity, people: int) -> list[Made]:
    return [
        Made(
            one.item,
            one.by_kind["passed"],
            one.by_kind["sent"] - one.by_kind["came_back"],
            one.by_kind["received"],
            one.by_kind["passed"] / people if people else None,
            one.at[Spot.UNCHECKED],
            one.at[Spot.STORE],
        )
        for one in of_activity(activity)
        if one.by_kind["made"]
    ]
