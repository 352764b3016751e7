"""Posting lists of documents at once, for imports: one refusal does not stop the others.

Documents that name no other document go to the database in lots, where all of a lot are judged,
chained and written together (`sql/many.sql`). Those that do are posted one by one, at their place.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection, transaction

from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.inbox.models import ImportBatch
from pulih.people.models import Role, User

from ..identity import number_keys
from ..models import BudgetLine, Posting, SpendingUnit
from ..reads.contract_years import PlannedYear, planned_years
from ..retrying import until_done
from ..rules.documents import MOVES_NOTHING
from ..rules.movements import Movement, summed
from ..rules.revenue_and_loans import is_revenue
from .ledger import post, require_for
from .refusals import worded

LOT = 20_000


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a list, as `post` takes it."""

    kind: str
    number: str
    unit: SpendingUnit
    fiscal_year: int | None
    effective_on: date | None
    movements: Iterable[Movement]
    reason: str = ""
    refers_to: Posting | None = None
    reverses: Posting | None = None
    party: str = ""
    method: str = ""

    @property
    def written_number(self) -> str:
        """Its number as the paper has it, blanks in a row as one."""
        return " ".join((self.number or "").split())


class PostedOne(NamedTuple):
    """What became of one document of a list: its posting, or the refusal that says why not."""

    posting_id: int | None
    is_new: bool
    refusal: Message | None = None


Ready = tuple[int, Document, list[Movement]]  # Its place in the list, and its movements added up.


def post_many(
    documents: Iterable[Document], *, by: User, batch: ImportBatch | None = None
) -> list[PostedOne]:
    """Post a list of documents in its order; each is answered, lawful ones stand.

    batch: the delivered file that tells of them. Without one, each document is posted on its own,
    as if it had been typed.
    """
    listed = list(documents)
    for kind, unit in {(one.kind, one.unit) for one in listed}:
        require_for(kind, by, unit)
    return until_done(lambda: _post_listed(listed, by, batch))


@transaction.atomic
def _post_listed(listed: list[Document], by: User, batch: ImportBatch | None) -> list[PostedOne]:
    answers: list[PostedOne | None] = [None] * len(listed)
    ready = list(_ready(listed, answers))
    revenue = _lock(ready)
    planned = planned_years({document.unit.pk for _place, document, _movements in ready})
    in_lots = batch is not None or by.role == Role.SYSTEM
    for lot in _lots(ready, in_lots, revenue, planned):
        posted = _post_lot(lot, batch) if len(lot) > 1 else [_post_one(lot[0][1], by, batch)]
        for (place, _document, _movements), answer in zip(lot, posted, strict=True):
            answers[place] = answer
    answered = [answer for answer in answers if answer is not None]
    new = sum(answer.is_new for answer in answered)
    if listed:
        record(by, "budget.post_many", batch or listed[0].unit, documents=len(listed), new=new)
    return answered


def _ready(listed: list[Document], answers: list[PostedOne | None]) -> Iterator[Ready]:
    for place, document in enumerate(listed):
        try:
            movements = summed(document.movements)
            refused = None if movements else MOVES_NOTHING
        except Refusal as refusal:
            refused = refusal.message
        if refused:
            answers[place] = PostedOne(None, False, refused)
        else:
            yield place, document, movements


def _lock(ready: Iterable[Ready]) -> set[int]:
    """Lock every line of the list in the order of the ids, so that two lists never deadlock.

    Returns those that are paid of the unit's own revenue: what spends of them is judged alone.
    """
    lines = {one.line_id for _place, _document, movements in ready for one in movements}
    locked = BudgetLine.objects.filter(pk__in=lines).order_by("id").select_for_update(no_key=True)
    return {pk for pk, fund in locked.values_list("pk", "fund_source") if is_revenue(fund)}


def _lots(
    ready: Sequence[Ready],
    in_lots: bool,
    revenue: Collection[int],
    planned: Collection[PlannedYear],
) -> Iterator[list[Ready]]:
    """Cut a list where a document must be posted alone, or comes a second time."""
    lot: list[Ready] = []
    seen: set[tuple[str, str, int, int | None]] = set()
    keys = number_keys(document.written_number for _place, document, _movements in ready)
    for one in ready:
        document = one[1]
        spends = any(moved.line_id in revenue for moved in one[2])
        key = keys[document.written_number]
        is_planned = (document.unit.pk, key, document.fiscal_year) in planned
        follows = document.refers_to or document.reverses
        is_alone = not in_lots or follows or spends or is_planned
        identity = str(document.kind), key, document.unit.pk, document.fiscal_year
        if lot and (is_alone or len(lot) == LOT or identity in seen):
            yield lot
            lot, seen = [], set()
        if is_alone:
            yield [one]
        else:
            lot.append(one)
            seen.add(identity)
    if lot:
        yield lot


def _post_one(document: Document, by: User, batch: ImportBatch | None) -> PostedOne:
    named = {name: getattr(document, name) for name in Document.__dataclass_fields__}
    try:
        posted = post(**named, by=by, batch=batch)
    except Refusal as refusal:
        return PostedOne(None, False, refusal.message)
    return PostedOne(posted.posting_id, posted.is_new)


def _post_lot(lot: Sequence[Ready], batch: ImportBatch | None) -> list[PostedOne]:
    def once() -> list[tuple[Any, ...]]:
        with transaction.atomic():
            return _call(lot, batch)

    rows = until_done(once)
    return [_answer(document, *row) for (_p, document, _m), row in zip(lot, rows, strict=True)]


def _call(lot: Sequence[Ready], batch: ImportBatch | None) -> list[tuple[Any, ...]]:
    documents = [document for _place, document, _movements in lot]
    columns: list[Any] = [
        [str(one.kind) for one in documents],
        [one.written_number for one in documents],
        [one.unit.pk for one in documents],
        [one.fiscal_year for one in documents],
        [one.effective_on for one in documents],
        [one.reason for one in documents],
        [one.party.strip() for one in documents],
        [one.method for one in documents],
    ]
    moved = [
        (place, *movement)
        for place, (_at, _document, movements) in enumerate(lot, 1)
        for movement in movements
    ]
    of_lines = [list(column) for column in zip(*moved, strict=True)] or [[], [], [], []]
    asked = [batch.pk if batch else None, *columns, *of_lines]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT posting, is_new, refused, facts::text FROM budget_post_many("
            "%s, %s::text[], %s::text[], %s::bigint[], %s::integer[], %s::date[], %s::text[],"
            " %s::text[], %s::text[], %s::integer[], %s::bigint[], %s::text[], %s::bigint[])"
            " ORDER BY place",
            asked,
        )
        return list(cursor.fetchall())


def _answer(
    document: Document, posting: int | None, is_new: bool, refused: str | None, facts: str | None
) -> PostedOne:
    if refused is None:
        return PostedOne(posting, is_new)
    message = worded(
        refused,
        json.loads(facts or "null"),
        kind=str(document.kind),
        number=document.written_number,
        year=document.fiscal_year,
        on=document.effective_on,
    )
    return PostedOne(None, False, message)
