"""How often which figures are published: data, since an office may want another rhythm."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.audit.history import keep


class Scope(models.TextChoices):
    """Which figures a release counts again; the others it carries over from the one before.

    Each holds the ones above it: provinces count money too.
    """

    MONEY = "money", _("money and papers, with nobody's data")
    PROVINCES = "provinces", _("people and firms by province")
    REGENCIES = "regencies", _("people and firms by regency and city")


class Every(models.TextChoices):
    DAY = "day", _("every day")
    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")


@keep
class Cadence(models.Model):
    """The rhythm of one scope. day: of the month, or of the quarter's first month."""

    scope = models.CharField(max_length=9, choices=Scope.choices, unique=True)
    every = models.CharField(_("how often"), max_length=7, choices=Every.choices)
    day = models.PositiveSmallIntegerField(_("on day"), default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(day__gte=1, day__lte=28), name="portal_cadence_is_a_day_of_any_month"
            ),
            # What counts people is compared with every earlier release: a day would hide too much.
            models.CheckConstraint(
                condition=Q(scope="money") | ~Q(every="day"), name="portal_only_money_daily"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.every}"
