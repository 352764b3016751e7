"""Commitments that are not paid yet, each with its document, its party and its age."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from ..models import AmountKind, BudgetLine, DocumentKind, Entry, Posting
from ..models.lines import BudgetLineQuerySet

AGES = ((0, 30), (31, 60), (61, 90), (91, None))


@dataclass(frozen=True)
class Owed:
    """What one document still binds on one line, in rupiah, and since how many days.

    is_contract: bound by a document of its own; else by a sheet that only stated a sum.
    """

    posting: Posting
    line: BudgetLine
    committed: int
    paid: int
    age_days: int

    @property
    def rupiah(self) -> int:
        return self.committed - self.paid

    @property
    def is_contract(self) -> bool:
        return self.posting.document_kind == DocumentKind.COMMITMENT

    @property
    def bracket(self) -> int:
        """Return which of `AGES` it is of."""
        return next(
            i for i, (_low, high) in enumerate(AGES) if high is None or self.age_days <= high
        )


@dataclass(frozen=True)
class Age:
    """All that is unpaid of one age. high: None for the oldest."""

    low: int
    high: int | None
    rupiah: int
    count: int
    share: float


def unpaid(
    lines: BudgetLineQuerySet, day: date, known: date | None = None, read: BudgetLine | None = None
) -> list[Owed]:
    """Return what is committed and not paid on `day`, oldest first.

    read: the only one of the lines, where it has been read with its unit and province.
    """
    sums = _by_document(lines, day, known)
    postings = Posting.objects.select_related("unit").in_bulk([one[0] for one in sums])
    in_full = BudgetLine.objects.select_related("unit", "province")
    every = {read.pk: read} if read else in_full.in_bulk([one[1] for one in sums])
    found = [
        Owed(postings[root], every[line], committed, paid, (day - since).days)
        for root, line, since, committed, paid in sums
    ]
    return sorted(found, key=lambda one: (-one.age_days, -one.rupiah, one.posting.pk))


def by_age(lines: BudgetLineQuerySet, day: date, known: date | None = None) -> list[Age]:
    """Add up by age what is unpaid; the shares are of the largest, for bars."""
    return ages_of(
        ((day - since).days, committed - paid)
        for _root, _line, since, committed, paid in _by_document(lines, day, known)
    )


def ages_of(owed: Iterable[tuple[int, int]]) -> list[Age]:
    """Add up days and rupiah of what is unpaid by age."""
    rupiah, count = [0] * len(AGES), [0] * len(AGES)
    for days, unpaid_rupiah in owed:
        rupiah[bracket(days)] += unpaid_rupiah
        count[bracket(days)] += 1
    most = max([*rupiah, 1])
    return [
        Age(low, high, total, number, total / most)
        for (low, high), total, number in zip(AGES, rupiah, count, strict=True)
    ]


def bracket(age_days: int) -> int:
    """Return which of `AGES` an age is of."""
    return sum(1 for low, _high in AGES[1:] if age_days >= low)


def _by_document(
    lines: BudgetLineQuerySet, day: date, known: date | None
) -> list[tuple[int, int, date, int, int]]:
    """Return root document, line, day of the root, committed, paid of what is still owed.

    Addenda, payments and reversals count with the commitment they belong to.
    """
    way = ("posting__settles", "posting__reverses__settles", "posting__reverses", "posting")
    root = Coalesce(*(f"{step}_id" for step in way))
    since = Coalesce(*(f"{step}__effective_on" for step in way))
    entries = Entry.objects.filter(
        line__in=lines.order_by().values("pk"),
        amount_kind__in=(AmountKind.COMMITMENT, AmountKind.REALISATION),
        effective_on__lte=day,
    ).known_by(known)
    committed = Coalesce(Sum("rupiah", filter=Q(amount_kind=AmountKind.COMMITMENT)), 0)
    paid = Coalesce(Sum("rupiah", filter=Q(amount_kind=AmountKind.REALISATION)), 0)
    sums = (
        entries.order_by()
        .annotate(root=root, since=since)
        .values_list("root", "line_id", "since")
        .annotate(committed=committed, paid=paid)
        .filter(committed__gt=F("paid"))
    )
    return [(r, line, on, int(c), int(p)) for r, line, on, c, p in sums]
