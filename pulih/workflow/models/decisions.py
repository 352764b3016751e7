"""Decisions that take two persons: one proposes with the consequences, another decides."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.people.scope import ScopedQuerySet


class Outcome(models.TextChoices):
    OPEN = "open", _("waits for a second person")
    APPROVED = "approved", _("decided: yes")
    REFUSED = "refused", _("decided: no")
    WITHDRAWN = "withdrawn", _("withdrawn")


@keep
class Decision(models.Model):
    """What one person proposed of a subject and what another decided.

    consequences: what was shown at proposing, [{"label_id", "label_en", "value_id", "value_en"}];
    where it is no longer so at deciding, nothing is decided. An approved one takes effect at once.
    """

    kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    reason = models.TextField()
    consequences = models.JSONField()
    outcome = models.CharField(max_length=9, choices=Outcome.choices, default=Outcome.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)
    province = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=Q(outcome="open"),
                name="workflow_decision_one_open",
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", decided_by=None, decided_at=None)
                | (~Q(outcome="open") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="workflow_decision_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=("open", "withdrawn")) | ~Q(decided_by=F("proposed_by")),
                name="workflow_decision_by_two_persons",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "subject_id", "-id"], name="workflow_decision_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}: {self.outcome}"
