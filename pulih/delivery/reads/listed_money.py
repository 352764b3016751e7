"""Money that a cost plan sets aside for people, and what was asked or paid past their lists."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from pulih.budget.models import AmountKind, DocumentKind, Entry, Posting, Promise
from pulih.proposals.models import DecidedRow

from ..models import Activity, PaymentList
from .honoraria import offers_of
from .payments import rows_of


@dataclass(frozen=True)
class PastLists:
    """What documents of a file paid of an account beyond what others than people may get."""

    account: str
    rupiah: int
    payments: list[Posting]


def approved(activity: Activity) -> tuple[Counter[str], Counter[str]]:
    """Return by account what is approved for people, and what for anything else."""
    people = {row.pk for row, _pay in rows_of(activity)}
    people |= {offer.row.pk for offer in offers_of(activity)}
    sums: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for row in DecidedRow.objects.in_force(activity.proposal_id or 0):
        sums[row.pk not in people][row.account] += row.rupiah
    return sums


def unlisted(promise: Promise, account: str) -> int:
    """Return what is asked of an account, or paid unasked, without a list, in rupiah."""
    asked = promise.postings.filter(
        document_kind=DocumentKind.REQUEST, reverses=None, reversed_by=None
    )
    listed = PaymentList.objects.filter(request__in=asked).values("request")
    requests = Q(posting__in=asked, amount_kind=AmountKind.REQUEST) & ~Q(posting__in=listed)
    paid = _paid_unasked(promise)
    payments = Q(amount_kind=AmountKind.REALISATION) & (
        Q(posting__in=paid) | Q(posting__refers_to__in=paid)  # What came back of them, too.
    )
    entries = Entry.objects.filter(requests | payments, line__account=account)
    return int(entries.aggregate(total=Sum("rupiah"))["total"] or 0)


def paid_past_lists(activity: Activity, promise: Promise) -> list[PastLists]:
    """Return what files of the treasury reported as paid past the lists, by account."""
    of_people, of_others = approved(activity)
    found = []
    for account in sorted(of_people):
        beyond = unlisted(promise, account) - of_others[account]
        payments = _paid_unasked(promise).filter(entries__line__account=account).distinct()
        if beyond > 0 and (listed := list(payments.order_by("effective_on", "pk"))):
            found.append(PastLists(account, beyond, listed))
    return found


def _paid_unasked(promise: Promise) -> QuerySet[Posting]:
    """Return payments of a promise that stand and that no SPP asked for: typed, or of a file."""
    paid: QuerySet[Posting] = promise.postings.filter(
        document_kind=DocumentKind.PAYMENT, reverses=None, reversed_by=None
    )
    return paid.exclude(refers_to__document_kind=DocumentKind.ORDER)
