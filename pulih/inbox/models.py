"""What offices deliver: files, their rows as they came, every problem in them, remembered headings.

Rows and problems are added and never changed. Their foreign keys are not checked row by row by
PostgreSQL, which would cost more than storing them: the action that stores them takes the keys
from rows it has just read, and `inbox.actions.check` counts the ones that lead nowhere.
"""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.audit.models import AppendOnly
from pulih.people.number_fields import RowWithNumbers
from pulih.people.scope import ScopedQuerySet


class Kind(models.TextChoices):
    AUTO = "auto", _("Recognise it")
    FIRMS = "firms", _("List of enterprises")
    IMPACT = "impact", _("Impact report")
    BUDGET = "budget", _("Budget lines (POK)")
    TREASURY = "treasury", _("Treasury list (SP2D, realisation, contracts, UP/TUP)")
    NEEDS = "needs", _("Needs of buyers")
    PROPOSED = "proposed", _("Earlier proposals with their cost rows")
    MAKERS = "makers", _("Capacities, certificates or members of clusters")


OF_FIRMS = (Kind.FIRMS, Kind.IMPACT, Kind.MAKERS)  # Lists whose rows are firms of the register.
OF_A_YEAR = (
    Kind.BUDGET,
    Kind.TREASURY,
    Kind.PROPOSED,
)  # Lists that speak of a fiscal year, not of a month.


class State(models.TextChoices):
    RECEIVED = "received", _("waiting")
    READING = "reading", _("being read")
    STORING = "storing", _("being stored")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")
    FAILED = "failed", _("failed")
    WITHDRAWN = "withdrawn", _("withdrawn")


UNFINISHED = (State.RECEIVED, State.READING, State.STORING)
ACTIVE_STATES = (*UNFINISHED, State.DONE)


class ImportBatchQuerySet(ScopedQuerySet):
    def unfinished(self) -> Self:
        """Keep the batches that still wait or are being read."""
        return self.filter(state__in=UNFINISHED)

    def active(self) -> Self:
        """Keep the batches whose content counts, or is about to."""
        return self.filter(state__in=ACTIVE_STATES)

    def in_order(self) -> Self:
        """Put the newest delivery first."""
        return self.order_by("-id")


@keep
class ImportBatch(models.Model):
    """One delivered file and what came of reading it."""

    kind = models.CharField(_("content"), max_length=8, choices=Kind.choices)
    office = models.ForeignKey(Area, models.PROTECT, related_name="+")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    delivered_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    stored_name = models.CharField(max_length=80)
    checked_name = models.CharField(max_length=120, blank=True)
    reading = models.PositiveSmallIntegerField(default=1)  # Which reading of the same file.
    mapping = models.JSONField(
        default=dict
    )  # What the office said of this file: column by heading.
    as_of = models.DateField(_("data as of"))
    fiscal_year = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.RECEIVED)
    is_newest = models.BooleanField(default=True)  # False once withdrawn or superseded.
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="superseded_by")
    rows = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    corrected = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    recognised = models.JSONField(default=dict)  # {sheet: {heading: column}}
    unknown = models.JSONField(default=list)
    layout = models.JSONField(default=dict)  # What a page needs to draw a piece of the sheet.
    scheme = models.CharField(max_length=10, blank=True)
    effects = models.JSONField(default=dict)  # What the rooms made of it: {"enterprises_new": 3}
    seconds = models.FloatField(null=True)
    problem_indonesian = models.TextField(blank=True)  # Why it was refused or failed.
    problem_en = models.TextField(blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "sha256", "reading"],
                condition=Q(state__in=ACTIVE_STATES),
                name="inbox_importbatch_delivered_once",
            ),
            models.CheckConstraint(
                condition=Q(rows=F("accepted") + F("corrected") + F("rejected")),
                name="inbox_importbatch_counts_add_up",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["office", "kind", "as_of"], name="inbox_batch_period"),
            models.Index(fields=["province", "-id"], name="inbox_batch_province"),
            models.Index(fields=["regency", "-id"], name="inbox_batch_regency"),
            models.Index(fields=["sha256"], name="inbox_batch_content"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def is_of_firms(self) -> bool:
        return self.kind in OF_FIRMS


class BatchProgress(models.Model):
    """How far the reading of a batch has come: written from beside the storing transaction."""

    batch = models.OneToOneField(
        ImportBatch, models.CASCADE, primary_key=True, related_name="progress"
    )
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.rows_done}/{self.rows_total}"


class Verdict(models.TextChoices):
    ACCEPTED = "accepted", _("accepted")
    CORRECTED = "corrected", _("corrected")
    REJECTED = "rejected", _("rejected")


class SourceRecord(AppendOnly):
    """One row as an office delivered it; never changed. `values` leaves out empty cells."""

    batch = models.ForeignKey(
        ImportBatch, models.PROTECT, db_constraint=False, db_index=False, related_name="records"
    )
    province = models.ForeignKey(
        Area, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    regency = models.ForeignKey(
        Area, models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    sheet = models.TextField(blank=True)
    row = models.IntegerField()
    verdict = models.CharField(max_length=9, choices=Verdict.choices)
    row_key = models.BigIntegerField(null=True)  # Equal for the same line in a corrected file.
    values = RowWithNumbers()

    objects = ScopedQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        indexes: ClassVar = [models.Index(fields=["batch", "id"], name="inbox_record_batch")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.sheet or 1}:{self.row}"

    @property
    def record_id(self) -> str:
        """The row's name in the public contract of intake."""
        return f"{self.batch.sha256[:12]}:{self.sheet or 1}:{self.row}"


class Treatment(models.TextChoices):
    REJECTED = "rejected", _("rejected")
    CORRECTED = "corrected", _("corrected")
    WARNING = "warning", _("note")


class CellProblem(AppendOnly):
    """What was wrong in one cell, what was made of it, and the sentence for the office."""

    batch = models.ForeignKey(
        ImportBatch, models.PROTECT, db_constraint=False, db_index=False, related_name="problems"
    )
    province = models.ForeignKey(
        Area, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    regency = models.ForeignKey(
        Area, models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    sheet = models.TextField(blank=True)
    row = models.IntegerField(null=True)
    column = models.TextField(blank=True)
    cell = models.TextField(blank=True)
    value = models.TextField(blank=True)
    kind = models.CharField(max_length=9, choices=Treatment.choices)
    rule = models.CharField(max_length=60)
    message_indonesian = models.TextField()
    message_en = models.TextField()

    objects = ScopedQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        indexes: ClassVar = [
            models.Index(fields=["batch", "rule", "kind", "id"], name="inbox_problem_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.cell} {self.rule}"


class ColumnMappingQuerySet(ScopedQuerySet):
    def of(self, office: Area, kind: str) -> dict[str, str]:
        """Return what an office's headings mean in lists of one kind: column by heading."""
        return dict(self.filter(office=office, kind=kind).values_list("heading", "column"))


@keep
class ColumnMapping(models.Model):
    """What one office means by one heading; applied the next time it delivers."""

    office = models.ForeignKey(Area, models.PROTECT, related_name="+")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    heading = models.CharField(max_length=200)
    column = models.CharField(max_length=40, blank=True)  # Blank: keep it under its own name.

    objects = ColumnMappingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "kind", "heading"], name="inbox_columnmapping_one_meaning"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.heading} = {self.column}"
