"""How those who were trained fare: asked of a class after 3, 6 and 12 months, by a link."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.scope import ScopedQuerySet

from ..rules.followups import MONTHS
from .activities import Cohort, Participant


class FollowUpRound(AppendOnly):
    """One class asked after so many months; its states are steps of the workflow."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="follow_up_rounds")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField(_("months after the training"))
    due_on = models.DateField(_("to be asked from"))

    objects = ScopedQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cohort", "months"], name="delivery_follow_up_round_once"
            ),
            models.CheckConstraint(
                condition=Q(months__in=MONTHS), name="delivery_follow_up_round_months"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.months}"


class FollowUp(AppendOnly):
    """One person who completed the training, asked in a round."""

    round = models.ForeignKey(FollowUpRound, models.PROTECT, related_name="follow_ups")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="follow_ups")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "participant"], name="delivery_follow_up_once_a_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.participant_id}"


class Turnover(models.TextChoices):
    """Of the last month, in rupiah; bands, since nobody keeps books for a form of a minute."""

    NONE = "none", _("none")
    UP_TO_1M = "up_to_1m", _("up to Rp1 million")
    UP_TO_5M = "up_to_5m", _("over Rp1 million to Rp5 million")
    UP_TO_25M = "up_to_25m", _("over Rp5 million to Rp25 million")
    MORE = "more", _("over Rp25 million")
    NOT_SAID = "not_said", _("not said")


class FollowUpAnswer(AppendOnly):
    """What a person said; the newest answer stands, the earlier ones stay.

    has_kit, has_nib, has_certificate: None where the person does not know. by, link: who wrote it
    down, an officer on the phone or the person.
    """

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="answers")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    has_kit = models.BooleanField(_("received the tools"), null=True)
    has_nib = models.BooleanField(_("has a NIB"), null=True)
    has_certificate = models.BooleanField(_("has a certificate for the product"), null=True)
    is_producing = models.BooleanField(_("produces"))
    turnover = models.CharField(_("turnover"), max_length=9, choices=Turnover.choices)
    note = models.CharField(_("what hampers"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("answered at"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    link = models.ForeignKey(Link, models.PROTECT, null=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(by=None, link__isnull=False) | Q(by__isnull=False, link=None),
                name="delivery_follow_up_answer_by_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["follow_up", "-id"], name="delivery_newest_answer")
        ]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.answered_at:%Y-%m-%d}"
