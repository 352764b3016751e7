"""The codes by which anybody can ask whether a paper is one of ours, and still holds."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.people.scoped import ScopedQuerySet

from .codes import SIGNS, written


class PaperState(models.TextChoices):
    VALID = "valid", _("in force")
    REPLACED = "replaced", _("replaced")
    WITHDRAWN = "withdrawn", _("withdrawn")


@keep
class PaperCode(models.Model):
    """The code of one version of a paper, and all that a stranger may learn by it.

    kind, subject: which paper, in the words of its room; of each at most one version holds.
    initials: of who answers for it; the name is kept nowhere here. fingerprints: SHA-256 of the
    files that were kept; empty where a paper is printed again each time.
    """

    code = models.CharField(max_length=SIGNS + 1, unique=True)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    office = models.CharField(max_length=200)
    number = models.CharField(max_length=160)
    dated = models.DateField()
    initials = models.CharField(max_length=20, blank=True)
    fingerprints = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    # No machine of `workflow`: it follows the record that the paper is of, and only ends, once.
    state = models.CharField(max_length=9, choices=PaperState.choices, default=PaperState.VALID)
    ended_on = models.DateField(null=True)
    issued_at = models.DateTimeField(auto_now_add=True)
    province = models.ForeignKey(Area, models.PROTECT, related_name="+", null=True)
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+", null=True)

    objects = ScopedQuerySet.as_manager()
    events: Any  # The earlier states that the history keeps.

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "subject", "version"], name="documents_paper_version_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(state="valid"),
                name="documents_paper_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(state="valid", ended_on=None)
                | Q(state__in=("replaced", "withdrawn"), ended_on__isnull=False),
                name="documents_paper_ends_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} v{self.version}"

    @property
    def written(self) -> str:
        """The code as papers print it."""
        return written(self.code)
