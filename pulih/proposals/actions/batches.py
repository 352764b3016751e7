"""Answering several scored proposals of a round at once, each with a reason of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from pulih.common.errors import Message, Refusal
from pulih.people.models import User

from ..models import Outcome, Proposal, ProposalDecision
from .deciding import decide


@dataclass(frozen=True)
class Answered:
    """What somebody answers one proposal. seen: the last step that the page showed."""

    proposal: Proposal
    outcome: Outcome
    reason: str
    seen: int


@transaction.atomic
def decide_together(
    answers: Sequence[Answered], *, by: User, now: datetime | None = None
) -> list[ProposalDecision]:
    """Decide all or none. May refuse: whatever one of them would refuse alone, with its number."""
    if not answers:
        raise Refusal(
            Message(
                "Belum ada usulan yang dijawab; pilih jawaban pada paling sedikit satu.",
                "No proposal is answered yet; choose an answer for at least one.",
            )
        )
    return [_decided(one, by, now) for one in answers]


def _decided(one: Answered, by: User, now: datetime | None) -> ProposalDecision:
    number = one.proposal.number
    if not one.reason.strip():
        raise Refusal(
            Message(
                f"{number}: tulis alasan yang dibaca dinas. Belum ada yang disimpan.",
                f"{number}: write the reason that the office reads. Nothing was saved.",
            )
        )
    try:
        return decide(one.proposal, one.outcome, reason=one.reason, by=by, seen=one.seen, now=now)
    except Refusal as refusal:
        said = refusal.message
        raise Refusal(Message(f"{number}: {said.id}", f"{number}: {said.en}")) from None
