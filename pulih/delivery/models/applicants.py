"""Who asks for a place in an activity. Applying is free to all."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.people.links.models import Link
from pulih.people.scope import ScopedQuerySet

from .activities import Activity, Participant
from .persons import Person

MOST_POINTS = 100


class Origin(models.TextChoices):
    """How somebody came to be among the applicants."""

    REGISTER = "register", _("from the register")
    SHEET = "sheet", _("from a list")
    CLASS = "class", _("from a class")
    FORM = "form", _("by a form")


class ApplicantQuerySet(ScopedQuerySet):
    def staying(self) -> "ApplicantQuerySet":
        """Keep those who did not withdraw."""
        return self.filter(withdrawn_on=None)

    def untold(self) -> "ApplicantQuerySet":
        """Keep those of decreed selections who were not told whether they have a place now."""
        # The answers stand in a file that needs this one.
        answers = self.model._meta.get_field("answers").related_model.objects
        newest = answers.filter(applicant=OuterRef("pk")).order_by("-pk").values("outcome")[:1]
        seated = Participant.objects.seated().filter(
            activity=OuterRef("activity"), person=OuterRef("person")
        )
        decreed = Activity.objects.filter(selections__decreed_at__isnull=False)
        waiting = self.staying().filter(activity__in=decreed.values("pk"))
        told = waiting.annotate(told=Subquery(newest), has_place=Exists(seated))
        found: ApplicantQuerySet = told.filter(
            Q(told=None) | Q(has_place=True) & ~Q(told="chosen") | Q(has_place=False, told="chosen")
        )
        return found


@keep
class Applicant(models.Model):
    """A person who asks for a place in an activity (pendaftar).

    points: given by an office, 0 to 100, such as for an interview. household: any word that the
    members of one household share; empty where it is not known. link: of the office's form.
    has_disputed_nik: the form named a NIK that somebody else here has, or applied with; it was not
    taken, and the office settles it.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="applicants")
    person = models.ForeignKey(Person, models.PROTECT, related_name="applications")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    origin = models.CharField(_("came"), max_length=8, choices=Origin.choices)
    link = models.ForeignKey(Link, models.PROTECT, null=True, related_name="+")
    points = models.PositiveSmallIntegerField(
        _("points of the office"), default=0,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_POINTS)],
    )  # fmt: skip
    household = models.CharField(_("household"), max_length=40, blank=True)
    has_disputed_nik = models.BooleanField(_("NIK to settle"), default=False)
    applied_on = models.DateField(_("applied on"))
    withdrawn_on = models.DateField(_("withdrew on"), null=True, blank=True)

    objects = ApplicantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["activity", "person"], name="delivery_applicant_once_an_activity"
            ),
            models.CheckConstraint(
                condition=Q(points__range=(0, MOST_POINTS)), name="delivery_applicant_points"
            ),
            models.CheckConstraint(
                condition=Q(origin="form", link__isnull=False) | (~Q(origin="form") & Q(link=None)),
                name="delivery_applicant_by_a_form_names_it",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["province", "id"], name="delivery_applicant_by_province"),
            models.Index(fields=["regency", "id"], name="delivery_applicant_by_regency"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.person_id}"

    @property
    def code(self) -> str:
        """The number by which lists, draws and the applicant name the application."""
        return f"P{self.pk:07}"
