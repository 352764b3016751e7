"""Money set aside for what was approved: on 15 June, as far as the lines of the unit carry it."""

from datetime import UTC, datetime

from pulih.budget.actions.funding import reserve_for
from pulih.budget.clock import playing_at
from pulih.budget.models import BudgetLine
from pulih.people.models import User
from pulih.people.scope import speaking_as_system
from pulih.proposals.actions import sending
from pulih.proposals.models import DecidedRow, Proposal
from pulih.proposals.rules.machine import DECIDED

RESERVED = datetime(2020, 6, 15, 2, 30, tzinfo=UTC)
SCHEDULED = datetime(2020, 6, 15, 3, 45, tzinfo=UTC)
# What an office does once its money is reserved, in this order, up to where the story leaves it.
AFTERWARDS = (
    ("scheduled", "schedule", SCHEDULED, ""),
    ("running", "run", datetime(2020, 7, 6, 2, 0, tzinfo=UTC), ""),
    ("accounted", "account", datetime(2020, 8, 3, 2, 0, tzinfo=UTC), "Laporan akhir diterima."),
)
UNTIL = ("reserved", *(state for state, *_rest in AFTERWARDS))
DECIDER = "pemutus"


def keep(proposal: Proposal, *, until: str) -> None:
    """Reserve the money of an approved proposal and go on to `until`, unless no line carries it.

    What is short of money stays approved and unfunded, as any proposal does.
    """
    proposal = Proposal.objects.select_related("province", "round").get(pk=proposal.pk)
    if until not in UNTIL or proposal.state not in DECIDED:
        return
    if amounts := fullest_lines(proposal):
        # Only Pulih itself is heard of what was learned when; the steps name who took them.
        with speaking_as_system():
            _reserve(proposal, amounts)
            _go_on(proposal, until)


def _reserve(proposal: Proposal, amounts: dict[int, int]) -> None:
    with playing_at(RESERVED):
        reserve_for(
            proposal,
            amounts,
            number=f"CAD-{proposal.number}",
            effective_on=RESERVED.date(),
            by=User.objects.get(username=DECIDER),
            now=RESERVED,
        )


def _go_on(proposal: Proposal, until: str) -> None:
    for _state, move, now, reason in AFTERWARDS[: UNTIL.index(until)]:
        sending.advance(proposal, move, by=proposal.made_by, reason=reason, now=now)


def fullest_lines(proposal: Proposal) -> dict[int, int]:
    """Return rupiah by line: each account on its fullest line; nothing if one is short."""
    found: dict[int, int] = {}
    for account, rupiah in _needed(proposal).items():
        lines = BudgetLine.objects.filter(
            province=proposal.province, fiscal_year=proposal.round.fiscal_year, account=account,
            is_protected=False,
        )  # fmt: skip
        usable = [one for one in lines if one.measure_id in (None, proposal.measure_id)]
        fullest = max(usable, key=lambda one: one.amounts.free, default=None)
        if fullest is None or fullest.amounts.free < rupiah:
            return {}
        found[fullest.pk] = rupiah
    return found


def _needed(proposal: Proposal) -> dict[str, int]:
    needed: dict[str, int] = {}
    for row in DecidedRow.objects.in_force(proposal.pk):
        needed[row.account] = needed.get(row.account, 0) + row.rupiah
    return needed
