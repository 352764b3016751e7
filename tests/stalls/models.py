"""Stalls as firms ask for them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.people.models import User
from pulih.people.scope import ScopedQuerySet


@keep
class Stall(models.Model):
    """One stall on one day. rent: whole rupiah."""

    name = models.CharField(_("name"), max_length=80)
    day = models.DateField(_("day"))
    metres = models.PositiveSmallIntegerField(_("metres"))
    rent = models.BigIntegerField(_("rent"))
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(rent__gte=0), name="stalls_rent_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name
