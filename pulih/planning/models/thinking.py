"""What planners ask beside a plan, and what they say of it: the same case with other numbers."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pulih.audit.models import AppendOnly
from pulih.people.models import User

from .scenarios import Scenario

# Both longer than it takes until the job of a killed worker is taken up again.
LONGEST_SILENCE = timedelta(minutes=3)
LONGEST_WAIT = timedelta(minutes=10)  # For a worker, before it may be asked once more.


class StudyKind(models.TextChoices):
    CEILING = "ceiling", _("other ceilings")
    FAIRNESS = "fairness", _("other weights of fairness")
    RIVALS = "rivals", _("other ways to share out")
    DOUBTS = "doubts", _("what to verify first")
    NEEDS = "needs", _("needs otherwise than counted")
    EXACT = "exact", _("a question of “what if?”")


class ForTheCountry(models.QuerySet[Any]):
    def visible_to(self, person: User) -> Self:
        """Keep all for who sees the country."""
        return self if person.sight.country else self.none()


class Study(models.Model):
    """A question that the background works out, variant by variant (telaah).

    asked: what the planner moved, of an exact answer. heard_at: a study that falls silent lost its
    worker; its job then goes on behind the variants that are kept.
    """

    scenario = models.ForeignKey(Scenario, models.PROTECT, related_name="studies")
    kind = models.CharField(max_length=8, choices=StudyKind.choices)
    asked = models.JSONField(default=dict)
    key = models.CharField(max_length=64, blank=True)
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    heard_at = models.DateTimeField(null=True)
    total = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    is_over = models.BooleanField(default=False)
    is_broken = models.BooleanField(default=False)

    objects = ForTheCountry.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scenario", "kind", "key"], name="planning_study_asked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scenario_id}: {self.kind}"

    @property
    def is_silent(self) -> bool:
        """Whether it began, and its worker has not been heard of for long."""
        return not self.is_over and _is_older(self.heard_at, LONGEST_SILENCE)

    @property
    def may_begin_again(self) -> bool:
        """Whether nothing more will come of it: it broke, was left unanswered, or is lost."""
        if self.is_over:
            return self.is_broken or not self.variants.exists()
        return self.is_silent or (self.heard_at is None and _is_older(self.asked_at, LONGEST_WAIT))


def _is_older(moment: datetime | None, limit: timedelta) -> bool:
    return moment is not None and timezone.now() - moment > limit


class Variant(AppendOnly):
    """A plan for a scenario's case with something changed (varian). Never changed itself.

    change: what was changed, as `rules.what_if.Moved` writes it, or the name of a rival or doubt.
    figures: what the plan comes to, as `rules.variants` writes it; empty where there is none.
    plan: the public tables as a zip; none for doubts.
    """

    study = models.ForeignKey(Study, models.PROTECT, related_name="variants")
    place = models.PositiveSmallIntegerField()
    change = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    plan = models.BinaryField(null=True)
    kept_at = models.DateTimeField(default=timezone.now)

    objects = ForTheCountry.as_manager()

    class Meta(AppendOnly.Meta):
        ordering = ("study", "place")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "place"], name="planning_variant_kept_once")
        ]

    def __str__(self) -> str:
        return f"{self.study_id}: {self.place}"


class Stance(models.TextChoices):
    COMMENT = "comment", _("comments")
    AGREES = "agrees", _("agrees")
    OBJECTS = "objects", _("objects")


class Opinion(AppendOnly):
    """What somebody says of a scenario, and whether they sign it off (pendapat)."""

    scenario = models.ForeignKey(Scenario, models.PROTECT, related_name="opinions")
    stance = models.CharField(max_length=8, choices=Stance.choices)
    words = models.TextField(blank=True)
    # Of the plan's tables, as its page tells it: what was signed off, if anybody asks.
    plan_sha256 = models.CharField(max_length=64, blank=True, default="")
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)

    objects = ForTheCountry.as_manager()

    class Meta(AppendOnly.Meta):
        ordering = ("said_at", "pk")

    def __str__(self) -> str:
        return f"{self.scenario_id}: {self.stance}"
