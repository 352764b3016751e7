"""Why a plan may break a rule of what plans are made of."""

from django.db import models
from django.utils import timezone

from pulih.audit.models import AppendOnly
from pulih.people.models import User

from .solutions import Solution
from .thinking import ForTheCountry


class CompositionReason(AppendOnly):
    """Why a plan breaks a rule of composition (alasan susunan). The newest of a rule counts.

    measure: the code of the one that breaks it; empty: the plan as a whole.
    """

    solution = models.ForeignKey(Solution, models.PROTECT, related_name="composition_reasons")
    rule = models.CharField(max_length=40)
    measure = models.CharField(max_length=40, blank=True, default="")
    reason = models.TextField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = ForTheCountry.as_manager()

    class Meta(AppendOnly.Meta):
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.solution_id}: {self.rule} {self.measure}".strip()
