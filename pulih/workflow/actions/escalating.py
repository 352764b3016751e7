"""Duties on their last day and late ones, each told once.

On its last day who has a duty is reminded; when it is late, to whom it escalates is told as well.
Nothing is rejected.
"""

from datetime import datetime, timedelta
from itertools import takewhile

from django.db.transaction import atomic

from pulih.common.errors import Message
from pulih.common.periods import day
from pulih.people.models import User

from .. import calendars, clocks
from ..models import Duty
from ..registry import title_of
from .notices import NewNotice, notify

MOST_AT_ONCE = 500
LAST_DAY = timedelta(days=1)  # A duty ends at midnight, so that this is its last day.
FEWEST_DAYS = 2  # Of a duty that is reminded of: one of a single day was told just now.


def remind(*, by: User, now: datetime) -> int:
    """Remind of every duty on its last day, once; return how many."""
    return sum(takewhile(bool, (_remind_next(by, now) for _ in range(MOST_AT_ONCE))))


@atomic
def _remind_next(by: User, now: datetime) -> bool:
    ends_today = Duty.objects.open().filter(
        until__gt=now,
        until__lte=now + LAST_DAY,
        working_days__gte=FEWEST_DAYS,
        reminded_at=None,
        escalated_at=None,
    )
    due = ends_today.order_by("until", "pk").select_for_update(skip_locked=True, of=("self",))
    duty = due.first()
    if duty is None:
        return False
    title, url = title_of(by, duty.machine, duty.subject_id)
    last = clocks.last_day(_end(duty), calendars.zone_of(duty.area_id))
    words = (
        Message(f"Hari terakhir: {title.id}", f"Last day: {title.en}"),
        Message(
            f"“{title.id}” menunggu Anda dan harus selesai hari ini, {day(last)}.",
            f"“{title.en}” waits for you and is due today, {day(last, 'en')}.",
        ),
    )
    to = duty.post or duty.person
    assert to is not None
    notify([NewNotice(to, *words)], duty.machine, duty.subject_id, url=url, now=now)
    duty.reminded_at = now
    duty.save(update_fields=["reminded_at"])
    return True


def escalate(*, by: User, now: datetime) -> int:
    """Tell of every duty that is past its end, each in a step that stands; return how many."""
    return sum(takewhile(bool, (_escalate_next(by, now) for _ in range(MOST_AT_ONCE))))


@atomic
def _escalate_next(by: User, now: datetime) -> bool:
    late = Duty.objects.open().filter(until__lte=now, escalated_at=None).order_by("until", "pk")
    duty = late.select_for_update(skip_locked=True, of=("self",)).first()
    if duty is None:
        return False
    title, url = title_of(by, duty.machine, duty.subject_id)
    last = clocks.last_day(_end(duty), calendars.zone_of(duty.area_id))
    who = str(duty.post or duty.person)
    words = (
        Message(f"Terlambat: {title.id}", f"Late: {title.en}"),
        Message(
            f"“{title.id}” menunggu {who} dan seharusnya selesai paling lambat {day(last)}.",
            f"“{title.en}” waits for {who} and was due by {day(last, 'en')}.",
        ),
    )
    told = [one for one in (duty.post or duty.person, duty.escalates_to) if one is not None]
    notify([NewNotice(to, *words) for to in told], duty.machine, duty.subject_id, url=url, now=now)
    duty.escalated_at = now
    duty.save(update_fields=["escalated_at"])
    return True


@atomic
def follow_the_calendar() -> int:
    """Count open duties again by the holidays as they are now; return how many ends moved."""
    calendar, moved = calendars.calendar(), 0
    counted = Duty.objects.open().exclude(working_days=None).filter(escalated_at=None)
    for duty in counted.select_for_update(of=("self",)).order_by("pk"):
        zone = calendars.zone_of(duty.area_id)
        end = clocks.until(duty.since, duty.working_days, zone, calendar)
        if end != duty.until:
            duty.until, duty.reminded_at, moved = end, None, moved + 1
            duty.save(update_fields=["until", "reminded_at"])
    return moved


def _end(duty: Duty) -> datetime:
    assert duty.until is not None
    return duty.until
