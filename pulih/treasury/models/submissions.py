"""Payment requests (SPP) handed to the payment order officer, and how each was examined."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.models import AppendOnly
from pulih.budget.models import Posting
from pulih.budget.models.lines import BudgetQuerySet, SpendingUnit
from pulih.workflow.models import state_of

from ..states import PAYMENT


class SubmissionQuerySet(BudgetQuerySet):
    def with_state(self) -> Self:
        found: Self = self.annotate(state=state_of(PAYMENT.key))
        return found


class Submission(AppendOnly):
    """One SPP on its way to the payment; its steps are those of `states.PAYMENT`.

    turn: above 1 where its SP2D was taken back, so that it waits for a payment again.
    """

    request = models.ForeignKey(Posting, models.PROTECT, related_name="submissions")
    turn = models.PositiveSmallIntegerField(default=1)
    unit = models.ForeignKey(SpendingUnit, models.PROTECT, related_name="+")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")

    objects = SubmissionQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "turn"], name="treasury_submission_once"),
            models.CheckConstraint(condition=Q(turn__gte=1), name="treasury_submission_has_a_turn"),
        ]

    def __str__(self) -> str:
        return str(self.request)


class Examination(AppendOnly):
    """What the payment order officer ticked of the checklist, and what was missing.

    after_step: the number of the submission's step that was examined.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="examinations")
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    after_step = models.PositiveIntegerField()
    ticked = ArrayField(models.SlugField(max_length=20), default=list)
    missing = ArrayField(models.SlugField(max_length=20), default=list)
    is_passed = models.BooleanField(_("passed"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = BudgetQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_passed=False) | Q(missing=[]),
                name="treasury_examination_passes_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.after_step}"
