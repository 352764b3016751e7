"""How far those who applied to activities came, put together from what is recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from pulih.areas.models import Area
from pulih.people.models import User

from ..models import Activity, Applicant, Cohort, FollowUpAnswer, Handover, Participant, Sex, Stage
from ..rules.completion import PASSED
from ..rules.followups import MONTHS
from ..rules.funnel import Came, Step, funnel
from .attendance import of_cohorts
from .certificates import papers_of
from .checks import checked
from .followups import ever, newest_answers
from .payments import money_by_line, promise_of


def of_activity(activity: Activity, person: User) -> list[Step]:
    """Return the funnel of an activity over the applicants that `person` sees."""
    return funnel(came_to_activity(activity, person))


def by_area(people: Iterable[Came]) -> list[tuple[Area, list[Step]]]:
    """Return a funnel for each regency in which somebody lives, by its name."""
    groups: dict[int, list[Came]] = defaultdict(list)
    for one in people:
        groups[one.area].append(one)
    areas = Area.objects.filter(pk__in=groups).order_by("sort_key")
    return [(area, funnel(groups[area.pk])) for area in areas]


def came_to_activity(activity: Activity, person: User) -> list[Came]:
    """Return how far each applicant within sight came.

    Who came into a class by a pasted list may have been checked before payment alone.
    """
    rows = Applicant.objects.visible_to(person).filter(activity=activity)
    applicants = list(rows.select_related("person__enterprise"))
    may_pass = {
        one.applicant.pk
        for stage in Stage.values
        for one in checked(activity, stage, rows)
        if one.may_pass
    }
    seats = _seats(activity)
    completed, certified = _completed(activity), _certified(seats)
    answers, kits = newest_answers(seats.values()), _with_kits(activity)
    return [
        _came(
            one, one.pk in may_pass, seat := seats.get(one.person_id), completed, certified,
            answers.get(seat or 0, {}), one.person_id in kits,
        )
        for one in applicants
    ]  # fmt: skip


def paid_for(activity: Activity) -> int | None:
    """What the ledger paid for an activity alone, in rupiah.

    None where no money is set aside for it, or its proposal pays for other activities too.
    """
    promise = promise_of(activity)
    if promise is None or activity.proposal_id is None:
        return None
    if Activity.objects.filter(proposal=activity.proposal_id).count() > 1:
        return None
    return sum(one.paid for one in money_by_line(promise))


def _came(
    one: Applicant, may_pass: bool, seat: int | None, completed: set[int], certified: set[int],
    answers: Mapping[int, FollowUpAnswer], has_kit: bool,
) -> Came:  # fmt: skip
    person = one.person
    in_register = bool(person.enterprise and person.enterprise.nib)
    said: dict[str, bool | None] = {
        "applied": True,
        "verified": may_pass,
        "selected": seat is not None,
        "completed": seat in completed,
        "certified": seat in certified,
        # A signed BAST counts, whatever the person remembers months later.
        "has_kit": True if has_kit else ever(answers, "has_kit"),
        "has_nib": True if in_register else ever(answers, "has_nib"),
        "has_product_certificate": ever(answers, "has_certificate"),
        **{f"producing_{months}": _producing(answers, months) for months in MONTHS},
    }
    groups = {
        "all": True,
        "woman": person.sex == Sex.WOMAN,
        "man": person.sex == Sex.MAN,
        "disability": person.has_disability,
        "laid_off": person.is_laid_off,
    }
    unknown = frozenset(name for name, value in said.items() if value is None)
    return Came(_true(groups), _true(said), unknown, person.regency_id)


def _producing(answers: Mapping[int, FollowUpAnswer], months: int) -> bool | None:
    return answers[months].is_producing if months in answers else None


def _true(named: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(name for name, holds in named.items() if holds)


def _seats(activity: Activity) -> dict[int, int]:
    seated = Participant.objects.seated().filter(activity=activity)
    return dict(seated.values_list("person", "pk"))


def _completed(activity: Activity) -> set[int]:
    cohorts = list(Cohort.objects.filter(activity=activity))
    return {
        line.participant.pk
        for attendance in of_cohorts(activity, cohorts).values()
        for line in attendance.lines
        if line.completion.outcome == PASSED
    }


def _with_kits(activity: Activity) -> set[int]:
    """Return the people who received something of the activity by a BAST and counted it."""
    rows = Handover.objects.filter(activity=activity, received__gt=0)
    return set(rows.exclude(receiver__person=None).values_list("receiver__person", flat=True))


def _certified(seats: dict[int, int]) -> set[int]:
    papers = papers_of(seats.values())
    return {int(one) for one in papers.values_list("subject", flat=True)}
