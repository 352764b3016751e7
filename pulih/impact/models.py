"""What a firm said of one month, with its severity; and the public counts made of it."""

from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.inbox.models import ImportBatch, SourceRecord
from pulih.people.scope import ScopedQuerySet
from pulih.registry.models import Enterprise, SplitMove


class Status(models.TextChoices):
    """The statuses of Statistics Indonesia's quarterly survey."""

    SAME = "PRODUCING_SAME_KBLI", _("producing")
    CHANGED = "PRODUCING_CHANGED_KBLI", _("producing, changed product")
    STOPPED = "TEMP_NOT_PRODUCING", _("stopped for a time")
    CLOSED = "CLOSED", _("closed")
    NOT_FOUND = "NOT_FOUND", _("not found")


class ImpactReportQuerySet(ScopedQuerySet):
    def newest(self) -> Self:
        """Keep the one report of each firm that counts today."""
        return self.filter(is_latest=True)

    def affected(self) -> Self:
        """Keep the firms that count as affected by the definition stored with them."""
        return self.filter(is_affected=True)

    def of_firm(self, firm: Enterprise) -> Self:
        """Keep what was said of a firm and of all that were merged into it.

        A report whose row was split off speaks of the firm that it was split off to.
        """
        members = Enterprise.objects.filter(Q(pk=firm.pk) | Q(merged_into=firm)).values("pk")
        moved = SplitMove.objects.in_force()
        stayed = ~Exists(moved.filter(source_record=OuterRef("source_record")))
        arrived = moved.filter(to_enterprise__in=members).values("source_record")
        return self.filter(Q(stayed, enterprise__in=members) | Q(source_record__in=arrived))

    def with_firm(self) -> Self:
        """Add `firm_name`: null where the firm has moved out of the reader's sight.

        Asked aside: a join would drop the report with the firm that row-level security hides.
        """
        firm = Enterprise.objects.filter(pk=OuterRef("enterprise_id"))
        return self.annotate(firm_name=Subquery(firm.values("name")))

    def with_file(self) -> Self:
        """Add `file_name` and `row`: a regency reads no files of its province, but their rows."""
        file = ImportBatch.objects.filter(pk=OuterRef("batch_id"))
        record = SourceRecord.objects.filter(pk=OuterRef("source_record_id"))
        return self.annotate(
            file_name=Subquery(file.values("file_name")), row=Subquery(record.values("row"))
        )


class ImpactReport(models.Model):
    """One firm's month as one delivered row told it: kept for good, the newest month counts.

    Only the two flags may change, and a trigger says so: `is_latest` when a newer report
    arrives, `is_withdrawn` when the file is. Their foreign keys are taken from rows just stored.
    """

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, db_constraint=False, db_index=False, related_name="reports"
    )
    source_record = models.ForeignKey(
        SourceRecord, models.PROTECT, db_constraint=False, db_index=False, related_name="reports"
    )
    batch_id = models.BigIntegerField(db_index=True)
    province = models.ForeignKey(
        Area, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    regency = models.ForeignKey(
        Area, models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    month = models.DateField(_("month"))
    status = models.CharField(_("status"), max_length=24, blank=True, choices=Status.choices)
    turnover_before = models.BigIntegerField(_("turnover before, rupiah"), null=True)
    turnover = models.BigIntegerField(_("turnover, rupiah"), null=True)
    workers_before = models.IntegerField(_("workers before"), null=True)
    workers = models.IntegerField(_("workers"), null=True)
    laid_off = models.IntegerField(_("laid off"), null=True)
    furloughed = models.IntegerField(_("sent home"), null=True)
    workers_hit = models.IntegerField(_("workers hit"), null=True)
    obstacles = ArrayField(models.TextField(), null=True)
    needs = ArrayField(models.TextField(), null=True)
    commodity_group = models.TextField(_("commodity group"), blank=True)
    severity = models.DecimalField(_("severity"), max_digits=4, decimal_places=1, null=True)
    severity_rank = models.SmallIntegerField()  # Tenths, to sort by; -1 while unknown.
    known = models.SmallIntegerField()  # Points out of 100 that the answers cover.
    is_affected = models.BooleanField(null=True)  # Null: the report answers nothing.
    formula_version = models.CharField(max_length=10)
    definition_version = models.CharField(max_length=10)
    terms = models.JSONField()
    reported = models.DateField(_("reported on"))
    is_latest = models.BooleanField(default=True)
    is_withdrawn = models.BooleanField(default=False)

    objects = ImpactReportQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enterprise", "month", "source_record"], name="impact_report_once"
            ),
            models.CheckConstraint(
                condition=Q(severity=None) | Q(severity__range=(0, 100)),
                name="impact_severity_between_0_and_100",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["severity_rank", "id"],
                condition=Q(is_latest=True, is_affected=True),
                name="impact_worst",
            ),
            models.Index(
                fields=["province", "severity_rank", "id"],
                condition=Q(is_latest=True),
                name="impact_worst_of_province",
            ),
            models.Index(
                fields=["regency", "severity_rank", "id"],
                condition=Q(is_latest=True),
                name="impact_worst_of_regency",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="only_flags_change",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["is_latest", "is_withdrawn"]),
            ),
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.month:%Y-%m}"


class Dimension(models.TextChoices):
    ALL = "all", _("All")
    NEED = "need", _("Need")
    OBSTACLE = "obstacle", _("Obstacle")
    STATUS = "status", _("Status")
    COMMODITY = "commodity_group", _("Commodity group")


class AffectedCountQuerySet(models.QuerySet["AffectedCount"]):
    def of_provinces(self) -> Self:
        """Keep the one row per province that counts all its affected firms: the map's values."""
        return self.filter(area__level="province", dimension=Dimension.ALL)


class AffectedCount(models.Model):
    """How many firms of a province or the country are affected, for those who sign in.

    Nothing is kept of a regency: its offices count its reports, everybody else reads a release.
    """

    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    as_of = models.DateField()  # The newest day on which one of these firms reported.
    dimension = models.CharField(max_length=16, choices=Dimension.choices)
    code = models.TextField(blank=True)
    firms = models.IntegerField(null=True)
    workers = models.IntegerField(null=True)  # Laid off and sent home.
    severity_sum = models.DecimalField(max_digits=12, decimal_places=1, null=True)
    severity_known = models.IntegerField(null=True)  # Firms whose severity is known.
    reporting = models.IntegerField(null=True)  # Firms with a report, affected or not.
    registered = models.IntegerField(null=True)  # Firms of the register.
    definition_version = models.CharField(max_length=10)
    refreshed_at = models.DateTimeField()

    objects = AffectedCountQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["area", "dimension", "code"], name="impact_count_one_a_cell"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.dimension} {self.code}: {self.firms}"

    @property
    def severity_mean(self) -> Decimal | None:
        """The mean severity of the affected firms whose severity is known, one decimal."""
        if not self.severity_known or self.severity_sum is None:
            return None
        return (self.severity_sum / self.severity_known).quantize(Decimal("0.1"), ROUND_HALF_UP)
