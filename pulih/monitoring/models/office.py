"""What stands at the head and foot of every report of a unit: names, funds, who signs."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.budget.models import SpendingUnit

from .typed import OfYear, ReportQuerySet


class SignatoryQuerySet(ReportQuerySet):
    def of(self, unit: SpendingUnit) -> Self:
        """Keep who signs for a unit: its own, and the head of Bappeda of its province."""
        return self.filter(Q(unit=unit) | Q(unit=None, province=unit.province_id))

    def on(self, day: date) -> Self:
        """Keep who signs on a day; of one unit and role there is one at most."""
        holds_still = Q(valid_to=None) | Q(valid_to__gt=day)
        return self.filter(holds_still, valid_from__lte=day)


class Role(models.TextChoices):
    BUDGET_HOLDER = "kpa", _("Budget holder (KPA)")
    COMMITMENT_OFFICER = "ppk", _("Commitment officer (PPK)")
    HEAD_OF_PLANNING = "bappeda", _("Head of Bappeda")


@keep
class Signatory(models.Model):
    """Who signs the reports of a unit from one day, until before another.

    unit: null for the head of Bappeda, who signs for all units of a province together.
    """

    unit = models.ForeignKey(SpendingUnit, models.PROTECT, null=True, related_name="+")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=7, choices=Role.choices)
    name = models.CharField(_("name"), max_length=120)
    nip = models.CharField("NIP", max_length=18, blank=True)
    post = models.CharField(_("post"), max_length=160)
    place = models.CharField(_("place of signing"), max_length=80)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until before"), null=True, blank=True)

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="monitoring_signatory_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(role=Role.HEAD_OF_PLANNING, unit=None)
                | (~Q(role=Role.HEAD_OF_PLANNING) & Q(unit__isnull=False)),
                name="monitoring_signatory_of_a_unit_or_of_its_province",
            ),
            models.UniqueConstraint(
                fields=["unit", "province", "role", "valid_from"],
                nulls_distinct=False,
                name="monitoring_signatory_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@keep
class GeneralData(OfYear):
    """What stands at the head of a year's forms beside the unit itself."""

    dipa_number = models.CharField(_("number of the DIPA"), max_length=60, blank=True)
    dipa_date = models.DateField(_("date of the DIPA"), null=True, blank=True)
    location = models.CharField(_("location"), max_length=120, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "fiscal_year"], name="monitoring_general_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.fiscal_year}"


@keep
class Heading(OfYear):
    """The name of a programme (activity is blank) or an activity, and its outcome indicator."""

    programme = models.CharField(_("programme"), max_length=20, blank=True)
    activity = models.CharField(_("activity"), max_length=4, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    function = models.CharField(_("function and sub-function"), max_length=120, blank=True)
    indicator = models.CharField(_("outcome indicator"), max_length=200, blank=True)
    measured_in = models.CharField(_("measured in"), max_length=40, blank=True)
    volume = models.DecimalField(
        _("target"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "fiscal_year", "programme", "activity"],
                name="monitoring_heading_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity or self.programme} {self.name}"


@keep
class ForeignFund(OfYear):
    """Under which number the foreign loan or grant that pays an activity is registered."""

    programme = models.CharField(_("programme"), max_length=20, blank=True)
    activity = models.CharField(_("activity"), max_length=4)
    fund_source = models.CharField(_("fund source"), max_length=8)
    number = models.CharField(_("number of the loan or grant"), max_length=60)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "fiscal_year", "programme", "activity", "fund_source"],
                name="monitoring_foreign_fund_once",
            ),
            models.CheckConstraint(
                condition=~Q(number=""), name="monitoring_foreign_fund_has_a_number"
            ),
        ]

    def __str__(self) -> str:
        return self.number
