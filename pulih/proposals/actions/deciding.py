"""The answer: row by row, each change with its reason, by a person who took no part before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.common.money import rupiah
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.workflow import clock
from pulih.workflow.actions import take_step
from pulih.workflow.actions.notices import NewNotice
from pulih.workflow.post_holders import post_of

from ..clocks import OFFICE, duty_in
from ..models import (
    Assignment,
    CostRow,
    DecidedPlace,
    DecidedRow,
    Outcome,
    Place,
    Proposal,
    ProposalDecision,
)
from ..papers import register_answer
from ..reads import basis_of, planned_row
from ..rules.factors import Factor, amount, written
from ..rules.machine import PROPOSAL
from ..rules.rows import check_row
from .ideas import told

STEPS = {
    Outcome.APPROVED: "approve",
    Outcome.PARTLY: "approve_partly",
    Outcome.REJECTED: "reject",
}


@dataclass(frozen=True)
class Cut:
    """What a row is approved with, where that is less than was asked. counts: None as asked."""

    unit_cost: int
    reason: str
    counts: tuple[int, ...] | None = None


@transaction.atomic
def decide(
    proposal: Proposal, outcome: Outcome, *, reason: str, by: User,
    cuts: Mapping[int, Cut] | None = None, people: Mapping[int, int] | None = None,
    seen: int | None = None, now: datetime | None = None,
) -> ProposalDecision:  # fmt: skip
    """Answer a scored proposal. cuts: by position of the row. May refuse.

    people: participants that are approved, by position of the place, where fewer than asked; 0
    where nobody comes from there. Refused: more than was asked, a change without a reason, a unit
    cost above a ceiling, and whoever wrote, verified or reviewed.
    """
    require(by, Permission.DECIDE_PROPOSALS, None)
    _refuse_part_taken(proposal, by)
    version = proposal.versions.order_by("-number").first()
    rows = list(proposal.rows.all())
    asked_people = proposal.people
    decided = [_decided(row, (cuts or {}).get(row.position), outcome, reason) for row in rows]
    if outcome == Outcome.REJECTED and (cuts or people):
        _refuse_less_of_nothing()
    places = _places(proposal, people or {}, outcome)
    _refuse_outcome(proposal, outcome, decided, places)
    if outcome != Outcome.REJECTED:
        _refuse_above_ceiling(proposal, rows, decided)
    approved = sum(row.rupiah for row in decided)
    approved_people = sum(place.people for place in places)
    target = outcome.value
    take_step(
        PROPOSAL,
        proposal.pk,
        STEPS[outcome],
        by=by,
        reason=reason,
        details={"asked": proposal.asked_rupiah, "approved": approved, "people": approved_people},
        duty=None if outcome == Outcome.REJECTED else duty_in(target, proposal.province),
        notices=_notices(proposal, outcome, approved, reason),
        seen=seen,
        now=now,
    )
    decision = ProposalDecision.objects.create(
        proposal=proposal,
        version=version,
        outcome=outcome,
        reason=reason,
        asked_rupiah=proposal.asked_rupiah,
        approved_rupiah=approved,
        asked_people=asked_people,
        approved_people=approved_people,
        by=by,
        at=now or clock.now(),
    )
    for row in decided:
        row.decision = decision
    for place in places:
        place.decision = decision
    DecidedRow.objects.bulk_create(decided)
    DecidedPlace.objects.bulk_create(places)
    register_answer(decision, decision.at)
    record(by, "proposals.decide", proposal, outcome=outcome.value, approved=approved)
    return decision


def _notices(proposal: Proposal, outcome: Outcome, approved: int, reason: str) -> list[NewNotice]:
    """Tell the office, and the regencies whose ideas it took up: what, how much, and why."""
    label, asked = PROPOSAL.state(outcome.value).label, proposal.asked_rupiah
    title = Message(f"{proposal.number}: {label.id}", f"{proposal.number}: {label.en}")
    text = Message(
        f"{proposal.title}: {label.id}, {rupiah(approved)} dari {rupiah(asked)}. {reason}",
        f"{proposal.title}: {label.en}, {rupiah(approved, 'en')} of {rupiah(asked, 'en')}. "
        f"{reason}",
    )
    ideas = proposal.ideas.select_related("regency")
    return [
        NewNotice(post_of(OFFICE, proposal.province), title, text),
        *(told(idea, title, text) for idea in ideas),
    ]


def _decided(row: CostRow, cut: Cut | None, outcome: Outcome, reason: str) -> DecidedRow:
    counts, unit_cost, why = row.counts, row.unit_cost, ""
    if outcome == Outcome.REJECTED:
        total, why = 0, reason
    elif cut is None:
        total = row.rupiah
    else:
        counts = list(cut.counts) if cut.counts is not None else row.counts
        unit_cost, why = cut.unit_cost, cut.reason.strip()
        _refuse_cut(row, counts, unit_cost, why)
        factors = [Factor(n, unit) for n, unit in zip(counts, row.units, strict=True)]
        total = amount(factors, unit_cost)
    return DecidedRow(
        proposal_id=row.proposal_id,
        position=row.position,
        text=row.text,
        account=row.account,
        counts=counts,
        units=row.units,
        unit_cost_asked=row.unit_cost,
        unit_cost=unit_cost,
        rupiah_asked=row.rupiah,
        rupiah=total,
        reason=why,
    )


def _refuse_cut(row: CostRow, counts: list[int], unit_cost: int, why: str) -> None:
    asked, given = _volume(row, row.counts), _volume(row, counts)
    if any(new > old for new, old in zip(counts, row.counts, strict=True)):
        raise Refusal(
            Message(
                f"Baris {row.position}: {given.id} lebih dari yang diusulkan {asked.id}; yang "
                "disetujui tidak pernah lebih dari yang diminta.",
                f"Row {row.position}: {given.en} is more than was asked, {asked.en}; never more is "
                "approved than was asked for.",
            )
        )
    if unit_cost > row.unit_cost:
        raise Refusal(
            Message(
                f"Baris {row.position}: {rupiah(unit_cost)} lebih dari yang diusulkan "
                f"{rupiah(row.unit_cost)}; yang disetujui tidak pernah lebih dari yang diminta.",
                f"Row {row.position}: {rupiah(unit_cost, 'en')} is more than was asked, "
                f"{rupiah(row.unit_cost, 'en')}; never more is approved than was asked for.",
            )
        )
    if not why:
        raise Refusal(
            Message(
                f"Baris {row.position} diubah tanpa alasan; tulis alasan yang dibaca dinas.",
                f"Row {row.position} is changed without a reason; write one for the office.",
            )
        )


def _refuse_less_of_nothing() -> None:
    raise Refusal(
        Message(
            "Usulan yang ditolak tidak mempunyai baris atau peserta yang disetujui; kosongkan "
            "isian itu, atau pilih “disetujui sebagian”.",
            "A rejected proposal has no approved rows or participants; empty those fields, or "
            "choose “approved in part”.",
        )
    )


def _volume(row: CostRow, counts: Sequence[int]) -> Message:
    factors = [Factor(n, unit) for n, unit in zip(counts, row.units, strict=True)]
    return Message(written(factors), written(factors, "en"))


def _places(proposal: Proposal, people: Mapping[int, int], outcome: Outcome) -> list[DecidedPlace]:
    """Return each place with its approved participants; none for what is rejected."""
    if outcome == Outcome.REJECTED:
        return []
    places = list(proposal.places.select_related("regency"))
    if unknown := set(people) - {one.position for one in places}:
        raise Refusal(
            Message(
                f"Usulan ini tidak memiliki tempat {min(unknown)}.",
                f"This proposal has no place {min(unknown)}.",
            )
        )
    decided = [_decided_place(one, people.get(one.position, one.people)) for one in places]
    if people and not any(one.people for one in decided):
        raise Refusal(
            Message(
                "Tidak ada peserta yang disetujui di tempat mana pun; tolak usulan ini atau "
                "setujui paling sedikit satu orang.",
                "No participant is approved at any place; reject the proposal or approve at least "
                "one person.",
            )
        )
    return decided


def _decided_place(place: Place, people: int) -> DecidedPlace:
    if not 0 <= people <= place.people:
        name = place.site or place.regency.name
        raise Refusal(
            Message(
                f"{name}: peserta yang disetujui harus 0 sampai {place.people}, bukan {people}.",
                f"{name}: the participants approved must be 0 to {place.people}, not {people}.",
            )
        )
    return DecidedPlace(
        proposal_id=place.proposal_id,
        position=place.position,
        regency=place.regency,
        site=place.site,
        people_asked=place.people,
        people=people,
    )


def _refuse_outcome(
    proposal: Proposal, outcome: Outcome, decided: list[DecidedRow], places: list[DecidedPlace]
) -> None:
    less_money = sum(row.rupiah for row in decided) < proposal.asked_rupiah
    fewer = sum(place.people for place in places) < proposal.people
    if outcome == Outcome.APPROVED and (less_money or fewer):
        raise Refusal(
            Message(
                "Uang atau peserta kurang dari yang diminta: pilih “disetujui sebagian”.",
                "Less money or fewer participants than asked: choose “approved in part”.",
            )
        )
    if outcome == Outcome.PARTLY and not (less_money or fewer):
        raise Refusal(
            Message(
                "Tidak ada baris atau peserta yang berkurang; pilih disetujui.",
                "No row and no participant is less; choose approval.",
            )
        )


def _refuse_above_ceiling(
    proposal: Proposal, rows: list[CostRow], decided: list[DecidedRow]
) -> None:
    basis = basis_of(proposal)
    for row, one in zip(rows, decided, strict=True):
        checked = check_row(planned_row(row), basis)
        item = checked.standard
        if item and item.is_above(one.unit_cost):
            raise Refusal(
                Message(
                    f"Baris {row.position} “{row.text}”: {rupiah(one.unit_cost)} di atas batas "
                    f"tertinggi SBM {rupiah(item.amount)}; turunkan sebelum menyetujui.",
                    f"Row {row.position} “{row.text}”: {rupiah(one.unit_cost, 'en')} is above the "
                    f"ceiling of the standard, {rupiah(item.amount, 'en')}; lower it first.",
                )
            )


def _refuse_part_taken(proposal: Proposal, by: User) -> None:
    took_part = (
        proposal.made_by_id == by.pk
        or proposal.versions.filter(by=by).exists()
        or proposal.verifications.filter(by=by).exists()
        or Assignment.objects.filter(proposal=proposal, reviewer=by).exists()
    )
    if took_part:
        raise Refusal(
            Message(
                f"{by.name} menulis, memverifikasi, atau menilai usulan ini; keputusan harus oleh "
                "orang lain.",
                f"{by.name} wrote, verified or reviewed this proposal; somebody else must decide.",
            )
        )
