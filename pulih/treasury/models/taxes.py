"""What is withheld from a payment request (SPP) as tax, and the proof that it was paid in."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly
from pulih.budget.clock import now
from pulih.budget.models import Posting
from pulih.budget.models.lines import BudgetQuerySet, SpendingUnit

from ..rules.taxes import Payee, Way

PAYEES = (
    (Payee.VAT_BODY.value, _("body or firm that adds VAT (PKP)")),
    (Payee.BODY.value, _("body without VAT")),
    (Payee.SMALL.value, _("small business by certificate (PP 23/2018)")),
    (Payee.SERVANT_2.value, _("civil servant, rank I or II")),
    (Payee.SERVANT_3.value, _("civil servant, rank III")),
    (Payee.SERVANT_4.value, _("civil servant, rank IV")),
    (Payee.PERSON.value, _("other person")),
    (Payee.EXEMPT.value, _("not taxed (office, allowance)")),
)
WAYS = (
    (Way.ORDER.value, _("cut from the SPM by the treasury")),
    (Way.TREASURER.value, _("withheld by the treasurer")),
)
NTPN = r"^[0-9A-Z]{16}$"


class WithholdingQuerySet(BudgetQuerySet):
    def in_force(self) -> Self:
        """Keep the newest of each SPP that was not taken back."""
        later = Withholding.objects.filter(
            request=OuterRef("request"), edition__gt=OuterRef("edition")
        )
        return self.filter(~Exists(later), request__reversed_by=None)


class Withholding(AppendOnly):
    """What one SPP pays and what of it is withheld, in rupiah; the newest edition counts.

    payee: what the payee is to the tax office. has_number: whether it shows an NPWP; the number
    itself is kept nowhere here. withheld_on: when the tax was taken off. is_cash: whether the
    treasurer paid in cash. reason: why it is otherwise than the rule says. Triggers add it up.
    """

    request = models.ForeignKey(Posting, models.PROTECT, related_name="withholdings")
    edition = models.PositiveSmallIntegerField(default=1)
    unit = models.ForeignKey(SpendingUnit, models.PROTECT, related_name="+")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    payee = models.CharField(_("kind of payee"), max_length=9, choices=PAYEES)
    has_number = models.BooleanField(_("shows an NPWP"))
    way = models.CharField(_("who takes it off"), max_length=9, choices=WAYS)
    is_cash = models.BooleanField(_("paid in cash"), default=False)
    withheld_on = models.DateField(_("withheld on"))
    gross = models.BigIntegerField(_("gross"))
    withheld = models.BigIntegerField(_("withheld"))
    net = models.BigIntegerField(_("net"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    objects = WithholdingQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "edition"], name="treasury_withheld_once"),
            models.CheckConstraint(
                condition=Q(net=F("gross") - F("withheld"), net__gte=0, withheld__gte=0)
                & Q(gross__gt=0),
                name="treasury_net_is_gross_less_tax",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.edition}"


class DeductionQuerySet(BudgetQuerySet):
    def stated(self) -> Self:
        """Keep the newest edition of each SPP that was not taken back.

        What the rule suggests and nobody withholds is among them, with 0 rupiah.
        """
        return self.filter(withholding__in=Withholding.objects.in_force())

    def in_force(self) -> Self:
        """Keep what is withheld by the newest edition of each SPP that was not taken back."""
        return self.stated().filter(rupiah__gt=0)


class Deduction(AppendOnly):
    """One tax or other deduction of an edition. suggested: what the rule says; both in rupiah."""

    withholding = models.ForeignKey(Withholding, models.PROTECT, related_name="deductions")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    tax = models.SlugField(_("tax"), max_length=10)
    base = models.BigIntegerField(_("tax base"))
    rupiah = models.BigIntegerField(_("withheld"))
    suggested = models.BigIntegerField(_("by rule"))

    objects = DeductionQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["withholding", "tax"], name="treasury_tax_once"),
            models.CheckConstraint(
                condition=Q(rupiah__gte=0, suggested__gte=0, base__gte=F("rupiah")),
                name="treasury_tax_is_within_its_base",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tax} {self.rupiah}"


class TaxProof(AppendOnly):
    """That a deduction was paid in: its receipt number (NTPN) and day; the newest row counts.

    is_void: the proof before it was taken back, for a reason.
    """

    deduction = models.ForeignKey(Deduction, models.PROTECT, related_name="proofs")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    ntpn = models.CharField("NTPN", max_length=16)
    paid_on = models.DateField(_("paid in on"))
    is_void = models.BooleanField(default=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    objects = BudgetQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ntpn__regex=NTPN), name="treasury_ntpn_has_16_signs"
            ),
            models.CheckConstraint(
                condition=Q(is_void=False) | ~Q(reason=""), name="treasury_proof_void_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.ntpn
