"""Opening grants and recording their steps, each with its paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.areas.rows import area_of
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.delivery.actions.activities import place_of
from pulih.delivery.models import Handover
from pulih.documents.actions import issue
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.people.scope import speaking_as_system
from pulih.web import numbers
from pulih.web.words import say
from pulih.workflow.actions import NewDuty, start, take_step
from pulih.workflow.post_holders import post_of
from pulih.workflow.reads import last_step

from .models import GrantCase, GrantPaper
from .papers import KIND_OF_STEP
from .posts import MINISTRY, OFFICE
from .reads import live_case
from .rules.steps import MANAGER, USER, after, approver_of, step_of, steps, unit_value
from .states import CLOSED, GRANT


@transaction.atomic
def open_case(given: Handover, *, by: User, now: datetime, today: date) -> GrantCase:
    """Begin the grant of what a BAST handed over. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, place_of(given.activity))
    handover: Handover = Handover.objects.select_for_update(of=("self",)).get(pk=given.pk)
    if not handover.received or handover.received_on is None:
        raise Refusal(
            _("%(bast)s: nobody has confirmed that anything arrived. Only what arrived is granted.")
            % {"bast": handover}
        )
    if live_case(handover):
        raise Refusal(_("%(bast)s has its grant already.") % {"bast": handover})
    value = handover.value * handover.received // handover.sent
    each = unit_value(value, handover.received)
    made = GrantCase.objects.create(
        handover=handover, province_id=handover.province_id, regency_id=handover.regency_id,
        value=value, unit_value=each, approver=approver_of(each, handover.received_on),
        received_on=handover.received_on, opened_on=today, by=by,
    )  # fmt: skip
    start(GRANT, made.pk, area=area_of(handover), by=by,
          duty=_duty(made, steps()[0].key), now=now)  # fmt: skip
    record(by, "grants.open", made, value=value, approver=made.approver)
    return made


def refuse_while_granted(handover: Handover) -> None:
    """Refuse a correction of a count on which a grant stands."""
    with speaking_as_system():
        case = live_case(handover)
    if case and case.state == CLOSED:
        raise Refusal(
            _(
                "These goods are off the books by this count, and their grant is closed. Settle a "
                "difference that was found later with the ministry, outside this count."
            )
        )
    if case:
        raise Refusal(
            _(
                "A grant stands on this count (%(state)s). Stop the grant with a reason, correct "
                "the count, and begin the grant again."
            )
            % {"state": say(GRANT.state(case.state).label)}
        )


@transaction.atomic
def open_cases(handovers: Iterable[Handover], *, by: User, now: datetime, today: date) -> int:
    """Begin the grants of several hand-overs; return how many."""
    return len([open_case(one, by=by, now=now, today=today) for one in handovers])


@transaction.atomic
def take(
    case: GrantCase, *, step: str, number: str, dated: date, note: str, by: User, now: datetime,
    today: date, seen: int | None = None,
) -> GrantPaper:  # fmt: skip
    """Record that a step was taken, with its paper; the next one begins. May refuse."""
    _require(case, by)
    _refuse_wrong_day(case, dated, today)
    following = after(step)
    take_step(
        GRANT, case.pk, f"{step}_done", by=by, reason=note,
        duty=_duty(case, following) if following else None, seen=seen, now=now,
    )  # fmt: skip
    made = GrantPaper.objects.create(
        case=case, province_id=case.province_id, regency_id=case.regency_id, step=step,
        number=number, dated=dated, note=note, by=by,
    )  # fmt: skip
    issue(
        KIND_OF_STEP[step], case.pk, office=str(place_of(case.handover.activity)), number=number,
        dated=dated, province=case.province, regency=case.regency, person=by.name,
    )  # fmt: skip
    record(by, "grants.take", made, step=step)
    return made


@transaction.atomic
def move(
    case: GrantCase, key: str, *, reason: str, seen: int | None, by: User, now: datetime
) -> None:
    """Send a grant back to its application, or stop it, with the reason. May refuse."""
    _require(case, by)
    last = last_step(GRANT, case.pk)
    assert last is not None
    target = GRANT.move(last.to_state, key).target
    duty = None if GRANT.state(target).final else _duty(case, target)
    take_step(GRANT, case.pk, key, by=by, reason=reason, duty=duty, seen=seen, now=now)
    record(by, f"grants.{key}", case)


def _require(case: GrantCase, by: User) -> None:
    require(by, Permission.RUN_ACTIVITIES, place_of(case.handover.activity))


def _duty(case: GrantCase, step: str) -> NewDuty:
    """Who has to act: the ministry while it approves or waits for KPKNL, else the office."""
    rule = step_of(step)
    approves = rule.held_by(case.approver) in (USER, MANAGER)
    post = post_of(MINISTRY.key, None) if approves else post_of(OFFICE.key, case.province)
    return NewDuty(
        post=post, working_days=rule.working_days, escalates_to=post_of(MINISTRY.key, None)
    )


def _refuse_wrong_day(case: GrantCase, dated: date, today: date) -> None:
    if dated > today:
        raise Refusal(
            _("%(day)s lies ahead. Record it when it has happened.") % {"day": numbers.day(dated)}
        )
    newest = case.papers.order_by("-dated").values_list("dated", flat=True).first()
    # The letter of willingness may be older than the goods: they were bought to be granted.
    if newest and dated < newest:
        raise Refusal(
            _("The paper of %(day)s would stand before that of the step before it, %(newest)s.")
            % {"day": numbers.day(dated), "newest": numbers.day(newest)}
        )
