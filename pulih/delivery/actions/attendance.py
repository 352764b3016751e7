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


@transaction.atomic
def take(cohort: Cohort, sent: ActsIn, *, by: User | Link, now: datetime) -> list[Verdict]:
    """Keep what a phone sent about a class and say of each press whether the server has it.

    The same press again is taken and changes nothing; another press under its number is refused.
    """
    _require(by, cohort)
    sessions = {one.pk: one for one in cohort.sessions.all()}
    seats = {one.pk: one for one in cohort.participants.all()}
    today = day_in(cohort.province_id, now)
    verdicts: dict[int, Verdict] = {}
    fresh: dict[int, Mark] = {}
    for act in sent.acts:
        session, seat = sessions.get(act.session), seats.get(act.participant)
        wrong = _wrong(act, session, seat, today)
        if wrong:
            verdicts[act.number] = Verdict(act.number, "refused", wrong)
        elif act.number in fresh and not _says_the_same(fresh[act.number], act):
            verdicts[act.number] = Verdict(act.number, "refused", _other_under_number())
        elif act.number not in fresh:
            fresh[act.number] = _mark(cohort, sent, act, by, now)
    added = _add(sent.device, list(fresh.values()))
    there = _there(sent.device, list(fresh), cohort)
    for number, mark in fresh.items():
        kept = there.get(number)
        is_same = kept is not None and _same_content(kept, mark)
        verdicts.setdefault(
            number,
            Verdict(number, "taken")
            if is_same
            else Verdict(number, "refused", _other_under_number()),
        )
    if added:
        record(by, "delivery.marks", cohort, added=added)
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
    device = f"desk-{by.pk:04}"
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


def _require(by: User | Link, cohort: Cohort) -> None:
    if isinstance(by, Link):
        require_link(by, ATTENDANCE, cohort.pk)
    else:
        require(by, Permission.RUN_ACTIVITIES, cohort.regency)


def _wrong(act: ActIn, session: Session | None, seat: Participant | None, today: date) -> str:
    if session is None:
        return _("This session is not of this class.")
    if seat is None:
        return _("This person is not in this class.")
    if session.day > today:
        return _future(session)
    if seat.left_on and seat.left_on < session.day:
        return _("This person left the class on %(day)s.") % {"day": numbers.day(seat.left_on)}
    has_target = bool(act.corrects_device) and act.corrects_number is not None
    if has_target != bool(act.why.strip()) or bool(act.corrects_device) != has_target:
        return _("A correction names the mark that it corrects, and why.")
    if act.presence == PRESENT and act.reason:
        return _("Who was present has no reason for being absent.")
    return ""


def refuse_future(session: Session, cohort: Cohort, now: datetime) -> None:
    if session.day > day_in(cohort.province_id, now):
        raise Refusal(_future(session))


def _future(session: Session) -> str:
    return _("The session is on %(day)s. Attendance is recorded from that day on.") % {
        "day": numbers.day(session.day)
    }


def _other_under_number() -> str:
    return _("Another press of this phone has this number already. Press again.")


def _mark(cohort: Cohort, sent: ActsIn, act: ActIn, by: User | Link, now: datetime) -> Mark:
    return Mark(
        cohort=cohort,
        session_id=act.session,
        participant_id=act.participant,
        province_id=cohort.province_id,
        regency_id=cohort.regency_id,
        presence=act.presence,
        reason=act.reason,
        device=sent.device,
        number=act.number,
        pressed_at=act.pressed_at,
        sent_at=sent.sent_at,
        received_at=now,
        corrects_device=act.corrects_device,
        corrects_number=act.corrects_number,
        why=act.why.strip(),
        by=None if isinstance(by, Link) else by,
        link=by if isinstance(by, Link) else None,
    )


def _add(device: str, marks: Sequence[Mark]) -> int:
    before = Mark.objects.filter(device=device, number__in=[mark.number for mark in marks]).count()
    Mark.objects.bulk_create(marks, ignore_conflicts=True)
    return len(marks) - before


def _there(device: str, given: Sequence[int], cohort: Cohort) -> dict[int, Mark]:
    # A press that stands in another class, or where this sender may not look, is no answer.
    marks = Mark.objects.filter(device=device, number__in=given, cohort=cohort)
    return {mark.number: mark for mark in marks}


SAID = (
    *("session_id", "participant_id", "presence", "reason", "pressed_at"),
    *("corrects_device", "corrects_number", "why"),
)


def _same_content(one: Mark, other: Mark) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in SAID)


def _says_the_same(mark: Mark, act: ActIn) -> bool:
    said = (act.session, act.participant, act.presence, act.reason, act.pressed_at)
    rest = (act.corrects_device, act.corrects_number, act.why.strip())
    return tuple(getattr(mark, name) for name in SAID) == (*said, *rest)
