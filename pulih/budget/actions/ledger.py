"""Posting documents: the one way in which money moves. The deciding is done in `sql/post.sql`."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.common.errors import Refusal
from pulih.common.periods import WIT
from pulih.inbox.models import ImportBatch
from pulih.people.models import Role, User
from pulih.people.permissions import Permission, require

from ..models import AmountKind, BudgetLine, DocumentKind, Posting, Promise, SpendingUnit
from ..rules import documents
from ..rules.closing import closed
from ..rules.movements import Movement as Movement  # Callers import it from here.
from ..rules.movements import summed
from ..rules.years import expired_or_early, future
from . import lots
from .calls import Paper
from .calls import Posted as Posted  # Callers import it from here.

# Whose documents these are: an office's officers of the treasury chain, or whoever sends its POK.
OF_THE_TREASURY = frozenset(
    {
        DocumentKind.COMMITMENT,
        DocumentKind.REQUEST,
        DocumentKind.ORDER,
        DocumentKind.PAYMENT,
        DocumentKind.RETURN,
        DocumentKind.CORRECTION,
    }
)

PROMISING = frozenset({DocumentKind.RESERVATION, DocumentKind.UNRESERVE})
HAPPENED = OF_THE_TREASURY - {DocumentKind.CORRECTION}  # Its papers tell what has been done.


def post(
    *,
    kind: str,
    number: str,
    unit: SpendingUnit,
    fiscal_year: int | None,
    effective_on: date | None,
    movements: Iterable[Movement],
    by: User,
    reason: str = "",
    batch: ImportBatch | None = None,
    refers_to: Posting | None = None,
    reverses: Posting | None = None,
    party: str = "",
    method: str = "",
    promise: Promise | None = None,
) -> Posted:
    """Post one document of `unit`; the same document twice is one. May refuse.

    One statement does it all, its record in the audit too, so it needs no transaction around it;
    outside of one, documents of several people may share it (`lots.py`).
    refers_to: the document it follows or corrects; reverses: the one it takes back as a whole.
    promise: what it reserves money for, or draws on as far as money is reserved for it.
    """
    require_for(kind, by, unit)
    if closed := expired_or_early(fiscal_year, effective_on):
        raise Refusal(closed)
    if kind in HAPPENED and effective_on and effective_on > (last := _today_in_the_east()):
        raise Refusal(future(last))
    if batch is None and by.role != Role.SYSTEM and fiscal_year and effective_on:
        refuse_closed(kind, fiscal_year, effective_on)
    if not (number := " ".join((number or "").split())):
        raise Refusal(documents.NO_NUMBER)
    moved = summed(movements)
    if not moved:
        raise Refusal(documents.MOVES_NOTHING)
    paper = Paper(
        str(kind), number, unit.pk, fiscal_year, effective_on, reason, party.strip(), method, moved,
        batch.pk if batch else None, refers_to, reverses, promise,
    )  # fmt: skip
    return lots.post(paper, by)


def _today_in_the_east() -> date:
    """Return today where the day begins first (WIT): no office is told that its day is to come."""
    return timezone.now().astimezone(WIT).date()


def refuse_closed(act: str, fiscal_year: int, on: date) -> None:
    """Raise Refusal if the calendar of the year's end no longer lets `act` happen on a day."""
    if no_longer := closed(str(act), fiscal_year, on):
        raise Refusal(no_longer)


def require_for(kind: str, by: User, unit: SpendingUnit) -> None:
    """Raise PermissionDenied unless `by` may post a document of `kind` for `unit`."""
    require(by, Permission.SEE_BUDGET, unit.province)
    if kind in PROMISING:
        needed = Permission.RESERVE_MONEY
    elif kind in OF_THE_TREASURY:
        needed = Permission.POST_DOCUMENTS
    else:
        needed = Permission.DELIVER_FILES
    require(by, needed, unit.province)


def block(line: BudgetLine, *, rupiah: int, office: str, **letter: Any) -> Posted:
    """Block part of a line by the letter of an office, such as DJA. May refuse.

    letter: `number`, `effective_on`, `reason` and `by`.
    """
    return _hold(line, rupiah, DocumentKind.BLOCK, office, None, **letter)


def release(
    line: BudgetLine, *, rupiah: int, office: str, blocked_by: Posting, **letter: Any
) -> Posted:
    """Release part of what a document blocked, by a letter of the office that blocked. May refuse.

    blocked_by: the block, or the DIPA or POK that stated it (DJA's). letter: as `block` takes it.
    """
    return _hold(line, -rupiah, DocumentKind.RELEASE, office, blocked_by, **letter)


def _hold(
    line: BudgetLine,
    rupiah: int,
    kind: str,
    office: str,
    blocked_by: Posting | None,
    *,
    number: str,
    effective_on: date,
    reason: str,
    by: User,
) -> Posted:
    if not reason.strip():
        raise Refusal(_("A block needs its reason. Write why, as the document does."))
    if not office.strip():
        raise Refusal(_("Name the office whose letter this is, such as DJA."))
    return post(
        kind=kind,
        number=number,
        unit=line.unit,
        fiscal_year=line.fiscal_year,
        effective_on=effective_on,
        movements=[Movement(line.pk, AmountKind.BLOCK, rupiah)],
        by=by,
        reason=reason,
        party=office,
        refers_to=blocked_by,
    )
