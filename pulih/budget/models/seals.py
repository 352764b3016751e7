"""Seals over the heads of the lines' chains, and the sums that are taken at the same time.

Written by the SQL function `budget_seal` alone, each minute.
"""

from typing import ClassVar

from django.db import models

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly

from .ledger import AmountKind
from .lines import BudgetLine, BudgetQuerySet, SpendingUnit


class Seal(AppendOnly):
    """One link of the chain of seals: which lines had changed, and where their chains stood."""

    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    lines = models.PositiveIntegerField()
    entries = models.PositiveBigIntegerField()  # Of all lines, at that moment.
    sealed_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["previous"], name="budget_seals_do_not_fork"),
        ]

    def __str__(self) -> str:
        return f"{self.sealed_at:%Y-%m-%d %H:%M} {bytes(self.hash).hex()[:16]}"


class SealedHead(AppendOnly):
    """Where the chain of one line stood when a seal was put on it."""

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="heads")
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="+")
    province = models.ForeignKey(Area, models.PROTECT, db_index=False, related_name="+")
    sequence = models.PositiveIntegerField()
    head = models.BinaryField(max_length=32)

    objects = BudgetQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.line_id} {self.sequence}"


class SummedLine(models.Model):
    """How far the entries of a line are in the sums of days."""

    line = models.OneToOneField(BudgetLine, models.PROTECT, primary_key=True, related_name="summed")
    province = models.ForeignKey(Area, models.PROTECT, db_index=False, related_name="+")
    sequence = models.PositiveIntegerField()

    objects = BudgetQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.line_id} {self.sequence}"


class DaySum(models.Model):
    """What one unit's entries of one day, learned on one day (in Jakarta), add up to, in rupiah.

    A rollup: wide figures as of any two days are sums over these and what came after.
    """

    unit = models.ForeignKey(SpendingUnit, models.PROTECT, db_index=False, related_name="+")
    province = models.ForeignKey(Area, models.PROTECT, db_index=False, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    effective_on = models.DateField()
    recorded_on = models.DateField()
    amount_kind = models.CharField(max_length=11, choices=AmountKind.choices)
    rupiah = models.BigIntegerField()

    objects = BudgetQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["fiscal_year", "unit", "effective_on", "recorded_on", "amount_kind"],
                include=["rupiah"],
                name="budget_day_sum_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.effective_on} {self.amount_kind} {self.rupiah:+}"
