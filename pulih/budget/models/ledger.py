"""The ledger: documents (posting) and what each did to lines (entry). Added to, never changed.

Rows are written by the SQL functions `budget_post` and `budget_post_many` alone; triggers refuse
every other writer. The entries of one line form a chain of hashes: docs/explanation/ledger.md.
What the functions have looked up and locked themselves carries no foreign key that PostgreSQL would
look up and lock again at each commit.
"""

from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly
from pulih.common.periods import WIB
from pulih.inbox.models import ImportBatch

from ..identity import NumberKey
from ..rules.amounts import KINDS, Amounts
from .lines import BudgetLine, BudgetQuerySet, SpendingUnit
from .promises import Promise


class DocumentKind(models.TextChoices):
    DIPA = "dipa", "DIPA"
    POK = "pok", "POK"
    REVISION = "revision", _("Revision")
    BLOCK = "block", _("Block")
    RELEASE = "release", _("Release of a block")
    COMMITMENT = "commitment", _("Commitment")
    REQUEST = "spp", "SPP"
    ORDER = "spm", "SPM"
    PAYMENT = "sp2d", "SP2D"
    RETURN = "return", _("Return to the treasury")
    CORRECTION = "correction", _("Correction")
    RESERVATION = "reservation", _("Reservation")
    UNRESERVE = "unreserve", _("Release of a reservation")


class PaymentMethod(models.TextChoices):
    """How a payment reaches its payee (cara bayar)."""

    DIRECT = "LS", _("Direct (LS)")
    IMPREST = "UP", _("Imprest (UP)")
    REFILL = "GUP", _("Refill of the imprest (GUP)")
    EXTRA = "TUP", _("Extra imprest (TUP)")
    EXTRA_USED = "PTUP", _("Account of the extra imprest (PTUP)")
    NIL = "NIHIL", _("Refill without payment (GUP nihil)")


class AmountKind(models.TextChoices):
    """What an entry adds to: one of the five amounts, or what is asked and ordered to be paid."""

    CEILING = "ceiling", _("Ceiling")
    BLOCK = "block", _("Block")
    COMMITMENT = "commitment", _("Commitment")
    REALISATION = "realisation", _("Realisation")
    RESERVATION = "reservation", _("Reserved")
    REQUEST = "request", _("Payment requested")
    ORDER = "order", _("Payment ordered")


class EntryQuerySet(BudgetQuerySet):
    def known_by(self, known: date | None) -> Self:
        """Keep what we had learned by the end of the day `known` in Jakarta; None keeps all."""
        if known is None:
            return self
        end = datetime.combine(known + timedelta(days=1), time(), WIB)
        return self.filter(recorded_at__lt=end)

    def amounts_by(self, key: str, day: date, known: date | None = None) -> dict[Any, Amounts]:
        """Add up what had taken effect by `day`, for each value of `key` (such as "line_id").

        known: the last day whose knowledge counts; None: all that we know today.
        """
        found: dict[Any, dict[str, int]] = {}
        entries = self.known_by(known).filter(effective_on__lte=day, amount_kind__in=KINDS)
        sums = entries.order_by().values_list(key, "amount_kind")
        for value, kind, rupiah in sums.annotate(total=Sum("rupiah")):
            found.setdefault(value, {})[kind] = int(rupiah)
        return {value: Amounts().after(by_kind.items()) for value, by_kind in found.items()}


