"""What the treasurer's books add to the ledger: cash from the bank, months that are filed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly
from pulih.budget.clock import now
from pulih.budget.models.lines import BudgetQuerySet, SpendingUnit

CASH_MOVES = (
    ("withdrawal", _("cash fetched from the bank")),
    ("deposit", _("cash brought to the bank")),
    ("paid_bank", _("direct payment (LS) handed on from the bank")),
    ("paid_cash", _("direct payment (LS) handed on in cash")),
    ("back_bank", _("direct payment (LS) that came back into the bank")),
    ("back_cash", _("direct payment (LS) that came back in cash")),
    ("up_in", _("UP or TUP received that charges no line (825113)")),
    ("up_out", _("UP or TUP returned that charged no line (825113)")),
)


class CashMove(AppendOnly):
    """What a treasurer fetched from the bank, brought there, or handed on of a direct payment.

    Its opposite undoes it.

    number: of the cheque or slip.
    """

    unit = models.ForeignKey(SpendingUnit, models.PROTECT, related_name="+")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    kind = models.CharField(_("what was done"), max_length=10, choices=CASH_MOVES)
    rupiah = models.BigIntegerField(_("amount"))
    number = models.CharField(_("number of the cheque or slip"), max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    objects = BudgetQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(rupiah__gt=0) & ~Q(number=""), name="treasury_cash_move_says_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class FiledMonth(AppendOnly):
    """A month of a unit's books as it was filed (LPJ). digest: SHA-256 of its rows and sums.

    sums: [opening, received, spent] by book, in rupiah.
    """

    unit = models.ForeignKey(SpendingUnit, models.PROTECT, related_name="filed_months")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField(_("month"))
    sums = models.JSONField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    objects = BudgetQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "fiscal_year", "month"], name="treasury_month_filed_once"
            ),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12) & Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="treasury_filed_month_is_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}-{self.month:02}"
