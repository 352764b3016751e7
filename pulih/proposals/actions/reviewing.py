"""Naming reviewers, their declarations and their scores. No score is seen before all are in."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from pulih.areas.models import AreaClosure
from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, holds, require
from pulih.people.scope import speaking_as_system
from pulih.workflow import clock
from pulih.workflow.actions import close_duty, open_duty, take_step
from pulih.workflow.actions.notices import NewNotice, notify
from pulih.workflow.post_holders import post_of

from ..clocks import VERIFIER, duty_in, review_duty
from ..models import Assignment, Declared, Proposal, Score
from ..papers import register_scoring
from ..rules.machine import PROPOSAL
from ..rules.reviewing import FIRST, SECOND, THIRD, checked_points, criteria_on


@transaction.atomic
def assign(
    proposal: Proposal, reviewers: Sequence[User], *, by: User, seen: int | None = None,
    now: datetime | None = None,
) -> list[Assignment]:  # fmt: skip
    """Name the two reviewers of a verified proposal. May refuse."""
    require(by, Permission.VERIFY_PROPOSALS, None)
    if len({one.pk for one in reviewers}) != 2:
        raise Refusal(Message("Pilih dua penilai yang berbeda.", "Choose two different reviewers."))
    for reviewer in reviewers:
        _refuse_reviewer(proposal, reviewer)
    take_step(
        PROPOSAL,
        proposal.pk,
        "assign",
        by=by,
        duty=duty_in("under_review", proposal.province),
        seen=seen,
        now=now,
    )
    named = [
        _name(proposal, slot, reviewer, by, now)
        for slot, reviewer in zip((FIRST, SECOND), reviewers, strict=True)
    ]
    record(by, "proposals.assign", proposal)
    return named


@transaction.atomic
def assign_one(proposal: Proposal, reviewer: User, *, by: User) -> Assignment:
    """Name somebody for a place that was handed back, or the third where two are far apart."""
    require(by, Permission.VERIFY_PROPOSALS, None)
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    _refuse_reviewer(locked, reviewer)
    slot = free_slot(locked)
    if locked.state != "under_review" or slot is None:
        raise Refusal(
            Message(
                "Tidak ada tempat penilai yang kosong pada usulan ini.",
                "No place of a reviewer is free in this proposal.",
            )
        )
    named = _name(locked, slot, reviewer, by)
    record(by, "proposals.assign", locked)
    return named


def name(
    proposal: Proposal, reviewers: Sequence[User], *, by: User, seen: int | None = None
) -> None:
    """Name the two reviewers, or the one for a place that is free. May refuse."""
    if proposal.state == "under_review" and len(reviewers) == 1:
        assign_one(proposal, reviewers[0], by=by)
    else:
        assign(proposal, reviewers, by=by, seen=seen)


def _name(
    proposal: Proposal, slot: str, reviewer: User, by: User, now: datetime | None = None
) -> Assignment:
    named = Assignment.objects.create(proposal=proposal, slot=slot, reviewer=reviewer, by=by)
    duty = review_duty(proposal, reviewer)
    open_duty(PROPOSAL, proposal.pk, kind_of(slot), duty, by=by, now=now)
    return named


def kind_of(slot: str) -> str:
    return f"review_{slot}"


def _ask_for_another(proposal: Proposal, said: Message) -> None:
    """Tell the verifiers that a place waits for a reviewer, and nothing of the scores."""
    number = proposal.number
    title = Message(f"{number}: tunjuk penilai", f"{number}: name a reviewer")
    url = reverse("proposals:assign", args=[proposal.pk])
    notify([NewNotice(post_of(VERIFIER, None), title, said)], PROPOSAL.key, proposal.pk, url=url)


def free_slot(proposal: Proposal) -> str | None:
    """Return the place that waits for a reviewer: a handed back one, or the third."""
    taken = proposal.assignments.exclude(declared=Declared.CONFLICT).values_list("slot", flat=True)
    for slot in (FIRST, SECOND):
        if slot not in taken:
            return slot
    return THIRD if THIRD not in taken and _asks("proposals_needs_third", proposal) else None


@transaction.atomic
def declare(assignment: Assignment, *, has_conflict: bool, by: User) -> None:
    """Say that there is no conflict of interest, or hand the review back. May refuse."""
    locked = _own(assignment, by)
    if locked.declared:
        raise Refusal(
            Message("Pernyataan sudah diberikan.", "The declaration has been given already.")
        )
    locked.declared = Declared.CONFLICT if has_conflict else Declared.NONE
    if has_conflict:
        slot = locked.slot
        close_duty(PROPOSAL, locked.proposal_id, kind_of(slot))
        _ask_for_another(
            locked.proposal,
            Message(
                f"Penilai {slot.upper()} mengembalikan penilaian {locked.proposal.title} karena "
                "benturan kepentingan; tunjuk orang lain.",
                f"Reviewer {slot.upper()} handed the review of {locked.proposal.title} back for a "
                "conflict of interest; name somebody else.",
            ),
        )
    locked.save(update_fields=["declared"])
    record(by, "proposals.declare", locked, conflict=has_conflict)


@transaction.atomic
def submit_score(
    assignment: Assignment, points: Mapping[str, int], *, note: str, by: User,
    now: datetime | None = None,
) -> Score:  # fmt: skip
    """Give a review, once. The last one that was missing closes the scoring. May refuse."""
    at = now or clock.now()
    locked = _own(assignment, by)
    if locked.declared != Declared.NONE:
        raise Refusal(
            Message(
                "Nyatakan lebih dahulu bahwa tidak ada benturan kepentingan.",
                "First declare that there is no conflict of interest.",
            )
        )
    if locked.submitted_at is not None:
        raise Refusal(
            Message(
                "Nilai sudah dikirim dan tidak dapat diubah lagi.",
                "The scores were sent and can no longer be changed.",
            )
        )
    criteria = criteria_on(timezone.localdate(at))
    total = checked_points(criteria, points)
    score = Score.objects.create(
        assignment=locked,
        proposal_id=locked.proposal_id,
        slot=locked.slot,
        criteria=criteria.number,
        apart=criteria.apart,
        points=dict(points),
        total=total,
        note=note,
        at=at,
    )
    locked.submitted_at = at
    locked.save(update_fields=["submitted_at"])
    record(by, "proposals.score", locked)  # Of the scores themselves the record says nothing.
    close_duty(PROPOSAL, locked.proposal_id, kind_of(locked.slot), now=at)
    _close_if_all_in(locked.proposal, at)
    if _asks("proposals_needs_third", locked.proposal):
        _ask_for_another(
            locked.proposal,
            Message(
                f"Dua nilai {locked.proposal.title} berjauhan lebih dari {criteria.apart}; tunjuk "
                "penilai ketiga. Nilainya terlihat setelah penilai ketiga selesai.",
                f"The two scores of {locked.proposal.title} are more than {criteria.apart} apart; "
                "name a third reviewer. They are seen once the third is done.",
            ),
        )
    return score


def _close_if_all_in(proposal: Proposal, at: datetime) -> None:
    """Take the step that follows from the last score: nobody's own, so nobody is named."""
    if not _asks("proposals_scores_are_in", proposal):
        return
    with speaking_as_system() as system:
        take_step(
            PROPOSAL,
            proposal.pk,
            "score",
            by=system,
            duty=duty_in("scored", proposal.province),
            now=at,
        )
        register_scoring(proposal, at)


