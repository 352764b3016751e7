"""Mistakes: a posted document is never changed, another one takes it back and says why."""

from datetime import date

from django.utils.translation import gettext as _

from pulih.common.errors import Refusal
from pulih.inbox.models import ImportBatch
from pulih.people.models import User

from .. import followers
from ..models import DocumentKind, Posting
from ..rules.movements import Movement
from .ledger import PROMISING, Posted, post, require_for


def reverse(
    posting: Posting,
    *,
    number: str,
    effective_on: date,
    reason: str,
    by: User,
    batch: ImportBatch | None = None,
) -> Posted:
    """Take back a whole document by a correction that names it; once. May refuse.

    Afterwards the document can be posted anew under its own number with other content. A document
    that others stand on (a contract that was paid) is not reversed before they are.
    """
    if posting.document_kind in PROMISING:  # Who may promise may take it back, nobody else.
        require_for(posting.document_kind, by, posting.unit)
    if not reason.strip():
        raise Refusal(_("Say why; the reason is kept with the correction."))
    entries = posting.entries.values_list("line_id", "amount_kind", "rupiah")
    return followers.told(
        lambda: post(
            kind=DocumentKind.CORRECTION,
            number=number,
            unit=posting.unit,
            fiscal_year=posting.fiscal_year,
            effective_on=effective_on,
            movements=[Movement(line, kind, -rupiah) for line, kind, rupiah in entries],
            by=by,
            reason=reason,
            batch=batch,
            reverses=posting,
        ),
        by,
    )
