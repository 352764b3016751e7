"""What a letter of approval gives each year of a multi-year contract (kontrak tahun jamak)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly

from ..clock import now
from ..identity import NumberKey
from .lines import BudgetQuerySet, SpendingUnit


class ContractYearQuerySet(BudgetQuerySet):
    def of_contract(self, unit: SpendingUnit, number: str) -> Self:
        """Keep the years of a contract, however its number is written, the oldest letter first."""
        of_unit = self.filter(unit=unit).alias(key=NumberKey(F("contract_number")))
        return of_unit.filter(key=NumberKey(Value(number))).order_by("edition", "fiscal_year")


class ContractYear(AppendOnly):
    """One year of a multi-year contract: the most rupiah that it may commit in it, by a letter.

    A letter states all years; each further letter is the next edition, and the newest one that
    holds on a day counts (`sql/contract_years.sql`). The contract is known by its unit and its
    number, which it keeps from year to year; it may be committed after its approval.
    """

    unit = models.ForeignKey(SpendingUnit, models.PROTECT, related_name="contract_years")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    contract_number = models.CharField(_("number of the contract"), max_length=80)
    edition = models.PositiveSmallIntegerField(default=1)
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    rupiah = models.BigIntegerField(_("at most in this year"))
    effective_on = models.DateField(_("in effect on"))
    letter = models.CharField(_("number of the letter"), max_length=80)
    office = models.CharField(_("office of the letter"), max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    objects = ContractYearQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                F("unit"),
                NumberKey(F("contract_number")),
                F("edition"),
                F("fiscal_year"),
                name="budget_contract_year_once",
            ),
            models.CheckConstraint(
                condition=Q(rupiah__gte=0), name="budget_contract_year_is_not_below_zero"
            ),
            models.CheckConstraint(
                condition=~Q(letter="") & ~Q(office="") & ~Q(contract_number=""),
                name="budget_contract_year_names_its_letter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_number} {self.fiscal_year}"
