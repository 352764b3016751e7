"""What people ask about their own data, and what they were answered. Nothing here is edited."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly
from pulih.delivery.models import Person
from pulih.people.models import User
from pulih.people.scope import ScopedQuerySet
from pulih.registry.models import Enterprise

from .rules import ANSWER_DAYS


class RequestKind(models.TextChoices):
    COPY = "copy", _("a copy of the data")
    CORRECTION = "correction", _("correct the data")
    OBJECTION = "objection", _("object to what is done with the data")
    ERASURE = "erasure", _("erase the data")


class Outcome(models.TextChoices):
    DONE = "done", _("done as asked")
    PARTLY = "partly", _("done in part")
    REFUSED = "refused", _("not done")


class DataRequestQuerySet(ScopedQuerySet):
    def waiting(self) -> Self:
        """Keep those without an answer."""
        return self.filter(answered=None)


class DataRequest(AppendOnly):
    """What one person asked about the data on them: of a person of classes, or a firm's owner.

    said: in the person's words, without whole numbers.
    """

    kind = models.CharField(_("asks to"), max_length=10, choices=RequestKind.choices)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, null=True, related_name="+")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    received_on = models.DateField(_("received on"))
    said = models.TextField(_("what is asked"), max_length=2_000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = DataRequestQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        db_table = "privacy_personrequest"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person=None, enterprise__isnull=False)
                | Q(person__isnull=False, enterprise=None),
                name="privacy_request_is_about_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"

    @property
    def name(self) -> str:
        """The person's name; of a firm its owner's, or its own where no owner is known."""
        if self.person:
            return str(self.person.name)
        assert self.enterprise is not None
        return str(self.enterprise.owner_name or self.enterprise.name)

    @property
    def area(self) -> Area:
        return self.regency or self.province

    @property
    def due_on(self) -> date:
        day: date = self.received_on + ANSWER_DAYS
        return day


class RequestAnswer(AppendOnly):
    """What became of a request, once: an answer is not changed, another request may follow."""

    request = models.OneToOneField(DataRequest, models.PROTECT, related_name="answered")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(_("how it was settled"), max_length=7, choices=Outcome.choices)
    said = models.TextField(_("answer"), max_length=2_000)
    answered_on = models.DateField(_("answered on"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(said=""), name="privacy_answer_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.request_id}"
