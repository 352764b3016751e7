"""Lists that change by decree: every row with its days, its source, and whether it was verified.

They are the same for the whole country, so no row-level security applies; who may write is asked
by the action. Every earlier state of a row is kept.
"""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area, valid_on
from pulih.audit.history import keep


class DatedQuerySet(models.QuerySet[Any]):
    def valid_on(self, day: date) -> Self:
        """Keep the rows that hold on `day`."""
        return self.filter(valid_on(day))


class Dated(models.Model):
    """From `valid_from` until before `valid_to` (null: to this day), as `source` says."""

    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until before"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    verified = models.BooleanField(_("verified"), default=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True


class Coded(Dated):
    """A dated code with its names."""

    code = models.CharField(_("code"), max_length=20)
    name_indonesian = models.CharField(_("name in Indonesian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.name_indonesian}"


def _ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
        name=f"references_{name}_ends_after_it_begins",
    )


@keep
class Account(Coded):
    """An account of the chart of accounts (akun BAS)."""

    kind = models.CharField(_("kind"), max_length=30)
    is_covid = models.BooleanField(_("made for Covid-19"), default=False)
    is_physical = models.BooleanField(_("physical"), default=False)

    class Meta:
        constraints: ClassVar = [
            _ends_after_it_begins("account"),
            models.UniqueConstraint(fields=["code", "valid_from"], name="references_account_once"),
        ]


@keep
class EconomicActivity(Coded):
    """A KBLI code of two to five digits and its commodity group."""

    commodity_group = models.CharField(_("commodity group"), max_length=30, blank=True)

    class Meta:
        constraints: ClassVar = [
            _ends_after_it_begins("activity"),
            models.UniqueConstraint(fields=["code", "valid_from"], name="references_activity_once"),
        ]


@keep
class OutputCode(Coded):
    """A code on budget documents: authority, fund source, output class, output or component."""

    level = models.CharField(_("level"), max_length=20)

    class Meta:
        constraints: ClassVar = [
            _ends_after_it_begins("output"),
            models.UniqueConstraint(
                fields=["level", "code", "valid_from"], name="references_output_once"
            ),
        ]


@keep
class DailyAllowance(Dated):
    """Daily allowances (uang harian, SBM) of a province: rupiah a person and day."""

    province = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("province"))
    out_of_town = models.BigIntegerField(_("out of town"))
    in_town_over_8h = models.BigIntegerField(_("in town, over 8 hours"))
    training = models.BigIntegerField(_("training"))

    class Meta:
        constraints: ClassVar = [
            _ends_after_it_begins("allowance"),
            models.UniqueConstraint(
                fields=["province", "valid_from"], name="references_allowance_once"
            ),
            models.CheckConstraint(
                condition=Q(out_of_town__gte=0, in_town_over_8h__gte=0, training__gte=0),
                name="references_allowance_is_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.province} {self.valid_from.year}"


class CostNature(models.TextChoices):
    CEILING = "ceiling", _("upper limit")
    ESTIMATE = "estimate", _("estimate")


@keep
class UnitCost(Coded):
    """What one unit of an item may cost (SBM), in a province or, without one, in the country.

    accounts, words: by which a row of a POK is known to be of the item; where they are empty, those
    of an earlier row of the code count, else the words of its name.
    """

    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    province = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("province")
    )
    unit = models.CharField(_("unit of measure"), max_length=40)
    amount = models.BigIntegerField(_("amount"))
    nature = models.CharField(_("nature"), max_length=8, choices=CostNature.choices)
    accounts = models.CharField(_("accounts"), max_length=200, blank=True)
    words = models.CharField(_("words"), max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            _ends_after_it_begins("unit_cost"),
            models.UniqueConstraint(
                fields=["code", "province", "valid_from"],
                name="references_unit_cost_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, nature__in=CostNature.values),
                name="references_unit_cost_is_lawful",
            ),
        ]


class HolidayKind(models.TextChoices):
    NATIONAL = "national", _("National holiday")
    JOINT_LEAVE = "joint_leave", _("Joint leave")


@keep
class Holiday(models.Model):
    """A day on which offices are closed (hari libur nasional, cuti bersama)."""

    day = models.DateField(_("day"), unique=True)
    name_indonesian = models.CharField(_("name in Indonesian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=HolidayKind.choices)
    source = models.CharField(_("source"), max_length=200)
    verified = models.BooleanField(_("verified"), default=False)

    def __str__(self) -> str:
        return f"{self.day} {self.name_indonesian}"