def _asks(function: str, proposal: Proposal) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [proposal.pk])
        return bool(cursor.fetchone()[0])


def _own(assignment: Assignment, by: User) -> Assignment:
    """Return the assignment locked. Raises PermissionDenied for anybody but its reviewer."""
    if not holds(by, Permission.REVIEW_PROPOSALS) or assignment.reviewer_id != by.pk:
        raise PermissionDenied(f"{by.pk} does not review {assignment.pk}")
    locked = Assignment.objects.select_for_update(of=("self",))
    return locked.select_related("proposal__province").get(pk=assignment.pk)


def _refuse_reviewer(proposal: Proposal, reviewer: User) -> None:
    if not holds(reviewer, Permission.REVIEW_PROPOSALS):
        raise Refusal(
            Message(
                f"{reviewer.name} tidak berperan sebagai penilai; pilih orang lain.",
                f"{reviewer.name} is no reviewer; choose somebody else.",
            )
        )
    inside = AreaClosure.objects.filter(ancestor=proposal.province).values("descendant")
    if reviewer.reaches.filter(area__in=inside).exists():
        raise Refusal(
            Message(
                f"{reviewer.name} bekerja atau pernah bekerja di {proposal.province.name}, "
                "pengusul usulan ini; pilih orang lain.",
                f"{reviewer.name} works or worked in {proposal.province.name}, which proposes "
                "this; choose somebody else.",
            )
        )
    if proposal.assignments.filter(reviewer=reviewer).exists():
        raise Refusal(
            Message(
                f"{reviewer.name} sudah pernah ditunjuk untuk usulan ini; pilih orang lain.",
                f"{reviewer.name} has been named for this proposal before; choose somebody else.",
            )
        )
