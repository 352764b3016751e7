"""What follows for a proposal when money set aside for it changes: its state, its office told."""

from pulih.common.errors import Message
from pulih.common.money import rupiah
from pulih.people.models import User
from pulih.proposals.clocks import OFFICE, duty_in
from pulih.proposals.models import Outcome, Proposal, ProposalDecision
from pulih.proposals.promised import Aside, approved
from pulih.proposals.rules.machine import DECIDED, FUNDED, PROPOSAL
from pulih.workflow.actions import take_step
from pulih.workflow.actions.notices import NewNotice, notify
from pulih.workflow.post_holders import post_of
from pulih.workflow.registry import title_of

from ..models import Promise
from ..models.promises import OF_PROPOSALS
from ..reads.promises import aside_for


def follow(promise: Promise, *, by: User, reason: str) -> None:
    """Take the step that the ledger asks for, in the caller's transaction.

    Short of money and nothing begun: the proposal waits again as approved. Whole again: reserved.
    """
    proposal = _proposal_of(promise)
    if proposal is None:
        return
    stands, wanted = aside_for([proposal.number])[proposal.number], approved([proposal])
    is_short = stands.rupiah < wanted.get(proposal.pk, 0)
    if proposal.state in FUNDED and is_short and not stands.drawn:
        answer = ProposalDecision.objects.get(proposal=proposal)
        move = "release" if answer.outcome == Outcome.APPROVED else "release_partly"
        _step(proposal, move, by, reason or "–", stands)
    elif proposal.state in DECIDED and not is_short:
        _step(proposal, "reserve", by, reason, stands)


def _step(proposal: Proposal, move: str, by: User, reason: str, stands: Aside) -> None:
    target = next(one.target for one in PROPOSAL.moves if one.key == move)
    take_step(
        PROPOSAL,
        proposal.pk,
        move,
        by=by,
        reason=reason,
        details={"stands": stands.rupiah},
        duty=duty_in(target, proposal.province),
    )


def tell_office(promise: Promise, released: int, *, number: str, why: Message, by: User) -> None:
    """Tell the office whose money was released: how much, by what, why, and what is missing now."""
    proposal = _proposal_of(promise)
    left = aside_for([promise.number]).get(promise.number, Aside()).rupiah
    approved_now = approved([proposal]).get(proposal.pk, 0) if proposal else 0
    short = max(0, approved_now - left)
    more = (
        f" Yang kurang sekarang {rupiah(short)} dari {rupiah(approved_now)} yang disetujui.",
        f" {rupiah(short, 'en')} of the {rupiah(approved_now, 'en')} approved is missing now.",
    )
    rest = more if short else ("", "")
    title = Message(
        f"{promise.number}: dana yang dicadangkan dilepas",
        f"{promise.number}: reserved money released",
    )
    text = Message(
        f"{promise.title}: {rupiah(released)} dilepas dengan dokumen {number}. "
        f"Alasan: {why.id}{rest[0]}",
        f"{promise.title}: {rupiah(released, 'en')} was released by document {number}. "
        f"Reason: {why.en}{rest[1]}",
    )
    told = [NewNotice(post_of(OFFICE, promise.unit.province), title, text)]
    if proposal is None:
        notify(told, "promise", promise.pk)
    else:
        url = title_of(by, PROPOSAL.key, proposal.pk)[1]
        notify(told, PROPOSAL.key, proposal.pk, url=url)


def _proposal_of(promise: Promise) -> Proposal | None:
    if promise.room != OF_PROPOSALS:
        return None
    found = Proposal.objects.filter(number=promise.number, province=promise.unit.province)
    return found.select_related("province", "round").first()
