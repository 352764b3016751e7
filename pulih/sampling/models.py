"""What a sampling check stores: the frozen list, who was drawn, what was found, what follows."""

from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.audit.models import AppendOnly
from pulih.measures.models import Measure
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.permissions import Permission, holds

CONFIDENCES = ((90, "90 %"), (95, "95 %"), (99, "99 %"))


class SampleQuerySet(models.QuerySet[Any]):
    """Rows of a province's checks; those who are visited do not see whom a seed drew."""

    def visible_to(self, person: User) -> Self:
        """Keep the rows within a person's provinces; a regency's people see none."""
        if not holds(person, Permission.SEE_SAMPLES):
            return self.none()
        if person.sight.country:
            return self
        return self.filter(province_id__in=person.sight.provinces)


class Kind(models.TextChoices):
    """What is checked: people in seats, goods handed over, or money paid to people."""

    SEATS = "seats", _("seats of participants")
    GOODS = "goods", _("goods handed over")
    PAYMENTS = "payments", _("payments to participants")
    HONORARIA = "teaching", _("honoraria of who taught")


@keep
class SampleCheck(models.Model):
    """One sampling check (uji petik); a trigger lets its steps only go on.

    province: whose; None of the whole country. error, confidence, share: as `rules.sample.Wanted`.
    sizes: visits by the name of a stratum, as they were wanted. digest: of the frozen list, which
    is public before the seed is drawn before two witnesses.
    """

    province = models.ForeignKey(
        Area, models.PROTECT, null=True, related_name="+", verbose_name=_("province")
    )
    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(_("what is checked"), max_length=8, choices=Kind.choices)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    error = models.PositiveSmallIntegerField(
        _("error wanted"), validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    confidence = models.PositiveSmallIntegerField(_("confidence"), choices=CONFIDENCES)
    share = models.PositiveSmallIntegerField(
        _("share expected"), validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    population = models.PositiveIntegerField(_("in the list"))
    sizes = models.JSONField()
    digest = models.CharField(_("digest of the list"), max_length=64)
    frozen_at = models.DateTimeField(_("list frozen"))
    frozen_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    seed = models.CharField(_("seed"), max_length=60, blank=True)
    witness = models.CharField(_("first witness"), max_length=120, blank=True)
    other_witness = models.CharField(_("second witness"), max_length=120, blank=True)
    drawn_at = models.DateTimeField(_("seed drawn"), null=True)
    drawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = SampleQuerySet.as_manager()
    events: Any

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")),
                name="sampling_check_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(population__gt=0, digest__regex=r"^[0-9a-f]{64}$"),
                name="sampling_check_has_a_list",
            ),
            models.CheckConstraint(
                condition=Q(drawn_at=None, seed="", drawn_by=None)
                | (
                    Q(drawn_at__gt=models.F("frozen_at"), drawn_by__isnull=False)
                    & ~Q(seed="") & ~Q(witness="") & ~Q(other_witness="")
                    & ~Q(witness=models.F("other_witness"))
                ),
                name="sampling_seed_after_the_list_before_two",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class SampleUnit(AppendOnly):
    """One line of the frozen list: who should have received what.

    subject_id: the participant, hand-over, or line of a list of payments or honoraria. quantity:
    people, pieces or rupiah. The list that anybody can repeat the draw by names nobody.
    """

    sample = models.ForeignKey(SampleCheck, models.PROTECT, related_name="units")
    number = models.PositiveIntegerField(_("No."))
    subject_id = models.BigIntegerField()
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    name = models.CharField(_("who"), max_length=160)
    expected = models.CharField(_("what should be there"), max_length=300)
    quantity = models.BigIntegerField(_("quantity"))

    objects = SampleQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sample", "number"], name="sampling_unit_number_once"),
            models.UniqueConstraint(
                fields=["sample", "subject_id"], name="sampling_unit_subject_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"

    @property
    def stratum(self) -> str:
        return f"{self.province_id}-{self.measure.code}"

    @property
    def public(self) -> tuple[object, ...]:
        """The fields of the line as the digest is taken of them: without a name."""
        return self.number, self.stratum, self.subject_id, self.quantity


class DrawnUnit(AppendOnly):
    """A line that the seed picked, to be visited."""

    unit = models.OneToOneField(SampleUnit, models.PROTECT, related_name="drawn")
    sample = models.ForeignKey(SampleCheck, models.PROTECT, related_name="drawn")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")

    objects = SampleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.sample_id} {self.unit_id}"


class Outcome(models.TextChoices):
    RECEIVED = "received", _("received as recorded")
    DIFFERENT = "different", _("received, with differences")
    NOT_RECEIVED = "not_received", _("not received")
    NOT_FOUND = "not_found", _("nobody found there")


class Visit(AppendOnly):
    """What somebody found on the spot; never changed. corrects: the visit that it takes back.

    counted: people, pieces or rupiah that were found. by, link: who wrote it down. device, press,
    pressed_at: which press on which phone, by its own clock; empty where it was typed on a page.
    """

    unit = models.ForeignKey(SampleUnit, models.PROTECT, related_name="visits")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    outcome = models.CharField(_("what was found"), max_length=12, choices=Outcome.choices)
    counted = models.BigIntegerField(_("counted"), null=True)
    note = models.CharField(_("what was seen or said"), max_length=500, blank=True)
    visited_on = models.DateField(_("visited on"))
    visitor = models.CharField(_("who visited"), max_length=120)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    link = models.ForeignKey(Link, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    device = models.CharField(max_length=40, blank=True)
    press = models.PositiveIntegerField(null=True)
    pressed_at = models.DateTimeField(null=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    why = models.CharField(_("why corrected"), max_length=200, blank=True)

    objects = SampleQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(corrects=None), name="sampling_visit_first_once"
            ),
            models.CheckConstraint(
                condition=Q(by=None, link__isnull=False) | Q(by__isnull=False, link=None),
                name="sampling_visit_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, why="") | (Q(corrects__isnull=False) & ~Q(why="")),
                name="sampling_visit_corrects_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(outcome="received") | ~Q(note=""), name="sampling_visit_says_what"
            ),
            models.UniqueConstraint(
                fields=["device", "press"],
                condition=~Q(device=""),
                name="sampling_visit_is_one_press",
            ),
            models.CheckConstraint(
                condition=Q(device="", press=None, pressed_at=None)
                | (~Q(device="") & Q(press__isnull=False, pressed_at__isnull=False)),
                name="sampling_visit_on_a_phone_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.outcome}"


class Finding(AppendOnly):
    """A visit that did not find what was recorded; its states are steps of the workflow."""

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="finding")
    unit = models.ForeignKey(SampleUnit, models.PROTECT, related_name="findings")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")

    objects = SampleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.unit_id} {self.visit_id}"
