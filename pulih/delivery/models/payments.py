"""Nominative lists (daftar nominatif): who is owed how much by one row of the cost plan."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.audit.models import AppendOnly
from pulih.budget.models import Posting
from pulih.budget.models.lines import BudgetQuerySet
from pulih.people.models import User
from pulih.proposals.models import DecidedRow

from ..rules.payments import TAUGHT, Basis
from .activities import Activity, Participant

BASES = (
    (Basis.DAY.value, _("per day present")),
    (Basis.ONCE.value, _("once a person")),
    (Basis.HOUR.value, _("per lesson hour taught")),
    (Basis.FULL.value, _("per hour taught")),
    (Basis.DUTY.value, _("per day of helping")),
    (Basis.EACH.value, _("per session taught")),
)


class PaymentListQuerySet(BudgetQuerySet):
    def in_force(self) -> "PaymentListQuerySet":
        """Keep those that nobody withdrew."""
        return self.filter(withdrawn_on=None)


@keep
class PaymentList(models.Model):
    """One list of who is paid by one row of the cost plan: participants, or those who taught.

    Its lines are fixed as it is made; digest is of them, and stands on its payment request.
    rate: rupiah a day, a person or an hour. request: its SPP, from which the ledger leads to SPM
    and SP2D; another takes its place only where it was reversed. Amounts in whole rupiah.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="payment_lists")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    row = models.ForeignKey(
        DecidedRow, models.PROTECT, related_name="+", verbose_name=_("row of the cost plan")
    )
    number = models.CharField(_("number of the list"), max_length=60)
    basis = models.CharField(_("paid"), max_length=4, choices=BASES)
    rate = models.BigIntegerField(_("rate"))
    made_on = models.DateField(_("made on"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    digest = models.CharField(_("digest of the list"), max_length=64)
    people = models.PositiveIntegerField(_("people"))
    gross = models.BigIntegerField(_("gross"))
    tax = models.BigIntegerField(_("tax withheld"))
    request = models.OneToOneField(Posting, models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField(_("withdrawn on"), null=True)
    withdrawn_because = models.CharField(_("why withdrawn"), max_length=200, blank=True)

    objects = PaymentListQuerySet.as_manager()
    events: Any  # The earlier states that the history keeps.

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["activity", "number"], name="delivery_payment_list_number_once"
            ),
            models.CheckConstraint(
                condition=Q(rate__gt=0, gross__gt=0, people__gt=0, tax__gte=0, tax__lte=F("gross")),
                name="delivery_payment_list_pays_somebody",
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="delivery_payment_list_has_a_digest",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawn_because="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because="")),
                name="delivery_payment_list_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_of_teachers(self) -> bool:
        """Tell whether it pays honoraria; its lines are then `honoraria`, not `entries`."""
        return self.basis in TAUGHT

    @property
    def net(self) -> int:
        return self.gross - self.tax


@keep
class PaymentEntry(models.Model):
    """One participant in a list. days: those present; times: their number, or 1.

    is_void: its list was withdrawn, so that another may pay the person. Each day once by a row, or
    once in all where the row is paid so (sql/payments.sql).
    """

    list = models.ForeignKey(PaymentList, models.PROTECT, related_name="entries")
    row = models.ForeignKey(DecidedRow, models.PROTECT, db_index=False, related_name="+")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="payments")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(_("No."))
    days = ArrayField(models.DateField())
    rate = models.BigIntegerField(_("rate"))
    times = models.PositiveSmallIntegerField()
    gross = models.BigIntegerField(_("gross"))
    tax = models.BigIntegerField(_("tax withheld"))
    is_void = models.BooleanField(default=False)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["list", "participant"], name="delivery_payment_participant_once"
            ),
            models.UniqueConstraint(
                fields=["list", "position"], name="delivery_payment_position_once"
            ),
            models.CheckConstraint(
                condition=Q(gross=F("rate") * F("times"), gross__gt=0, tax__gte=0)
                & Q(tax__lte=F("gross")),
                name="delivery_payment_is_its_product",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.list_id} {self.position}"

    @property
    def net(self) -> int:
        return self.gross - self.tax


class ListPaper(AppendOnly):
    """A paper of a list's pack that the office holds: its number and day; the newest counts.

    key: of `measures/data/documents.csv`.
    """

    list = models.ForeignKey(PaymentList, models.PROTECT, related_name="papers")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    key = models.CharField(max_length=20)
    number = models.CharField(_("number of the paper"), max_length=80)
    dated = models.DateField(_("dated"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = BudgetQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(number=""), name="delivery_list_paper_has_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.number}"
