"""What was filed, with the figures as they were, the papers themselves, and where they went."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.audit.models import AppendOnly
from pulih.budget.models import SpendingUnit

from ..rules.facts import QuarterFacts, from_json
from .typed import ReportQuerySet


class Form(models.TextChoices):
    A = "A", _("Form A")
    B = "B", _("Form B")
    C = "C", _("Form C")
    MANAGERIAL = "managerial", _("Managerial report")
    ACCOUNTABILITY = "accountability", _("Accountability (LRA, notes)")
    CONSOLIDATION = "consolidation", _("Consolidated Form C")


class FilingQuerySet(ReportQuerySet):
    def of_quarter(self, fiscal_year: int, quarter: int) -> "FilingQuerySet":
        return self.filter(fiscal_year=fiscal_year, quarter=quarter)

    def newest_first(self) -> "FilingQuerySet":
        return self.order_by("-filed_at", "-version", "-id")


class Filing(AppendOnly):
    """One version of a report as it was filed; a correction is a new version.

    unit: null for a province's consolidation. facts: what it was made of, one entry a unit;
    sha256 is of them. Money of the ledger: in effect by `as_of`, of entries up to `last_entry`,
    which were all that was known at `known_at`. sources: the filings that a consolidation adds up.
    """

    unit = models.ForeignKey(SpendingUnit, models.PROTECT, null=True, related_name="filings")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    form = models.CharField(_("report"), max_length=14, choices=Form.choices)
    version = models.PositiveSmallIntegerField(_("version"))
    filed_at = models.DateTimeField(_("filed"))
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(_("why it was corrected"), max_length=300, blank=True)
    due = models.DateField(_("due"), null=True)
    late_days = models.PositiveSmallIntegerField(_("working days late"), default=0)
    as_of = models.DateField(_("in effect by"))
    known_at = models.DateTimeField(_("as known"), auto_now_add=True)
    last_entry = models.BigIntegerField()
    sources = models.JSONField(default=list)
    facts = models.JSONField()
    sha256 = models.CharField(max_length=64)

    objects = FilingQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "province", "fiscal_year", "quarter", "form", "version"],
                nulls_distinct=False,
                name="monitoring_filing_version_once",
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4, version__gte=1),
                name="monitoring_filing_has_a_quarter",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["fiscal_year", "quarter", "form"], name="monitoring_filing_board"),
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.fiscal_year}/{self.quarter} v{self.version}"

    @property
    def every(self) -> tuple[QuarterFacts, ...]:
        """Return the facts of each unit that the report speaks of."""
        return tuple(from_json(one) for one in self.facts)


class Paper(AppendOnly):
    """The file itself as it was filed, to be had again byte for byte."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="papers")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=[("pdf", "PDF"), ("xlsx", "XLSX")])
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    objects = ReportQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["filing", "kind"], name="monitoring_paper_once"),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id}.{self.kind}"


@keep
class Dispatch(models.Model):
    """Where a filing must go, when it went, and the receipt."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="dispatches")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=20)  # A code of `data/deadlines.toml`.
    letter_number = models.CharField(_("number of the covering letter"), max_length=80, blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    receipt_number = models.CharField(_("number of the receipt"), max_length=80, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()
    events: Any  # The earlier states that the history keeps.

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["filing", "recipient"], name="monitoring_dispatch_once"
            ),
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(sent_on__lte=models.F("received_on")),
                name="monitoring_dispatch_is_received_after_it_is_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.recipient}"
