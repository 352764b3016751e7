"""Releases (rilis) of public figures, and the one table of cells that all of them are read from."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pulih.audit.history import keep
from pulih.audit.models import AppendOnly

from .cadence import Scope


class Marker(models.TextChoices):
    """What stands where a number cannot, or beside one."""

    HIDDEN = "[c]", _("hidden, so that no small group can be found")
    NOT_RECORDED = "[x]", _("no record of it")
    NOT_APPLICABLE = "[z]", _("not applicable")
    PROVISIONAL = "[p]", _("provisional")
    REVISED = "[r]", _("revised since an earlier release")


@keep
class Release(models.Model):
    """The public figures of one day, as they were known at one moment.

    number: the day and a count, `2020-06-15.1`. known_at: when the figures were read. seal: the
    head of the ledger's chain of seals, hex. measures: what each measure means, as it was then, in
    the form of `datasets.frozen`; words: what categories are called, by dimension. explanation:
    what protecting the cells did, not for publication. manifest_sha256: of
    `manifest.json`; kept after a withdrawal. restates: the release whose figures it corrects.
    scope: what it counts again; the other cells are those of the release that it carries, and
    measures say of which day they are.
    Its state is that of the machine `release`.
    """

    number = models.CharField(_("number"), max_length=16, unique=True)
    as_of = models.DateField(_("as of"))
    known_at = models.DateTimeField(_("known at"))
    seal = models.CharField(_("seal of the ledger"), max_length=64, blank=True)
    program_version = models.CharField(_("version of the program"), max_length=20)
    measures: Any = models.JSONField(default=dict)
    words: Any = models.JSONField(default=dict)
    explanation: Any = models.JSONField(default=dict)
    restates = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="restated_by"
    )
    scope = models.CharField(max_length=9, choices=Scope.choices, default=Scope.REGENCIES)
    carries = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_by"
    )
    restatement_reason = models.TextField(_("reason of the restatement"), blank=True)
    restatement_reason_en = models.TextField(_("the same in English"), blank=True, default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True)
    manifest_sha256 = models.CharField(max_length=64, blank=True)

    cells: Any
    left_out: Any
    withdrawal: Any

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                # Money alone, with nobody's data, publishes itself.
                condition=Q(published_by=None)
                | ~Q(published_by=F("made_by"))
                | Q(scope=Scope.MONEY),
                name="portal_release_takes_two_people",
            ),
            models.CheckConstraint(
                condition=Q(published_by=None, published_at=None)
                | Q(published_by__isnull=False, published_at__isnull=False),
                name="portal_release_is_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(restates=None, restatement_reason="")
                | (Q(restates__isnull=False) & ~Q(restatement_reason="")),
                name="portal_restatement_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def day_of(self, measure: str, level: str) -> date:
        """The day that its figures of a measure are of, which are older where it carries them."""
        means = self.measures.get(measure, {})
        name = "as_of_regency" if level == "regency" else "as_of"
        return date.fromisoformat(means[name]) if name in means else self.as_of


class Cell(AppendOnly):
    """One number of a release; a hidden one is null here too, so that nothing can leak it.

    cell: names it for good, over all releases: `measure|period|area|dimension|category`. area:
    Kemendagri digits of the release's day, `ID` for the country. dimension `all` with a blank
    category is the whole. value: whole units, null where only a marker stands.
    """

    release = models.ForeignKey(Release, models.PROTECT, related_name="cells")
    dataset = models.CharField(max_length=20)
    measure = models.CharField(max_length=40)
    period = models.CharField(max_length=10)
    area = models.CharField(max_length=10)
    parent = models.CharField(max_length=10, blank=True)
    area_level = models.CharField(max_length=8)
    dimension = models.CharField(max_length=20)
    category = models.CharField(max_length=80, blank=True)
    value = models.BigIntegerField(null=True)
    marker = models.CharField(max_length=3, blank=True, choices=Marker.choices)

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["release", "measure", "period", "area", "dimension", "category"],
                name="portal_cell_once_a_release",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, marker__in=["", "[p]", "[r]"])
                | Q(value=None, marker__in=["[c]", "[x]", "[z]"]),
                name="portal_cell_has_a_value_or_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cell}: {self.marker if self.value is None else self.value}"

    @property
    def cell(self) -> str:
        return "|".join((self.measure, self.period, self.area, self.dimension, self.category))


class LeftOut(AppendOnly):
    """A table that a release does not publish, such as one that nothing protects, and why.

    dimension: `all` for the figure with everything that it is divided by.
    """

    release = models.ForeignKey(Release, models.PROTECT, related_name="left_out")
    measure = models.CharField(max_length=40)
    dimension = models.CharField(max_length=20)
    reason = models.TextField(_("reason"))
    reason_en = models.TextField(_("the same in English"), blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["release", "measure", "dimension"], name="portal_left_out_once_a_release"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="portal_left_out_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.release_id}: {self.measure} {self.dimension}"


class Withdrawal(AppendOnly):
    """Why the files of a published release are no longer there; its address answers 410.

    reason_en: empty where nobody wrote it, as of every reason here; then the Indonesian stands.
    """

    release = models.OneToOneField(Release, models.PROTECT, related_name="withdrawal")
    reason = models.TextField(_("reason"))
    reason_en = models.TextField(_("the same in English"), blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="portal_withdrawal_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.release_id}: {self.reason}"
