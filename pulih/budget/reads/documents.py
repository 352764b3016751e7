"""Documents: the one figure of each, the chain that one stands in, blocks with their reasons."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from pulih.common.periods import WIB

from ..models import AmountKind, BudgetLine, DocumentKind, Entry, Posting
from ..models.lines import BudgetLineQuerySet

# Which of a document's amounts is its figure in a list.
FIGURE_OF = {
    DocumentKind.BLOCK: AmountKind.BLOCK,
    DocumentKind.RELEASE: AmountKind.BLOCK,
    DocumentKind.COMMITMENT: AmountKind.COMMITMENT,
    DocumentKind.REQUEST: AmountKind.REQUEST,
    DocumentKind.ORDER: AmountKind.ORDER,
    DocumentKind.PAYMENT: AmountKind.REALISATION,
    DocumentKind.RETURN: AmountKind.REALISATION,
    DocumentKind.RESERVATION: AmountKind.RESERVATION,
    DocumentKind.UNRESERVE: AmountKind.RESERVATION,
}
USUAL_FIGURES = (
    AmountKind.CEILING,
    AmountKind.REALISATION,
    AmountKind.COMMITMENT,
    AmountKind.BLOCK,
    AmountKind.RESERVATION,
    AmountKind.REQUEST,
    AmountKind.ORDER,
)


@dataclass(frozen=True)
class Document:
    """A posting with the one figure that says most of it, in rupiah."""

    posting: Posting
    rupiah: int


@dataclass(frozen=True)
class Hold:
    """What is blocked on one line, with the documents that blocked and released it."""

    line: BudgetLine
    rupiah: int
    entries: Sequence[Entry]


def seen_on(postings: QuerySet[Any], day: date, known: date | None = None) -> QuerySet[Any]:
    """Keep the documents that had taken effect by `day` and were known by `known`."""
    postings = postings.filter(effective_on__lte=day)
    if known is None:
        return postings
    end = datetime.combine(known + timedelta(days=1), time(), WIB)
    return postings.filter(recorded_at__lt=end)


def with_figures(postings: Iterable[Posting], **moved: object) -> list[Document]:
    """Return documents with their figures, in the same order.

    moved: fields of an entry, such as `line_id` or `amount_kind`, that keep what a list filters by.
    """
    every = list(postings)
    sums: dict[int, dict[str, int]] = defaultdict(dict)
    entries = Entry.objects.filter(posting__in=every, **moved).order_by()
    for pk, kind, rupiah in entries.values_list("posting", "amount_kind").annotate(Sum("rupiah")):
        sums[pk][kind] = int(rupiah)
    return [Document(one, _figure(one, sums[one.pk])) for one in every]


def chain_of(posting: Posting) -> list[Document]:
    """Return the documents before and after `posting`: contract, SPP, SPM, SP2D, reversals."""
    root = posting.settles_id or posting.pk
    first = posting
    while first.refers_to:
        first = first.refers_to
    near = {posting.pk, first.pk, root}
    for _step in range(4):  # Contract, request, order, payment: no chain is longer.
        more = Posting.objects.filter(Q(refers_to__in=near) | Q(reverses__in=near))
        near |= set(more.values_list("pk", flat=True))
    chain = Posting.objects.filter(pk__in=near).order_by("effective_on", "recorded_at", "pk")
    return with_figures(chain.select_related("posted_by"))


def holds(lines: BudgetLineQuerySet, day: date, known: date | None = None) -> list[Hold]:
    """Return what is blocked on `day`, largest first, each with its documents."""
    entries = (
        Entry.objects.filter(
            line__in=lines.order_by().values("pk"),
            amount_kind=AmountKind.BLOCK,
            effective_on__lte=day,
        )
        .known_by(known)
        .select_related("posting", "line__unit", "line__province")
        .order_by("effective_on", "pk")
    )
    by_line: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_line[entry.line_id].append(entry)
    found = [
        Hold(several[0].line, sum(one.rupiah for one in several), several)
        for several in by_line.values()
    ]
    return sorted((one for one in found if one.rupiah), key=lambda one: -one.rupiah)


def blocks_of(line: BudgetLine) -> QuerySet[Any]:
    """Return the documents that blocked money of a line and were not taken back."""
    blocking = Entry.objects.filter(line=line, amount_kind=AmountKind.BLOCK, rupiah__gt=0)
    kinds = (DocumentKind.BLOCK, DocumentKind.DIPA, DocumentKind.POK)
    return Posting.objects.filter(
        pk__in=blocking.values("posting"), document_kind__in=kinds, reversed_by=None
    ).order_by("effective_on", "id")


@dataclass(frozen=True)
class Imprest:
    """How long the treasurer waits for cash: days from SPP to SP2D of refills."""

    count: int
    days: float
    longest: int


def imprest_of(postings: QuerySet[Any], day: date, known: date | None = None) -> Imprest | None:
    """Return the waiting times of the refills among `postings`; None when there were none."""
    paid = seen_on(postings, day, known).filter(
        document_kind=DocumentKind.PAYMENT,
        method__in=("UP", "GUP", "TUP"),
        refers_to__refers_to__document_kind=DocumentKind.REQUEST,
    )
    asked = paid.annotate(asked_on=F("refers_to__refers_to__effective_on"))
    days = [(paid_on - on).days for paid_on, on in asked.values_list("effective_on", "asked_on")]
    return Imprest(len(days), median(days), max(days)) if days else None


def _figure(posting: Posting, sums: dict[str, int]) -> int:
    wanted = FIGURE_OF.get(DocumentKind(posting.document_kind))
    kinds = [wanted, *USUAL_FIGURES] if wanted else USUAL_FIGURES
    return next((sums[kind] for kind in [*kinds, *sums] if kind in sums), 0)
