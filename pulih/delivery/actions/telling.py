"""Telling every applicant of a call what became of the application, in one act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.links import actions as links
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.people.scope import speaking_as_system

from ..models import Activity, Applicant, ApplicantAnswer, Origin
from ..purposes import ANSWER
from ..reads.telling import Application, applications, is_decreed
from .activities import place_of

MOST = 500  # In one act: each gets a letter of its own, and a page waits for them.
UNTOLD, UNOPENED = "untold", "unopened"


class Given(NamedTuple):
    """An answer and the address that opens it, which is kept nowhere."""

    answer: ApplicantAnswer
    secret: str


@transaction.atomic
def tell(
    activity: Activity, *, whom: str, by: User, now: datetime, moment: datetime
) -> list[Given]:
    """Give applicants a link each to what became of the application and why. May refuse.

    whom: UNTOLD, or UNOPENED for who did not open the last link either; at most MOST at once, who
    was told longest ago first. now: of the house; moment: the true one, by which links open.
    """
    require(by, Permission.RUN_ACTIVITIES, place_of(activity))
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if not is_decreed(activity):
        raise Refusal(
            _("Applicants are told after the decree: until then a place can still be lost.")
        )
    found = _asked_for(applications(activity, Applicant.objects.visible_to(by)), whom)[:MOST]
    if not found:
        raise Refusal(_("Everybody was told already. Choose others, or load the page again."))
    given = [_give(one, by, now, moment) for one in found]
    record(by, "delivery.tell", activity, people=len(given), whom=whom)
    return given


def _asked_for(found: Iterable[Application], whom: str) -> list[Application]:
    waiting = [one for one in found if not (one.has_read if whom == UNOPENED else one.is_told)]
    return sorted(waiting, key=lambda one: one.answer.pk if one.answer else 0)


def _give(one: Application, by: User, now: datetime, moment: datetime) -> Given:
    link, secret = _link(one.applicant, by, moment)
    answer = ApplicantAnswer.objects.create(
        applicant=one.applicant, link=link, province_id=one.applicant.province_id,
        regency_id=one.applicant.regency_id, outcome=one.outcome, at=now, by=by,
    )  # fmt: skip
    return Given(answer, secret)


def _link(applicant: Applicant, by: User, moment: datetime) -> tuple[Link, str]:
    given: dict[str, Any] = {
        "holder": applicant.person.name, "subjects": [applicant.pk], "area": applicant.regency,
        "valid_from": moment, "valid_to": moment + timedelta(ANSWER.longest_days), "now": moment,
    }  # fmt: skip
    if applicant.origin != Origin.FORM:
        return links.give(ANSWER, **given, by=by)
    # Nobody saw whose NIK a form named: a link that Pulih gives tells nothing of what is known of
    # it, while one from an officer, who has seen the identity card, does.
    with speaking_as_system() as system:
        return links.give(ANSWER, **given, by=system)
