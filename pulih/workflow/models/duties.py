"""Duties: who has to do the next step of a subject, since when, until when."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.people.scope import ScopedQuerySet

from .posts import Post
from .steps import Step

MAIN = "main"


class DutyQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def of(self, machine: str, subject_id: int) -> Self:
        return self.filter(machine=machine, subject_id=subject_id)


@keep
class Duty(models.Model):
    """What one post or one person has to do with a subject.

    kind: `main` is the next step, of which a subject that is not final has exactly one open;
    triggers hold that. until: the moment from which it is late; null has no clock. working_days:
    what `until` is counted by. is_internal: seen by those alone who see the country, and by who
    holds it. A successor inherits the duties of a post on the day on which it changes hands.
    """

    machine = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    kind = models.CharField(max_length=40, default=MAIN)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="duties")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    since = models.DateTimeField()
    working_days = models.PositiveSmallIntegerField(null=True)
    until = models.DateTimeField(null=True)
    escalates_to = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    opened_by_step = models.ForeignKey(Step, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by_step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="+")
    is_internal = models.BooleanField(default=False)
    province = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")

    objects = DutyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["machine", "subject_id", "kind"],
                condition=Q(closed_at=None),
                name="workflow_duty_one_open",
            ),
            models.CheckConstraint(
                condition=Q(post=None) ^ Q(person=None), name="workflow_duty_post_or_person"
            ),
            models.CheckConstraint(
                condition=Q(until=None, working_days=None)
                | Q(until__gt=F("since"), working_days__gte=1),
                name="workflow_duty_has_a_clock_or_none",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["person", "until"],
                condition=Q(closed_at=None),
                name="workflow_duty_of_person",
            ),
            models.Index(
                fields=["post", "until"], condition=Q(closed_at=None), name="workflow_duty_of_post"
            ),
            models.Index(
                fields=["until"],
                condition=Q(closed_at=None, escalated_at=None),
                name="workflow_duty_late",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.machine} {self.subject_id} {self.kind}: {self.post or self.person}"

    @property
    def area_id(self) -> int | None:
        """The area on whose clock it runs; None is the country."""
        return self.regency_id or self.province_id
