"""Revisions of the budget: ceiling movements of one unit, from draft to in force."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.audit.models import AppendOnly
from pulih.budget.clock import now
from pulih.budget.models.ledger import Posting
from pulih.budget.models.lines import BudgetLine, BudgetQuerySet, SpendingUnit
from pulih.budget.rules.keys import Funding
from pulih.budget.rules.offices import BY_THE_UNIT
from pulih.measures.models import Measure


class RevisionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("proposed")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved")
    IN_FORCE = "in_force", _("in force")
    SUPERSEDED = "superseded", _("superseded")
    WITHDRAWN = "withdrawn", _("withdrawn")


CLOSED_STATES = (RevisionState.IN_FORCE, RevisionState.SUPERSEDED, RevisionState.WITHDRAWN)


def document_of(office: str) -> str:
    """Return what is revised when `office` approves."""
    return "POK" if office in BY_THE_UNIT else "DIPA"


class RevisionKind(models.TextChoices):
    PLAN = "plan", _("from an adopted scenario")
    HAND = "hand", _("drafted by hand")
    REMAP = "remap", _("moving to other accounts")
    SHEET = "sheet", _("from a POK file")


class OutputVolume(models.TextChoices):
    """What a revision does to output volumes; nobody knows until the officer says."""

    UNKNOWN = "", _("not said yet")
    KEPT = "kept", _("stays")
    FALLS = "falls", _("falls")


class RevisionQuerySet(BudgetQuerySet):
    def open(self) -> "RevisionQuerySet":
        """Keep those that still wait for somebody: neither in force nor withdrawn."""
        return self.exclude(state__in=CLOSED_STATES)

    def counted(self) -> "RevisionQuerySet":
        """Keep those that have come into force, superseded later or not."""
        return self.filter(state__in=(RevisionState.IN_FORCE, RevisionState.SUPERSEDED))

    def of_the_dipa(self) -> "RevisionQuerySet":
        """Keep those that the finance ministry approved."""
        return self.exclude(authority__in=BY_THE_UNIT)

    def next_number(self, revision: "Revision", office: str) -> int:
        """Return the number a revision takes when `office` approves: of the POK, or the DIPA.

        Given once only where the unit is locked: who asks has locked it.
        """
        same = self.filter(unit=revision.unit, fiscal_year=revision.fiscal_year).counted()
        is_pok = office in BY_THE_UNIT
        alike = same.filter(authority__in=BY_THE_UNIT) if is_pok else same.of_the_dipa()
        newest = alike.aggregate(newest=Max("number"))["newest"] or 0
        return max(newest, alike.count()) + 1


@keep
class Revision(models.Model):
    """A set of ceiling movements for one unit and year. No money moves until it is in force."""

    unit = models.ForeignKey(SpendingUnit, models.PROTECT, related_name="revisions")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    kind = models.CharField(max_length=5, choices=RevisionKind.choices, default="plan")
    source = models.CharField(max_length=60)  # What asked for it, such as `scenario:12`.
    title = models.CharField(_("title"), max_length=200, blank=True)  # What people read.
    reason = models.TextField(_("reason"), blank=True)
    state = models.CharField(max_length=10, choices=RevisionState.choices, default="draft")
    declared_total = models.BigIntegerField(_("declared total"))  # Movements sum to it.
    # Of all revisions made together, such as one plan's; another province's are out of sight.
    set_total = models.BigIntegerField(null=True)
    set_facts = models.JSONField(null=True)  # What they do as one whole: names of rules/moves.py.
    judged_on = models.DateField(_("judged on"), null=True)  # Whose rules count; None: its making.
    volume = models.CharField(max_length=5, choices=OutputVolume.choices, blank=True, default="")
    authority = models.CharField(max_length=12, blank=True)  # Who had to approve, when proposed.
    number = models.PositiveSmallIntegerField(_("revision number"), null=True)  # Once in force.
    effective_on = models.DateField(_("in effect on"), null=True)
    posting = models.OneToOneField(Posting, models.PROTECT, null=True, related_name="revision")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=now, editable=False)

    objects = RevisionQuerySet.as_manager()
    events: Any  # The earlier states that the history keeps.

    class Meta:
        db_table = "budget_revision"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "source"], name="budget_revision_once_for_a_source"
            ),
            models.CheckConstraint(
                condition=Q(posting=None) ^ Q(state__in=("in_force", "superseded")),
                name="budget_revision_in_force_is_posted",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.unit} {self.fiscal_year}"

    @property
    def is_open(self) -> bool:
        return self.state not in CLOSED_STATES

    @property
    def has_taken_effect(self) -> bool:
        return self.state in (RevisionState.IN_FORCE, RevisionState.SUPERSEDED)

    @property
    def document(self) -> str:
        """Return what it revises: the unit's own POK, or the DIPA."""
        return document_of(self.authority)


@keep
class RevisionMovement(models.Model):
    """What a revision adds to or takes from the ceiling of a line, or of one not there yet."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="movements")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    line = models.ForeignKey(BudgetLine, models.PROTECT, null=True, related_name="+")
    line_key = models.CharField(max_length=30)  # Of the line, or of the one to be opened.
    account = models.CharField(max_length=6)
    # Of the line, or of the one to be opened. Blank in movements kept before 0.2.0.
    fund_source = models.CharField(_("fund source"), max_length=8, null=True)
    programme = models.CharField(_("programme"), max_length=20, null=True)
    authority = models.CharField(_("authority"), max_length=2, null=True)
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="+")
    ceiling_before = models.BigIntegerField()
    rupiah = models.BigIntegerField(_("movement"))
    detail = models.TextField(_("description"), blank=True)
    # What the line is to be made of: [{text, volume, unit, unit_cost, rupiah}]; empty: not said.
    # Once in force, rows marked `was` say what it was made of before.
    details = models.JSONField(default=list, blank=True)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        db_table = "budget_revisionmovement"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["revision", "line_key", "line", "fund_source", "programme", "authority"],
                nulls_distinct=False,
                name="budget_movement_once_a_line",
            ),
            models.CheckConstraint(
                condition=Q(ceiling_before__gte=0) & ~Q(rupiah=0),
                name="budget_movement_moves_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_key} {self.rupiah:+}"

    @property
    def funding(self) -> Funding:
        """Return what its line hangs on beside the key."""
        if self.line is not None:
            return self.line.funding
        return Funding(self.fund_source or "RM", self.programme or "", self.authority or "")

    @funding.setter
    def funding(self, value: Funding) -> None:
        self.fund_source, self.programme, self.authority = value

    @property
    def ceiling_after(self) -> int:
        return self.ceiling_before + self.rupiah

    @property
    def rows_after(self) -> list[dict[str, Any]]:
        return [row for row in self.details if not row.get("was")]

    @property
    def rows_before(self) -> list[dict[str, Any]]:
        return [row for row in self.details if row.get("was")]


class RevisionStep(AppendOnly):
    """One step of a revision: which state it came to, who, when, by which letter, why."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="steps")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=RevisionState.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)
    authority = models.CharField(max_length=12, blank=True)
    letter_number = models.CharField(_("letter number"), max_length=80, blank=True)
    letter_date = models.DateField(_("letter date"), null=True)
    note = models.TextField(_("note"), blank=True)

    objects = BudgetQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        db_table = "budget_revisionstep"
        indexes: ClassVar = [models.Index(fields=["revision", "id"], name="budget_step_revision")]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.state}"
