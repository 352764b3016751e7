"""Posting lists of documents at once, for imports: one refusal does not stop the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import transaction

from pulih.common.errors import Message, Refusal
from pulih.inbox.models import ImportBatch
from pulih.people.models import User

from ..models import Posting, SpendingUnit
from ..rules.movements import Movement
from .ledger import post


@dataclass(frozen=True)
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


class PostedOne(NamedTuple):
    """What became of one document of a list: its posting, or the refusal that says why not."""

    posting_id: int | None
    is_new: bool
    refusal: Message | None = None


@transaction.atomic
def post_many(
    documents: Iterable[Document], *, by: User, batch: ImportBatch | None = None
) -> list[PostedOne]:
    """Post a list of documents in its order; each is answered, lawful ones stand."""
    return [_one(document, by, batch) for document in documents]


def _one(document: Document, by: User, batch: ImportBatch | None) -> PostedOne:
    named = {name: getattr(document, name) for name in Document.__dataclass_fields__}
    try:
        posted = post(**named, by=by, batch=batch)
    except Refusal as refusal:
        return PostedOne(None, False, refusal.message)
    return PostedOne(posted.posting_id, posted.is_new)
