"""What a contract did not get paid in its year is carried over into the next (luncuran)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.web import numbers

from ..models import BudgetLine, DocumentKind, Entry, Posting
from ..reads.contract_years import plan_of
from ..reads.limits import Left, left_of
from ..retrying import until_done
from .commitments import commit
from .ledger import Posted, require_for

CARRIED = "Luncuran"  # How the reason of both halves begins.


def carry_over(
    contract: Posting, to: BudgetLine, rupiah: int, *, number: str, effective_on: date, by: User
) -> Posted:
    """Take what nobody asked for yet off a contract, and commit it on a line of the next year.

    May refuse. number: of the addendum, which takes effect on the last day of the contract's year.
    The commitment of the new year keeps the contract's own number and party. effective_on: its day.
    """
    require_for(DocumentKind.COMMITMENT, by, contract.unit)
    refuse_line(contract, to, effective_on)
    _refuse_unplanned(contract)

    def act() -> Posted:
        with transaction.atomic():
            return _carry_over(contract, to, rupiah, number, effective_on, by)

    return until_done(act)


def unpaid_of(contract: Posting) -> list[Left]:
    """Return the lines of a contract of which something is not asked for yet."""
    return [one for one in left_of(contract, DocumentKind.REQUEST) if one.left > 0]


def other_half(posting: Posting) -> Posting | None:
    """Return what stands in the other year where a document carried a contract over; else None.

    posting: the addendum that took it off the contract, or the commitment of the new year.
    """
    if posting.document_kind != DocumentKind.COMMITMENT or not posting.reason.startswith(CARRIED):
        return None
    halves = Posting.objects.select_related("unit__province").filter(
        unit=posting.unit, document_kind=DocumentKind.COMMITMENT, reason=posting.reason,
        reversed_by=None,
    )  # fmt: skip
    if contract := posting.settles:
        after = halves.filter(fiscal_year=posting.fiscal_year + 1, settles=None)
        return after.filter(document_number=contract.document_number).first()
    before = halves.filter(fiscal_year=posting.fiscal_year - 1)
    return before.filter(settles__document_number=posting.document_number).first()


def lock_of(*documents: Posting) -> None:
    """Lock the lines of several documents in one order, as every document does."""
    _lock_lines(Entry.objects.filter(posting__in=documents).values("line"))


def _carry_over(
    contract: Posting, to: BudgetLine, rupiah: int, number: str, effective_on: date, by: User
) -> Posted:
    _lock(contract, to)
    year, reason = contract.fiscal_year, _reason(contract, to)
    taken = _taken(unpaid_of(contract), rupiah)
    off = commit(
        contract.unit, {line: -amount for line, amount in taken.items()}, number=number,
        fiscal_year=year, effective_on=date(year, 12, 31), by=by, party=contract.party,
        reason=reason, addendum_to=contract,
    )  # fmt: skip
    on = commit(
        contract.unit, {to.pk: rupiah}, number=contract.document_number, fiscal_year=year + 1,
        effective_on=effective_on, by=by, party=contract.party, reason=reason,
    )  # fmt: skip
    if not (off.is_new and on.is_new):
        raise Refusal(
            _("%(number)s is in the books already. Look at it, then give the addendum its own.")
            % {"number": number if not off.is_new else contract.document_number}
        )
    return on


def _lock(contract: Posting, to: BudgetLine) -> None:
    """Lock the lines of both years in one order, as every document does."""
    _lock_lines({one.line.pk for one in left_of(contract, DocumentKind.REQUEST)} | {to.pk})


def _lock_lines(lines: Any) -> None:
    list(BudgetLine.objects.filter(pk__in=lines).order_by("pk").select_for_update(no_key=True))


def _taken(left: list[Left], rupiah: int) -> dict[int, int]:
    """Return what is taken off each line of the contract, in the order of their keys."""
    there = sum(one.left for one in left)
    if rupiah > there:
        raise Refusal(
            _("Of this contract %(there)s is not asked for yet, not %(asked)s. Correct the amount.")
            % {"there": numbers.rupiah(there), "asked": numbers.rupiah(rupiah)}
        )
    taken: dict[int, int] = {}
    for one in left:
        taken[one.line.pk] = min(one.left, rupiah - sum(taken.values()))
    return {line: amount for line, amount in taken.items() if amount}


def refuse_line(contract: Posting, to: BudgetLine, effective_on: date) -> None:
    """Refuse a line or a day that is not of the year after the contract's."""
    if contract.document_kind != DocumentKind.COMMITMENT or contract.settles_id is not None:
        raise Refusal(
            _("%(document)s is no contract that can be carried over.") % {"document": contract}
        )
    following = contract.fiscal_year + 1
    if (to.unit_id, to.fiscal_year) != (contract.unit_id, following):
        raise Refusal(
            _("Choose a line of the same unit and of %(year)s, the year after the contract's.")
            % {"year": following}
        )
    if effective_on.year != following:
        raise Refusal(
            _("A carried-over contract takes effect in %(year)s. Correct the day.")
            % {"year": following}
        )


def _refuse_unplanned(contract: Posting) -> None:
    plan = plan_of(contract.unit, contract.document_number)
    if plan and contract.fiscal_year + 1 not in plan.years:
        raise Refusal(
            _("No letter gives this contract an amount in %(year)s. Record the letter first.")
            % {"year": contract.fiscal_year + 1}
        )


def _reason(contract: Posting, to: BudgetLine) -> str:
    return f"{CARRIED} {contract.document_number} dari TA {contract.fiscal_year} ke {to.line_key}"
