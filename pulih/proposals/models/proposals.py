"""A proposal (usulan kegiatan): what an office wants to do, in the sections of the KAK."""

from typing import Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep_without
from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.people.permissions import Permission, holds

from .rounds import Round

EDITABLE = ("draft", "returned")  # States in which the office may write.
# The transaction that grants an amendment, and no other, lets the proposal follow it.
FOLLOWS_AMENDMENT = """EXISTS (SELECT 1 FROM proposals_amendment WHERE proposal_id = {key}
                    AND granted_in = pg_current_xact_id()::text::bigint)"""


class Mode(models.TextChoices):
    OFFLINE = "offline", _("in one place")
    ONLINE = "online", _("online")
    HOME_VIDEO = "home_video", _("at home with video and visits")
    MIXED = "mixed", _("online and in one place")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, person: User) -> Self:
        """Keep what `person` may read: of the own provinces, or of the whole country."""
        if not holds(person, Permission.SEE_PROPOSALS):
            return self.none()
        if person.sight.country:
            return self
        if holds(person, Permission.REVIEW_PROPOSALS):
            named = Q(assignments__reviewer=person, assignments__declared__in=("", "none"))
            return self.filter(named)
        return self.filter(province_id__in=person.sight.provinces)


def frozen_once_sent(kept: tuple[str, ...] = ()) -> pgtrigger.Trigger:
    """Refuse changes of a proposal's own row but by the office or an amendment."""
    return pgtrigger.Trigger(
        name="frozen_once_sent",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Condition("OLD.state NOT IN ('draft', 'returned')"),
        declare=[("left_out", "text[]")],
        func=f"""
            left_out := ARRAY[{", ".join(f"'{name}'" for name in kept)}]::text[];
            IF TG_OP = 'DELETE' OR (to_jsonb(OLD) - left_out <> to_jsonb(NEW) - left_out
                AND NOT {FOLLOWS_AMENDMENT.format(key="OLD.id")})
            THEN
                RAISE EXCEPTION 'proposals_frozen: nothing submitted is edited'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


@keep_without("asked_rupiah", "people", "changed_at", only_when_named=True)
class Proposal(models.Model):
    """What a province asks for in a round; money in whole rupiah stands in its rows.

    state: of the machine `proposal`; only the last step changes it. version: counts the changes of
    the row's own fields, so that two people at one draft notice each other. profiles: codes of who
    may come. lesson_hours: JP of one class. asked_rupiah, people: sums of the rows and quotas, kept
    by triggers; what was asked for stays as it was answered, whatever is amended.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="proposals")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    legal_basis = models.TextField(_("legal basis"), blank=True)
    background = models.TextField(_("overview"), blank=True)
    beneficiaries = models.TextField(_("beneficiaries"), blank=True)
    method = models.TextField(_("method"), blank=True)
    stages = models.TextField(_("stages and time"), blank=True)
    outcome = models.TextField(_("outcome"), blank=True)
    indicator = models.TextField(_("indicator"), blank=True)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("days of work"), default=0)
    lesson_hours = models.PositiveSmallIntegerField(_("lesson hours (JP) of a class"), default=0)
    classes = models.PositiveSmallIntegerField(_("classes"), default=0)
    class_size = models.PositiveSmallIntegerField(_("participants a class"), default=0)
    trainers = models.PositiveSmallIntegerField(_("trainers"), default=0)
    assistants = models.PositiveSmallIntegerField(_("assistants"), default=0)
    profiles = ArrayField(
        models.CharField(max_length=40), verbose_name=_("who may come"), default=list, blank=True
    )
    asked_rupiah = models.BigIntegerField(_("asked"), default=0, editable=False)
    people = models.PositiveIntegerField(_("participants"), default=0, editable=False)
    state = models.CharField(_("state"), max_length=20, default="draft")
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    objects = ProposalQuerySet.as_manager()
    events: Any
    amendments: Any
    decision: Any
    ideas: Any
    rows: Any
    places: Any
    goods: Any
    attachments: Any
    versions: Any
    verifications: Any
    assignments: Any
    scores: Any

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-made_at", "-id"], name="proposals_newest"),
            models.Index(fields=["state", "-made_at", "-id"], name="proposals_by_state"),
            models.Index(fields=["province", "-made_at", "-id"], name="proposals_by_province"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="proposals_ends_after_it_begins",
            ),
        ]
        triggers: ClassVar = [frozen_once_sent(("state", "changed_at", "changed_by_id"))]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE
