"""Changes of approved proposals that offices ask for."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pulih.audit.history import keep
from pulih.people.models import User
from pulih.people.permissions import Permission, holds

from .proposals import Proposal
from .versions import ProposalVersion


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def visible_to(self, person: User) -> Self:
        """Keep what `person` may read; reviewers read what they scored, and nothing since."""
        if holds(person, Permission.REVIEW_PROPOSALS) and not person.sight.country:
            return self.none()
        return self.filter(proposal__in=Proposal.objects.visible_to(person))


@keep
class Amendment(models.Model):
    """A change of an approved proposal (perubahan usulan); its state is its last step.

    before, after: all of the proposal as it is approved and as it would be. topics: what differs.
    version: what it became. granted_in: the transaction in which alone the proposal's own rows may
    follow it; triggers ask for it.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField(_("number"))
    reason = models.TextField(_("reason"))
    before = models.JSONField()
    after = models.JSONField()
    topics = ArrayField(models.CharField(max_length=10))
    rupiah_before = models.BigIntegerField()
    rupiah_after = models.BigIntegerField()
    people_before = models.PositiveIntegerField()
    people_after = models.PositiveIntegerField()
    is_open = models.BooleanField(default=True)
    version = models.OneToOneField(ProposalVersion, models.PROTECT, null=True, related_name="+")
    granted_in = models.BigIntegerField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AmendmentQuerySet.as_manager()
    events: Any

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "number"], name="proposals_amended_once"),
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(is_open=True), name="proposals_one_open_amendment"
            ),
            models.CheckConstraint(
                condition=Q(granted_by=None) | ~Q(granted_by=F("made_by")),
                name="proposals_amendment_granted_by_another",
            ),
            models.CheckConstraint(
                condition=Q(granted_in=None, granted_by=None)
                | Q(granted_in__isnull=False, granted_by__isnull=False, is_open=False),
                name="proposals_amendment_names_who_granted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal.number} P{self.number}"
