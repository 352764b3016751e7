"""What money is set aside for: an approved proposal, named as offices name it."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.audit.history import keep

from .lines import BudgetLine, BudgetQuerySet, SpendingUnit

OF_PROPOSALS = "proposals"  # The room of promises that are made to approved proposals.


@keep
class Promise(models.Model):
    """One thing that money of a unit's year is promised to (janji dana).

    room, number: which record it is, in whichever room made it; title: what people call it. How
    much is set aside on which lines is a sum of the entries of the documents that name it.
    """

    unit = models.ForeignKey(SpendingUnit, models.PROTECT, related_name="promises")
    province = models.ForeignKey(Area, models.PROTECT, db_index=False, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    room = models.CharField(max_length=20)
    number = models.CharField(_("number"), max_length=80)
    title = models.CharField(_("title"), max_length=200)

    objects = BudgetQuerySet.as_manager()
    events: Any  # The earlier states that the history keeps.

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "fiscal_year", "room", "number"], name="budget_promise_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(number="") & ~models.Q(title="") & ~models.Q(room=""),
                name="budget_promise_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class PromisedLine(models.Model):
    """What is left of a promise on one line, in rupiah; kept by the function `budget_post` alone.

    latest_on: the last day on which something of it takes effect.
    """

    promise = models.ForeignKey(Promise, models.PROTECT, db_index=False, related_name="lines")
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="promised")
    province = models.ForeignKey(Area, models.PROTECT, db_index=False, related_name="+")
    reserved = models.BigIntegerField()
    latest_on = models.DateField()

    objects = BudgetQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["promise", "line"], name="budget_promised_line_once"),
            models.CheckConstraint(
                condition=models.Q(reserved__gte=0), name="budget_promise_is_never_overdrawn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.promise_id} {self.line_id} {self.reserved}"
