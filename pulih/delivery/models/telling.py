"""What every applicant of a call was told, and by which link."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.scope import ScopedQuerySet

from .applicants import Applicant


class ApplicantOutcome(models.TextChoices):
    """What became of an application, as the applicant is told."""

    CHOSEN = "chosen", _("has a place in a class")
    WAITING = "waiting", _("waits for a place")
    REFUSED = "refused", _("gets no place")


class ApplicantAnswer(AppendOnly):
    """What an applicant was told, once for each letter. link: opens the reasons.

    Whoever moves up later is told again: the newest answer counts.
    """

    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="answers")
    link = models.OneToOneField(Link, models.PROTECT, related_name="+")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=7, choices=ApplicantOutcome.choices)
    at = models.DateTimeField(_("told"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.applicant_id} {self.outcome}"
