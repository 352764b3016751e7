"""Asking those who were trained how it went: opening rounds, giving links, taking answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.links import actions as links
from pulih.people.links.acting import on_behalf
from pulih.people.links.actions import require_link
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers
from pulih.workflow.actions import NewDuty, start, take_step
from pulih.workflow.post_holders import post_of
from pulih.workflow.reads import last_step

from ..models import Activity, Cohort, FollowUp, FollowUpAnswer, FollowUpRound, Participant
from ..purposes import FOLLOW_UP
from ..reads.attendance import of_cohorts
from ..rules.completion import PASSED
from ..rules.followups import WORKING_DAYS, asked_on, months_due
from ..states import ASKER, FOLLOW_UP_ROUND

LINK_DAYS = 60


@dataclass(frozen=True)
class GivenAnswer:
    """What a person says. has_kit, has_nib, has_certificate: None for “I do not know”."""

    has_kit: bool | None
    has_nib: bool | None
    has_certificate: bool | None
    is_producing: bool
    turnover: str
    note: str = ""


@transaction.atomic
def open_rounds(activities: Iterable[Activity], *, by: User, now: datetime, today: date) -> int:
    """Open every round that has come by today for these activities; return how many.

    Running it again opens nothing twice. A class of which nobody completed the training yet, or is
    not recorded to have, is asked once somebody has.
    """
    return sum(_open_of(one, by, now, today) for one in activities)


def _open_of(activity: Activity, by: User, now: datetime, today: date) -> int:
    due = months_due(activity.ends_on, today)
    if not due:
        return 0
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    cohorts = list(activity.cohorts.select_related("regency", "province"))
    known = set(FollowUpRound.objects.filter(cohort__in=cohorts).values_list("cohort_id", "months"))
    attendance = of_cohorts(activity, cohorts)
    opened = 0
    for cohort in cohorts:
        lines = attendance[cohort.pk].lines
        completed = [one.participant for one in lines if one.completion.outcome == PASSED]
        for months in due if completed else ():
            if (cohort.pk, months) not in known:
                require(by, Permission.RUN_ACTIVITIES, cohort.regency)
                _open(cohort, months, completed, asked_on(activity.ends_on, months), by, now)
                opened += 1
    return opened


def _open(
    cohort: Cohort,
    months: int,
    people: Iterable[Participant],
    due_on: date,
    by: User,
    now: datetime,
) -> None:
    place = {"province_id": cohort.province_id, "regency_id": cohort.regency_id}
    made = FollowUpRound.objects.create(cohort=cohort, months=months, due_on=due_on, **place)
    FollowUp.objects.bulk_create([FollowUp(round=made, participant=one, **place) for one in people])
    duty = NewDuty(
        post=post_of(ASKER.key, cohort.regency), working_days=WORKING_DAYS,
        escalates_to=post_of(ASKER.key, cohort.province),
    )  # fmt: skip
    start(FOLLOW_UP_ROUND, made.pk, area=cohort.regency, by=by, duty=duty, now=now)
    record(by, "delivery.open_follow_ups", made, months=months)


@transaction.atomic
def give_links(given: FollowUpRound, *, by: User, now: datetime) -> list[tuple[FollowUp, str]]:
    """Give everybody who has not answered a link of their own; return them with the addresses."""
    require(by, Permission.RUN_ACTIVITIES, given.regency)
    waiting = given.follow_ups.filter(answers=None).select_related("participant__person")
    found = []
    for one in waiting.order_by("participant__number"):
        _link, address = links.give(
            FOLLOW_UP, holder=one.participant.person.name, subjects=[one.pk], area=given.regency,
            valid_from=now, valid_to=now + timedelta(LINK_DAYS), by=by, now=now,
        )  # fmt: skip
        found.append((one, address))
    if not found:
        raise Refusal(_("Everybody has answered already; no link is needed."))
    return found


@transaction.atomic
def answer(given: FollowUp, said: GivenAnswer, *, by: User | Link, now: datetime) -> FollowUpAnswer:
    """Write down what a person says; the last one to answer closes the round."""
    if isinstance(by, Link):
        require_link(by, FOLLOW_UP, given.pk)
    else:
        require(by, Permission.RUN_ACTIVITIES, given.regency)
    with on_behalf(by) as person:
        made = FollowUpAnswer.objects.create(
            follow_up=given, province_id=given.province_id, regency_id=given.regency_id,
            answered_at=now, by=None if isinstance(by, Link) else by,
            link=by if isinstance(by, Link) else None, **vars(said),
        )  # fmt: skip
        step = last_step(FOLLOW_UP_ROUND, given.round_id)
        asked = FollowUp.objects.filter(round=given.round_id)
        if step and not step.is_final and not asked.filter(answers=None).exists():
            take_step(FOLLOW_UP_ROUND, given.round_id, "close", by=person, now=now)
    record(by, "delivery.answer_follow_up", made, producing=said.is_producing)
    return made


@transaction.atomic
def close(given: FollowUpRound, *, reason: str, by: User, now: datetime) -> FollowUpRound:
    """End a round; who did not answer stays unknown, with the reason. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, given.regency)
    silent = given.follow_ups.filter(answers=None).count()
    if silent and not reason.strip():
        raise Refusal(
            _("%(n)s have not answered. Say what was tried, and why they could not be reached.")
            % {"n": numbers.whole(silent)}
        )
    take_step(FOLLOW_UP_ROUND, given.pk, "close", by=by, reason=reason, now=now)
    _end_links(given, by)
    record(by, "delivery.close_follow_ups", given, silent=silent)
    return given


def _end_links(given: FollowUpRound, by: User) -> None:
    """A closed round takes no more answers by links that are still open."""
    asked = list(given.follow_ups.values_list("pk", flat=True))
    moment = timezone.now()  # Links end by the true clock, whatever day a scenario plays on.
    rows = Link.objects.visible_to(by).filter(purpose=FOLLOW_UP.key, subjects__overlap=asked)
    for link in rows.filter(revoked_at=None, valid_to__gt=moment):
        links.revoke(link, reason=_("The round of follow-ups was closed."), by=by, now=moment)
