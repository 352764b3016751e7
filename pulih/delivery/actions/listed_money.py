"""Money that a cost plan sets aside for people: asked and paid by their lists, not past them.

Whatever is typed is refused. What a file of the treasury reports as paid happened, so it is taken
in; what it paid past the lists stands on the activity's page of money.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.utils.translation import gettext as _

from pulih.budget.models import BudgetLine, Promise
from pulih.budget.models.promises import OF_PROPOSALS
from pulih.common.errors import Refusal
from pulih.web import numbers

from ..models import Activity
from ..reads.listed_money import approved, unlisted


def refuse_past_the_lists(promise: Promise | None, amounts: Mapping[int, int]) -> None:
    """Refuse to ask for money of a promise that is meant for people, or to pay it, without a list.

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
    of_people, of_others = approved(activity)
    for account, rupiah in asked.items():
        left = of_others[account] - unlisted(promise, account)
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
    if promise is None or promise.room != OF_PROPOSALS:
        return None
    found = Activity.objects.filter(proposal__number=promise.number, unit=promise.unit_id)
    return found.order_by("pk").first()
