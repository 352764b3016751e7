"""Mentoring after a training: a visit that is planned, and what it found."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly
from pulih.people.models import User
from pulih.people.scope import ScopedQuerySet

from .activities import Cohort, Participant


class MentoringVisit(AppendOnly):
    """A planned visit to those of a class, or to one of them; its states are workflow steps."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="mentoring")
    participant = models.ForeignKey(
        Participant, models.PROTECT, null=True, related_name="mentoring"
    )
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    planned_on = models.DateField(_("planned on"))
    mentor = models.CharField(_("mentor"), max_length=120)
    purpose = models.CharField(_("what it is for"), max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.planned_on}"


class MentoringReport(AppendOnly):
    """What a visit found, and what is to be done by whom: the duty says by when."""

    visit = models.OneToOneField(MentoringVisit, models.PROTECT, related_name="report")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    visited_on = models.DateField(_("visited on"))
    finding = models.CharField(_("finding"), max_length=1_000)
    task = models.CharField(_("what is to be done"), max_length=500, blank=True)
    who = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(_("to be done by"), null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(task="", who=None, due_on=None)
                | (~Q(task="") & Q(who__isnull=False, due_on__isnull=False)),
                name="delivery_mentoring_task_has_somebody_and_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.visited_on}"
