"""A funded training from its activity down to the person in its list."""

from datetime import date
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.budget.models import SpendingUnit
from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.people.number_cipher import STORED_WHOLE
from pulih.people.number_fields import NumberField
from pulih.people.scope import ScopedQuerySet
from pulih.proposals.models import Proposal
from pulih.web import numbers

from .persons import Person

MOST_PLACES = 500  # No class is larger; a slip of a zero must not open one of 2,500.
MOST_LESSON_HOURS = 12  # In one session: nine clock hours.


class Mode(models.TextChoices):
    """How people are taught; 2020 added the home, with visits."""

    CLASSROOM = "classroom", _("in a classroom")
    ONLINE = "online", _("online")
    MIXED = "mixed", _("online and in a classroom")
    HOME = "home", _("at home, with visits")


class ActivityQuerySet(ScopedQuerySet):
    def visible_to(self, person: User) -> Self:
        """Keep the activities of the person's areas, and those with a site in them."""
        if person.sight.country:
            return self
        sight = person.sight
        here = Q(regency_id__in=sight.regencies) | Q(province_id__in=sight.provinces)
        sites = Site.objects.visible_to(person).filter(activity=OuterRef("pk"))
        return self.filter(here | Exists(sites))


@keep
class Activity(models.Model):
    """One training (bimtek) or other delivery of a measure, from its first day to its last.

    unit: who pays; regency officers do not see budgets and leave it empty. decree: the decision
    that names the participants (SK penetapan peserta); no session stands before its day.
    """

    province = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("province"))
    regency = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("regency or city"),
    )  # fmt: skip
    unit = models.ForeignKey(
        SpendingUnit, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("spending unit"),
    )  # fmt: skip
    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="+", verbose_name=_("measure")
    )
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("proposal that funds it"),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=160)
    mode = models.CharField(_("way of teaching"), max_length=9, choices=Mode.choices)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    decree_number = models.CharField(_("number of the decree"), max_length=60, blank=True)
    decree_on = models.DateField(_("day of the decree"), null=True, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="delivery_activity_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(decree_number="", decree_on=None)
                | (~Q(decree_number="") & Q(decree_on__isnull=False)),
                name="delivery_decree_has_number_and_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-starts_on", "-id"], name="delivery_activity_by_day")
        ]

    def __str__(self) -> str:
        return self.title

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@keep
class Site(models.Model):
    """A place where an activity is held."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="sites")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(
        Area, models.PROTECT, related_name="+", verbose_name=_("regency or city")
    )
    name = models.CharField(_("name of the place"), max_length=120)
    address = models.CharField(_("address"), max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["activity", "regency", "name"], name="delivery_site_once_an_activity"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@keep
class Cohort(models.Model):
    """A class (angkatan): who learns together, at most so many."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="cohorts")
    site = models.ForeignKey(Site, models.PROTECT, related_name="cohorts", verbose_name=_("place"))
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    name = models.CharField(_("name of the class"), max_length=80)
    places = models.PositiveSmallIntegerField(
        _("places"), validators=[MinValueValidator(1), MaxValueValidator(MOST_PLACES)]
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["activity", "name"], name="delivery_cohort_name_once_an_activity"
            ),
            models.CheckConstraint(
                condition=Q(places__range=(1, MOST_PLACES)), name="delivery_cohort_has_places"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TrainerRole(models.TextChoices):
    TRAINER = "trainer", _("trainer")
    ASSISTANT = "assistant", _("assistant")


class TaxPayee(models.TextChoices):
    """What who teaches is to the tax office: kinds of payee of the treasurers' rules of tax."""

    SERVANT_2 = "servant_2", _("civil servant, rank I or II")
    SERVANT_3 = "servant_3", _("civil servant, rank III")
    SERVANT_4 = "servant_4", _("civil servant, rank IV")
    PERSON = "person", _("no civil servant")


@keep
class Trainer(models.Model):
    """Who teaches a class, or helps to. payee: empty while nobody said what decides the tax.

    nik_key: as of a person; by it the same person is one in all classes, however the name is
    written. Without a NIK nobody is paid a honorarium.
    """

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="trainers")
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("as"), max_length=9, choices=TrainerRole.choices)
    institution = models.CharField(_("institution"), max_length=120, blank=True)
    payee = models.CharField(
        _("to the tax office"), max_length=9, choices=TaxPayee.choices, blank=True
    )
    has_npwp = models.BooleanField(_("shows an NPWP"), default=False)
    nik = NumberField("NIK", blank=True, default="")
    nik_key = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cohort", "name"], name="delivery_trainer_once_a_cohort"
            ),
            models.UniqueConstraint(
                fields=["cohort", "nik_key"],
                condition=~Q(nik_key=""),
                name="delivery_trainer_nik_once_a_cohort",
            ),
            models.CheckConstraint(
                condition=Q(nik__regex="^$", nik_key="")
                | (Q(nik__regex=STORED_WHOLE) & ~Q(nik_key="")),
                name="delivery_trainer_nik_has_its_key",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@keep
class Session(models.Model):
    """One lesson of a class on one day. lesson_hours: JP of 45 minutes, without the breaks.

    video: the address of a meeting; empty where people meet at the class's place.
    """

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="sessions")
    day = models.DateField(_("day"))
    starts_at = models.TimeField(_("begins at"))
    lesson_hours = models.PositiveSmallIntegerField(
        _("lesson hours (JP)"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_LESSON_HOURS)],
    )
    subject = models.CharField(_("subject"), max_length=160)
    video = models.URLField(_("address of the video meeting"), max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cohort", "day", "starts_at"], name="delivery_session_once_an_hour"
            ),
            models.CheckConstraint(
                condition=Q(lesson_hours__range=(1, MOST_LESSON_HOURS)),
                name="delivery_session_has_lesson_hours",
            ),
        ]

    def __str__(self) -> str:
        return f"{numbers.day(self.day)} {self.starts_at:%H.%M} {self.subject}"


class ParticipantQuerySet(ScopedQuerySet):
    def seated(self) -> Self:
        """Keep those who did not leave."""
        return self.filter(left_on=None)


@keep
class Participant(models.Model):
    """A person in a class, under a number of its list. left_on: gave the place up, and why.

    selection: by which the person was chosen; empty where an office's list named the person.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="participants")
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="participants")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("number"))
    selection = models.ForeignKey(
        "delivery.Selection", models.PROTECT, null=True, related_name="seated"
    )
    left_on = models.DateField(_("left on"), null=True, blank=True)
    left_because = models.CharField(_("why"), max_length=200, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["activity", "person"],
                condition=Q(left_on=None),
                name="delivery_participant_once_an_activity",
            ),
            models.UniqueConstraint(
                fields=["cohort", "number"], name="delivery_participant_number_once"
            ),
            models.CheckConstraint(
                condition=Q(left_on=None, left_because="")
                | (Q(left_on__isnull=False) & ~Q(left_because="")),
                name="delivery_participant_leaves_with_a_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["province", "id"], name="delivery_seat_by_province"),
            models.Index(fields=["regency", "id"], name="delivery_seat_by_regency"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.person_id}"
