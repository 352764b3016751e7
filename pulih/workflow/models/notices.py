"""Notices that persons get, and the mail that carries them: an outbox.

A notice is written in the transaction of what it tells of, so there is never one without the other.
Mail is claimed, sent, marked. A claim that nobody marked is unsure: it may have gone out.
"""

import uuid
from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.audit.history import keep
from pulih.common.errors import Message

STALE = timedelta(minutes=5)  # A claim older than this was left by a killed worker.


class MailState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    UNSURE = "unsure", _("may not have arrived")
    FAILED = "failed", _("not sent")


class MailWhen(models.TextChoices):
    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day, together")
    NEVER = "never", _("never; I look here")


class Language(models.TextChoices):
    INDONESIAN = "id", "Bahasa Indonesia"
    ENGLISH = "en", "English"


@keep
class MailChoice(models.Model):
    """How one person wants notices by mail; without a row once a day, in Indonesian."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+"
    )
    mail = models.CharField(
        _("by e-mail"), max_length=8, choices=MailWhen.choices, default=MailWhen.DAILY
    )
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.INDONESIAN
    )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_mail_display()}"


class Mail(models.Model):
    """One mail to one person. Sent once: a trigger lets its state only go on.

    problem: what the mail server answered, when it took nothing.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    address = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    made_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=MailState.choices, default=MailState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sent_at=None) ^ Q(state=MailState.SENT), name="workflow_mail_sent_then"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["not_before"],
                condition=Q(state__in=("waiting", "sending")),
                name="workflow_mail_to_send",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.subject}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def to_mail(self) -> Self:
        """Keep those that no mail carries yet and that one should."""
        return self.filter(mail=None, by_mail=True)


class Notice(models.Model):
    """What one person is told, in both languages, with the reason itself.

    The key is made here and not by PostgreSQL: who writes a notice may not read it.
    by_mail: cleared for a person who wants none. mail: the one that carries it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    machine = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    title_indonesian = models.CharField(max_length=200)
    title_english = models.CharField(max_length=200)
    text_indonesian = models.TextField(blank=True)
    text_english = models.TextField(blank=True)
    url = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    by_mail = models.BooleanField(default=True)
    mail = models.ForeignKey(Mail, models.PROTECT, null=True, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "-made_at", "id"], name="workflow_notice_person"),
            models.Index(
                fields=["person", "made_at"],
                condition=Q(mail=None, by_mail=True),
                name="workflow_notice_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return self.title_indonesian

    @property
    def title(self) -> Message:
        return Message(self.title_indonesian, self.title_english)

    @property
    def text(self) -> Message:
        return Message(self.text_indonesian, self.text_english)
