"""Starting a subject and taking its steps, each with the duty that follows from it.

Everything here runs in the transaction of the room's own action, which has locked, checked and
recorded what is its own; nothing here commits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from pulih.areas.models import Area
from pulih.common.errors import Message, Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from .. import calendars, clock, clocks
from ..models import MAIN, Duty, Post, Step
from ..post_holders import posts_of
from ..registry import title_of
from ..states import START, Machine, Move
from .notices import NewNotice, notify, tell_of_duty

LOCK = "workflow"


@dataclass(frozen=True)
class NewDuty:
    """A duty of one post or one person. working_days: None where no clock runs.

    escalates_to: who is told when it is late. is_internal: hidden from those who do not see the
    country, such as who reviews. told: what its holder reads, where the state does not say it.
    """

    post: Post | None = None
    person: User | None = None
    working_days: int | None = None
    escalates_to: Post | None = None
    is_internal: bool = False
    told: Message | None = None

    def __post_init__(self) -> None:
        assert (self.post is None) != (self.person is None), "A post or a person, one of them."


def start(
    machine: Machine,
    subject_id: int,
    *,
    area: Area | None,
    by: User,
    duty: NewDuty,
    details: Mapping[str, Any] | None = None,
    notices: Iterable[NewNotice] = (),
    now: datetime | None = None,
) -> Step:
    """Take the first step of a subject, into the first state of its machine.

    area: where the subject lies, for row policies and clocks; None is the country. The room has
    asked whether `by` may. Refused: a subject that has begun already.
    """
    lock_subject(machine, subject_id)
    if _last_step(machine, subject_id) is not None:
        word = machine.subject
        raise Refusal(
            Message(
                f"{word.id.capitalize()} ini sudah dimulai. Muat ulang halamannya.",
                f"This {word.en} has begun already. Load the page again.",
            )
        )
    at = now or clock.now()
    province, regency = calendars.places_of(
        area.pk if area else None, timezone.localtime(at).date()
    )
    step = Step.objects.create(
        machine=machine.key,
        subject_id=subject_id,
        number=1,
        from_state=START,
        to_state=machine.start,
        is_final=machine.state(machine.start).final,
        at=at,
        by=by,
        details=dict(details or {}),
        province_id=province,
        regency_id=regency,
    )
    _open(step, MAIN, duty, by)
    _notify(notices, step, by)
    return step


def take_step(
    machine: Machine,
    subject_id: int,
    move: str,
    *,
    by: User,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
    duty: NewDuty | Literal["same"] | None = None,
    notices: Iterable[NewNotice] = (),
    seen: int | None = None,
    now: datetime | None = None,
) -> Step:
    """Take one step: close the open duty, open the next. May refuse, and then nothing is written.

    duty: who goes on, and is told so; "same" leaves the open duty where it is; None only into a
    final state, which closes every open duty. notices: whom else to tell, with the reason itself.
    seen: the number of the last step that the person saw, to refuse two
    windows that decide at once. Raises PermissionDenied where the role does not allow the move.
    """
    lock_subject(machine, subject_id)
    last = _last_step(machine, subject_id)
    if last is None:
        raise PermissionDenied(f"{by.pk} sees no step of {machine.key} {subject_id}")
    _refuse_if_overtaken(machine, last, seen)
    allowed = machine.move(last.to_state, move)
    require(by, Permission(allowed.permission), last.area)
    _refuse_unless_complete(machine, allowed, subject_id, by, reason)
    target = machine.state(allowed.target)
    assert (duty is None) == target.final, f"{allowed.key} leads to {target.key}: whose duty then?"
    step = Step.objects.create(
        machine=machine.key,
        subject_id=subject_id,
        number=last.number + 1,
        move=allowed.key,
        from_state=last.to_state,
        to_state=target.key,
        is_final=target.final,
        at=now or clock.now(),
        by=by if allowed.names_person else None,
        reason=reason.strip(),
        details=dict(details or {}),
        province_id=last.province_id,
        regency_id=last.regency_id,
    )
    if duty != "same":
        _close(step, None if target.final else MAIN)
    if isinstance(duty, NewDuty):
        _open(step, MAIN, duty, by)
    _notify(notices, step, by)
    return step


def open_duty(
    machine: Machine,
    subject_id: int,
    kind: str,
    duty: NewDuty,
    *,
    by: User,
    now: datetime | None = None,
) -> Duty:
    """Open a duty beside the next step, such as that of a second reviewer.

    Refused by PostgreSQL: a second open one of the same kind, and one of a subject that has ended.
    """
    assert kind != MAIN, "The next step belongs to start() and take_step()."
    lock_subject(machine, subject_id)
    last = _last_step(machine, subject_id)
    assert last is not None, f"{machine.key} {subject_id} has not begun."
    assert not last.is_final, f"{machine.key} {subject_id} has ended."
    return _open(last, kind, duty, by, now or clock.now())


def close_duty(
    machine: Machine, subject_id: int, kind: str, *, now: datetime | None = None
) -> None:
    """Close an open duty beside the next step; nothing happens where none is open."""
    assert kind != MAIN, "The next step belongs to take_step()."
    lock_subject(machine, subject_id)
    open_ = Duty.objects.open().of(machine.key, subject_id).filter(kind=kind)
    open_.update(closed_at=now or clock.now())


def lock_subject(machine: Machine, subject_id: int) -> None:
    """Let one transaction at a time act on a subject; the lock ends with the transaction."""
    assert connection.in_atomic_block, "A step belongs to the transaction of its room's action."
    with connection.cursor() as cursor:
        key = f"{LOCK}:{machine.key}:{subject_id}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _last_step(machine: Machine, subject_id: int) -> Step | None:
    return Step.objects.of(machine.key, subject_id).last()


def _refuse_if_overtaken(machine: Machine, last: Step, seen: int | None) -> None:
    if seen is None or seen == last.number:
        return
    state = machine.state(last.to_state).label
    who = last.by.name if last.by else "–"
    raise Refusal(
        Message(
            f"Sementara itu {who} sudah mengambil langkah; statusnya sekarang “{state.id}”. "
            "Muat ulang halamannya, lalu putuskan. Belum ada yang disimpan.",
            f"Meanwhile {who} took a step; it is now “{state.en}”. Load the page again, then "
            "decide. Nothing was saved.",
        )
    )


def _refuse_unless_complete(
    machine: Machine, move: Move, subject_id: int, by: User, reason: str
) -> None:
    if move.needs_reason and not reason.strip():
        raise Refusal(
            Message(
                f"Tulis alasan untuk langkah “{move.label.id}”. Belum ada yang disimpan.",
                f"Write the reason for the step “{move.label.en}”. Nothing was saved.",
            )
        )
    if not move.for_holder:
        return
    duty = Duty.objects.open().of(machine.key, subject_id).get(kind=MAIN)
    if duty.person_id != by.pk and not posts_of(by).filter(pk=duty.post_id).exists():
        who = str(duty.post or duty.person)
        raise Refusal(
            Message(
                f"Langkah “{move.label.id}” menunggu {who}. Belum ada yang disimpan.",
                f"The step “{move.label.en}” waits for {who}. Nothing was saved.",
            )
        )


def _notify(notices: Iterable[NewNotice], step: Step, by: User) -> None:
    if told := list(notices):
        _title, url = title_of(by, step.machine, step.subject_id)
        notify(told, step.machine, step.subject_id, url=url, now=step.at)


def _open(step: Step, kind: str, duty: NewDuty, by: User, since: datetime | None = None) -> Duty:
    since, late = since or step.at, None
    if duty.working_days is not None:
        zone = calendars.zone_of(step.area_id)
        late = clocks.until(since, duty.working_days, zone, calendars.calendar())
    opened = Duty.objects.create(
        machine=step.machine,
        subject_id=step.subject_id,
        kind=kind,
        post=duty.post,
        person=duty.person,
        since=since,
        working_days=duty.working_days,
        until=late,
        escalates_to=duty.escalates_to,
        opened_by_step=step,
        is_internal=duty.is_internal,
        province_id=None if duty.is_internal else step.province_id,
        regency_id=None if duty.is_internal else step.regency_id,
    )
    tell_of_duty(opened, step, by, duty.told)
    return opened


def _close(step: Step, kind: str | None) -> None:
    """Close the open duty of one kind, or all where none is named; unseen ones too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT workflow_close_duties(%s, %s)", [step.pk, kind])