class Posting(AppendOnly):
    """One document's effect on the lines of one unit; the same document is posted once.

    It is known by its kind, its number however written (`sql/identity.sql`), its unit and its year.
    refers_to: the document it follows (SPP to SPM to SP2D, an addendum to its contract), or that
    it corrects. settles: the commitment at the root of that chain. edition: above 1 only when the
    document was reversed and posted again with other content. promise: what it reserves money for,
    releases it from, or draws it on; what follows a document keeps its promise.
    """

    document_kind = models.CharField(_("document"), max_length=12, choices=DocumentKind.choices)
    document_number = models.CharField(_("number"), max_length=80)
    edition = models.PositiveSmallIntegerField(default=1)
    unit = models.ForeignKey(  # Found by budget_posting_unit, which begins with it.
        SpendingUnit,
        models.PROTECT,
        db_index=False,
        db_constraint=False,
        related_name="postings",
    )
    province = models.ForeignKey(
        Area, models.PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    effective_on = models.DateField(_("in effect on"))
    recorded_at = models.DateTimeField(_("known since"))
    reason = models.TextField(_("reason"), blank=True)
    party = models.TextField(_("paid to"), blank=True)
    method = models.CharField(
        _("way of payment"), max_length=5, blank=True, choices=PaymentMethod.choices
    )
    refers_to = models.ForeignKey(
        "self", models.PROTECT, null=True, db_index=False, related_name="followed_by"
    )
    settles = models.ForeignKey(
        "self", models.PROTECT, null=True, db_index=False, related_name="settled_by"
    )
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    batch = models.ForeignKey(
        ImportBatch,
        models.PROTECT,
        null=True,
        db_index=False,
        db_constraint=False,
        related_name="+",
    )
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        db_index=False,
        db_constraint=False,
        related_name="+",
    )
    promise = models.ForeignKey(
        Promise, models.PROTECT, null=True, db_index=False, related_name="postings"
    )
    hash = models.BinaryField(max_length=32)  # SHA-256 of everything above.

    objects = BudgetQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                F("document_kind"),
                NumberKey(F("document_number")),
                F("unit"),
                F("fiscal_year"),
                F("edition"),
                name="budget_document_once",
            ),
            models.CheckConstraint(
                condition=Q(document_kind__in=DocumentKind.values), name="budget_document_kinds"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-effective_on", "-id"], name="budget_posting_unit"),
            models.Index(
                fields=["refers_to"],
                condition=Q(refers_to__isnull=False),
                name="budget_posting_refers",
            ),
            models.Index(
                fields=["batch"], condition=Q(batch__isnull=False), name="budget_posting_batch"
            ),
            models.Index(
                fields=["settles"],
                condition=Q(settles__isnull=False),
                name="budget_posting_settles",
            ),
            models.Index(
                fields=["promise"],
                condition=Q(promise__isnull=False),
                name="budget_posting_promise",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_document_kind_display()} {self.document_number}"


class Entry(AppendOnly):
    """What one document added to (or took from) one amount of one line, in rupiah.

    sequence: 1, 2, 3 … on its line, in the order in which the ledger took them.
    hash: SHA-256 of the hash before it on the line, and of all that this entry says.
    """

    posting = models.ForeignKey(
        Posting, models.PROTECT, db_constraint=False, related_name="entries"
    )
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, db_index=False, db_constraint=False, related_name="entries"
    )
    province = models.ForeignKey(
        Area, models.PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    amount_kind = models.CharField(max_length=11, choices=AmountKind.choices)
    rupiah = models.BigIntegerField()
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    sequence = models.PositiveIntegerField()
    hash = models.BinaryField(max_length=32)

    objects = EntryQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(rupiah=0), name="budget_entry_is_not_zero"),
            models.CheckConstraint(
                condition=Q(amount_kind__in=AmountKind.values), name="budget_entry_kinds"
            ),
            models.UniqueConstraint(  # As-of figures of a line are read from this index alone.
                fields=["line", "sequence"],
                include=["effective_on", "recorded_at", "amount_kind", "rupiah"],
                name="budget_entry_in_order",
            ),
        ]
        indexes: ClassVar = [
            models.Index(  # A document of a past day reads what takes effect later.
                fields=["line", "effective_on"],
                include=["amount_kind", "rupiah"],
                name="budget_entry_by_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.amount_kind} {self.rupiah:+}"
