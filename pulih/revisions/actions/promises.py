"""The promises that a revision breaks: released by documents of their own as it comes in force."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from pulih.budget.actions.promises import unreserve
from pulih.budget.models import Promise
from pulih.budget.reads.promises import broken_by
from pulih.common.errors import Message
from pulih.people.models import User

from ..models import Revision, RevisionMovement

LONGEST_LETTER = 70  # So that a document's number, which adds to it, fits its column.


def release_broken(
    revision: Revision,
    movements: Iterable[RevisionMovement],
    *,
    letter: str,
    effective_on: date,
    by: User,
) -> None:
    """Release what the lower ceilings of a revision take from promises. May refuse.

    One document a promise, numbered after the letter that approved the revision; the office of each
    is told.
    """
    ceilings = {one.line.pk: one.line.ceiling + one.rupiah for one in movements if one.line}
    released: dict[Promise, dict[int, int]] = defaultdict(dict)
    for broken in broken_by(ceilings):
        released[broken.promise][broken.line_id] = broken.rupiah
    why = Message(
        f"Pagu baris turun oleh revisi “{revision}”.",
        f"The ceiling of its lines is lowered by the revision “{revision}”.",
    )
    for promise, amounts in released.items():
        unreserve(
            promise,
            amounts,
            number=f"{letter[:LONGEST_LETTER]} / J{promise.pk}",
            effective_on=effective_on,
            reason=why.id,
            said=why,
            by=by,
        )
