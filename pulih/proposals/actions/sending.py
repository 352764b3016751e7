"""What an office does with a whole proposal: send it, withdraw it, schedule it, run it."""

from datetime import date, datetime

from django.db import transaction

from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.common.periods import day as written
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.workflow import clock
from pulih.workflow.actions import take_step

from ..clocks import day_in, duty_in
from ..contents import content_of, fingerprint
from ..models import Proposal, ProposalVersion, Round
from ..papers import register_version, withdraw_papers
from ..promised import refuse_unfunded
from ..reads import basis_of, plan_of
from ..rules.findings import Severity
from ..rules.machine import FUNDED, PROPOSAL
from ..rules.plans import Assessment, assess

MOVES = ("schedule", "run", "account")
STEPS = ("submit", "withdraw", *MOVES)


@transaction.atomic
def submit(
    proposal: Proposal, *, by: User, seen: int | None = None, now: datetime | None = None
) -> ProposalVersion:
    """Send a draft, or a returned proposal again, as a version that nobody edits. May refuse.

    Every check runs again here. A returned proposal may be sent after its round has closed.
    """
    require(by, Permission.PROPOSE, proposal.province)
    at = now or clock.now()
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if locked.state == "draft":
        refuse_outside_round(locked.round, locked.province_id, at)
    today = day_in(locked.province_id, at)
    refuse_unless_complete(assess(plan_of(locked, today=today), basis_of(locked)))
    content = content_of(locked)
    version = ProposalVersion.objects.create(
        proposal=locked,
        number=locked.versions.count() + 1,
        fingerprint=fingerprint(content),
        content=content,
        by=by,
        at=at,
    )
    take_step(
        PROPOSAL,
        locked.pk,
        "submit",
        by=by,
        details={"version": version.number, "rupiah": locked.asked_rupiah},
        duty=duty_in("submitted", locked.province),
        seen=seen,
        now=at,
    )
    register_version(version)
    record(by, "proposals.submit", locked, version=version.number)
    return version


@transaction.atomic
def withdraw(
    proposal: Proposal, *, reason: str, by: User, seen: int | None = None,
    now: datetime | None = None,
) -> None:  # fmt: skip
    """Take a proposal back before it is decided. May refuse."""
    require(by, Permission.PROPOSE, proposal.province)
    take_step(
        PROPOSAL, proposal.pk, "withdraw", by=by, reason=reason, duty=None, seen=seen, now=now
    )
    withdraw_papers(proposal, now or clock.now())
    record(by, "proposals.withdraw", proposal)


@transaction.atomic
def advance(
    proposal: Proposal, move: str, *, by: User, reason: str = "", seen: int | None = None,
    now: datetime | None = None,
) -> None:  # fmt: skip
    """Schedule, begin or account for an activity whose money is reserved. May refuse.

    Refused: to schedule or begin one whose money was released in the meantime.
    """
    require(by, Permission.PROPOSE, proposal.province)
    assert move in MOVES, move
    if proposal.state in FUNDED and move != "account":
        refuse_unfunded(proposal)
    target = next(one.target for one in PROPOSAL.moves if one.key == move)
    duty = None if PROPOSAL.state(target).final else duty_in(target, proposal.province)
    take_step(PROPOSAL, proposal.pk, move, by=by, reason=reason, duty=duty, seen=seen, now=now)
    record(by, f"proposals.{move}", proposal)


def take(proposal: Proposal, move: str, *, reason: str, seen: int | None, by: User) -> None:
    """Take a step of STEPS. May refuse."""
    if move == "submit":
        submit(proposal, by=by, seen=seen)
    elif move == "withdraw":
        withdraw(proposal, reason=reason, by=by, seen=seen)
    else:
        advance(proposal, move, reason=reason, by=by, seen=seen)


def refuse_outside_round(round_: Round, office_id: int, at: datetime) -> None:
    """Refuse what comes before or after a round, on the clock of the office that sends it."""
    today = day_in(office_id, at)
    if not round_.opens_on <= today <= round_.closes_on:
        raise Refusal(_outside(round_.title, round_.opens_on, round_.closes_on, today))


def _outside(title: str, opens: date, closes: date, today: date) -> Message:
    state = (
        ("belum dibuka", "is not open yet") if today < opens else ("sudah ditutup", "has closed")
    )
    return Message(
        f"Putaran “{title}” {state[0]}: {written(opens)} sampai {written(closes)}, menurut jam "
        f"dinas hari ini {written(today)}. Ajukan dalam putaran berikutnya.",
        f"The round “{title}” {state[1]}: {written(opens, 'en')} to {written(closes, 'en')}; on "
        f"the office's clock today is {written(today, 'en')}. Propose it in the next round.",
    )


def refuse_unless_complete(found: Assessment) -> None:
    # What an office cannot fix by a reason or a paper is said first, and of the whole before rows.
    stopping = sorted(
        found.stopping,
        key=lambda one: (one.severity != Severity.BLOCKS, isinstance(one.place, int)),
    )
    if not stopping:
        return
    first, others = stopping[0].message, len(stopping) - 1
    rest = (f" (dan {others} hal lain)", f" (and {others} more)") if others else ("", "")
    raise Refusal(
        Message(
            f"Usulan belum dapat diajukan. {first.id}{rest[0]}",
            f"The proposal cannot be sent yet. {first.en}{rest[1]}",
        )
    )
