"""Promises: what is set aside for each, drawn and left, and which of them a cut would break."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from pulih.proposals.promised import Aside

from ..models import AmountKind, BudgetLine, DocumentKind, Entry, Promise, PromisedLine
from ..models.lines import BudgetLineQuerySet
from ..models.promises import OF_PROPOSALS
from .limits import Left

PROMISING = (DocumentKind.RESERVATION, DocumentKind.UNRESERVE)


@dataclass(frozen=True)
class Promised:
    """One promise on one line, in rupiah. set_aside: by decisions, less what they released.

    paid: by SP2D, less what was reversed or came back.
    """

    promise: Promise
    line: BudgetLine
    set_aside: int
    left: int
    paid: int = 0

    @property
    def drawn(self) -> int:
        """What commitments made for the promise have drawn of it."""
        return self.set_aside - self.left


@dataclass(frozen=True)
class Broken:
    """What a lower ceiling would take from a promise on one line, in rupiah."""

    promise: Promise
    line_id: int
    line_key: str
    rupiah: int


def promised(lines: BudgetLineQuerySet, day: date, known: date | None = None) -> list[Promised]:
    """Return the promises on `lines` as of `day`, those with most left first."""
    entries = Entry.objects.filter(
        line__in=lines.order_by().values("pk"),
        amount_kind=AmountKind.RESERVATION,
        effective_on__lte=day,
    )
    kind = Coalesce("posting__reverses__document_kind", "posting__document_kind")
    by_decisions = Coalesce(Sum("rupiah", filter=Q(root__in=PROMISING)), 0)
    sums = list(
        entries.known_by(known)
        .order_by()
        .annotate(root=kind)
        .values_list("posting__promise", "line_id")
        .annotate(set_aside=by_decisions, left=Sum("rupiah"))
        .filter(Q(set_aside__gt=0) | Q(left__gt=0))
    )
    promises = Promise.objects.in_bulk([key for key, *_rest in sums])
    found = BudgetLine.objects.select_related("unit", "province").in_bulk([one[1] for one in sums])
    paid = _paid(promises, day, known)
    rows = [
        Promised(promises[key], found[line], int(set_aside), int(left), paid.get((key, line), 0))
        for key, line, set_aside, left in sums
    ]
    return sorted(rows, key=lambda one: (-one.left, one.promise.number, one.line.line_key))


def aside_for(numbers: Collection[str]) -> dict[str, Aside]:
    """Return what stands for proposals today, by their numbers, less what was released."""
    found = {number: Aside() for number in numbers}
    for account in aside_by_account(numbers).values():
        for number, one in account.items():
            before = found[number]
            found[number] = Aside(before.rupiah + one.rupiah, before.drawn + one.drawn)
    return found


def aside_by_account(numbers: Collection[str]) -> dict[str, dict[str, Aside]]:
    """Return what stands for proposals, by account and then by number."""
    entries = Entry.objects.filter(
        posting__promise__room=OF_PROPOSALS,
        posting__promise__number__in=numbers,
        amount_kind=AmountKind.RESERVATION,
    )
    kind = Coalesce("posting__reverses__document_kind", "posting__document_kind")
    sums = (
        entries.order_by()
        .annotate(root=kind)
        .values_list("line__account", "posting__promise__number")
        .annotate(
            stands=Coalesce(Sum("rupiah", filter=Q(root__in=PROMISING)), 0), left=Sum("rupiah")
        )
    )
    found: dict[str, dict[str, Aside]] = defaultdict(dict)
    for account, number, stands, left in sums:
        found[account][number] = Aside(int(stands), int(stands) - int(left))
    return found


def _paid(promises: Iterable[int], day: date, known: date | None) -> dict[tuple[int, int], int]:
    entries = Entry.objects.filter(
        posting__promise__in=promises, amount_kind=AmountKind.REALISATION, effective_on__lte=day
    )
    keys = entries.known_by(known).order_by().values_list("posting__promise", "line_id")
    sums = keys.annotate(total=Sum("rupiah"))
    return {(promise, line): int(total) for promise, line, total in sums}


def standing_on(line: BudgetLine) -> QuerySet[Promise]:
    """Return the promises that money of a line is reserved for today."""
    return Promise.objects.filter(lines__line=line, lines__reserved__gt=0)


def left_of_promise(promise: Promise) -> list[Left]:
    """Return what is reserved for a promise today, line by line."""
    rows = promise.lines.filter(reserved__gt=0).select_related("line__unit", "line__province")
    return [Left(one.line, one.reserved, one.reserved) for one in rows.order_by("line__line_key")]


def broken_by(ceilings: Mapping[int, int]) -> list[Broken]:
    """Return which promises new ceilings would break, the largest first.

    ceilings: what lines are to become, in rupiah by line id. What the new ceiling cannot hold
    beside blocks and commitments is taken from the promise made last, then from the one before.
    """
    lines = BudgetLine.objects.filter(pk__in=ceilings, reserved__gt=0)
    short = {
        line.pk: line.committed + line.blocked + line.reserved - ceilings[line.pk] for line in lines
    }
    found = list(_taken({line: rupiah for line, rupiah in short.items() if rupiah > 0}))
    return sorted(found, key=lambda one: (-one.rupiah, one.promise.number, one.line_id))


def _taken(short: dict[int, int]) -> Iterable[Broken]:
    rows = PromisedLine.objects.filter(line__in=short, reserved__gt=0)
    for row in rows.select_related("promise__unit__province", "line").order_by("line", "-promise"):
        if taken := min(row.reserved, short[row.line_id]):
            short[row.line_id] -= taken
            yield Broken(row.promise, row.line_id, row.line.line_key, taken)
