"""Taking marks from phones and from the desk. A mark that is there is never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.links.actions import require_link
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.web import numbers

from ..acts import ActIn, ActsIn, Verdict
from ..clock import day_in
from ..models import Cohort, Mark, Participant, Session
from ..purposes import ATTENDANCE
from ..reads.attendance import told
from ..rules.attendance import PRESENT, in_force
from .marking import Press, Sending, add_marks, kept


@transaction.atomic
def take(cohort: Cohort, sent: ActsIn, *, by: User | Link, now: datetime) -> list[Verdict]:
    """Keep what a phone sent about a class and say of each press whether the server has it.

    The same press again is taken and changes nothing; another press under its number is refused.
    """
    require_for_class(by, cohort)
    asked = _Asked(cohort, day_in(cohort.province_id, now))
    verdicts: dict[int, Verdict] = {}
    fresh: dict[int, Press] = {}
    for act in sent.acts:
        press = _press(act)
        if wrong := asked.wrong(press):
            verdicts[act.number] = Verdict(act.number, "refused", wrong)
        elif fresh.setdefault(act.number, press) != press:
            verdicts[act.number] = Verdict(act.number, "refused", _other_under_number())
    sending = Sending(sent.device, by, sent.sent_at, now)
    added = add_marks(cohort, sending, list(fresh.values()))
    there = kept(cohort, sent.device, fresh.keys() - added) if len(added) < len(fresh) else {}
    for number, press in fresh.items():
        if number in added or there.get(number) == press:
            verdicts.setdefault(number, Verdict(number, "taken"))
        else:
            verdicts.setdefault(number, Verdict(number, "refused", _other_under_number()))
    if added:
        record(by, "delivery.marks", cohort, added=len(added))
    return [verdicts[number] for number in dict.fromkeys(act.number for act in sent.acts)]


@transaction.atomic
def correct(
    session: Session, participant: Participant, *, presence: str, reason: str, why: str, by: User,
    now: datetime,
) -> int:  # fmt: skip
    """Say at the desk what is right: a correction of each mark that says otherwise. May refuse.

    Without any mark it is a late entry, and says why too. Return how many marks were added.
    """
    cohort: Cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=session.cohort_id)
    require(by, Permission.RUN_ACTIVITIES, cohort.regency)
    refuse_future(session, cohort, now)
    marks = [told(mark) for mark in Mark.objects.filter(session=session, participant=participant)]
    wrong = [mark.press for mark in in_force(marks) if mark.presence != presence]
    if marks and not wrong:
        raise Refusal(_("That is what the marks say already. Nothing was changed."))
    device = f"desk:{by.pk}"  # As no phone may call itself.
    last = Mark.objects.filter(device=device).aggregate(last=Max("number"))["last"] or 0
    targets: Sequence[tuple[str, int | None]] = wrong or [("", None)]
    for number, (other, other_number) in enumerate(targets, last + 1):
        Mark.objects.create(
            cohort=cohort, session=session, participant=participant,
            province_id=cohort.province_id, regency_id=cohort.regency_id,
            presence=presence, reason="" if presence == PRESENT else reason,
            device=device, number=number, pressed_at=now, sent_at=now, received_at=now,
            corrects_device=other, corrects_number=other_number, why=why if other else "", by=by,
        )  # fmt: skip
    record(by, "delivery.correct_mark", participant, session=session.pk, why=why)
    return len(targets)


def require_for_class(by: User | Link, cohort: Cohort) -> None:
    if isinstance(by, Link):
        require_link(by, ATTENDANCE, cohort.pk)
    else:
        require(by, Permission.RUN_ACTIVITIES, cohort.regency)


class _Asked:
    """What is asked about every press of a sending, read once: days of sessions, who left when."""

    def __init__(self, cohort: Cohort, today: date) -> None:
        self.today = today
        self.days = dict(cohort.sessions.values_list("pk", "day"))
        self.left = dict(cohort.participants.values_list("pk", "left_on"))

    def wrong(self, press: Press) -> str:
        """Say why a press cannot be taken; empty where it can."""
        day = self.days.get(press.session)
        if day is None:
            return _("This session is not of this class.")
        if press.participant not in self.left:
            return _("This person is not in this class.")
        if day > self.today:
            return _future(day)
        left_on = self.left[press.participant]
        if left_on and left_on < day:
            return _("This person left the class on %(day)s.") % {"day": numbers.day(left_on)}
        names_one = bool(press.corrects_device)
        if not names_one == bool(press.why) == (press.corrects_number is not None):
            return _("A correction names the mark that it corrects, and why.")
        if press.presence == PRESENT and press.reason:
            return _("Who was present has no reason for being absent.")
        return ""


def _press(act: ActIn) -> Press:
    return Press(
        act.number, act.session, act.participant, act.presence, act.reason, act.pressed_at,
        act.corrects_device, act.corrects_number, act.why.strip(),
    )  # fmt: skip


def refuse_future(session: Session, cohort: Cohort, now: datetime) -> None:
    if session.day > day_in(cohort.province_id, now):
        raise Refusal(_future(session.day))


def _future(day: date) -> str:
    return _("The session is on %(day)s. Attendance is recorded from that day on.") % {
        "day": numbers.day(day)
    }


def _other_under_number() -> str:
    return _("Another press of this phone has this number already. Press again.")
