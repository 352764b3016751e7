"""Who takes over a post takes over the payment requests that wait for it."""

from __future__ import annotations

from django.db import transaction

from pulih.budget.models import SpendingUnit
from pulih.people.models import User
from pulih.workflow import reads as workflow

from ..models import Submission
from ..states import ACTS, EXAMINED, ORDERED, PAYMENT, RETURNED
from .submission_steps import holder_of, take

HAND_OVER = {EXAMINED: "hand_over", RETURNED: "hand_over_returned", ORDERED: "hand_over_ordered"}


def hand_over(unit: SpendingUnit, by: User) -> None:
    """Give the open duties of a unit to who holds its posts now."""
    for one in Submission.objects.filter(unit=unit).with_state().filter(state__in=ACTS):
        duty = workflow.open_duty(PAYMENT, one.pk)
        if duty is None:
            continue
        holder = holder_of(unit, ACTS[one.state])
        if duty.person_id != (holder.pk if holder else None):
            take(one, HAND_OVER[one.state], by)


def hand_over_everywhere(by: User) -> None:
    """Do so in every unit where a request waits: an appointment begins and ends on its own day."""
    waiting = Submission.objects.with_state().filter(state__in=ACTS).values("unit")
    for unit in SpendingUnit.objects.filter(pk__in=waiting).select_related("province"):
        with transaction.atomic():
            hand_over(unit, by)
