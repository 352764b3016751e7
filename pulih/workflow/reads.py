"""What rooms and pages ask: states, open duties with their clocks, what waits for a person."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from pulih.areas.models import Area
from pulih.common.errors import Refusal
from pulih.common.working_days import Calendar
from pulih.people.models import User
from pulih.people.permissions import Permission, may
from pulih.web.words import say

from . import calendars, clock, clocks, registry
from .decisions import DecisionKind
from .models import MAIN, Decision, Duty, PostHolder, Step
from .models.duties import DutyQuerySet
from .post_holders import holder_of, inherited_from, posts_of
from .states import Machine, Move, State

LIKE = 200  # So many closed duties of a kind say how long one usually takes.


def last_step(machine: Machine, subject_id: int) -> Step | None:
    return Step.objects.of(machine.key, subject_id).select_related("by").last()


def last_steps(machine: Machine, subjects: Collection[int]) -> dict[int, int]:
    """Return the number of the last step of each subject, for `seen` on a page of several."""
    last = Step.objects.last_of_each(machine.key).filter(subject_id__in=subjects)
    return {one.subject_id: one.number for one in last}


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
class Task:
    """An open duty of a person on the board, in mail, in the API."""

    duty: Duty
    title: str
    url: str
    state: State
    due: clocks.Due
    who: str


def tasks_of(person: User, now: datetime | None = None) -> list[Task]:
    """Return what waits for a person, the soonest first; what has no clock comes last."""
    moment = now or clock.now()
    found = waiting_for(person).select_related("post__area", "person")
    duties = list(found.order_by(F("until").asc(nulls_last=True), "pk"))
    subjects: dict[str, set[int]] = defaultdict(set)
    for one in duties:
        subjects[one.machine].add(one.subject_id)
    names = {key: registry.describe(person, key, ids) for key, ids in subjects.items()}
    in_state = {key: states(registry.machine_of(key), ids) for key, ids in subjects.items()}
    calendar = calendars.calendar()
    return [
        Task(
            one,
            names[one.machine][one.subject_id].title,
            names[one.machine][one.subject_id].url,
            in_state[one.machine].get(one.subject_id)
            or registry.machine_of(one.machine).state(names[one.machine][one.subject_id].state),
            _due(one, moment, calendar),
            str(one.post or one.person),
        )
        for one in duties
    ]


@dataclass(frozen=True)
class Held:
    """An open duty as a page shows it.

    holder: who holds its post; None while it is vacant. before: who held the post earlier.
    usual_days: the median that like duties took.
    """

    duty: Duty
    due: clocks.Due
    holder: User | None = None
    before: User | None = None
    usual_days: float | None = None


def open_duty(machine: Machine, subject_id: int, kind: str = MAIN) -> Duty | None:
    duties = Duty.objects.open().of(machine.key, subject_id).filter(kind=kind)
    return duties.select_related("post__area", "person").first()


def clock_of(duty: Duty, now: datetime | None = None) -> Held:
    """Return who holds a duty and how near its last day is, with how long like ones took."""
    moment = now or clock.now()
    holder = holder_of(duty.post) if duty.post else None
    before = inherited_from(duty.post) if duty.post else None
    return Held(duty, due_of(duty, moment), holder, before, usual_days(duty))


@dataclass(frozen=True)
class Waiting:
    """An open duty as a list shows it. holder: the name of who holds its post, "" while vacant."""

    duty: Duty
    due: clocks.Due
    holder: str


def held_each(
    machine: Machine, subjects: Collection[int], now: datetime | None = None
) -> dict[int, Waiting]:
    """Return who has the next step of each subject; none where it has ended or is not to be seen.

    One statement for all of them and the calendar by which their clocks run.
    """
    moment = now or clock.now()
    on = PostHolder.objects.on(timezone.localdate(moment)).filter(post=OuterRef("post"))
    found = Duty.objects.open().filter(machine=machine.key, subject_id__in=subjects, kind=MAIN)
    found = found.annotate(
        name=Subquery(on.values("person__name")[:1]), holidays=calendars.column()
    )
    duties = list(found.select_related("post__area", "person"))
    calendar = calendars.calendar_in(duties[0].holidays if duties else "")
    return {
        one.subject_id: Waiting(
            one, _due(one, moment, calendar), one.name or (one.person.name if one.person else "")
        )
        for one in duties
    }


def due_of(duty: Duty, now: datetime) -> clocks.Due:
    return _due(duty, now, calendars.calendar())


def _due(duty: Duty, now: datetime, calendar: Calendar) -> clocks.Due:
    zone = calendars.zone_of(duty.area_id)
    return clocks.due(duty.since, duty.until, now, zone, calendar)


def usual_days(duty: Duty) -> float | None:
    """Return the median of days that like duties took; None below five of them."""
    closed = Duty.objects.filter(machine=duty.machine, kind=duty.kind)
    alike = {"post__key": duty.post.key} if duty.post else {"post": None}
    ended = closed.filter(**alike).exclude(closed_at=None).order_by("-closed_at")
    took = _days(ended.values_list("since", "closed_at")[:LIKE])
    return median(took) if len(took) >= 5 else None


def _days(spans: Iterable[tuple[datetime, datetime]]) -> list[float]:
    return [(end - start).total_seconds() / 86_400 for start, end in spans]


def history(machine: Machine, subject_id: int) -> list[Step]:
    """Return the steps of a subject, the oldest first."""
    return list(Step.objects.of(machine.key, subject_id).select_related("by"))


@dataclass(frozen=True)
class Deciding:
    """A decision on a subject's page. open: the proposal that waits, else None.

    shown: what it would do, as (label, value). refused: why it cannot be proposed now.
    """

    open: Decision | None
    shown: list[tuple[str, str]]
    refused: str
    may_propose: bool
    may_decide: bool
    may_withdraw: bool


def deciding(kind: DecisionKind, subject_id: int, person: User, area: Area | None) -> Deciding:
    """Return what a person can do about a decision, with its consequences as they are now."""
    waiting = (
        Decision.objects.filter(kind=kind.key, subject_id=subject_id, outcome="open")
        .select_related("proposed_by")
        .first()
    )
    shown, refused = [], ""
    try:
        shown = [(say(one.label), say(one.value)) for one in kind.consequences(subject_id, person)]
    except Refusal as refusal:
        refused = say(refusal.message)
    proposes = may(person, kind.propose, area)
    is_second = waiting is not None and waiting.proposed_by_id != person.pk
    return Deciding(
        waiting,
        shown,
        refused,
        may_propose=proposes and waiting is None and not refused,
        may_decide=is_second and may(person, kind.decide, area),
        may_withdraw=proposes and waiting is not None,
    )


@dataclass(frozen=True)
class Moves:
    """What a person can do with a subject now. seen: the number of its last step.

    primary: the key of the first move that leads on, rather one that needs no reason; empty where
    each gives the subject up.
    """

    moves: tuple[Move, ...]
    seen: int
    primary: str = ""

    @property
    def needs_reason(self) -> bool:
        return any(move.needs_reason for move in self.moves)

    @property
    def with_reason(self) -> str:
        return ", ".join(say(move.label) for move in self.moves if move.needs_reason)


def moves_of(machine: Machine, subject_id: int, person: User) -> Moves:
    """Return the moves that a person may make now and that have no form of their own."""
    last = Step.objects.of(machine.key, subject_id).select_related("province", "regency").last()
    if last is None:
        return Moves((), 0)
    holds_it = waiting_for(person).of(machine.key, subject_id).filter(kind=MAIN).exists()
    moves = tuple(
        move
        for move in machine.allowed(last.to_state)
        if move.is_drawn
        and may(person, Permission(move.permission), last.area)
        and (holds_it or not move.for_holder)
    )
    onward = [move for move in moves if not machine.gives_up(move)]
    primary = min(onward, key=lambda move: move.needs_reason, default=None)
    return Moves(moves, last.number, primary.key if primary else "")
