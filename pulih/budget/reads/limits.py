"""How much a document may still give to the one that follows it, line by line."""

from dataclasses import dataclass

from django.db.models import Q, Sum

from ..models import AmountKind, BudgetLine, DocumentKind, Entry, Posting

# What a document of a kind takes, from which of its parent's amounts.
TAKES = {
    DocumentKind.REQUEST: (AmountKind.COMMITMENT, AmountKind.REQUEST),
    DocumentKind.ORDER: (AmountKind.REQUEST, AmountKind.ORDER),
    DocumentKind.PAYMENT: (AmountKind.ORDER, AmountKind.REALISATION),
    DocumentKind.RETURN: (AmountKind.REALISATION, AmountKind.REALISATION),
}


@dataclass(frozen=True)
class Left:
    """One line of a document: what it holds and what is left of that to follow, in rupiah."""

    line: BudgetLine
    held: int
    left: int


def left_of(parent: Posting, child: DocumentKind) -> list[Left]:
    """Return what documents of kind `child` may still take from `parent`, by line."""
    holds, takes = TAKES[child]
    if child is DocumentKind.REQUEST:  # A contract with its addenda and all that settled it.
        whole = Q(posting=parent) | Q(posting__settles=parent)
        held, taken = _sums(whole, holds), _sums(whole, takes)
    else:
        held = _sums(_family(parent), holds)
        of_children = Q(posting__refers_to=parent, posting__document_kind=child) | Q(
            posting__refers_to__refers_to=parent,
            posting__refers_to__document_kind=child,
            posting__document_kind=DocumentKind.CORRECTION,
        )
        taken = _sums(of_children, takes)
    lines = BudgetLine.objects.select_related("unit", "province").in_bulk(held)
    return [
        Left(lines[line], rupiah, rupiah - abs(taken.get(line, 0)))
        for line, rupiah in sorted(held.items(), key=lambda item: lines[item[0]].line_key)
    ]


def _family(posting: Posting) -> Q:
    """A document and its corrections."""
    return Q(posting=posting) | Q(
        posting__refers_to=posting, posting__document_kind=DocumentKind.CORRECTION
    )


def _sums(which: Q, kind: AmountKind) -> dict[int, int]:
    entries = Entry.objects.filter(which, amount_kind=kind).order_by()
    sums = entries.values_list("line_id").annotate(total=Sum("rupiah"))
    return {line: int(total) for line, total in sums if total}
