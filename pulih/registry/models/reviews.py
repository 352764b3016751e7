"""Pairs that may be one firm, the office that is asked, and what people answered."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.people.models import User
from pulih.people.scope import ScopedQuerySet

from .enterprises import Enterprise
from .linking import LinkRun


class ReviewState(models.TextChoices):
    WAITING = "waiting", _("waiting for an answer")
    THIRD = "third", _("waiting for a third person")
    SAME = "same", _("one firm")
    DIFFERENT = "different", _("two firms")
    WITHDRAWN = "withdrawn", _("no longer asked")


class Answer(models.TextChoices):
    SAME = "same", _("One firm")
    DIFFERENT = "different", _("Two firms")
    UNSURE = "unsure", _("Not sure")


class Distance(models.TextChoices):
    SAME_VILLAGE = "same_village", _("same village")
    SAME_DISTRICT = "same_district", _("same district")
    SAME_REGENCY = "same_regency", _("same regency")
    SAME_PROVINCE = "same_province", _("same province")
    FAR = "far", _("different provinces")


OPEN = (ReviewState.WAITING, ReviewState.THIRD)


class ReviewQuerySet(ScopedQuerySet):
    def visible_to(self, person: User) -> Self:
        """Keep the pairs of which `person` sees both; one may have moved since it was asked about.

        Such a pair is for the office over both. Said here, so that counts and lists agree.
        """
        rows = super().visible_to(person)
        if person.sight.country:
            return rows
        seen = Enterprise.objects.visible_to(person)
        pair = (Exists(seen.filter(pk=OuterRef(side))) for side in ("first_id", "second_id"))
        return rows.filter(*pair)

    def open(self) -> Self:
        """Keep the pairs that wait for somebody's answer."""
        return self.filter(state__in=OPEN)

    def likeliest_first(self) -> Self:
        """Put the pairs first that speak loudest for one firm."""
        return self.order_by("-weight", "id")


@keep
class Review(models.Model):
    """One doubtful pair. Its place is that of the office asked; the country's is the planner's."""

    first = models.ForeignKey(Enterprise, models.PROTECT, related_name="+", db_index=False)
    second = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", db_index=False)
    run = models.ForeignKey(LinkRun, models.PROTECT, null=True, related_name="reviews")
    weight = models.FloatField(_("weight"))  # Bits; what speaks for one firm is above zero.
    terms = models.JSONField(default=list)  # [{comparison, level, bits, left, right, says_id, …}]
    distance = models.CharField(max_length=13, choices=Distance.choices)
    state = models.CharField(max_length=9, choices=ReviewState.choices, default="waiting")
    settled_at = models.DateTimeField(null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="registry_review_pair_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="registry_review_in_order"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-weight", "id"], name="registry_review_queue"),
            models.Index(
                fields=["province", "state", "-weight", "id"], name="registry_review_province"
            ),
            models.Index(
                fields=["regency", "state", "-weight", "id"], name="registry_review_regency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id}?"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


@keep
class ReviewAnswer(models.Model):
    """What one person said of a pair; one answer in force a person."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="answers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer = models.CharField(_("answer"), max_length=9, choices=Answer.choices)
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["review", "by"],
                condition=Q(undone_at=None),
                name="registry_reviewanswer_one_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.answer}"
