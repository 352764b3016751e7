"""Tasks of reviewers who were named before naming one gave a task."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from pulih.audit.actions import record
from pulih.people.models import User
from pulih.workflow.actions import lock_subject, open_duty
from pulih.workflow.models import Duty

from ..clocks import review_duty
from ..models import Assignment, Declared
from ..rules.machine import PROPOSAL
from .reviewing import kind_of

MOST_TASKS = 100  # In one turn; the next takes the rest.


def open_missing(*, by: User) -> int:
    """Give each reviewer whose review is due and has no task one, from now on; return how many."""
    return sum(_open(one, by) for one in _without_task()[:MOST_TASKS])


def _without_task() -> QuerySet[Assignment]:
    due = Assignment.objects.filter(submitted_at=None, proposal__state="under_review")
    tasks = Duty.objects.open().filter(
        machine=PROPOSAL.key,
        subject_id=OuterRef("proposal_id"),
        person=OuterRef("reviewer_id"),
    )
    waiting = due.exclude(declared=Declared.CONFLICT).filter(~Exists(tasks))
    return waiting.select_related("reviewer", "proposal").order_by("pk")


@transaction.atomic
def _open(assignment: Assignment, by: User) -> bool:
    """Look again once nobody else acts on the proposal: the review may have come meanwhile."""
    lock_subject(PROPOSAL, assignment.proposal_id)
    if not _without_task().filter(pk=assignment.pk).exists():
        return False
    duty = review_duty(assignment.proposal, assignment.reviewer)
    open_duty(PROPOSAL, assignment.proposal_id, kind_of(assignment.slot), duty, by=by)
    record(by, "proposals.open_review_task", assignment.proposal)
    return True
