"""What an office above the unit says of a fund source: how much of PNBP may be spent, at which rate
a loan counts."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly

from ..clock import now
from ..rules.revenue_and_loans import LOANS, REVENUE
from .lines import BudgetQuerySet, SpendingUnit


class FundTermQuerySet(BudgetQuerySet):
    def of_year(self, unit: SpendingUnit, fiscal_year: int) -> Self:
        """Keep the terms of a unit and year, the newest first."""
        return self.filter(unit=unit, fiscal_year=fiscal_year).order_by("-effective_on", "-id")


class FundTerm(AppendOnly):
    """The terms of a fund source of a unit and year from a day on, by a letter; the newest count.

    PNBP: maximum is all that may be paid of it in the year (maksimum pencairan, MP), of what was
    deposited; `sql/revenue.sql` judges payments by it. Loans and grants from
    abroad: number in the register, currency, and the rupiah that one unit of it counts for.
    """

    unit = models.ForeignKey(SpendingUnit, models.PROTECT, related_name="fund_terms")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    fund_source = models.CharField(_("fund source"), max_length=8)
    effective_on = models.DateField(_("in effect on"))
    letter = models.CharField(_("number of the letter"), max_length=80)
    office = models.CharField(_("office of the letter"), max_length=80)
    maximum = models.BigIntegerField(_("may be paid"), null=True)
    deposited = models.BigIntegerField(_("deposited revenue"), null=True)
    register = models.CharField(_("register number"), max_length=30, blank=True)
    currency = models.CharField(
        _("currency"), max_length=3, blank=True, validators=[RegexValidator("^[A-Z]{3}$")]
    )
    rate = models.DecimalField(_("rupiah a unit"), max_digits=14, decimal_places=4, null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    objects = FundTermQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    fund_source__in=REVENUE, maximum__gte=0, deposited__gte=0, currency="",
                    register="", rate=None,
                )
                | Q(
                    fund_source__in=LOANS, maximum=None, deposited=None, rate__gt=0,
                    currency__regex="^[A-Z]{3}$",
                ),
                name="budget_fund_term_is_of_revenue_or_of_a_loan",
            ),
            models.CheckConstraint(
                condition=~Q(letter="") & ~Q(office=""), name="budget_fund_term_names_its_letter"
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["unit", "fiscal_year", "fund_source"], name="budget_fund_term"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.fiscal_year} {self.fund_source}"
