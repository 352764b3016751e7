"""The ledger: documents (posting) and what each did to lines (entry). Added to, never changed.

Rows are written by the SQL function `budget_post` alone; triggers refuse every other writer.
"""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly
from pulih.inbox.models import ImportBatch

from ..rules.amounts import Amounts
from .lines import BudgetLine, BudgetQuerySet, SpendingUnit


class DocumentKind(models.TextChoices):
    DIPA = "dipa", "DIPA"
    POK = "pok", "POK"
    REVISION = "revision", _("Revision")
    BLOCK = "block", _("Block")
    RELEASE = "release", _("Release of a block")
    COMMITMENT = "commitment", _("Commitment")
    PAYMENT = "sp2d", "SP2D"
    CORRECTION = "correction", _("Correction")


class AmountKind(models.TextChoices):
    CEILING = "ceiling", _("Ceiling")
    BLOCK = "block", _("Block")
    COMMITMENT = "commitment", _("Commitment")
    REALISATION = "realisation", _("Realisation")


class EntryQuerySet(BudgetQuerySet):
    def amounts_by(self, key: str, day: date) -> dict[Any, Amounts]:
        """Add up what had taken effect by `day`, for each value of `key` (such as "line_id")."""
        found: dict[Any, dict[str, int]] = {}
        sums = self.filter(effective_on__lte=day).order_by().values_list(key, "amount_kind")
        for value, kind, rupiah in sums.annotate(total=Sum("rupiah")):
            found.setdefault(value, {})[kind] = int(rupiah)
        return {value: Amounts().after(by_kind.items()) for value, by_kind in found.items()}


class Posting(AppendOnly):
    """One document's effect on the lines of one unit; the same document is posted once."""

    document_kind = models.CharField(_("document"), max_length=12, choices=DocumentKind.choices)
    document_number = models.CharField(_("number"), max_length=80)
    unit = models.ForeignKey(SpendingUnit, models.PROTECT, related_name="postings")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    effective_on = models.DateField(_("in effect on"))
    recorded_at = models.DateTimeField(_("known since"))
    reason = models.TextField(_("reason"), blank=True)
    batch = models.ForeignKey(ImportBatch, models.PROTECT, null=True, related_name="+")
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    content = models.CharField(max_length=32)  # MD5 of what it says: tells a changed document.

    objects = BudgetQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document_kind", "document_number", "unit"], name="budget_document_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-effective_on", "-id"], name="budget_posting_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.get_document_kind_display()} {self.document_number}"


class Entry(AppendOnly):
    """What one document added to (or took from) one amount of one line, in rupiah."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="entries")
    line = models.ForeignKey(BudgetLine, models.PROTECT, db_index=False, related_name="entries")
    province = models.ForeignKey(Area, models.PROTECT, db_index=False, related_name="+")
    amount_kind = models.CharField(max_length=11, choices=AmountKind.choices)
    rupiah = models.BigIntegerField()
    effective_on = models.DateField()

    objects = EntryQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(rupiah=0), name="budget_entry_is_not_zero"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["line", "effective_on"],
                include=["amount_kind", "rupiah"],
                name="budget_entry_as_of",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.amount_kind} {self.rupiah:+}"
