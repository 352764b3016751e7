"""What the checks said of an applicant, who waived what nobody knew, and who objected."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.audit.models import AppendOnly
from pulih.people.links.models import Link
from pulih.people.models import User
from pulih.people.scope import ScopedQuerySet

from ..rules import checks
from .activities import Activity
from .applicants import Applicant


class Stage(models.TextChoices):
    SELECTION = checks.SELECTION, _("before selection")
    PAYMENT = checks.PAYMENT, _("before payment")


class CheckRun(AppendOnly):
    """One run of all binding checks over the people of an activity."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="check_runs")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    stage = models.CharField(_("when"), max_length=9, choices=Stage.choices)
    day = models.DateField(_("day"))
    people = models.PositiveIntegerField(_("people"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("checked at"))

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.activity_id} {self.stage} {self.at:%Y-%m-%d %H:%M}"


class CheckResult(AppendOnly):
    """What one run said of one applicant.

    findings: a list of [check, outcome, because, list]; failed, unknown: names of checks.
    """

    run = models.ForeignKey(CheckRun, models.PROTECT, related_name="results")
    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="results")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    findings = models.JSONField()
    failed = ArrayField(models.CharField(max_length=20), default=list)
    unknown = ArrayField(models.CharField(max_length=20), default=list)

    objects = ScopedQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "applicant"], name="delivery_result_once_a_run"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.applicant_id}"


class Waiver(AppendOnly):
    """A named person lets an applicant pass whom a check could not tell about, and says why.

    maker: who ran the check; a trigger writes it, and it is never the one who waives.
    """

    result = models.ForeignKey(CheckResult, models.PROTECT, related_name="waivers")
    check_name = models.CharField(max_length=20)
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    maker = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["result", "check_name"], name="delivery_waiver_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="delivery_waiver_has_a_reason"),
            models.CheckConstraint(condition=~Q(by=F("maker")), name="delivery_waiver_is_anothers"),
        ]

    def __str__(self) -> str:
        return f"{self.result_id} {self.check_name}"


class Answer(models.TextChoices):
    UPHELD = "upheld", _("the person is right")
    REJECTED = "rejected", _("the check was right")


@keep
class Objection(models.Model):
    """An applicant says that a failed check is wrong; somebody else than who ran it answers.

    by, link: who wrote it down, an officer or the person's link. due_on: the day of the answer.
    """

    result = models.ForeignKey(CheckResult, models.PROTECT, related_name="objections")
    check_name = models.CharField(max_length=20)
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    said = models.CharField(_("what the person says"), max_length=500)
    made_at = models.DateTimeField(_("objected at"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    link = models.ForeignKey(Link, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(_("to be answered by"))
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices, blank=True)
    answer_reason = models.CharField(_("reason"), max_length=500, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    maker = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ScopedQuerySet.as_manager()
    events: Any

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["result", "check_name"], name="delivery_objection_once"
            ),
            models.CheckConstraint(
                condition=Q(by=None, link__isnull=False) | Q(by__isnull=False, link=None),
                name="delivery_objection_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answer_reason="", answered_by=None, answered_at=None)
                | (
                    ~Q(answer="") & ~Q(answer_reason="")
                    & Q(answered_by__isnull=False, answered_at__isnull=False)
                ),
                name="delivery_objection_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("maker")),
                name="delivery_objection_answered_by_another",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.result_id} {self.check_name}"
