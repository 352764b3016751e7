"""Promises: what is set aside for each, drawn and left, and which of them a cut would break."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from ..models import AmountKind, BudgetLine, DocumentKind, Entry, Promise
from ..models.lines import BudgetLineQuerySet
from .limits import Left

PROMISING = (DocumentKind.RESERVATION, DocumentKind.UNRESERVE)


@dataclass(frozen=True)
class Promised:
    """One promise on one line, in rupiah. set_aside: by decisions, less what they released."""

    promise: Promise
    line: BudgetLine
    set_aside: int
    left: int

    @property
    def drawn(self) -> int:
        """What commitments made for the promise have drawn of it."""
        return self.set_aside - self.left


@dataclass(frozen=True)
class Broken:
    """What a lower ceiling would take from a promise on one line, in rupiah."""

    promise: Promise
    line_id: int
    rupiah: int


def promised(lines: BudgetLineQuerySet, day: date, known: date | None = None) -> list[Promised]:
    """Return the promises on `lines` as of `day`, those with most left first."""
    entries = _reserving(Q(line__in=lines.order_by().values("pk"), effective_on__lte=day))
    kind = Coalesce("posting__reverses__document_kind", "posting__document_kind")
    by_decisions = Coalesce(Sum("rupiah", filter=Q(root__in=PROMISING)), 0)
    sums = list(
        entries.known_by(known)
        .annotate(root=kind)
        .values_list("posting__promise", "line_id")
        .annotate(set_aside=by_decisions, left=Sum("rupiah"))
        .filter(Q(set_aside__gt=0) | Q(left__gt=0))
    )
    promises = Promise.objects.in_bulk([key for key, *_rest in sums])
    found = BudgetLine.objects.select_related("unit", "province").in_bulk([one[1] for one in sums])
    rows = [
        Promised(promises[key], found[line], int(set_aside), int(left))
        for key, line, set_aside, left in sums
    ]
    return sorted(rows, key=lambda one: (-one.left, one.promise.number, one.line.line_key))


def standing_on(line: BudgetLine) -> QuerySet[Promise]:
    """Return the promises that money of a line is reserved for today."""
    left = _reserving(Q(line=line)).values("posting__promise").annotate(left=Sum("rupiah"))
    return Promise.objects.filter(pk__in=left.filter(left__gt=0).values("posting__promise"))


def left_of_promise(promise: Promise) -> list[Left]:
    """Return what is reserved for a promise today, line by line."""
    sums = _reserving(Q(posting__promise=promise)).values_list("line_id").annotate(Sum("rupiah"))
    left = {line: int(rupiah) for line, rupiah in sums if rupiah > 0}
    lines = BudgetLine.objects.select_related("unit", "province").in_bulk(left)
    ordered = sorted(lines.values(), key=lambda line: line.line_key)
    return [Left(line, left[line.pk], left[line.pk]) for line in ordered]


def broken_by(ceilings: Mapping[int, int]) -> list[Broken]:
    """Return which promises new ceilings would break, the largest first.

    ceilings: what lines are to become, in rupiah by line id. What the new ceiling cannot hold
    beside blocks and commitments is taken from the promise made last, then from the one before.
    """
    short = {
        line.pk: line.committed + line.blocked + line.reserved - ceilings[line.pk]
        for line in BudgetLine.objects.filter(pk__in=ceilings, reserved__gt=0)
    }
    found = list(_taken({line: rupiah for line, rupiah in short.items() if rupiah > 0}))
    return sorted(found, key=lambda one: (-one.rupiah, one.promise.number, one.line_id))


def _taken(short: dict[int, int]) -> Iterable[Broken]:
    sums = (
        _reserving(Q(line__in=short))
        .values_list("line_id", "posting__promise")
        .annotate(left=Sum("rupiah"), last=Max("posting"))
        .filter(left__gt=0)
        .order_by("line_id", "-last")
    )
    rows = list(sums)
    promises = Promise.objects.select_related("unit", "province")
    by_id = promises.in_bulk([promise for _line, promise, *_rest in rows])
    for line, promise, left, _last in rows:
        if taken := min(int(left), short[line]):
            short[line] -= taken
            yield Broken(by_id[promise], line, taken)


def _reserving(where: Q) -> QuerySet[Entry]:
    entries: QuerySet[Entry] = Entry.objects.filter(where, amount_kind=AmountKind.RESERVATION)
    return entries.order_by()
