"""Mistakes: a posted document is never changed, another one takes it back and says why."""

from datetime import date
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.common.errors import Refusal
from pulih.inbox.models import ImportBatch
from pulih.people.models import User

from .. import followers
from ..models import DocumentKind, Posting
from ..retrying import until_done
from ..rules.movements import Movement
from .carrying_over import lock_of, other_half
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
    that others stand on (a contract that was paid) is not reversed before they are. What carried a
    contract over into the next year is two documents: both are taken back, each in its year under
    the same number, or neither.
    """
    if posting.document_kind in PROMISING:  # Who may promise may take it back, nobody else.
        require_for(posting.document_kind, by, posting.unit)
    if not reason.strip():
        raise Refusal(_("Say why; the reason is kept with the correction."))

    def take_back(one: Posting, on: date) -> Posted:
        entries = one.entries.values_list("line_id", "amount_kind", "rupiah")
        return followers.told(
            lambda: post(
                kind=DocumentKind.CORRECTION,
                number=number,
                unit=one.unit,
                fiscal_year=one.fiscal_year,
                effective_on=on,
                movements=[Movement(line, kind, -rupiah) for line, kind, rupiah in entries],
                by=by,
                reason=reason,
                batch=batch,
                reverses=one,
            ),
            by,
        )

    def take_both_back(other: Posting) -> Posted:
        with transaction.atomic():
            lock_of(posting, other)
            take_back(other, other.effective_on)
            return take_back(posting, effective_on)

    if other := other_half(posting):
        return until_done(partial(take_both_back, other))
    return take_back(posting, effective_on)
