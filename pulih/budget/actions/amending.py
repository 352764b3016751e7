"""Reserved money follows an amendment of its proposal: less is released, more is set aside."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from pulih.common.errors import Message, Refusal
from pulih.common.money import rupiah
from pulih.people.models import User
from pulih.proposals.models import Proposal
from pulih.proposals.rules.machine import DECIDED

from ..models import AmountKind, BudgetLine, Entry, Promise, PromisedLine
from ..models.promises import OF_PROPOSALS
from ..reads.promises import PROMISING
from ..rules.funding import shared_out
from .following import follow
from .funding import free_lines
from .promises import Subject, set_aside, take_off


def move_reservation(
    proposal: Proposal, after: Mapping[str, int], *, number: str, effective_on: date, by: User,
    reason: str,
) -> None:  # fmt: skip
    """Move what is left of the reservation to `after`, by account, in the caller's transaction.

    May refuse. Nothing happens while no money is reserved. Refused: once any of it was drawn, since
    a contract stands on it; and more than is free on lines of the unit. What units beside the
    first one set aside counts; what is missing is added at the first.
    """
    promises = list(_promises(proposal))
    if not promises:
        return
    _refuse_drawn(proposal, _drawn(promises))
    left = _left_by_account(promises)
    less = {key: left[key] - after.get(key, 0) for key in left}
    more = {key: amount - left.get(key, 0) for key, amount in after.items()}
    _release(
        promises, {key: one for key, one in less.items() if one > 0},
        number=f"{number}-L", effective_on=effective_on, reason=reason, by=by,
    )  # fmt: skip
    is_funded = proposal.state not in DECIDED  # What waits for money goes on waiting.
    wanted = {key: one for key, one in more.items() if one > 0 and is_funded}
    added = _to_add(proposal, promises[0], wanted)
    if added:
        subject = Subject(OF_PROPOSALS, proposal.number, promises[0].title)
        set_aside(
            promises[0].unit,
            added,
            subject=subject,
            number=f"{number}-T",
            fiscal_year=promises[0].fiscal_year,
            effective_on=effective_on,
            by=by,
            reason=reason,
        )
    follow(promises[0], by=by, reason=reason)


def _promises(proposal: Proposal) -> QuerySet[Promise]:
    """Return what units set aside for a proposal, the unit that did so first at the head."""
    found = Promise.objects.filter(room=OF_PROPOSALS, number=proposal.number)
    return found.select_related("unit__province").order_by("pk")


def _drawn(promises: Sequence[Promise]) -> int:
    """Return what documents that pay or commit took of promises, less what came back."""
    entries = Entry.objects.filter(
        posting__promise__in=promises, amount_kind=AmountKind.RESERVATION
    )
    kind = Coalesce("posting__reverses__document_kind", "posting__document_kind")
    by_others = entries.annotate(root=kind).exclude(root__in=PROMISING)
    return -int(by_others.aggregate(total=Sum("rupiah"))["total"] or 0)


def _left_by_account(promises: Sequence[Promise]) -> dict[str, int]:
    left: dict[str, int] = {}
    lines = PromisedLine.objects.filter(promise__in=promises)
    for account, amount in lines.values_list("line__account", "reserved"):
        left[account] = left.get(account, 0) + amount
    return left


def _refuse_drawn(proposal: Proposal, drawn: int) -> None:
    if drawn > 0:
        raise Refusal(
            Message(
                f"Dari dana yang dicadangkan untuk {proposal.number}, {rupiah(drawn)} sudah diikat "
                "kontrak atau dibayar; dana usulan ini tidak dapat diubah lagi. Ubah kata-kata, "
                "waktu, atau tempat saja.",
                f"Of the money reserved for {proposal.number}, {rupiah(drawn, 'en')} is committed "
                "or paid; the money of this proposal cannot be amended any more. Amend words, "
                "dates or places alone.",
            )
        )


def _release(promises: Sequence[Promise], less: Mapping[str, int], **document: Any) -> None:
    """Release by account, from the unit that came last first."""
    wanted = dict(less)
    for promise in reversed(promises):
        released = _to_release(promise, wanted)
        if released:
            take_off(promise, released, **document)


def _to_release(promise: Promise, wanted: dict[str, int]) -> dict[int, int]:
    """Return rupiah by line of a promise, and take it off what is wanted."""
    found = {}
    lines = PromisedLine.objects.filter(promise=promise, line__account__in=wanted, reserved__gt=0)
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
