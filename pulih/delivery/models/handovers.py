"""Hand-overs (BAST): what was sent, what was counted on arrival, and who signed for it."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.audit.models import AppendOnly
from pulih.market.models import Order
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.scope import ScopedQuerySet

from .activities import Activity
from .goods import Item
from .persons import Person

LONGEST_DRAWING = 12_000


class ReceiverKind(models.TextChoices):
    FIRM = "firm", _("firm (IKM)")
    PERSON = "person", _("person")
    TASK_FORCE = "task_force", _("task force")
    HEALTH = "health", _("health facility")
    PUBLIC = "public", _("public facility")


@keep
class Receiver(models.Model):
    """Who may receive goods, under the name that it has between two days.

    A Gugus Tugas that becomes a Satgas is two receivers, one after the other: papers keep the name
    of their day. person: a participant who received tools of the activity; otherwise empty.
    Source: Perpres 82/2020 article 20.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=ReceiverKind.choices)
    name = models.CharField(_("name"), max_length=160)
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    address = models.CharField(_("address"), max_length=200, blank=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until before"), null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="delivery_receiver_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(person=None) | Q(kind="person"),
                name="delivery_receiver_of_a_person_is_one",
            ),
            models.UniqueConstraint(
                fields=["person", "province"],
                condition=Q(valid_to=None),
                name="delivery_receiver_person_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def holds(self, day: date) -> bool:
        """Tell whether it bears this name on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@keep
class Handover(models.Model):
    """One BAST over one item. sent and received are two counts; a difference has its reason.

    receiver_name: as it stood on the paper, whatever the receiver is called later. received_on:
    empty while the receiver has not answered. came_back: of the difference, how many lie in the
    store again; the others are lost. edition: of the sentence that both sides sign. order: whose
    goods it carries, where makers of the market made them; its count is then their receipt.
    """

    number = models.CharField(_("number"), max_length=60)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="handovers")
    item = models.ForeignKey(Item, models.PROTECT, related_name="handovers")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    receiver = models.ForeignKey(Receiver, models.PROTECT, related_name="handovers")
    receiver_name = models.CharField(max_length=160)
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="handovers")
    sent = models.BigIntegerField(_("sent"))
    sent_on = models.DateField(_("sent on"))
    value = models.BigIntegerField(_("value of what was sent"))  # Rupiah.
    received = models.BigIntegerField(_("received"), null=True)
    received_on = models.DateField(_("received on"), null=True)
    came_back = models.BigIntegerField(_("came back"), default=0)
    difference_reason = models.CharField(_("reason of the difference"), max_length=200, blank=True)
    edition = models.PositiveSmallIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["province", "number"], name="delivery_handover_number_once"
            ),
            models.CheckConstraint(
                condition=Q(received=None, received_on=None, came_back=0, difference_reason="")
                | Q(
                    received__gte=0, received__lte=F("sent"), received_on__gte=F("sent_on"),
                    came_back__gte=0, came_back__lte=F("sent") - F("received"),
                ),
                name="delivery_handover_counts_hold",
            ),
            models.CheckConstraint(
                condition=Q(received=None) | Q(received=F("sent")) | ~Q(difference_reason=""),
                name="delivery_handover_difference_has_a_reason",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


class Side(models.TextChoices):
    GIVER = "giver", _("handed over by")
    RECEIVER = "receiver", _("received by")


class Signature(AppendOnly):
    """Who signed a hand-over: name, post, place, time, and the fingerprint of what was signed.

    drawing: the signature as it was drawn on a phone, as an SVG path in a box of 300 by 100; empty
    at the desk. device, number, pressed_at: which press on which phone, by its own clock.
    This is no certified electronic signature (PP 71/2019); a paper with a stamp may follow.
    """

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=8, choices=Side.choices)
    name = models.CharField(_("name"), max_length=120)
    post = models.CharField(_("post"), max_length=120)
    place = models.CharField(_("place"), max_length=120)
    signed_at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64)
    drawing = models.CharField(max_length=LONGEST_DRAWING, blank=True)
    device = models.CharField(max_length=40, blank=True)
    number = models.PositiveIntegerField(null=True)
    pressed_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    link = models.ForeignKey(Link, models.PROTECT, null=True, related_name="+")

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["handover", "side"], name="delivery_signature_once_a_side"
            ),
            models.UniqueConstraint(
                fields=["device", "number"], condition=~Q(device=""),
                name="delivery_signature_is_one_press",
            ),
            models.CheckConstraint(
                condition=Q(by=None, link__isnull=False) | Q(by__isnull=False, link=None),
                name="delivery_signature_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(device="", number=None, pressed_at=None)
                | (~Q(device="") & Q(number__isnull=False, pressed_at__isnull=False)),
                name="delivery_signature_on_a_phone_or_not",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.side}: {self.name}"


class CountCorrection(AppendOnly):
    """A count of a receiver that was wrong: what it said before, what holds now, and why.

    agreed_by, agreed_post: who of the receiver agreed. fingerprint: of the sentence as it now
    reads. difference_reason: of what is still missing.
    """

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="corrections")
    received_before = models.BigIntegerField()
    came_back_before = models.BigIntegerField()
    received = models.BigIntegerField(_("received"))
    came_back = models.BigIntegerField(_("came back"))
    difference_reason = models.CharField(_("reason of the difference"), max_length=200, blank=True)
    why = models.CharField(_("why the first count was wrong"), max_length=200)
    agreed_by = models.CharField(_("agreed for the receiver by"), max_length=120)
    agreed_post = models.CharField(_("post"), max_length=120)
    fingerprint = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(why="") & ~Q(agreed_by=""), name="delivery_count_correction_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(received=F("received_before"), came_back=F("came_back_before")),
                name="delivery_count_correction_changes_it",
            ),
            models.CheckConstraint(
                condition=Q(received__gte=0, came_back__gte=0),
                name="delivery_count_correction_counts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handover_id}: {self.received_before}, {self.received}"


class HandoverPhoto(AppendOnly):
    """A photo of what arrived, kept under its hash. One photo shows one hand-over."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="photos")
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()
    stored_name = models.CharField(max_length=80)
    taken_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sha256"], name="delivery_photo_shows_one_handover"),
        ]

    def __str__(self) -> str:
        return f"{self.handover_id}: {self.sha256[:12]}"
