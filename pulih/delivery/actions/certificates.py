"""Certificates of those who completed a training: issued by class, withdrawn one by one."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.documents.actions import end, issue
from pulih.documents.models import PaperCode, PaperState
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers

from ..models import Cohort, Participant
from ..papers import CERTIFICATE
from ..reads.attendance import of_cohort
from ..reads.certificates import in_force
from ..rules.completion import PASSED
from .activities import place_of


@transaction.atomic
def issue_all(cohort: Cohort, *, number: str, dated: date, by: User, today: date) -> int:
    """Give a certificate to each who completed the training and has none; return how many.

    number: what every number of the class begins with; the place in the list follows. May refuse.
    """
    require(by, Permission.RUN_ACTIVITIES, cohort.regency)
    Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    attendance = of_cohort(cohort)
    last = max((session.day for session in attendance.sessions), default=None)
    if last is None or dated < last or dated > today:
        raise Refusal(
            _("A certificate is dated from the last session, %(last)s, to today. Correct the day.")
            % {"last": numbers.day(last)}
        )
    done = [line.participant for line in attendance.lines if line.completion.outcome == PASSED]
    held = in_force(cohort)
    fresh = {f"{number}/{one.number:03}": one for one in done if one.pk not in held}
    if not fresh:
        raise Refusal(_("Nobody of this class completed the training without a certificate yet."))
    taken = PaperCode.objects.filter(kind=CERTIFICATE.key, number__in=fresh)
    if taken.filter(province=cohort.province_id).exists():
        raise Refusal(
            _("Certificates of the number %(number)s are there already. Begin with another number.")
            % {"number": number}
        )
    for full, one in fresh.items():
        issue(
            CERTIFICATE, one.pk, office=str(place_of(cohort.activity)), number=full, dated=dated,
            province=cohort.province, regency=cohort.regency, person=by.name,
        )  # fmt: skip
    record(by, "delivery.issue_certificates", cohort, issued=len(fresh))
    return len(fresh)


@transaction.atomic
def withdraw(participant: Participant, *, reason: str, by: User, today: date) -> None:
    """Withdraw a certificate, with a reason that the record keeps. May refuse."""
    require(by, Permission.RUN_ACTIVITIES, participant.regency)
    cohort = participant.cohort
    Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    if participant.pk not in in_force(cohort):
        raise Refusal(_("%(person)s has no certificate in force.") % {"person": participant.person})
    end(CERTIFICATE, participant.pk, PaperState.WITHDRAWN, on=today)
    record(by, "delivery.withdraw_certificate", participant, reason=reason)
