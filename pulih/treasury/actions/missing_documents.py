"""The documents that posting a difference takes: its own, and a correction of what it replaces."""

from typing import Any

from django.db.models import F, Value

from pulih.budget.actions.many import Document
from pulih.budget.actions.payments import settled_by
from pulih.budget.identity import NumberKey
from pulih.budget.models import AmountKind, DocumentKind, Entry, Posting
from pulih.budget.rules.movements import Movement
from pulih.common.errors import Message, Refusal

from ..models import Difference
from ..rules import sentences

COMMITS, PAYS = (AmountKind.COMMITMENT,), (AmountKind.REALISATION,)


def papers_of(difference: Difference) -> list[Document]:
    """Return the documents to post, in their order; the difference's own comes last."""
    content = difference.content
    before = _followed(difference)
    kinds = _kinds(difference.document_kind, before)
    own = Document(
        kind=difference.document_kind,
        number=difference.document_number,
        unit=difference.unit,
        fiscal_year=difference.fiscal_year,
        effective_on=difference.their_day,
        movements=_moved(content["lines"], kinds),
        reason=content.get("purpose") or "",
        refers_to=before,
        party=content.get("party") or "",
        method=content.get("method") or "",
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


def _followed(difference: Difference) -> Posting | None:
    """Return what a document follows: a payment its SPM or else its contract, a return its payment.

    May refuse.
    """
    if difference.document_kind == DocumentKind.RETURN:
        return _in_force(difference, DocumentKind.PAYMENT, difference.document_number)
    if difference.document_kind == DocumentKind.PAYMENT:
        ordered = difference.content.get("order_number")
        if ordered and (order := _in_force(difference, DocumentKind.ORDER, ordered)):
            return order
    named = difference.content.get("contract")
    if not named or difference.document_kind != DocumentKind.PAYMENT:
        return None
    found = _in_force(difference, DocumentKind.COMMITMENT, named)
    if found is None:  # It was known when the list was compared, and reversed since.
        unknown = sentences.CONTRACT_UNKNOWN
        raise Refusal(Message(unknown.id.format(named), unknown.en.format(named)))
    return found


def _in_force(difference: Difference, kind: DocumentKind, number: str) -> Posting | None:
    of_unit = Posting.objects.filter(unit=difference.unit_id, fiscal_year=difference.fiscal_year)
    named = of_unit.annotate(number_key=NumberKey(F("document_number"))).filter(
        document_kind=kind, number_key=NumberKey(Value(number)), reversed_by=None
    )
    if kind == DocumentKind.COMMITMENT:
        named = named.filter(settles=None)  # An addendum is part of its contract.
    found: Posting | None = named.order_by("-edition").first()
    return found


def _kinds(document_kind: str, before: Posting | None) -> tuple[Any, ...]:
    if document_kind == DocumentKind.COMMITMENT:
        return COMMITS
    return PAYS if settled_by(before) else (*COMMITS, *PAYS)


def _moved(lines: list[dict[str, int]], kinds: tuple[Any, ...], sign: int = 1) -> list[Movement]:
    return [Movement(one["line_id"], kind, sign * one["rupiah"]) for one in lines for kind in kinds]
