"""Mentoring visits: planned, reported, and what they found acted on by somebody by a day."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, may, require
from pulih.web import numbers
from pulih.workflow.actions import NewDuty, start, take_step
from pulih.workflow.calendars import calendar
from pulih.workflow.clocks import LARGEST
from pulih.workflow.post_holders import post_of

from ..models import Cohort, MentoringReport, MentoringVisit, Participant
from ..states import MENTOR, MENTORING


@transaction.atomic
def plan(
    cohort: Cohort, *, participant: Participant | None, planned_on: date, mentor: str,
    purpose: str, by: User, now: datetime, today: date,
) -> MentoringVisit:  # fmt: skip
    """Plan a visit to those of a class, or to one of them. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, cohort.regency)
    if planned_on < max(today, cohort.activity.starts_on):
        raise Refusal(
            _("The visit is planned from %(day)s on. Choose a later day.")
            % {"day": numbers.day(max(today, cohort.activity.starts_on))}
        )
    made = MentoringVisit.objects.create(
        cohort=cohort, participant=participant, province_id=cohort.province_id,
        regency_id=cohort.regency_id, planned_on=planned_on, mentor=mentor, purpose=purpose,
        by=by, at=now,
    )  # fmt: skip
    duty = NewDuty(
        post=post_of(MENTOR.key, cohort.regency), working_days=_working_days(today, planned_on),
        escalates_to=post_of(MENTOR.key, cohort.province),
    )  # fmt: skip
    start(MENTORING, made.pk, area=cohort.regency, by=by, duty=duty, now=now)
    record(by, "delivery.plan_mentoring", made)
    return made


@transaction.atomic
def report(
    visit: MentoringVisit, *, visited_on: date, finding: str, task: str, who: User | None,
    due_on: date | None, by: User, now: datetime, today: date,
) -> MentoringReport:  # fmt: skip
    """Write down what a visit found. A task goes to somebody by a day. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, visit.regency)
    MentoringVisit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if MentoringReport.objects.filter(visit=visit).exists():
        raise Refusal(_("This visit is reported already. Load the page again."))
    if not visit.cohort.activity.starts_on <= visited_on <= today:
        raise Refusal(_("The visit lies between the first day of the training and today."))
    duty = _duty(visit, task, who, due_on, today)
    made = MentoringReport.objects.create(
        visit=visit, province_id=visit.province_id, regency_id=visit.regency_id,
        visited_on=visited_on, finding=finding, task=task, who=who, due_on=due_on, by=by, at=now,
    )  # fmt: skip
    move = "report" if duty else "report_done"
    take_step(MENTORING, visit.pk, move, by=by, reason=task or finding, duty=duty, now=now)
    record(by, "delivery.report_mentoring", made)
    return made


@transaction.atomic
def move(
    visit: MentoringVisit, name: str, *, reason: str, seen: int | None, by: User, now: datetime
) -> MentoringVisit:
    """Say that the task is done, or cancel the visit, with the reason. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, visit.regency)
    take_step(MENTORING, visit.pk, name, by=by, reason=reason, seen=seen, now=now)
    record(by, "delivery.move_mentoring", visit, move=name)
    return visit


def _duty(
    visit: MentoringVisit, task: str, who: User | None, due_on: date | None, today: date
) -> NewDuty | None:
    if not task and who is None and due_on is None:
        return None
    if not task or who is None or due_on is None or due_on < today:
        raise Refusal(
            _("A task says what is done, by whom, and by which day from today on; or leave all.")
        )
    if not may(who, Permission.RUN_ACTIVITIES, visit.regency):
        raise Refusal(
            _("%(who)s does not work for %(regency)s. Choose somebody who does.")
            % {"who": who, "regency": visit.regency}
        )
    return NewDuty(
        person=who, working_days=_working_days(today, due_on),
        escalates_to=post_of(MENTOR.key, visit.province),
    )  # fmt: skip


def _working_days(today: date, day: date) -> int:
    """Return how many working days a duty until the end of `day` has."""
    return min(max(calendar().between(today, day), 1), LARGEST)
