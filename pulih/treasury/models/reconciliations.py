"""Lists of the treasury beside the ledger: what each file came to, and every difference."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep, keep_without
from pulih.audit.models import AppendOnly
from pulih.budget.models.ledger import AmountKind, DocumentKind, Posting
from pulih.budget.models.lines import BudgetLine, BudgetQuerySet, SpendingUnit
from pulih.common.errors import Message
from pulih.inbox.models import ImportBatch


class ListKind(models.TextChoices):
    PAYMENTS = "sp2d", _("SP2D list")
    REALISATION = "realisation", _("Realisation list")
    COMMITMENTS = "commitment", _("List of contracts")
    IMPREST = "imprest", _("Imprest sheet (UP/TUP)")


class DifferenceKind(models.TextChoices):
    MISSING_HERE = "missing_here", _("not in the ledger")
    OVERSPEND = "overspend", _("would overspend")
    LINE_UNKNOWN = "line_unknown", _("line unknown")
    AMOUNT = "amount", _("amount differs")
    CONTENT = "content", _("lines differ")
    DATE = "date", _("date differs")
    PARTY = "party", _("payee differs")
    METHOD = "method", _("way of payment differs")
    CONTRACT = "contract", _("contract unknown or another")
    ORDER = "order", _("payment order (SPM) unknown or another")
    MISSING_THERE = "missing_there", _("not in the list")


class DifferenceState(models.TextChoices):
    OPEN = "open", _("undecided")
    EXPLAINED = "explained", _("explained")
    POSTED = "posted", _("posted")
    CLOSED = "closed", _("settled")


OPEN_STATES = (DifferenceState.OPEN, DifferenceState.EXPLAINED)


@keep
class Reconciliation(models.Model):
    """One list of one unit and year, compared with the ledger.

    documents: what the list states (documents, or groups of lines); agreeing: those that stand
    alike in the ledger. found: its differences, of which `new` were not known before; closed:
    earlier ones that this list no longer shows. doubt: why its amounts may be of another unit.
    """

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="+")
    unit = models.ForeignKey(SpendingUnit, models.PROTECT, related_name="reconciliations")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    list_kind = models.CharField(_("list"), max_length=11, choices=ListKind.choices)
    as_of = models.DateField(_("data as of"))
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    documents = models.PositiveIntegerField(default=0)
    agreeing = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    doubt_indonesian = models.TextField(blank=True)
    doubt_en = models.TextField(blank=True)
    is_newest = models.BooleanField(default=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now=True)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        db_table = "budget_reconciliation"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["batch", "unit", "fiscal_year", "list_kind"],
                name="budget_reconciliation_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["unit", "fiscal_year", "list_kind", "-id"],
                name="budget_reconciliation_of_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_list_kind_display()} {self.unit} {self.fiscal_year}"

    @property
    def doubt(self) -> Message | None:
        return Message(self.doubt_indonesian, self.doubt_en) if self.doubt_indonesian else None


class DifferenceQuerySet(BudgetQuerySet):
    def in_force(self) -> Self:
        """Keep those that nobody has posted and no newer list has settled."""
        return self.filter(state__in=OPEN_STATES)

    def of_batch(self, batch_id: int) -> Self:
        """Keep those that a file showed first, showed last, or settled."""
        return self.filter(
            Q(reconciliation__batch=batch_id)
            | Q(last_seen__batch=batch_id)
            | Q(closed_by__batch=batch_id)
        )

    def lawful(self) -> Self:
        """Keep what may be posted as the list states it."""
        return self.filter(state=DifferenceState.OPEN, can_post=True)


# A later list that shows the same changes none of what was said, so it leaves no earlier state:
# with a trigger on each of a million rows, sending a list again would take a quarter of an hour.
@keep_without("last_seen", "sheet", "row", "content")
class Difference(models.Model):
    """What a list says otherwise than the ledger, with both values; until somebody decides.

    reconciliation: where it was found first; last_seen: the newest list that shows it.
    content: all that posting the document needs. why: what keeps it from being posted.
    """

    reconciliation = models.ForeignKey(
        Reconciliation, models.PROTECT, related_name="differences", db_index=False
    )
    last_seen = models.ForeignKey(Reconciliation, models.PROTECT, related_name="seen")
    closed_by = models.ForeignKey(Reconciliation, models.PROTECT, null=True, related_name="settled")
    unit = models.ForeignKey(SpendingUnit, models.PROTECT, related_name="+", db_index=False)
    province = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    fiscal_year = models.PositiveSmallIntegerField()
    list_kind = models.CharField(max_length=11, choices=ListKind.choices)
    kind = models.CharField(_("difference"), max_length=13, choices=DifferenceKind.choices)
    identity = models.TextField()
    document_kind = models.CharField(max_length=12, blank=True, choices=DocumentKind.choices)
    document_number = models.CharField(_("document"), max_length=80, blank=True)
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, null=True, related_name="+", db_index=False
    )
    line_text = models.TextField(_("line"), blank=True)
    amount_kind = models.CharField(max_length=11, blank=True, choices=AmountKind.choices)
    theirs = models.BigIntegerField(_("in the list"), null=True)
    ours = models.BigIntegerField(_("in the ledger"), null=True)
    their_day = models.DateField(null=True)
    our_day = models.DateField(null=True)
    posting = models.ForeignKey(
        Posting, models.PROTECT, null=True, related_name="+", db_index=False
    )
    can_post = models.BooleanField(default=False)
    why_indonesian = models.TextField(blank=True)
    why_en = models.TextField(blank=True)
    content = models.JSONField(default=dict)
    sheet = models.TextField(blank=True)
    row = models.IntegerField(null=True)
    state = models.CharField(
        max_length=9, choices=DifferenceState.choices, default=DifferenceState.OPEN
    )
    note = models.TextField(_("note"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)

    objects = DifferenceQuerySet.as_manager()
    events: Any  # The earlier states that the history keeps.

    class Meta:
        db_table = "budget_difference"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "fiscal_year", "list_kind", "identity"],
                condition=Q(state__in=OPEN_STATES),
                name="budget_difference_stands_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=DifferenceState.EXPLAINED) | ~Q(note=""),
                name="budget_difference_explained_in_words",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["reconciliation", "state", "id"], name="budget_difference_found"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.document_number or self.line_text}"

    @property
    def why(self) -> Message:
        return Message(self.why_indonesian, self.why_en)


class ImprestRow(AppendOnly):
    """What one row of a list says of the imprest of a unit, in rupiah."""

    reconciliation = models.ForeignKey(Reconciliation, models.PROTECT, related_name="imprest_rows")
    unit = models.ForeignKey(SpendingUnit, models.PROTECT, related_name="+", db_index=False)
    province = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    imprest_kind = models.CharField(max_length=3, choices=[("UP", "UP"), ("TUP", "TUP")])
    day = models.DateField()
    given = models.BigIntegerField(default=0)
    used = models.BigIntegerField(default=0)
    refilled = models.BigIntegerField(default=0)
    accounted = models.BigIntegerField(default=0)
    returned = models.BigIntegerField(default=0)
    document_number = models.CharField(max_length=80, blank=True)

    objects = BudgetQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        db_table = "budget_imprestrow"

    def __str__(self) -> str:
        return f"{self.imprest_kind} {self.day}"
