"""What was sent, as it was sent: versions that nobody edits."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pulih.audit.models import AppendOnly

from .proposals import Proposal


class ProposalVersion(AppendOnly):
    """All of a proposal as it was sent. fingerprint: SHA-256 of its content, in hex."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    fingerprint = models.CharField(max_length=64)
    content = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "number"], name="proposals_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} v{self.number}"
