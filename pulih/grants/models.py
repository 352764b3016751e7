"""What is signed is not yet off the books: a case per BAST, and the papers of its steps."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly
from pulih.delivery.models import Handover
from pulih.people.models import User
from pulih.people.scope import ScopedQuerySet

from .rules.steps import MANAGER, USER, steps


class Approver(models.TextChoices):
    """Who approves, by the value of a unit."""

    USER = USER, _("the goods' user (the ministry)")
    MANAGER = MANAGER, _("the goods' manager (Finance, KPKNL)")


class GrantCase(AppendOnly):
    """The grant (hibah) of what one BAST handed over; its states are steps of the workflow.

    One that was stopped may be followed by another. value: of what was received, whole rupiah;
    unit_value: a unit's, rounded up.
    """

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="+")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    value = models.BigIntegerField(_("value"))
    unit_value = models.BigIntegerField(_("value of a unit"))
    approver = models.CharField(_("approved by"), max_length=7, choices=Approver.choices)
    received_on = models.DateField(_("received on"))
    opened_on = models.DateField(_("opened on"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(value__gte=0, unit_value__gte=0), name="grants_case_has_a_value"
            ),
        ]

    def __str__(self) -> str:
        return str(self.handover)


class GrantPaper(AppendOnly):
    """The paper with which a step was taken: its number, its day, and what there is to say."""

    case = models.ForeignKey(GrantCase, models.PROTECT, related_name="papers")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    step = models.CharField(
        _("step"), max_length=12, choices=[(one.key, one.en) for one in steps()]
    )
    number = models.CharField(_("number of the paper"), max_length=80)
    dated = models.DateField(_("dated"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(number=""), name="grants_paper_has_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.number}"
