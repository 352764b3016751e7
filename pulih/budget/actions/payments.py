"""The payment chain: SPP asks, SPM orders, SP2D pays, and what comes back to the treasury.

A payment that settles a commitment adds to the realisation alone. One that has none (imprest)
commits and pays in one posting; what comes back from it takes back both, while a contract goes on
obliging until the commitment officer lowers it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pulih.inbox.models import ImportBatch
from pulih.people.models import User

from .. import followers, guards
from ..models import AmountKind, DocumentKind, Posting, Promise, SpendingUnit
from .commitments import moving
from .ledger import Posted, post

BOTH = (AmountKind.COMMITMENT, AmountKind.REALISATION)


def request_payment(
    unit: SpendingUnit,
    amounts: Mapping[int, int],
    *,
    number: str,
    fiscal_year: int,
    effective_on: date,
    by: User,
    method: str = "",
    commitment: Posting | None = None,
    is_of_list: bool = False,
    **more: Any,
) -> Posted:
    """Ask for a payment (SPP), of a commitment or of the imprest. May refuse.

    is_of_list: a room asks for what its own list says, so that no room is asked about the money.
    more: `party`, `reason`, `batch`, `promise`, as `post` takes them.
    """
    if more.get("batch") is None and not is_of_list:
        promise = commitment.promise if commitment else more.get("promise")
        guards.ask_for_money(promise, amounts)
    return followers.told(
        lambda: post(
            kind=DocumentKind.REQUEST,
            number=number,
            unit=unit,
            fiscal_year=fiscal_year,
            effective_on=effective_on,
            movements=moving(amounts, AmountKind.REQUEST),
            by=by,
            method=method,
            refers_to=commitment,
            **more,
        ),
        by,
    )


def order_payment(
    request: Posting,
    *,
    number: str,
    effective_on: date,
    by: User,
    amounts: Mapping[int, int] | None = None,
    **more: Any,
) -> Posted:
    """Order the payment that an SPP asks for (SPM): all of it unless `amounts` says less.

    May refuse, also for what another room finds out about who would be paid.
    """
    if more.get("batch") is None:
        guards.ask(request, effective_on)
    wanted = of_lines(request, AmountKind.REQUEST) if amounts is None else amounts
    return followers.told(
        lambda: post(
            kind=DocumentKind.ORDER,
            number=number,
            unit=request.unit,
            fiscal_year=request.fiscal_year,
            effective_on=effective_on,
            movements=moving(wanted, AmountKind.ORDER),
            by=by,
            refers_to=request,
            **{"party": request.party, "method": request.method, **more},
        ),
        by,
    )


def pay(
    unit: SpendingUnit,
    amounts: Mapping[int, int],
    *,
    number: str,
    fiscal_year: int,
    effective_on: date,
    by: User,
    refers_to: Posting | None = None,
    party: str = "",
    method: str = "",
    reason: str = "",
    batch: ImportBatch | None = None,
    promise: Promise | None = None,
) -> Posted:
    """Record a payment (SP2D) on an SPM or a commitment; without a commitment it commits too.

    amounts: rupiah by line id. refers_to: its SPM, or its commitment; None: out of the imprest.
    promise: what a payment out of the imprest is made for, and draws on; others keep their chain's.
    """
    if batch is None:
        _ask_before_paying(refers_to, promise, amounts, effective_on)
    kinds = (AmountKind.REALISATION,) if settled_by(refers_to) else BOTH

    def act() -> Posted:
        return post(
            kind=DocumentKind.PAYMENT,
            number=number,
            unit=unit,
            fiscal_year=fiscal_year,
            effective_on=effective_on,
            movements=moving(amounts, *kinds),
            by=by,
            reason=reason,
            batch=batch,
            refers_to=refers_to,
            party=party,
            method=method,
            promise=promise,
        )

    if refers_to is None or refers_to.document_kind != DocumentKind.ORDER:
        return act()  # Nobody waits for it, so it may share a transaction with others.
    return followers.told(act, by)


def _ask_before_paying(
    refers_to: Posting | None, promise: Promise | None, amounts: Mapping[int, int], day: date
) -> None:
    """Let rooms refuse a payment by hand; money that no SPP asked for is asked about here."""
    if refers_to is not None:
        guards.ask(refers_to, day)
    if refers_to is None or refers_to.document_kind != DocumentKind.ORDER:
        guards.ask_for_money(refers_to.promise if refers_to else promise, amounts)


def give_back(
    payment: Posting,
    amounts: Mapping[int, int] | None = None,
    *,
    number: str,
    effective_on: date,
    by: User,
    **more: Any,
) -> Posted:
    """Record what came back to the treasury of a payment: all of it unless `amounts` says less."""
    wanted = of_lines(payment, AmountKind.REALISATION) if amounts is None else amounts
    kinds = (AmountKind.REALISATION,) if payment.settles_id else BOTH
    return post(
        kind=DocumentKind.RETURN,
        number=number,
        unit=payment.unit,
        fiscal_year=payment.fiscal_year,
        effective_on=effective_on,
        movements=moving(wanted, *kinds, sign=-1),
        by=by,
        refers_to=payment,
        **{"party": payment.party, **more},
    )


def settled_by(document: Posting | None) -> int | None:
    """Return the id of the commitment at the root of a document's chain; None if it has none."""
    if document is None:
        return None
    if document.document_kind == DocumentKind.COMMITMENT:
        return document.settles_id or document.pk
    return document.settles_id


def of_lines(document: Posting, kind: str) -> dict[int, int]:
    """Return what a document adds to one amount, in rupiah by line id."""
    entries = document.entries.filter(amount_kind=kind).order_by("line_id")
    return dict(entries.values_list("line_id", "rupiah"))
