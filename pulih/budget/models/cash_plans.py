"""The monthly withdrawal plan of page III: rupiah by unit, spending type and month."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep

from .lines import BudgetQuerySet, SpendingUnit


class PlanSource(models.TextChoices):
    SHEET = "sheet", _("stated by the POK sheet")
    FORM = "form", _("typed by the office")
    REVISION = "revision", _("changed by a revision")


@keep
class CashPlan(models.Model):
    """What a unit means to spend of one spending type (51, 52, 53, 57) in one month."""

    unit = models.ForeignKey(SpendingUnit, models.PROTECT, related_name="cash_plans")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    spending_type = models.CharField(_("spending type"), max_length=2)
    month = models.PositiveSmallIntegerField(_("month"))
    rupiah = models.BigIntegerField(_("amount"))
    source = models.CharField(max_length=8, choices=PlanSource.choices)
    posting = models.ForeignKey(
        "budget.Posting", models.PROTECT, null=True, related_name="+", db_index=False
    )  # The document that moved it last; null: no document did.

    objects = BudgetQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "fiscal_year", "spending_type", "month"],
                name="budget_cash_plan_once",
            ),
            models.CheckConstraint(
                condition=Q(rupiah__gte=0) & Q(month__range=(1, 12)),
                name="budget_cash_plan_is_lawful",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.fiscal_year} {self.spending_type} {self.month}"
