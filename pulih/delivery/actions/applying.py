"""Applying by an office's form, whose link or square code many people share. It is free of charge.

Whoever fills it in has no account and proves nothing. So a record that the office has already is
used as it is and never changed, and nothing of it is told: every application is answered alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.areas.models import Area
from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.links import actions as links
from pulih.people.links.acting import on_behalf
from pulih.people.links.actions import require_link
from pulih.people.links.address import digest_of, key_of, new_address
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers
from pulih.web.words import say

from .. import nik_keys
from ..clock import day_after, province_of
from ..models import Activity, Applicant, Origin, Person, Selection
from ..purposes import ANSWER, APPLY
from ..rules import nik as nik_rules
from ..rules.namesakes import plain_name
from .applicants import refuse_outside

MOST_A_DAY = 500  # By one form.


@dataclass(frozen=True)
class Application:
    """What people write about themselves. nik: 16 digits, or "" for none at hand."""

    name: str
    nik: str
    sex: str
    regency: Area
    village: str
    address: str
    phone: str
    has_disability: bool
    is_laid_off: bool


@transaction.atomic
def give_form(
    activity: Activity, *, holder: str, area: Area, last_day: date, by: User, now: datetime,
    today: date, opens: datetime,
) -> tuple[Link, str]:  # fmt: skip
    """Make a form by which people of an area apply; return its link and address. May refuse.

    holder: where it hangs or who passes it on. now, today: of the house, which may play on a day of
    its own; opens: by the true clock, which alone PostgreSQL asks.
    """
    require(by, Permission.RUN_ACTIVITIES, area)
    refuse_outside(activity, area, today)
    _refuse_closed(activity, today)
    until = day_after(min(last_day, activity.ends_on), activity.province_id)
    if until <= now:
        raise Refusal(_("The last day has passed. Choose a later one."))
    return links.give(
        APPLY, holder=holder, subjects=[activity.pk], area=area, valid_from=opens,
        valid_to=opens + (until - now), by=by, now=opens,
    )  # fmt: skip


@transaction.atomic
def apply(
    link: Link, activity: Activity, said: Application, *, secret: str, today: date, now: datetime
) -> Applicant:
    """Take an application and let `secret` open its answer. May refuse.

    secret: the address of the answer, made with the blank form; the same form sent twice is one
    application.
    """
    require_link(link, APPLY, activity.pk)
    with on_behalf(link) as system:
        Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
        if earlier := _of_secret(link, secret):
            return earlier
        _refuse_closed(activity, today)
        refuse_outside(activity, said.regency, today)
        _refuse_flood(link, today)
        person, is_disputed = _person(said, activity, today)
        made = Applicant.objects.create(
            activity=activity, person=person, province_id=person.province_id,
            regency_id=person.regency_id, origin=Origin.FORM, link=link, applied_on=today,
            has_disputed_nik=is_disputed,
        )  # fmt: skip
        links.give(
            ANSWER, holder=person.name, subjects=[made.pk], area=said.regency, valid_from=now,
            valid_to=now + timedelta(ANSWER.longest_days), by=system, now=now, secret=secret,
        )  # fmt: skip
    record(link, "delivery.apply", made)
    return made


def _of_secret(link: Link, secret: str) -> Applicant | None:
    """Return what this very form sent before. May refuse a secret that is none of ours."""
    answer = Link.objects.filter(digest=digest_of(key_of(secret))).first()
    found = Applicant.objects.filter(pk__in=answer.subjects, link=link) if answer else None
    earlier: Applicant | None = found.first() if found is not None else None
    if len(secret) != len(new_address()) or not key_of(secret) or (answer and not earlier):
        raise Refusal(_("This form is incomplete. Open the link again and fill it in once more."))
    return earlier


def _refuse_closed(activity: Activity, today: date) -> None:
    frozen = Selection.objects.filter(activity=activity, frozen_at__isnull=False).first()
    if frozen:
        raise Refusal(
            _("Applications closed on %(day)s, as the list of applicants was frozen.")
            % {"day": numbers.day(frozen.frozen_at)}
        )
    if activity.ends_on < today:
        raise Refusal(
            _("This activity ended on %(day)s; nobody can apply for it any more.")
            % {"day": numbers.day(activity.ends_on)}
        )


def _refuse_flood(link: Link, today: date) -> None:
    if Applicant.objects.filter(link=link, applied_on=today).count() >= MOST_A_DAY:
        raise Refusal(
            _(
                "This form takes at most %(n)d applications a day, and today's are in. Come again "
                "tomorrow, or go to the office."
            )
            % {"n": MOST_A_DAY}
        )


def _person(said: Application, activity: Activity, today: date) -> tuple[Person, bool]:
    """Return the person, made where the regency knows none of this NIK. May refuse.

    And whether the NIK is disputed: known by another name, or applied with already. Who says so
    must not learn it, for the NIK may be anybody's; so the application is taken like any other,
    without the NIK, and the office settles it with the identity card at hand.
    """
    wrong = nik_rules.faults([said.nik], [said.sex], nik_rules.regency_codes())[0]
    if wrong:
        raise Refusal(
            _("This NIK cannot be right: %(why)s. Correct it, or leave it blank.")
            % {"why": say(wrong)}
        )
    values = {name: value for name, value in vars(said).items() if name != "nik"}
    values["province"] = province_of(said.regency, today)
    key = nik_keys.key_of(said.nik)
    if key:
        # Another activity may take the same person in at this moment.
        person, is_new = Person.objects.get_or_create(
            {**values, "nik": said.nik}, regency=said.regency, nik_key=key
        )
        if is_new or not _is_disputed(person, said, activity):
            return person, False
    return Person.objects.create(**values, nik="", nik_key=""), bool(key)


def _is_disputed(known: Person, said: Application, activity: Activity) -> bool:
    has_other_name = plain_name(known.name) != plain_name(said.name)
    return has_other_name or Applicant.objects.filter(activity=activity, person=known).exists()
