"""Posting documents: the one way in which money moves. The deciding is done in `sql/post.sql`."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.inbox.models import ImportBatch
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..models import AmountKind, BudgetLine, DocumentKind, Posting, SpendingUnit
from ..rules.amounts import Amounts, unlawful
from ..rules.years import expired_or_early

YEAR_NOT_OPEN, UNLAWFUL, CHANGED = "PU001", "PU002", "PU003"


class Movement(NamedTuple):
    """What a document adds to one amount of one line, in rupiah; negative takes away."""

    line_id: int
    amount_kind: str
    rupiah: int


class Posted(NamedTuple):
    """The posting of a document; not new when the same document had been posted before."""

    posting_id: int
    is_new: bool


@transaction.atomic
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
) -> Posted:
    """Post one document of `unit`; the same document twice is one. May refuse."""
    require(by, Permission.SEE_BUDGET, unit.province)
    require(by, Permission.DELIVER_FILES, unit.province)
    if closed := expired_or_early(fiscal_year, effective_on):
        raise Refusal(closed)
    if not (number := " ".join(number.split())):
        raise Refusal(_("The document has no number. Give the number that stands on it."))
    moved = sorted(_summed(movements).items())
    if not moved:
        raise Refusal(_("The document moves no money. Nothing was saved."))
    posted = _call(
        [kind, number, unit.pk, fiscal_year, effective_on, reason, batch and batch.pk], moved
    )
    if posted.is_new:
        subject = Posting.objects.get(pk=posted.posting_id)
        record(by, "budget.post", subject, document=f"{kind} {number}", entries=len(moved))
    return posted


def block(
    line: BudgetLine, *, rupiah: int, number: str, effective_on: date, reason: str, by: User
) -> Posted:
    """Block part of a line by a document and a reason. May refuse."""
    return _hold(line, rupiah, DocumentKind.BLOCK, number, effective_on, reason, by)


def release(
    line: BudgetLine, *, rupiah: int, number: str, effective_on: date, reason: str, by: User
) -> Posted:
    """Release part of a block by a document and a reason. May refuse."""
    return _hold(line, -rupiah, DocumentKind.RELEASE, number, effective_on, reason, by)


def _hold(
    line: BudgetLine,
    rupiah: int,
    kind: str,
    number: str,
    effective_on: date,
    reason: str,
    by: User,
) -> Posted:
    if not reason.strip():
        raise Refusal(_("A block needs its reason. Write why, as the document does."))
    return post(
        kind=kind,
        number=number,
        unit=line.unit,
        fiscal_year=line.fiscal_year,
        effective_on=effective_on,
        movements=[Movement(line.pk, AmountKind.BLOCK, rupiah)],
        by=by,
        reason=reason,
    )


def _summed(movements: Iterable[Movement]) -> dict[tuple[int, str], int]:
    total: dict[tuple[int, str], int] = {}
    for line_id, kind, rupiah in movements:
        total[line_id, kind] = total.get((line_id, kind), 0) + rupiah
    return {key: rupiah for key, rupiah in total.items() if rupiah}


def _call(document: list[Any], moved: list[tuple[tuple[int, str], int]]) -> Posted:
    lines = [line for (line, _kind), _rupiah in moved]
    kinds = [kind for (_line, kind), _rupiah in moved]
    rupiah = [amount for _key, amount in moved]
    try:
        # A savepoint of its own, so that a refusal leaves the caller's transaction usable.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT posting, is_new FROM budget_post("
                "%s, %s, %s, %s, %s, %s, %s, %s::bigint[], %s::text[], %s::bigint[])",
                [*document, lines, kinds, rupiah],
            )
            return Posted(*cursor.fetchone())
    except DatabaseError as error:
        if refusal := _refusal(error, document):
            raise refusal from error
        raise


def _refusal(error: DatabaseError, document: list[Any]) -> Refusal | None:
    """Put what the posting function refused into words; None for what is our own fault."""
    cause = error.__cause__
    state = getattr(cause, "sqlstate", None)
    if state == YEAR_NOT_OPEN:
        closed = expired_or_early(document[3], document[4])
        return Refusal(closed) if closed else None
    if state == UNLAWFUL:
        return Refusal(_broken(json.loads(cause.diag.message_detail)))  # type: ignore[union-attr]
    if state == CHANGED:
        return Refusal(
            _(
                "%(document)s has been posted before, and it said something else then. A posted "
                "document is not changed: post a correction under its own number."
            )
            % {"document": f"{DocumentKind(document[0]).label} {document[1]}"}
        )
    return None


def _broken(lines: list[dict[str, Any]]) -> Message:
    """Name the first line that would break the law, why, and how many others would."""
    first = lines[0]
    if not first["is_ours"]:
        return Message(
            "Dokumen menyebut baris milik satker atau tahun lain. Belum ada yang disimpan.",
            "The document names a line of another unit or year. Nothing was saved.",
        )
    names = ("ceiling", "blocked", "committed", "realised")
    why = unlawful(Amounts(*(first[name] for name in names)))
    rest_id = f" ({len(lines) - 1} baris lain juga.)" if len(lines) > 1 else ""
    rest_en = f" ({len(lines) - 1} other lines too.)" if len(lines) > 1 else ""
    return Message(
        f"Baris {first['line_key']}: {why.id}{rest_id} Belum ada yang disimpan.",
        f"Line {first['line_key']}: {why.en}{rest_en} Nothing was saved.",
    )
