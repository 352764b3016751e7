"""Reserved money follows an amendment of its proposal: less is released, more is set aside."""

from collections.abc import Mapping
from datetime import date

from pulih.common.errors import Message, Refusal
from pulih.common.money import rupiah
from pulih.people.models import User
from pulih.proposals.models import Proposal

from ..models import BudgetLine, Promise, PromisedLine
from ..rules.funding import shared_out
from .funding import free_lines
from .promises import Subject, reserve, unreserve

ROOM = "proposals"


def move_reservation(
    proposal: Proposal, before: Mapping[str, int], after: Mapping[str, int], *, number: str,
    effective_on: date, by: User, reason: str,
) -> None:  # fmt: skip
    """Release and reserve by account, in the caller's transaction. May refuse.

    Nothing happens while no money is reserved. Refused: once any of it was drawn, since a contract
    stands on it; and more than is free on lines of the unit.
    """
    promise = Promise.objects.filter(room=ROOM, number=proposal.number).first()
    if promise is None:
        return
    left = _left_by_account(promise)
    _refuse_drawn(proposal, sum(left.values()), sum(before.values()))
    less = {key: left.get(key, 0) - after.get(key, 0) for key in left}
    more = {key: amount - left.get(key, 0) for key, amount in after.items()}
    released = _to_release(promise, {key: one for key, one in less.items() if one > 0})
    if released:
        unreserve(
            promise, released, number=f"{number}-L", effective_on=effective_on, reason=reason, by=by
        )
    added = _to_add(proposal, promise, {key: one for key, one in more.items() if one > 0})
    if added:
        subject = Subject(ROOM, proposal.number, promise.title)
        reserve(
            promise.unit,
            added,
            subject=subject,
            number=f"{number}-T",
            fiscal_year=promise.fiscal_year,
            effective_on=effective_on,
            by=by,
            reason=reason,
        )


def _left_by_account(promise: Promise) -> dict[str, int]:
    left: dict[str, int] = {}
    for account, amount in promise.lines.values_list("line__account", "reserved"):
        left[account] = left.get(account, 0) + amount
    return left


def _refuse_drawn(proposal: Proposal, left: int, reserved: int) -> None:
    if left != reserved:
        raise Refusal(
            Message(
                f"Dari {rupiah(reserved)} yang dicadangkan untuk {proposal.number}, "
                f"{rupiah(reserved - left)} sudah diikat kontrak; dana usulan ini tidak dapat "
                "diubah lagi. Ubah kata-kata, waktu, atau tempat saja.",
                f"Of {rupiah(reserved, 'en')} reserved for {proposal.number}, "
                f"{rupiah(reserved - left, 'en')} is committed; the money of this proposal cannot "
                "be amended any more. Amend words, dates or places alone.",
            )
        )


def _to_release(promise: Promise, less: Mapping[str, int]) -> dict[int, int]:
    wanted, found = dict(less), {}
    lines = PromisedLine.objects.filter(promise=promise, line__account__in=less, reserved__gt=0)
    for one in lines.select_related("line").order_by("-reserved", "line_id"):
        taken = min(one.reserved, wanted[one.line.account])
        if taken:
            found[one.line_id] = taken
            wanted[one.line.account] -= taken
    return found


def _to_add(proposal: Proposal, promise: Promise, more: Mapping[str, int]) -> dict[int, int]:
    lines = BudgetLine.objects.filter(
        unit=promise.unit, fiscal_year=promise.fiscal_year, account__in=more, is_protected=False
    )
    found = shared_out(more, free_lines(lines, proposal.measure_id))
    missing = sum(more.values()) - sum(found.values())
    if missing:
        raise Refusal(
            Message(
                f"Perubahan memerlukan {rupiah(sum(more.values()))} lagi; {rupiah(missing)} tidak "
                f"bebas pada baris {promise.unit}. Belum ada yang berubah.",
                f"The amendment needs {rupiah(sum(more.values()), 'en')} more; "
                f"{rupiah(missing, 'en')} is not free on lines of {promise.unit}. Nothing changed.",
            )
        )
    return found
