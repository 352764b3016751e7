"""What rooms and pages ask: states, open duties with their clocks, what waits for a person."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import Q
from django.utils import timezone

from pulih.people.models import User

from . import calendars, clocks
from .models import MAIN, Duty, Step
from .models.duties import DutyQuerySet
from .posts import inherited_from, posts_of
from .states import Machine, State

LIKE = 200  # So many closed duties of a kind say how long one usually takes.


def last_step(machine: Machine, subject_id: int) -> Step | None:
    return Step.objects.of(machine.key, subject_id).select_related("by").last()


def states(machine: Machine, subjects: Collection[int]) -> dict[int, State]:
    """Return the state of each subject that has begun and that the connection may see."""
    last = Step.objects.last_of_each(machine.key).filter(subject_id__in=subjects)
    return {one.subject_id: machine.state(one.to_state) for one in last}


def waiting_for(person: User) -> DutyQuerySet:
    """Return the open duties of a person: own ones, and those of posts that the person acts for."""
    mine = Q(person=person) | Q(post__in=posts_of(person))
    duties: DutyQuerySet = Duty.objects.open().filter(mine)
    return duties


@dataclass(frozen=True)
class Held:
    """An open duty as a page shows it. before: who held the post earlier, so it was inherited."""

    duty: Duty
    due: clocks.Due
    before: User | None = None
    usual_days: float | None = None


def open_duty(machine: Machine, subject_id: int, kind: str = MAIN) -> Duty | None:
    duties = Duty.objects.open().of(machine.key, subject_id).filter(kind=kind)
    return duties.select_related("post__area", "person").first()


def clock_of(duty: Duty, now: datetime | None = None) -> Held:
    """Return who holds a duty and how near its last day is, with how long like ones took."""
    moment = now or timezone.now()
    before = inherited_from(duty.post, timezone.localdate(moment)) if duty.post else None
    return Held(duty, due_of(duty, moment), before, usual_days(duty))


def due_of(duty: Duty, now: datetime) -> clocks.Due:
    zone = calendars.zone_of(duty.area_id)
    return clocks.due(duty.since, duty.until, now, zone, calendars.calendar())


def usual_days(duty: Duty) -> float | None:
    """Return the median of days that like duties took; None below five of them."""
    closed = Duty.objects.filter(machine=duty.machine, kind=duty.kind)
    alike = {"post__key": duty.post.key} if duty.post else {"post": None}
    ended = closed.filter(**alike).exclude(closed_at=None).order_by("-closed_at")
    took = _days(ended.values_list("since", "closed_at")[:LIKE])
    return median(took) if len(took) >= 5 else None


def _days(spans: Iterable[tuple[datetime, datetime]]) -> list[float]:
    return [(end - start).total_seconds() / 86_400 for start, end in spans]
