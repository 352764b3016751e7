"""The steps of subjects: added, never changed. A subject is in the state its last step led to."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly
from pulih.people.scope import ScopedQuerySet


class StepQuerySet(ScopedQuerySet):
    def of(self, machine: str, subject_id: int) -> Self:
        """Keep the steps of one subject, in their order."""
        return self.filter(machine=machine, subject_id=subject_id).order_by("number")

    def last_of_each(self, machine: str) -> Self:
        """Keep the last step of every subject of a machine."""
        rows = self.filter(machine=machine).order_by("subject_id", "-number")
        return rows.distinct("subject_id")


class Step(AppendOnly):
    """One step of a subject. A trigger holds that it follows the one before.

    by: who took it; null where the move names nobody. details: plain JSON values of the room.
    """

    machine = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    number = models.PositiveIntegerField()
    move = models.CharField(max_length=40, blank=True)  # Blank: the first.
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40)
    is_final = models.BooleanField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    province = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")

    objects = StepQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["machine", "subject_id", "number"], name="workflow_step_once"
            ),
        ]
        indexes: ClassVar = [
            # Of the proposals of a province the newest, for the board that everybody sees.
            models.Index(fields=["machine", "province", "-at"], name="workflow_step_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.machine} {self.subject_id}: {self.from_state} → {self.to_state}"

    @property
    def area(self) -> Area | None:
        return self.regency or self.province

    @property
    def area_id(self) -> int | None:
        """The area of the subject; None is the country."""
        return self.regency_id or self.province_id


def state_of(machine: str, subject: Any = "pk") -> Subquery:
    """Return the state of each row of a queryset, to annotate it with. subject: the key's field."""
    steps = Step.objects.filter(machine=machine, subject_id=OuterRef(subject))
    return Subquery(steps.order_by("-number").values("to_state")[:1])
