"""The answer to a proposal, row by row, with its reasons."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly

from ..rules.factors import Factor, written
from .amendments import Amendment
from .proposals import Proposal
from .versions import ProposalVersion


class Outcome(models.TextChoices):
    APPROVED = "approved", _("approved")
    PARTLY = "partly_approved", _("partly approved")
    REJECTED = "rejected", _("rejected")


class ProposalDecision(AppendOnly):
    """Decided once, by another person than who wrote, verified and reviewed: a trigger says so."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="decision")
    version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=15, choices=Outcome.choices)
    reason = models.TextField(_("reason"))
    asked_rupiah = models.BigIntegerField(_("asked"))
    approved_rupiah = models.BigIntegerField(_("approved"))
    asked_people = models.PositiveIntegerField()
    approved_people = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    decided_rows: Any
    decided_places: Any

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    approved_rupiah__gte=0,
                    approved_rupiah__lte=F("asked_rupiah"),
                    approved_people__lte=F("asked_people"),
                ),
                name="proposals_never_more_than_asked",
            ),
            models.CheckConstraint(
                condition=Q(
                    outcome="approved",
                    approved_rupiah=F("asked_rupiah"),
                    approved_people=F("asked_people"),
                )
                | (
                    Q(outcome="partly_approved", approved_rupiah__gt=0)
                    & (
                        Q(approved_rupiah__lt=F("asked_rupiah"))
                        | Q(approved_people__lt=F("asked_people"))
                    )
                )
                | Q(outcome="rejected", approved_rupiah=0, approved_people=0),
                name="proposals_outcome_says_what_was_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.outcome}"

    @property
    def rows(self) -> models.QuerySet["DecidedRow"]:
        """The rows as they were decided, before any amendment."""
        rows: models.QuerySet[DecidedRow] = self.decided_rows.filter(amendment=None)
        return rows

    @property
    def places(self) -> models.QuerySet["DecidedPlace"]:
        """The places as they were decided, before any amendment."""
        places: models.QuerySet[DecidedPlace] = self.decided_places.filter(amendment=None)
        return places.select_related("regency")


class DecidedRowQuerySet(models.QuerySet["DecidedRow"]):
    def in_force(self, proposal_id: int) -> Self:
        """Keep what is approved now: of the newest amendment of money, else of the decision."""
        amended = Amendment.objects.filter(proposal=proposal_id, rows__isnull=False)
        amended = amended.exclude(version=None)
        newest = amended.order_by("-number").values_list("pk", flat=True).first()
        return self.filter(proposal=proposal_id, amendment=newest).order_by("position")


class DecidedRow(AppendOnly):
    """What became of one row: money in whole rupiah, never more than was asked.

    amendment: the one that put it in force; None for the rows of the decision itself. An amendment
    that leaves the money as it is has none, and those before it stay in force.
    """

    decision = models.ForeignKey(ProposalDecision, models.PROTECT, related_name="decided_rows")
    amendment = models.ForeignKey(Amendment, models.PROTECT, null=True, related_name="rows")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    text = models.CharField(max_length=300)
    account = models.CharField(max_length=6)
    counts = ArrayField(models.BigIntegerField())
    units = ArrayField(models.CharField(max_length=40, blank=True))
    unit_cost_asked = models.BigIntegerField()
    unit_cost = models.BigIntegerField()
    rupiah_asked = models.BigIntegerField()
    rupiah = models.BigIntegerField()
    reason = models.TextField(blank=True)

    objects = DecidedRowQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["decision", "amendment", "position"],
                nulls_distinct=False,
                name="proposals_row_decided_once",
            ),
            models.CheckConstraint(
                condition=Q(rupiah__gte=0, rupiah__lte=F("rupiah_asked")),
                name="proposals_row_never_more_than_asked",
            ),
            models.CheckConstraint(
                condition=Q(rupiah=F("rupiah_asked")) | ~Q(reason=""),
                name="proposals_changed_row_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.position}: {self.rupiah}"

    @property
    def calculation(self) -> str:
        """What is approved, written as people read it: `30 OJ`."""
        factors = [Factor(n, unit) for n, unit in zip(self.counts, self.units, strict=True)]
        return written(factors, (get_language() or "id")[:2])


class DecidedPlaceQuerySet(models.QuerySet["DecidedPlace"]):
    def in_force(self, proposal_id: int) -> Self:
        """Keep who may come from where now: of the newest amendment, else of the decision."""
        amended = Amendment.objects.filter(proposal=proposal_id, places__isnull=False)
        newest = amended.order_by("-number").values_list("pk", flat=True).first()
        found = self.filter(proposal=proposal_id, amendment=newest).order_by("position")
        return found.select_related("regency")


class DecidedPlace(AppendOnly):
    """How many participants of a place are approved; 0 where none may come from there.

    position: that of the proposal's place. amendment: the one that put it in force, whatever it
    touched; None for the places of the decision itself.
    """

    decision = models.ForeignKey(ProposalDecision, models.PROTECT, related_name="decided_places")
    amendment = models.ForeignKey(Amendment, models.PROTECT, null=True, related_name="places")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("regency"))
    site = models.CharField(_("place"), max_length=200, blank=True)
    people_asked = models.PositiveIntegerField()
    people = models.PositiveIntegerField(_("participants"))

    objects = DecidedPlaceQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["decision", "amendment", "position"],
                nulls_distinct=False,
                name="proposals_place_decided_once",
            ),
            models.CheckConstraint(
                condition=Q(people__lte=F("people_asked")),
                name="proposals_place_never_more_than_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.position}: {self.people}"
