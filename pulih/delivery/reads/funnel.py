"""How far those who applied to an activity came, put together from what is recorded."""

from __future__ import annotations

from pulih.documents.models import PaperCode, PaperState
from pulih.people.models import User

from ..models import Activity, Applicant, Cohort, Participant, Sex, Stage
from ..papers import CERTIFICATE
from ..rules.completion import PASSED
from ..rules.funnel import Came, Step, funnel
from .attendance import of_cohorts
from .checks import checked


def of_activity(activity: Activity, person: User) -> list[Step]:
    """Return the funnel of an activity over the applicants that `person` sees.

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
    return funnel(
        _came(one, one.pk in may_pass, seats.get(one.person_id), completed, certified)
        for one in applicants
    )


def _came(
    one: Applicant, may_pass: bool, seat: int | None, completed: set[int], certified: set[int]
) -> Came:
    person = one.person
    taken = {
        "applied": True,
        "verified": may_pass,
        "selected": seat is not None,
        "completed": seat in completed,
        "certified": seat in certified,
        "has_nib": bool(person.enterprise and person.enterprise.nib),
    }
    groups = {
        "all": True,
        "woman": person.sex == Sex.WOMAN,
        "man": person.sex == Sex.MAN,
        "disability": person.has_disability,
        "laid_off": person.is_laid_off,
    }
    return Came(_true(groups), _true(taken))


def _true(named: dict[str, bool]) -> frozenset[str]:
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


def _certified(seats: dict[int, int]) -> set[int]:
    subjects = [str(one) for one in seats.values()]
    papers = PaperCode.objects.filter(
        kind=CERTIFICATE.key, subject__in=subjects, state=PaperState.VALID
    )
    return {int(one) for one in papers.values_list("subject", flat=True)}
