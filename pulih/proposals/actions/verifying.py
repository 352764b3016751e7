"""What a verifier does: answer the checklist, let a proposal pass, or return it for repair."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.workflow import clock
from pulih.workflow.actions import take_step

from ..clocks import duty_in
from ..models import Proposal, Verification
from ..papers import register_verification
from ..reads import basis_of, planned_row
from ..rules.machine import PROPOSAL
from ..rules.reviewing import checked_answers
from ..rules.rows import check_row, physical

MOST_DAYS = 60
Answers = Mapping[str, tuple[str, str]]


@transaction.atomic
def verify(
    proposal: Proposal, answers: Answers, *, by: User, seen: int | None = None,
    now: datetime | None = None,
) -> Verification:  # fmt: skip
    """Let a proposal pass. answers: (yes | no | not_applicable, reason) by item. May refuse."""
    require(by, Permission.VERIFY_PROPOSALS, None)
    if not checked_answers(answers):
        raise Refusal(
            Message(
                "Ada jawaban “tidak” yang menghalangi; kembalikan usulan dengan alasannya.",
                "An answer “no” stands in the way; return the proposal with the reason.",
            )
        )
    _refuse_physical(proposal)
    kept = _keep(proposal, answers, is_passed=True, by=by, now=now)
    take_step(
        PROPOSAL,
        proposal.pk,
        "verify",
        by=by,
        duty=duty_in("verified", proposal.province),
        seen=seen,
        now=now,
    )
    register_verification(kept)
    record(by, "proposals.verify", proposal)
    return kept


@transaction.atomic
def give_back(
    proposal: Proposal, answers: Answers, *, reason: str, working_days: int, by: User,
    seen: int | None = None, now: datetime | None = None,
) -> Verification:  # fmt: skip
    """Return a proposal with what to repair, for so many working days. May refuse.

    The office may send it later too: a repair deadline that passes escalates, it never rejects.
    """
    require(by, Permission.VERIFY_PROPOSALS, None)
    if not 1 <= working_days <= MOST_DAYS:
        raise Refusal(
            Message(
                f"Waktu perbaikan harus 1 sampai {MOST_DAYS} hari kerja, bukan {working_days}.",
                f"The time for repair must be 1 to {MOST_DAYS} working days, not {working_days}.",
            )
        )
    kept = _keep(proposal, answers, is_passed=False, by=by, now=now)
    take_step(
        PROPOSAL,
        proposal.pk,
        "return",
        by=by,
        reason=reason,
        details={"working_days": working_days},
        duty=duty_in("returned", proposal.province, working_days),
        seen=seen,
        now=now,
    )
    register_verification(kept)
    record(by, "proposals.return", proposal, working_days=working_days)
    return kept


def _refuse_physical(proposal: Proposal) -> None:
    """Let no capital through, whatever an office argued for it. Source: LAW-07."""
    basis = basis_of(proposal)
    rows = (check_row(planned_row(row), basis) for row in proposal.rows.all())
    if found := physical(rows):
        raise Refusal(
            Message(f"{found.id} Kembalikan usulan ini.", f"{found.en} Return this proposal.")
        )


def _keep(
    proposal: Proposal, answers: Answers, *, is_passed: bool, by: User, now: datetime | None
) -> Verification:
    version = proposal.versions.order_by("-number").first()
    if version is None:
        raise Refusal(Message("Usulan ini belum diajukan.", "This proposal has not been sent yet."))
    return Verification.objects.create(
        version=version,
        proposal=proposal,
        answers={key: list(answer) for key, answer in answers.items()},
        is_passed=is_passed,
        by=by,
        at=now or clock.now(),
    )
