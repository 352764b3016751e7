"""The documents that posting a difference takes: its own, and a correction of what it replaces."""

from typing import Any

from ...models import (
    AmountKind,
    Difference,
    DocumentKind,
    Entry,
    PaymentMethod,
    Posting,
)  # fmt: skip
from ...rules.movements import Movement
from ..many import Document

COMMITS, PAYS = (AmountKind.COMMITMENT,), (AmountKind.REALISATION,)


def papers_of(difference: Difference) -> list[Document]:
    """Return the documents to post, in their order; the difference's own comes last."""
    content = difference.content
    contract = _contract(difference)
    kinds = _kinds(difference.document_kind, contract)
    own = Document(
        kind=difference.document_kind,
        number=difference.document_number,
        unit=difference.unit,
        fiscal_year=difference.fiscal_year,
        effective_on=difference.their_day,
        movements=_moved(content["lines"], kinds),
        reason=content.get("purpose") or "",
        refers_to=contract,
        party=content.get("party") or "",
        method=_method(content.get("method")),
    )
    covered = content.get("covered")
    return [_correction(difference, covered), own] if covered else [own]


def _correction(difference: Difference, covered: list[dict[str, int]]) -> Document:
    """Take back what had been stated without documents, on the day it was stated for."""
    lines = [one["line_id"] for one in covered]
    stated = Entry.objects.filter(
        line__in=lines, posting__document_kind__in=[DocumentKind.DIPA, DocumentKind.POK]
    )
    newest = stated.order_by("-effective_on").values_list("effective_on", flat=True).first()
    is_paid = difference.document_kind == DocumentKind.PAYMENT
    kinds = (*COMMITS, *PAYS) if is_paid else COMMITS
    number = f"{difference.document_number}"[:60]
    label = DocumentKind(difference.document_kind).value.upper()
    return Document(
        kind=DocumentKind.CORRECTION,
        number=f"Rincian {label} {number}",
        unit=difference.unit,
        fiscal_year=difference.fiscal_year,
        effective_on=newest,
        movements=_moved(covered, kinds, sign=-1),
        reason="Yang dinyatakan POK tanpa dokumen diganti dokumennya.",
    )


def _contract(difference: Difference) -> Posting | None:
    """Return the commitment that a payment settles, as its list names it."""
    named = difference.content.get("contract")
    if not named or difference.document_kind != DocumentKind.PAYMENT:
        return None
    found = Posting.objects.filter(
        unit=difference.unit_id,
        fiscal_year=difference.fiscal_year,
        document_kind=DocumentKind.COMMITMENT,
        settles=None,
        reversed_by=None,
    )
    return next((one for one in found if _plain(one.document_number) == named), None)


def _plain(number: str) -> str:
    for sign in "/.-":
        number = sign.join(part.strip() for part in number.split(sign))
    return number.upper().strip()


def _kinds(document_kind: str, contract: Posting | None) -> tuple[Any, ...]:
    if document_kind == DocumentKind.COMMITMENT:
        return COMMITS
    return PAYS if contract else (*COMMITS, *PAYS)


def _moved(lines: list[dict[str, int]], kinds: tuple[Any, ...], sign: int = 1) -> list[Movement]:
    return [Movement(one["line_id"], kind, sign * one["rupiah"]) for one in lines for kind in kinds]


def _method(told: str | None) -> str:
    return told if told in PaymentMethod.values else ""
