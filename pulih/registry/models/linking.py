"""The runs that look which enterprises of the register are one firm."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.inbox.models import ImportBatch
from pulih.people.scope import ScopedQuerySet


class LinkKind(models.TextChoices):
    BATCH = "batch", _("one file")
    FULL = "full", _("the whole register")


class LinkState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("being linked")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


@keep
class LinkRun(models.Model):
    """One linking: of the enterprises that a file brought, or of all there are."""

    kind = models.CharField(max_length=5, choices=LinkKind.choices)
    batch = models.ForeignKey(ImportBatch, models.PROTECT, null=True, related_name="link_runs")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")  # Of the file.
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    # No machine of `workflow`: a worker takes it on, and what failed is tried again from any state.
    state = models.CharField(max_length=7, choices=LinkState.choices, default=LinkState.WAITING)
    records = models.PositiveIntegerField(default=0)  # Enterprises that were looked at.
    new = models.PositiveIntegerField(default=0)  # Nobody's double, and nobody is asked.
    matched = models.PositiveIntegerField(default=0)  # Joined with another.
    waiting = models.PositiveIntegerField(default=0)  # A person is asked about them.
    findings = models.JSONField(default=list)  # [{what, number, example, says_id, says_en}]
    model = models.CharField(max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["batch"], condition=Q(kind="batch"), name="registry_linkrun_one_a_batch"
            ),
            models.CheckConstraint(
                condition=Q(kind="full", batch=None) | Q(kind="batch", batch__isnull=False),
                name="registry_linkrun_batch_when_of_one",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "id"], name="registry_linkrun_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.batch_id or ''} {self.state}"
