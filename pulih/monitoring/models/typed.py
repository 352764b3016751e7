"""What officers type once and every report uses: targets, progress, obstacles, notes."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.budget.models import SpendingUnit
from pulih.people.models import User
from pulih.people.permissions import Permission, holds

QUARTERS = (1, 2, 3, 4)


class ReportQuerySet(models.QuerySet[Any]):
    """Rows of a province's reports: for those who may see budgets, within their reach."""

    def visible_to(self, person: User) -> Self:
        """Keep the rows that `person` may see; a regency's people see no report."""
        if not holds(person, Permission.SEE_BUDGET):
            return self.none()
        if person.sight.country:
            return self
        return self.filter(province_id__in=person.sight.provinces)


class OfUnit(models.Model):
    """A row of one spending unit; the province is the unit's, for the wall between provinces."""

    unit = models.ForeignKey(SpendingUnit, models.PROTECT, related_name="+")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")

    objects = ReportQuerySet.as_manager()

    class Meta:
        abstract = True


class OfYear(OfUnit):
    """A row of one unit and fiscal year."""

    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))

    class Meta:
        abstract = True


def _rising(name: str) -> Q:
    """Return the condition that four cumulative values do not fall; unknown ones are passed."""
    found = Q()
    for earlier, later in ((1, 2), (2, 3), (3, 4)):
        low, high = f"{name}_{earlier}", f"{name}_{later}"
        found &= Q(**{low: None}) | Q(**{high: None}) | Q(**{f"{high}__gte": F(low)})
    return found


def _percent(label: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=5, decimal_places=2, null=True, blank=True)


def _planned(label: Any) -> "models.BigIntegerField[Any, Any]":
    return models.BigIntegerField(label, null=True, blank=True)


@keep
class ActivityTarget(OfYear):
    """What one output of an activity shall reach: volume, money and work, cumulative by quarter.

    planned_n: whole rupiah to the end of quarter n; null where page III of the DIPA says it.
    physical_n: percent of the work.
    """

    programme = models.CharField(_("programme"), max_length=20, blank=True)
    activity = models.CharField(_("activity"), max_length=4)
    output = models.CharField(_("output"), max_length=7)  # With its suboutput or RO: `001.002`.
    name = models.CharField(_("name"), max_length=200, blank=True)
    indicator = models.CharField(_("output indicator"), max_length=200)
    measured_in = models.CharField(_("measured in"), max_length=40)
    volume = models.DecimalField(_("target volume"), max_digits=14, decimal_places=2)
    planned_1 = _planned(_("plan to quarter I"))
    planned_2 = _planned(_("plan to quarter II"))
    planned_3 = _planned(_("plan to quarter III"))
    planned_4 = _planned(_("plan to quarter IV"))
    physical_1 = _percent(_("physical to quarter I"))
    physical_2 = _percent(_("physical to quarter II"))
    physical_3 = _percent(_("physical to quarter III"))
    physical_4 = _percent(_("physical to quarter IV"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "fiscal_year", "programme", "activity", "output"],
                name="monitoring_target_once",
            ),
            models.CheckConstraint(
                condition=Q(volume__gt=0) & _rising("planned") & _rising("physical"),
                name="monitoring_target_rises",
            ),
            models.CheckConstraint(
                condition=(Q(planned_1=None) | Q(planned_1__gte=0))
                & (Q(physical_1=None) | Q(physical_1__gte=0))
                & (Q(physical_4=None) | Q(physical_4__lte=100)),
                name="monitoring_target_lies_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}.{self.output} {self.name}"

    def planned(self, quarter: int) -> int | None:
        """Return the plan in rupiah to the end of a quarter; of quarter 0 nothing."""
        return getattr(self, f"planned_{quarter}") if quarter else 0

    def physical(self, quarter: int) -> Any:
        """Return the physical target in percent to the end of a quarter; of quarter 0 nothing."""
        return getattr(self, f"physical_{quarter}") if quarter else 0


@keep
class QuarterProgress(models.Model):
    """What one output reached to the end of a quarter, cumulative."""

    target = models.ForeignKey(ActivityTarget, models.CASCADE, related_name="progress")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    volume = models.DecimalField(
        _("volume reached"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    physical = models.DecimalField(
        _("physical progress"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["target", "quarter"], name="monitoring_progress_once"),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4)
                & (Q(physical=None) | Q(physical__gte=0, physical__lte=100))
                & (Q(volume=None) | Q(volume__gte=0)),
                name="monitoring_progress_lies_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.quarter}"


@keep
class QuarterNote(OfYear):
    """What hampered an activity in a quarter, what must follow, and who is expected to help."""

    quarter = models.PositiveSmallIntegerField(_("quarter"))
    programme = models.CharField(_("programme"), max_length=20, blank=True)
    activity = models.CharField(_("activity"), max_length=4)
    obstacle = models.TextField(_("obstacle"), blank=True)
    follow_up = models.TextField(_("follow-up needed"), blank=True)
    helper = models.CharField(_("party expected to help"), max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "fiscal_year", "quarter", "programme", "activity"],
                name="monitoring_note_once",
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4), name="monitoring_note_has_a_quarter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.fiscal_year}/{self.quarter}"


@keep
class AccountNote(OfYear):
    """What an officer says in the notes of the LRA of one spending type, or of other matters."""

    OTHER = "other"

    quarter = models.PositiveSmallIntegerField(_("quarter"))
    about = models.CharField(max_length=5)  # Two figures of the account, or OTHER.
    text = models.TextField(_("note"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "fiscal_year", "quarter", "about"],
                name="monitoring_account_note_once",
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4) & ~Q(text=""),
                name="monitoring_account_note_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.fiscal_year}/{self.quarter}"
