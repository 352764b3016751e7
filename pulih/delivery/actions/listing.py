"""What is asked of everybody who makes a nominative list, whoever is paid by it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.budget.models import Promise
from pulih.common.errors import Refusal
from pulih.documents.actions import issue
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.proposals.models import DecidedRow, Proposal
from pulih.web import numbers

from ..models import Activity, PaymentList
from ..papers import PAYMENT_LIST
from ..reads.payments import already_listed, promise_of
from .activities import place_of

SHOWN = 5  # People whom a refusal names; the page names all.


def some_of(named: Sequence[str]) -> str:
    """Name the first few people, and say how many others there are."""
    rest = len(named) - SHOWN
    more = [ngettext("%(n)s other", "%(n)s others", rest) % {"n": rest}] if rest > 0 else []
    return "; ".join([*named[:SHOWN], *more])


def require_money(activity: Activity, by: User) -> None:
    """Money is written by an officer of the treasury chain who also runs the activity."""
    require(by, Permission.RUN_ACTIVITIES, place_of(activity))
    require(by, Permission.POST_DOCUMENTS, activity.province)


def locked_for_a_list(activity: Activity, number: str) -> Promise:
    """Lock an activity while a list of this number is made; return its money. May refuse."""
    _lock_rows(activity)
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    promise = promise_or_refuse(activity)
    if activity.payment_lists.filter(number__iexact=number).exists():
        raise Refusal(
            _("“%(number)s” is there already. Choose another number.") % {"number": number}
        )
    return promise


def _lock_rows(activity: Activity) -> None:
    """Let no amendment of the proposal put other rows in force while a list is made by these."""
    proposals = Proposal.objects.select_for_update(of=("self",))
    proposals.filter(pk=activity.proposal_id or 0).first()


def promise_or_refuse(activity: Activity) -> Promise:
    found = promise_of(activity)
    if found is None:
        raise Refusal(
            _(
                "No money is set aside for this activity. Name the proposal that funds it and the "
                "unit that pays under Change."
            )
        )
    return found


def refuse_more_than_approved(row: DecidedRow, gross: int) -> None:
    listed = already_listed(row)
    if listed + gross > row.rupiah:
        raise Refusal(
            _(
                "“%(row)s” was approved with %(approved)s; %(listed)s stands in lists already and "
                "%(gross)s would come to it. Nothing was saved."
            )
            % {
                "row": row.text, "approved": numbers.rupiah(row.rupiah),
                "listed": numbers.rupiah(listed), "gross": numbers.rupiah(gross),
            }
        )  # fmt: skip


def issue_paper(made: PaymentList, promise: Promise) -> None:
    """Give the paper of a new list its code."""
    issue(
        PAYMENT_LIST, made.pk, office=promise.unit.name, number=made.number, dated=made.made_on,
        province=made.activity.province, person=made.by.name,
    )  # fmt: skip
