"""Mistakes: a posted document is never changed, another one takes it back and says why."""

from datetime import date
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.common.errors import Message, Refusal
from pulih.inbox.models import ImportBatch
from pulih.people.models import User

from .. import followers
from ..models import DocumentKind, Posting, Promise
from ..retrying import until_done
from ..rules.movements import Movement
from .carrying_over import lock_of, other_half
from .following import follow, tell_office
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

    Afterwards the document can be posted again under its own number with other content. A document
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

    def take_promise_back(promise: Promise) -> Posted:
        with transaction.atomic():
            posted = take_back(posting, effective_on)
            if posted.is_new and posting.document_kind == DocumentKind.RESERVATION:
                rupiah = sum(posting.entries.values_list("rupiah", flat=True))
                why = Message(reason.strip(), reason.strip())
                tell_office(promise, rupiah, number=number, why=why, by=by)
            follow(promise, by=by, reason=reason)
            return posted

    if posting.promise and posting.document_kind in PROMISING:
        return until_done(partial(take_promise_back, posting.promise))
    if other := other_half(posting):
        return until_done(partial(take_both_back, other))
    return take_back(posting, effective_on)
