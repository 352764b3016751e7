"""What verifiers answered, who reviews, and the scores that nobody sees before all are in."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pulih.audit.models import AppendOnly

from .proposals import Proposal
from .versions import ProposalVersion


class Verification(AppendOnly):
    """A verifier's answers to one version: `{item: [answer, reason]}`."""

    version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="verifications")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="verifications")
    answers = models.JSONField()
    is_passed = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"{self.version_id}: {self.is_passed}"


class Declared(models.TextChoices):
    WAITING = "", _("not declared yet")
    NONE = "none", _("no conflict of interest")
    CONFLICT = "conflict", _("handed back: conflict of interest")


class Assignment(models.Model):
    """Somebody who reviews a proposal in one place: a, b, or c where the two are far apart.

    Seen by who sees the country and by the reviewer; the office never learns who it is.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="assignments")
    slot = models.CharField(max_length=1, choices=[(one, one.upper()) for one in "abc"])
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("reviewer")
    )
    declared = models.CharField(
        max_length=8, choices=Declared.choices, blank=True, default=Declared.WAITING
    )
    submitted_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proposal", "slot"],
                condition=~Q(declared="conflict"),
                name="proposals_one_reviewer_a_slot",
            ),
            models.UniqueConstraint(
                fields=["proposal", "reviewer"], name="proposals_reviewer_once"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="only_what_is_open_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.submitted_at IS NOT NULL OR OLD.declared = 'conflict'"
                    " OR NEW.reviewer_id <> OLD.reviewer_id OR NEW.slot <> OLD.slot"
                    " OR NEW.proposal_id <> OLD.proposal_id"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.slot}"


class Score(AppendOnly):
    """One review, given once: points by criterion. apart: as the criteria of that version say.

    A row policy hides it, from everybody but who gave it, until all reviews are in.
    """

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="score")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="scores")
    slot = models.CharField(max_length=1)
    criteria = models.PositiveSmallIntegerField(_("version of the criteria"))
    apart = models.PositiveSmallIntegerField()
    points = models.JSONField()
    total = models.PositiveSmallIntegerField()
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(total__lte=100), name="proposals_score_is_at_most_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.slot}: {self.total}"
