"""Seals over the heads of the lines' chains, and the sums that are taken at the same time.

Written by the SQL function `budget_seal` alone, each minute.
"""

from datetime import date
from typing import Any, ClassVar

from django.db import connection, models
from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly

from ..rules.amounts import KINDS, Amounts
from ..sql import sql
from .ledger import AmountKind
from .lines import BudgetLine, BudgetQuerySet, SpendingUnit


class Seal(AppendOnly):
    """One link of the chain of seals: which lines had changed, and where their chains stood."""

    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    lines = models.PositiveIntegerField()
    entries = models.PositiveBigIntegerField()  # Of all lines, at that moment.
    rows = models.BinaryField(max_length=32, null=True)  # The newest hash of `audit.SealedRows`.
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


class DaySumQuerySet(BudgetQuerySet):
    def amounts_by(
        self, key: str, day: date, known: date | None = None, **where: Any
    ) -> dict[Any, Amounts]:
        """Add up whole units as of `day`, as known on `known`, for each value of `key`.

        key: unit_id, province_id or fiscal_year; where: conditions on the same three. What the last
        seal had not taken up yet is added from the entries, so the figures are always today's.
        """
        found: dict[Any, dict[str, int]] = {}
        days = self.filter(**where, effective_on__lte=day, amount_kind__in=KINDS)
        if known is not None:
            days = days.filter(recorded_on__lte=known)
        sums = days.order_by().values_list(key, "amount_kind").annotate(Sum("rupiah"))
        for value, kind, rupiah in [*sums, *_since_the_seal(key, day, known, where)]:
            amounts = found.setdefault(value, {})
            amounts[kind] = amounts.get(kind, 0) + int(rupiah)
        return {value: Amounts().after(by_kind.items()) for value, by_kind in found.items()}


def _since_the_seal(
    key: str, day: date, known: date | None, where: dict[str, Any]
) -> list[tuple[Any, str, int]]:
    """Return what newer entries add, as (value of key, kind, rupiah)."""
    summed = Coalesce(F("summed__sequence"), 0)
    lines = BudgetLine.objects.filter(**where, sequence__gt=summed)
    by_line = {pk: (first, value) for pk, first, value in lines.values_list("pk", summed, key)}
    firsts = [first for first, _value in by_line.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            sql("queries/since_the_seal"), [list(by_line), firsts, day, known or date.max]
        )
        return [(by_line[line][1], kind, rupiah) for line, kind, rupiah in cursor.fetchall()]


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

    objects = DaySumQuerySet.as_manager()

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
