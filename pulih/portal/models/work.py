"""What Pulih does for a release while nobody waits for the page."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pulih.common.errors import Message

from .releases import Release


class WorkKind(models.TextChoices):
    COUNT = "count", _("counting")
    CHECK = "check", _("checking")
    PUBLISH = "publish", _("publishing")


class WorkState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


RUNNING = (WorkState.WAITING, WorkState.RUNNING)


class ReleaseWork(models.Model):
    """The work on a release that was asked for last, and how far it has come.

    stage, finished, total: written beside the transaction of the work, which nobody else can see
    into. seen: the number of the last step that the person saw. problem: why it failed, in both
    languages.
    """

    release = models.OneToOneField(Release, models.PROTECT, primary_key=True, related_name="work")
    kind = models.CharField(max_length=7, choices=WorkKind.choices)
    # No machine of `workflow`: a worker takes it on, and each request begins it anew.
    state = models.CharField(max_length=7, choices=WorkState.choices, default=WorkState.WAITING)
    stage = models.CharField(max_length=12, blank=True)
    finished = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problem_indonesian = models.TextField(blank=True)
    problem_en = models.TextField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    seen = models.PositiveIntegerField(null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    heard_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.release_id} {self.kind} {self.state}"

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def problem(self) -> Message | None:
        if not self.problem_indonesian:
            return None
        return Message(self.problem_indonesian, self.problem_en)
