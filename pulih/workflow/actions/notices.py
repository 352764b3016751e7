"""Writing notices with what they tell of, reading them, choosing how mail comes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.transaction import atomic
from django.utils import timezone

from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.common.periods import day
from pulih.people.models import User

from .. import calendars, clock, clocks
from ..models import Duty, Mail, MailChoice, MailState, Notice, Post, Step
from ..post_holders import acting_for
from ..registry import machine_of, title_of
from ..words import cut

LONGEST_TITLE = 200


@dataclass(frozen=True)
class NewNotice:
    """to: a person, or whoever acts for a post. text: the reason itself, never “see the web”."""

    to: User | Post
    title: Message
    text: Message


def notify(
    notices: Iterable[NewNotice],
    machine: str,
    subject_id: int,
    *,
    url: str = "",
    now: datetime | None = None,
) -> None:
    """Write notices in the caller's transaction; mail follows by itself. Nobody is told twice."""
    assert connection.in_atomic_block, "A notice belongs to the transaction of what it tells of."
    at = now or clock.now()
    told = {(person.pk, one.title, one.text): (person, one) for one, person in _each(notices)}
    rows = [
        Notice(
            person=person,
            machine=machine,
            subject_id=subject_id,
            title_indonesian=cut(one.title.id, LONGEST_TITLE),
            title_english=cut(one.title.en, LONGEST_TITLE),
            text_indonesian=one.text.id,
            text_english=one.text.en,
            url=url,
            made_at=at,
        )
        for person, one in told.values()
    ]
    Notice.objects.bulk_create(rows)


def tell_of_duty(duty: Duty, step: Step, by: User, said: Message | None = None) -> None:
    """Tell who has to act next what came, why, and until when; nobody tells oneself.

    said: what to say instead of the state and its reason.
    """
    title, url = title_of(by, duty.machine, duty.subject_id)
    state = machine_of(duty.machine).state(step.to_state).label
    last_id = last_en = ""
    if duty.until:
        last = clocks.last_day(duty.until, calendars.zone_of(duty.area_id))
        last_id, last_en = f" Paling lambat {day(last)}.", f" Until {day(last, 'en')}."
    why_id = f" Alasan: {step.reason}" if step.reason else ""
    why_en = f" Reason: {step.reason}" if step.reason else ""
    text = Message(
        f"“{title.id}” sekarang “{state.id}”.{last_id}{why_id}",
        f"“{title.en}” is now “{state.en}”.{last_en}{why_en}",
    )
    new = NewNotice(
        duty.post or _person_of(duty),
        Message(f"Menunggu Anda: {title.id}", f"Waiting for you: {title.en}"),
        Message(f"{said.id}{last_id}", f"{said.en}{last_en}") if said else text,
    )
    told = [NewNotice(one, new.title, new.text) for one in _receivers(new.to) if one.pk != by.pk]
    notify(told, duty.machine, duty.subject_id, url=url, now=step.at)


@atomic
def mark_read(*, by: User) -> int:
    """Mark all notices of a person as read; return how many there were."""
    return Notice.objects.filter(person=by).unread().update(read_at=timezone.now())


@atomic
def choose_mail(*, mail: str, language: str, by: User) -> MailChoice:
    """Keep how a person wants notices by mail. Those that wait follow the choice."""
    chosen, _ = MailChoice.objects.update_or_create(
        person=by, defaults={"mail": mail, "language": language}
    )
    record(by, "workflow.choose_mail", chosen, mail=mail)
    return chosen


@atomic
def send_again(mail: Mail, *, by: User) -> None:
    """Send a mail again that may not have arrived. May refuse. Only its own person may ask."""
    mail = Mail.objects.select_for_update().get(pk=mail.pk, person=by)
    if mail.state not in (MailState.UNSURE, MailState.FAILED):
        raise Refusal(
            Message(
                "Surel ini sudah terkirim atau masih menunggu. Tidak ada yang perlu diulang.",
                "This mail was sent or still waits. Nothing needs to be done again.",
            )
        )
    mail.state, mail.tries, mail.not_before = MailState.WAITING, 0, timezone.now()
    mail.save(update_fields=["state", "tries", "not_before"])
    record(by, "workflow.send_again", mail)


def _each(notices: Iterable[NewNotice]) -> Iterator[tuple[NewNotice, User]]:
    return ((one, person) for one in notices for person in _receivers(one.to))


def _receivers(to: User | Post) -> list[User]:
    return [to] if isinstance(to, User) else acting_for(to)


def _person_of(duty: Duty) -> User:
    assert duty.person is not None
    return duty.person
