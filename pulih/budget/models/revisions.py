"""Drafts of revisions: ceiling movements that an adopted plan asks of one unit."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.measures.models import Measure

from .lines import BudgetLine, BudgetQuerySet, SpendingUnit


class RevisionState(models.TextChoices):
    DRAFT = "draft", _("draft")


@keep
class Revision(models.Model):
    """A set of ceiling movements for one unit and year. No money moves while it is a draft."""

    unit = models.ForeignKey(SpendingUnit, models.PROTECT, related_name="revisions")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    source = models.CharField(max_length=60)  # What asked for it, such as `scenario:12`.
    state = models.CharField(max_length=8, choices=RevisionState.choices, default="draft")
    declared_total = models.BigIntegerField(_("declared total"))  # Movements sum to it.
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "source"], name="budget_revision_once_for_a_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.fiscal_year} ({self.source})"


@keep
class RevisionMovement(models.Model):
    """What a draft adds to or takes from the ceiling of a line, or of one not there yet."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="movements")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    line = models.ForeignKey(BudgetLine, models.PROTECT, null=True, related_name="+")
    line_key = models.CharField(max_length=30)  # Of the line, or of the one to be opened.
    account = models.CharField(max_length=6)
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="+")
    ceiling_before = models.BigIntegerField()
    rupiah = models.BigIntegerField(_("movement"))

    objects = BudgetQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["revision", "line_key", "line"],
                nulls_distinct=False,
                name="budget_movement_once_a_line",
            ),
            models.CheckConstraint(
                condition=Q(ceiling_before__gte=0) & ~Q(rupiah=0),
                name="budget_movement_moves_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_key} {self.rupiah:+}"

    @property
    def ceiling_after(self) -> int:
        return self.ceiling_before + self.rupiah
