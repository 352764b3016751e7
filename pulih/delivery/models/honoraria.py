"""Who taught which session, and what is paid for it: lines of a nominative list of honoraria."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep
from pulih.audit.models import AppendOnly
from pulih.budget.models.lines import BudgetQuerySet
from pulih.people.models import User
from pulih.people.scope import ScopedQuerySet
from pulih.proposals.models import DecidedRow

from .activities import MOST_LESSON_HOURS, Session, TaxPayee, Trainer
from .payments import PaymentList


class Teaching(AppendOnly):
    """How many lesson hours of a session somebody taught or helped in; the newest counts.

    lesson_hours: 0 takes back what was said before. why: what was wrong about it.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="teachings")
    trainer = models.ForeignKey(Trainer, models.PROTECT, related_name="teachings")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    regency = models.ForeignKey(Area, models.PROTECT, related_name="+")
    lesson_hours = models.PositiveSmallIntegerField(
        _("lesson hours (JP)"), validators=[MaxValueValidator(MOST_LESSON_HOURS)]
    )
    why = models.CharField(_("why"), max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(lesson_hours__range=(0, MOST_LESSON_HOURS)),
                name="delivery_teaching_has_lesson_hours",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainer_id} {self.session_id}: {self.lesson_hours}"


@keep
class Honorarium(models.Model):
    """One trainer or assistant in a list, for the sessions that it pays.

    times: hours by the rule, or days. payee, has_npwp: what decided the tax. is_void: its list was
    withdrawn, so that another may pay the sessions.
    """

    list = models.ForeignKey(PaymentList, models.PROTECT, related_name="honoraria")
    row = models.ForeignKey(DecidedRow, models.PROTECT, db_index=False, related_name="+")
    trainer = models.ForeignKey(Trainer, models.PROTECT, related_name="honoraria")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(_("No."))
    payee = models.CharField(_("to the tax office"), max_length=9, choices=TaxPayee.choices)
    has_npwp = models.BooleanField(_("shows an NPWP"))
    rate = models.BigIntegerField(_("rate"))
    times = models.PositiveSmallIntegerField()
    gross = models.BigIntegerField(_("gross"))
    tax = models.BigIntegerField(_("tax withheld"))
    is_void = models.BooleanField(default=False)

    objects = BudgetQuerySet.as_manager()
    sessions: Any  # The lessons that it pays.

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["list", "position"], name="delivery_honorarium_position_once"
            ),
            models.CheckConstraint(
                condition=Q(gross=F("rate") * F("times"), gross__gt=0, tax__gte=0)
                & Q(tax__lte=F("gross")),
                name="delivery_honorarium_is_its_product",
            ),
            models.CheckConstraint(
                condition=Q(payee__in=TaxPayee.values), name="delivery_honorarium_has_a_payee"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_id} {self.position}"

    @property
    def net(self) -> int:
        return self.gross - self.tax


@keep
class PaidSession(models.Model):
    """A session that a honorarium pays to one trainer: each session and person once."""

    honorarium = models.ForeignKey(Honorarium, models.PROTECT, related_name="sessions")
    session = models.ForeignKey(Session, models.PROTECT, db_index=False, related_name="+")
    trainer = models.ForeignKey(Trainer, models.PROTECT, db_index=False, related_name="+")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    lesson_hours = models.PositiveSmallIntegerField()
    is_void = models.BooleanField(default=False)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "trainer"], condition=Q(is_void=False),
                name="delivery_session_paid_once_a_person",
            ),
            models.CheckConstraint(
                condition=Q(lesson_hours__range=(1, MOST_LESSON_HOURS)),
                name="delivery_paid_session_has_lesson_hours",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.trainer_id} {self.session_id}: {self.lesson_hours}"
