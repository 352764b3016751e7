"""Scans as offices bring them, and their pages: each with its paper, or waiting for a hand."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.documents.models import PaperCode
from pulih.people.scoped import ScopedQuerySet


class FileState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")


class PageState(models.TextChoices):
    ATTACHED = "attached", _("with its paper")
    WAITING = "waiting", _("waits for a hand")
    REPEATED = "repeated", _("brought before")
    SET_ASIDE = "set_aside", _("set aside")


class Why(models.TextChoices):
    """Why a page did not find its paper by itself."""

    NONE = "", ""
    NO_CODE = "no_code", _("no square code could be read")
    FOREIGN = "foreign", _("its square code is of no paper of Pulih")
    UNKNOWN = "unknown", _("no paper here has its code")
    NOT_YOURS = "not_yours", _("its paper belongs to an office that you do not see")
    SEVERAL = "several", _("it carries codes of several papers")
    BLANK = "blank", _("a blank sheet")


@keep
class ScanFile(models.Model):
    """One file that an office brought. sha256: of the file. problem: why it was refused.

    attempts: how often its reading began; what brings the reader down is not tried for ever.
    """

    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    stored_name = models.CharField(max_length=120)
    # No machine of `workflow`: a worker reads a file once, and a hand only places its pages.
    state = models.CharField(
        _("state"), max_length=8, choices=FileState.choices, default=FileState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    problem_indonesian = models.CharField(max_length=400, blank=True)
    problem_en = models.CharField(max_length=400, blank=True)
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+", null=True)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(_("brought"))

    objects = ScopedQuerySet.as_manager()
    pages: Any
    events: Any

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sha256", "province", "regency"],
                condition=~Q(state="refused"),
                nulls_distinct=False,
                name="scans_file_taken_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@keep
class ScanPage(models.Model):
    """One page of a scan. sha256: of its picture, as it is kept. read: the code on it, if any.

    province, regency: of the paper once it is attached, of the file's office until then. What is
    known of the file stands here too: who sees the paper need not see the whole file.
    """

    file = models.ForeignKey(ScanFile, models.PROTECT, related_name="pages")
    file_name = models.CharField(_("file"), max_length=200)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(_("brought"))
    number = models.PositiveSmallIntegerField(_("page"))
    sha256 = models.CharField(max_length=64)
    picture = models.CharField(max_length=120)
    read = models.CharField(_("what the code says"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=PageState.choices)
    why = models.CharField(_("why"), max_length=9, choices=Why.choices, blank=True)
    paper = models.ForeignKey(PaperCode, models.PROTECT, related_name="scans", null=True)
    by_hand = models.BooleanField(default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    province = models.ForeignKey(Area, models.PROTECT, related_name="+", null=True)
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+", null=True)

    objects = ScopedQuerySet.as_manager()
    events: Any

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "number"], name="scans_page_numbered_once"),
            models.UniqueConstraint(
                fields=["paper", "sha256"],
                condition=Q(state="attached"),
                name="scans_page_attached_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("attached", "repeated"), paper__isnull=False)
                | Q(state__in=("waiting", "set_aside"), paper=None),
                name="scans_page_has_its_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.number}"
