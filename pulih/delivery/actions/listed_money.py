"""Money that a cost plan sets aside for people: requested by their lists, and not past them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.db.models import Sum
from django.utils.translation import gettext as _

from pulih.budget.models import AmountKind, BudgetLine, DocumentKind, Entry, Promise
from pulih.common.errors import Refusal
from pulih.proposals.models import DecidedRow
from pulih.web import numbers

from ..models import Activity, PaymentList
from ..reads.honoraria import offers_of
from ..reads.payments import ROOM, rows_of


def refuse_past_the_lists(promise: Promise | None, amounts: Mapping[int, int]) -> None:
    """Refuse to ask, without a list, for money of a promise that is meant for people.

    amounts: rupiah by line id. An account may pay others too: as much of it as rows of the plan
    that pay no participants and nobody who teaches.
    """
    activity = _activity_of(promise)
    if promise is None or activity is None:
        return
    asked: Counter[str] = Counter()
    accounts = dict(BudgetLine.objects.filter(pk__in=amounts).values_list("pk", "account"))
    for line, rupiah in amounts.items():
        asked[accounts[line]] += rupiah
    of_people, of_others = _approved(activity)
    for account, rupiah in asked.items():
        left = of_others[account] - _unlisted(promise, account)
        if of_people[account] and rupiah > left:
            raise Refusal(
                _(
                    "%(people)s of account %(account)s is approved for people, who are paid by "
                    "the lists of “%(activity)s” alone; %(left)s is left for anything else. Make "
                    "the list there and request its payment."
                )
                % {
                    "people": numbers.rupiah(of_people[account]), "account": account,
                    "activity": activity, "left": numbers.rupiah(max(left, 0)),
                }
            )  # fmt: skip


def _activity_of(promise: Promise | None) -> Activity | None:
    if promise is None or promise.room != ROOM:
        return None
    found = Activity.objects.filter(proposal__number=promise.number, unit=promise.unit_id)
    return found.order_by("pk").first()


def _approved(activity: Activity) -> tuple[Counter[str], Counter[str]]:
    """Return by account what is approved for people, and what for anything else."""
    people = {row.pk for row, _pay in rows_of(activity)}
    people |= {offer.row.pk for offer in offers_of(activity)}
    sums: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for row in DecidedRow.objects.in_force(activity.proposal_id or 0):
        sums[row.pk not in people][row.account] += row.rupiah
    return sums


def _unlisted(promise: Promise, account: str) -> int:
    """Return what standing requests ask of an account without a list, in rupiah."""
    requests = promise.postings.filter(
        document_kind=DocumentKind.REQUEST, reverses=None, reversed_by=None
    )
    listed = PaymentList.objects.filter(request__in=requests).values("request")
    entries = Entry.objects.filter(
        posting__in=requests, amount_kind=AmountKind.REQUEST, line__account=account
    ).exclude(posting__in=listed)
    return int(entries.aggregate(total=Sum("rupiah"))["total"] or 0)
