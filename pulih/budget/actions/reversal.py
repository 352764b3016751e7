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
    that others stand on (a contract that was paid, what was carried over) is not reversed before
    they are.
    """
    if posting.document_kind in PROMISING:  # Who may promise may take it back, nobody else.
        require_for(posting.document_kind, by, posting.unit)
    if not reason.strip():
        raise Refusal(_("Say why; the reason is kept with the correction."))
    _refuse_carried_over(posting)
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


def _refuse_carried_over(addendum: Posting) -> None:
    """Refuse to give a contract back what stands in the next year: it would be committed twice."""
    contract = addendum.settles
    if contract is None or addendum.document_kind != DocumentKind.COMMITMENT or not addendum.reason:
        return
    carried = Posting.objects.filter(
        unit=addendum.unit, fiscal_year=addendum.fiscal_year + 1, reason=addendum.reason,
        document_kind=DocumentKind.COMMITMENT, document_number=contract.document_number,
        settles=None, reversed_by=None,
    )  # fmt: skip
    if carried.exists():
        raise Refusal(
            _("%(number)s stands in %(year)s, where this carried it. Reverse it there first.")
            % {"number": contract.document_number, "year": addendum.fiscal_year + 1}
        )
