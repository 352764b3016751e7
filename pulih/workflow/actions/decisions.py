"""Proposing, deciding and withdrawing what takes two persons."""

from dataclasses import asdict
from typing import Any

from django.db.transaction import atomic
from django.utils import timezone

from pulih.areas.models import Area
from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.people.models import User
from pulih.people.permissions import require

from .. import clock
from ..calendars import places_of
from ..decisions import KINDS, Consequence, DecisionKind, machine_of
from ..models import Decision, Outcome
from ..post_holders import post_of
from .notices import NewNotice
from .steps import NewDuty, start, take_step


@atomic
def propose(
    kind: DecisionKind, subject_id: int, *, area: Area | None, reason: str, by: User
) -> Decision:
    """Ask a second person to decide, with what it would do in numbers. May refuse.

    Refused: without a reason, and while the same waits for a decision already.
    """
    require(by, kind.propose, area)
    if not reason.strip():
        raise Refusal(
            Message(
                f"Tulis alasan untuk {kind.label.id}. Belum ada yang disimpan.",
                f"Write the reason for {kind.label.en}. Nothing was saved.",
            )
        )
    open_ = Decision.objects.filter(kind=kind.key, subject_id=subject_id, outcome=Outcome.OPEN)
    if waiting := open_.select_related("proposed_by").first():
        who = waiting.proposed_by.name
        raise Refusal(
            Message(
                f"{who} sudah mengusulkan {kind.label.id}; usul itu menunggu orang kedua.",
                f"{who} has proposed {kind.label.en} already; it waits for a second person.",
            )
        )
    at = clock.now()
    province, regency = places_of(area.pk if area else None, timezone.localtime(at).date())
    decision = Decision.objects.create(
        kind=kind.key,
        subject_id=subject_id,
        proposed_by=by,
        proposed_at=at,
        reason=reason.strip(),
        consequences=_stored(kind.consequences(subject_id, by)),
        province_id=province,
        regency_id=regency,
    )
    duty = NewDuty(post=post_of(kind.decider.key, area), working_days=kind.working_days)
    start(machine_of(kind), decision.pk, area=area, by=by, duty=duty, now=at)
    record(by, "workflow.propose", decision, kind=kind.key, of=subject_id)
    return decision


@atomic
def decide(decision: Decision, *, approve: bool, by: User, reason: str = "") -> Decision:
    """Decide as the second person; what is approved takes effect at once. May refuse.

    Refused: who proposed it, and a proposal that would do other things now than were shown.
    """
    decision, kind = _locked(decision)
    if decision.proposed_by_id == by.pk:
        raise Refusal(
            Message(
                f"Anda sendiri yang mengusulkan {kind.label.id}; orang lain yang memutuskan.",
                f"You proposed {kind.label.en} yourself; somebody else decides.",
            )
        )
    if approve and decision.outcome == Outcome.OPEN:
        _refuse_if_changed(decision, kind, by)
    _end(decision, kind, "approve" if approve else "refuse", by, reason)
    if approve:
        kind.apply(decision, by)
    return decision


@atomic
def withdraw(decision: Decision, *, by: User, reason: str) -> Decision:
    """Take a proposal back before it is decided. May refuse."""
    decision, kind = _locked(decision)
    _end(decision, kind, "withdraw", by, reason)
    return decision


def _locked(decision: Decision) -> tuple[Decision, DecisionKind]:
    locked = Decision.objects.select_for_update().get(pk=decision.pk)
    return locked, KINDS[locked.kind]


def _end(decision: Decision, kind: DecisionKind, move: str, by: User, reason: str) -> None:
    machine = machine_of(kind)
    title = Message(f"Keputusan: {kind.label.id}", f"Decision: {kind.label.en}")
    allowed = machine.move(decision.outcome, move)
    label = machine.state(allowed.target).label
    why_id = f" Alasan: {reason.strip()}" if reason.strip() else ""
    why_en = f" Reason: {reason.strip()}" if reason.strip() else ""
    text = Message(f"{label.id}.{why_id}", f"{label.en}.{why_en}")
    told = [NewNotice(decision.proposed_by, title, text)] if decision.proposed_by != by else []
    step = take_step(machine, decision.pk, move, by=by, reason=reason, notices=told)
    decision.outcome, decision.decided_by = allowed.target, by
    decision.decided_at, decision.decision_reason = step.at, reason.strip()
    decision.save(update_fields=["outcome", "decided_by", "decided_at", "decision_reason"])
    record(by, f"workflow.{move}", decision, kind=kind.key, of=decision.subject_id)


def _refuse_if_changed(decision: Decision, kind: DecisionKind, by: User) -> None:
    now = _stored(kind.consequences(decision.subject_id, by))
    if len(decision.consequences) != len(now):  # Proposed before an upgrade that tells more.
        raise Refusal(
            Message(
                "Usul ini dibuat oleh versi Pulih yang menyebut akibat lain. Tarik usul itu dan "
                "usulkan lagi. Belum diputuskan.",
                "A version of Pulih that tells other consequences made this proposal. Withdraw and "
                "propose again. Nothing was decided.",
            )
        )
    for shown, is_now in zip(decision.consequences, now, strict=True):
        if shown != is_now:
            raise Refusal(
                Message(
                    f"{is_now['label_id']}: waktu diusulkan {shown['value_id']}, sekarang "
                    f"{is_now['value_id']}. Tarik usul itu dan usulkan lagi. Belum diputuskan.",
                    f"{is_now['label_en']}: {shown['value_en']} when it was proposed, now "
                    f"{is_now['value_en']}. Withdraw and propose again. Nothing was decided.",
                )
            )


def _stored(consequences: list[Consequence]) -> list[dict[str, Any]]:
    return [
        {
            f"{part}_{language}": getattr(getattr(one, part), language)
            for part in asdict(one)
            for language in ("id", "en")
        }
        for one in consequences
    ]
