"""What every step of a revision does: lock, write the step and the record, renew the paper."""

from datetime import date

from pulih.audit.actions import record
from pulih.people.models import User
from pulih.workflow.columns import move_row
from pulih.workflow.states import START

from ..models import Revision, RevisionStep
from ..papers import follow_state
from ..states import REVISION


def locked(revision: Revision) -> Revision:
    """Return the revision as it is now, kept from others until the transaction ends."""
    found = Revision.objects.select_for_update(of=("self",)).select_related("unit__province")
    now: Revision = found.get(pk=revision.pk)
    return now


def step(
    revision: Revision,
    move: str,
    by: User,
    *,
    note: str = "",
    letter_number: str = "",
    letter_date: date | None = None,
    authority: str = "",
) -> None:
    """Take a step of a revision, START where it has just been drafted, and keep it. May refuse."""
    if move != START:
        move_row(REVISION, revision, move)
    state = revision.state
    revision.save()
    RevisionStep.objects.create(
        revision=revision,
        province_id=revision.province_id,
        state=state,
        by=by,
        note=note.strip(),
        letter_number=" ".join(letter_number.split()),
        letter_date=letter_date,
        authority=authority,
    )
    record(by, f"budget.revision_{state}", revision, letter=letter_number, note=note)
    follow_state(revision, by)
