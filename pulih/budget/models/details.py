"""What a line is made of: its rows of volume × unit × unit cost, as the POK sheet states them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep

from .lines import BudgetLine, BudgetQuerySet


@keep
class LineDetail(models.Model):
    """One row below a line. The rows of a line need not add up to its ceiling: sheets differ."""

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="details")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("description"), blank=True)
    volume = models.DecimalField(_("volume"), max_digits=16, decimal_places=3, null=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    unit_cost = models.BigIntegerField(_("unit cost"), null=True)
    rupiah = models.BigIntegerField(_("amount"))
    posting = models.ForeignKey(
        "budget.Posting", models.PROTECT, null=True, related_name="+", db_index=False
    )  # The document that brought it; null: no document did.

    objects = BudgetQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "position"], name="budget_detail_once"),
            models.CheckConstraint(
                condition=Q(rupiah__gte=0), name="budget_detail_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.position}"
