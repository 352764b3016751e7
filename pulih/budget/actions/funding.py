"""Setting the money of an approved proposal aside: the whole of it, on lines of its own unit."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.common.money import rupiah
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.proposals.clocks import duty_in
from pulih.proposals.models import DecidedRow, Proposal, ProposalDecision
from pulih.proposals.rules.machine import DECIDED, PROPOSAL
from pulih.workflow.actions import take_step

from ..models import BudgetLine
from ..models.promises import OF_PROPOSALS
from ..reads.promises import aside_by_account
from ..rules.funding import FreeLine, shared_out
from .ledger import Posted
from .promises import Subject, set_aside


@transaction.atomic
def reserve_for(
    proposal: Proposal,
    amounts: Mapping[int, int],
    *,
    number: str,
    effective_on: date,
    by: User,
    seen: int | None = None,
    now: datetime | None = None,
) -> Posted:
    """Reserve what was approved and does not stand yet. May refuse.

    amounts: rupiah by line id, in sum what is missing. Refused: lines of another unit or year, less
    or more than is missing, then the proposal waits as approved, with the sum that it is short of;
    and sums that are not those of its accounts.
    """
    require(by, Permission.DECIDE_PROPOSALS, None)
    proposal = _locked(proposal)
    decision = ProposalDecision.objects.filter(proposal=proposal).first()
    if decision is None or proposal.state not in DECIDED:
        raise Refusal(
            Message(
                f"Usulan {proposal.number} belum disetujui atau dananya sudah dicadangkan.",
                f"Proposal {proposal.number} is not approved, or its money is reserved already.",
            )
        )
    wanted = {line: amount for line, amount in amounts.items() if amount}
    lines = list(BudgetLine.objects.filter(pk__in=wanted).select_related("unit__province"))
    _refuse_lines(proposal, lines, len(wanted))
    needed = _needed(proposal)
    _refuse_sum(sum(needed.values()), sum(wanted.values()))
    _refuse_accounts(needed, lines, wanted)
    posted = set_aside(
        lines[0].unit,
        wanted,
        subject=Subject(OF_PROPOSALS, proposal.number, proposal.title),
        number=number,
        fiscal_year=proposal.round.fiscal_year,
        effective_on=effective_on,
        by=by,
        reason=decision.reason,
    )
    take_step(
        PROPOSAL,
        proposal.pk,
        "reserve",
        by=by,
        details={"posting": posted.posting_id, "lines": len(lines)},
        duty=duty_in("reserved", proposal.province),
        seen=seen,
        now=now,
    )
    record(by, "proposals.reserve", proposal, posting=posted.posting_id)
    return posted


def _locked(proposal: Proposal) -> Proposal:
    """Let no amendment change what is approved between its sum and its reservation."""
    locked = Proposal.objects.select_for_update(of=("self",))
    return locked.select_related("province", "round").get(pk=proposal.pk)


def suggested_lines(proposal: Proposal) -> tuple[dict[int, int], int]:
    """Return rupiah by line that could carry what was approved, and the sum that is missing."""
    needed, free = _needed(proposal), _free(proposal)
    found = shared_out(needed, free)
    return found, sum(needed.values()) - sum(found.values())


class OfAccount(NamedTuple):
    """What an account of an approved proposal needs, and what lines may pay; in rupiah."""

    account: str
    needed: int
    free: int

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.free)


def by_account(proposal: Proposal) -> list[OfAccount]:
    """Return each account of what was approved with the money that is free for it."""
    free: Counter[str] = Counter()
    for line in _free(proposal):
        free[line.account] += max(0, line.free)
    return [OfAccount(one, sum_, free[one]) for one, sum_ in sorted(_needed(proposal).items())]


def _needed(proposal: Proposal) -> Counter[str]:
    """Return what of each account was approved and does not stand in the ledger."""
    needed: Counter[str] = Counter()
    for row in DecidedRow.objects.in_force(proposal.pk):
        needed[row.account] += row.rupiah
    for account, stands in aside_by_account([proposal.number]).items():
        needed[account] -= stands[proposal.number].rupiah
    return +needed


def _free(proposal: Proposal) -> list[FreeLine]:
    lines = BudgetLine.objects.filter(
        province=proposal.province,
        fiscal_year=proposal.round.fiscal_year,
        account__in=_needed(proposal),
        is_protected=False,
    )
    return free_lines(lines, proposal.measure_id)


def free_lines(lines: Iterable[BudgetLine], measure: int) -> list[FreeLine]:
    """Return the lines that may pay for a measure: named for it, or for none."""
    return [
        FreeLine(one.pk, one.account, one.amounts.free, one.measure_id == measure)
        for one in lines
        if one.measure_id in (None, measure)
    ]


def _refuse_lines(proposal: Proposal, lines: list[BudgetLine], asked: int) -> None:
    year = proposal.round.fiscal_year
    for line in lines:
        if line.province_id != proposal.province_id or line.fiscal_year != year:
            raise Refusal(
                Message(
                    f"Baris {line.line_key} milik {line.unit} tahun {line.fiscal_year}, bukan "
                    f"{proposal.province.name} tahun {year}; pilih baris satker pengusul.",
                    f"Line {line.line_key} is of {line.unit}, {line.fiscal_year}, not of "
                    f"{proposal.province.name}, {year}; choose lines of the unit that proposes.",
                )
            )
    if not lines or len(lines) != asked or len({line.unit_id for line in lines}) != 1:
        raise Refusal(
            Message("Pilih baris POK dari satu satker.", "Choose lines of one spending unit.")
        )


def _refuse_sum(needed: int, given: int) -> None:
    if given == needed:
        return
    missing = needed - given
    words = ("kurang", "short by") if missing > 0 else ("lebih", "above by")
    raise Refusal(
        Message(
            f"Yang harus dicadangkan {rupiah(needed)}, yang diisi {rupiah(given)}: {words[0]} "
            f"{rupiah(abs(missing))}. Usulan tetap disetujui tanpa dana sampai cukup.",
            f"{rupiah(needed, 'en')} is to be reserved and {rupiah(given, 'en')} is given: "
            f"{words[1]} {rupiah(abs(missing), 'en')}. It stays approved, unfunded, until it fits.",
        )
    )


def _refuse_accounts(
    needed: Counter[str], lines: list[BudgetLine], given: Mapping[int, int]
) -> None:
    """Refuse another account than was approved: its rows could not be paid from it."""
    reserved = Counter[str]()
    for line in lines:
        reserved[line.account] += given[line.pk]
    for account in sorted({*needed, *reserved}):
        wanted, found = needed[account], reserved[account]
        if wanted != found:
            raise Refusal(
                Message(
                    f"Akun {account}: harus dicadangkan {rupiah(wanted)}, diisi {rupiah(found)}; "
                    "bagi dana menurut akun yang disetujui.",
                    f"Account {account}: {rupiah(wanted, 'en')} is to be reserved and "
                    f"{rupiah(found, 'en')} is given; divide it by the accounts approved.",
                )
            )
