"""Who came: marks as they were pressed, never changed; a correction names another mark."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.scope import ScopedQuerySet

from ..rules.attendance import ABSENT, PRESENT
from .activities import Cohort, Participant, Session


class Presence(models.TextChoices):
    """What a mark says; that there is no mark is a third thing, and says nothing."""

    PRESENT = PRESENT, _("present")
    ABSENT = ABSENT, _("absent")


class AbsenceReason(models.TextChoices):
    ILL = "ill", _("ill")
    EXCUSED = "excused", _("excused")
    UNKNOWN = "unknown", _("no word")


class Mark(AppendOnly):
    """One press on one device: somebody was, or was not, in a session.

    device, number: which press it is, so that the server takes it once, in whatever order it comes.
    pressed_at, sent_at: the device's own clock, which may be wrong by days; received_at: ours.
    corrects_device, corrects_number: the mark that this one takes back, which may still be on its
    way; why: what was wrong about it.
    """

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="marks")
    session = models.ForeignKey(Session, models.PROTECT, related_name="marks")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="marks")
    province = models.ForeignKey(Area, models.PROTECT, db_index=False, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, db_index=False, related_name="+")
    presence = models.CharField(max_length=7, choices=Presence.choices)
    reason = models.CharField(max_length=8, choices=AbsenceReason.choices, blank=True)
    device = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    pressed_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField()
    corrects_device = models.CharField(max_length=40, blank=True)
    corrects_number = models.PositiveIntegerField(null=True)
    why = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    link = models.ForeignKey(Link, models.PROTECT, null=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["device", "number"], name="delivery_mark_once"),
            models.CheckConstraint(
                condition=Q(corrects_device="", corrects_number=None, why="")
                | (~Q(corrects_device="") & Q(corrects_number__isnull=False) & ~Q(why="")),
                name="delivery_correction_names_its_mark_and_why",
            ),
            models.CheckConstraint(
                condition=Q(by=None, link__isnull=False) | Q(by__isnull=False, link=None),
                name="delivery_mark_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(presence=ABSENT) | Q(reason=""),
                name="delivery_mark_present_has_no_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.device} {self.number}: {self.presence}"


class AttendanceFile(AppendOnly):
    """A sheet, or a video meeting's export, out of which marks of one session are made.

    The marks that came of it name it by their device. least_minutes: who was in the meeting for
    that long was present.
    """

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="attendance_files")
    session = models.ForeignKey(Session, models.PROTECT, related_name="attendance_files")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()
    stored_name = models.CharField(max_length=80)
    least_minutes = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "sha256", "least_minutes"],
                name="delivery_attendance_file_once_a_session",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def device(self) -> str:
        """What the marks that came of this file bear as their device."""
        return f"file-{self.pk:06}"

    @property
    def marks(self) -> models.QuerySet[Mark]:
        """What was marked out of it, or out of the same file with other minutes."""
        same = AttendanceFile.objects.filter(session=self.session_id, sha256=self.sha256)
        return Mark.objects.filter(device__in=[one.device for one in same])


class SessionPhoto(AppendOnly):
    """A photo of a session; nobody has to take one. One photo shows one session.

    by: of the office; link: of who took it on the page of the field, without an account. sha256:
    of the picture as it is kept, without what a camera writes beside it.
    """

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="photos")
    session = models.ForeignKey(Session, models.PROTECT, related_name="photos")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()
    stored_name = models.CharField(max_length=80)
    shows = models.CharField(_("what it shows"), max_length=120, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    link = models.ForeignKey(Link, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sha256"], name="delivery_photo_shows_one_session"),
            models.CheckConstraint(
                condition=Q(by=None, link__isnull=False) | Q(by__isnull=False, link=None),
                name="delivery_photo_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.sha256[:12]}"
