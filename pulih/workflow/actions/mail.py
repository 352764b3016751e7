"""Sending what waits in the outbox: gather notices into mails, claim one, send it, mark it.

A worker may be killed anywhere. Before the claim nothing happened; after it the mail may or may not
have gone out, so a claim that grows old is shown as unsure and is never sent again by itself.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from smtplib import SMTPException, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.transaction import atomic

from pulih.people.models import User

from .. import calendars, digests
from ..models import Mail, MailChoice, MailState, MailWhen, Notice
from ..models.notices import STALE

DIGEST_AT = time(7)  # On the clock of the person's own area.
MOST_AT_ONCE = 200
MOST_TRIES = 10
LATER = timedelta(minutes=5)


def gather(now: datetime) -> int:
    """Make the mails that are due of notices that no mail carries yet; return how many."""
    waiting = Notice.objects.to_mail().order_by("person").values_list("person", flat=True)
    people = User.objects.filter(pk__in=waiting.distinct()).order_by("pk")
    choices = MailChoice.objects.in_bulk([one.pk for one in people])
    return sum(
        _gather_for(one, choices.get(one.pk) or MailChoice(person=one), now) for one in people
    )


@atomic
def _gather_for(person: User, choice: MailChoice, now: datetime) -> int:
    notices = Notice.objects.to_mail().filter(person=person).order_by("made_at", "pk")
    notices = notices.select_for_update(skip_locked=True)
    if choice.mail == MailWhen.NEVER or not person.email or not person.is_active:
        notices.update(by_mail=False)
        return 0
    if choice.mail == MailWhen.AT_ONCE:
        each = list(notices)
        for one in each:
            _make(person, digests.of_one(one, choice.language), [one], now)
        return len(each)
    due = list(notices.filter(made_at__lt=_last_digest(person, now)))
    if not due:
        return 0
    _make(person, digests.of_a_day(person, due, choice.language, now), due, now)
    return 1


def _last_digest(person: User, now: datetime) -> datetime:
    """Return the newest moment at which mail of the day went out; what came later waits."""
    zone = calendars.zone_of(person.home.pk if person.home else None)
    local = now.astimezone(zone)
    today = datetime.combine(local.date(), DIGEST_AT, zone)
    return today if local >= today else today - timedelta(days=1)


def _make(person: User, letter: digests.Letter, notices: list[Notice], now: datetime) -> None:
    mail = Mail.objects.create(
        person=person,
        address=person.email,
        subject=letter.subject,
        body=letter.body,
        made_at=now,
        not_before=now,
    )
    Notice.objects.filter(pk__in=[one.pk for one in notices]).update(mail=mail)


def send_waiting(now: datetime) -> dict[str, int]:
    """Send what waits, each in steps that stand; return how many came to which state."""
    counts = {MailState.UNSURE.value: _doubt_old_claims(now)}
    for mail in _claimed(now):
        state = _send(mail, now)
        counts[state] = counts.get(state, 0) + 1
    return counts


def _doubt_old_claims(now: datetime) -> int:
    old = Mail.objects.filter(state=MailState.SENDING, claimed_at__lt=now - STALE)
    return old.update(state=MailState.UNSURE)


def _claimed(now: datetime) -> Iterator[Mail]:
    for _ in range(MOST_AT_ONCE):
        mail = _claim(now)
        if mail is None:
            return
        yield mail


@atomic
def _claim(now: datetime) -> Mail | None:
    due = Mail.objects.filter(state=MailState.WAITING, not_before__lte=now).order_by("pk")
    mail = due.select_for_update(skip_locked=True).first()
    if mail is not None:
        mail.state, mail.claimed_at, mail.tries = MailState.SENDING, now, mail.tries + 1
        mail.save(update_fields=["state", "claimed_at", "tries"])
    return mail


def _send(mail: Mail, now: datetime) -> str:
    """Send a claimed mail and mark what came of it."""
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as failed:
        return _not_taken(mail, failed, now, for_good=False)
    try:
        connection.send_messages([_message(mail)])
    except SMTPResponseException as refused:  # The server answered that it took nothing.
        return _not_taken(mail, refused, now, for_good=refused.smtp_code >= 500)
    except (OSError, SMTPException) as broken:
        return _mark(mail, MailState.UNSURE, problem=str(broken))
    finally:
        connection.close()
    return _mark(mail, MailState.SENT, sent_at=now)


def _message(mail: Mail) -> EmailMessage:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    # One name a mail: should it go out twice, by hand, the receiver's program knows it again.
    headers = {"Message-ID": f"<pulih-{mail.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(mail.subject, mail.body, None, [mail.address], headers=headers)


def _not_taken(mail: Mail, failed: Exception, now: datetime, *, for_good: bool) -> str:
    if for_good or mail.tries >= MOST_TRIES:
        return _mark(mail, MailState.FAILED, problem=str(failed))
    later = now + LATER * mail.tries
    return _mark(mail, MailState.WAITING, problem=str(failed), not_before=later)


@atomic
def _mark(mail: Mail, state: MailState, **values: object) -> str:
    # Only what is still claimed: a claim that was doubted meanwhile stays doubted.
    Mail.objects.filter(pk=mail.pk, state=MailState.SENDING).update(state=state, **values)
    return str(state.value)
