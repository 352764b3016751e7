"""Changing what is approved: asked for by the office, checked and granted by others.

Money that is reserved moves with the amendment, by the room that keeps it, in the same transaction.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.common.money import rupiah
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.workflow import clock
from pulih.workflow.actions import start, take_step
from pulih.workflow.actions.notices import NewNotice
from pulih.workflow.post_holders import post_of

from .. import amendment_guards
from ..amended import Content, approved_content, people_of, rupiah_of
from ..clocks import OFFICE, day_in, duty_in
from ..contents import changes, fingerprint
from ..models import Amendment, Proposal, ProposalVersion
from ..papers import register_version
from ..rules.gates import AMENDMENT
from .amendment_effects import decide_places, decide_rows, store, transaction_id
from .amendment_limits import (
    assessed,
    refuse_above_ceiling,
    refuse_another_way,
    refuse_physical,
    refuse_unless_amendable,
)
from .sending import refuse_unless_complete

Mover = Callable[..., None]
_movers: list[Mover] = []


def register(mover: Mover) -> None:
    """Let the room that keeps money move what is reserved, as an amendment comes into force.

    mover(proposal, after, number=, effective_on=, by=, reason=): rupiah by account. May refuse.
    """
    _movers[:] = [mover]


@transaction.atomic
def ask(
    proposal: Proposal, content: Content, *, reason: str, by: User, now: datetime | None = None
) -> Amendment:
    """Ask for a change of an approved proposal. content: all of it as it would be. May refuse."""
    require(by, Permission.PROPOSE, proposal.province)
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    refuse_unless_amendable(locked)
    if not reason.strip():
        raise Refusal(Message("Tulis alasan perubahan.", "Write the reason for the amendment."))
    before = approved_content(locked)
    topics = sorted({one.topic for one in changes(before, content)})
    if not topics:
        raise Refusal(
            Message(
                "Tidak ada yang berubah; ubah paling sedikit satu isian.",
                "Nothing is changed; change at least one field.",
            )
        )
    at = now or clock.now()
    refuse_unless_complete(assessed(locked, content, at))
    amendment = Amendment.objects.create(
        proposal=locked,
        number=locked.amendments.count() + 1,
        reason=reason.strip(),
        before=before,
        after=content,
        topics=topics,
        rupiah_before=rupiah_of(before),
        rupiah_after=rupiah_of(content),
        people_before=people_of(before),
        people_after=people_of(content),
        made_by=by,
        made_at=at,
    )
    start(
        AMENDMENT,
        amendment.pk,
        area=locked.province,
        by=by,
        duty=duty_in("amendment_asked", locked.province),
        now=at,
    )
    record(by, "proposals.amend", amendment, topics=topics)
    return amendment


@transaction.atomic
def check(
    amendment: Amendment, *, by: User, seen: int | None = None, now: datetime | None = None
) -> None:
    """Hand an amendment on to the decider, as what it touches asks for. May refuse."""
    require(by, Permission.VERIFY_PROPOSALS, None)
    locked = _locked(amendment)
    refuse_another_way(locked, "check")
    refuse_physical(locked)
    duty = duty_in("amendment_checked", locked.proposal.province)
    take_step(AMENDMENT, locked.pk, "check", by=by, duty=duty, seen=seen, now=now)
    locked.checked_by = by
    locked.save(update_fields=["checked_by"])
    record(by, "proposals.check_amendment", locked)


@transaction.atomic
def accept(
    amendment: Amendment, *, by: User, seen: int | None = None, now: datetime | None = None
) -> ProposalVersion:
    """Put an amendment in force that no decider has to see. May refuse."""
    require(by, Permission.VERIFY_PROPOSALS, None)
    locked = _locked(amendment)
    refuse_another_way(locked, "accept")
    return _put_in_force(locked, "accept", by, seen, now)


@transaction.atomic
def grant(
    amendment: Amendment, *, by: User, seen: int | None = None, now: datetime | None = None,
    effective_on: date | None = None,
) -> ProposalVersion:  # fmt: skip
    """Approve a checked amendment, and let reserved money follow. May refuse.

    effective_on: the day of the money's documents, today by the office's clock if none is given.

    Refused: whoever asked for it or checked it, a unit cost above its ceiling, money that is not
    free, and other money while another room stands on the rows; then it stays as it is.
    """
    require(by, Permission.DECIDE_PROPOSALS, None)
    locked = _locked(amendment)
    if by.pk in (locked.made_by_id, locked.checked_by_id):
        raise Refusal(
            Message(
                f"{by.name} mengajukan atau memeriksa perubahan ini; orang lain yang memutuskan.",
                f"{by.name} asked for this amendment or checked it; somebody else decides.",
            )
        )
    refuse_above_ceiling(locked)
    if "money" in locked.topics:
        amendment_guards.ask(locked.proposal)
    version = _put_in_force(locked, "grant", by, seen, now)
    if "money" in locked.topics:
        today = day_in(locked.proposal.province_id, version.at)
        _move_money(locked, by, effective_on or today)
    return version


@transaction.atomic
def refuse(
    amendment: Amendment, *, reason: str, by: User, seen: int | None = None,
    now: datetime | None = None,
) -> None:  # fmt: skip
    """Refuse an amendment with a reason; the proposal stays as it is approved."""
    require(by, Permission.VERIFY_PROPOSALS, None)
    locked = _locked(amendment)
    is_checked = locked.checked_by_id is not None
    move = "refuse_checked" if is_checked else "refuse"
    _end(locked, move, reason, by, seen, now, told=True)


@transaction.atomic
def withdraw(
    amendment: Amendment, *, reason: str, by: User, seen: int | None = None,
    now: datetime | None = None,
) -> None:  # fmt: skip
    """Take an amendment back before it is decided. May refuse."""
    require(by, Permission.PROPOSE, amendment.proposal.province)
    _end(_locked(amendment), "withdraw", reason, by, seen, now, told=False)


def _end(
    amendment: Amendment, move: str, reason: str, by: User, seen: int | None,
    now: datetime | None, *, told: bool,
) -> None:  # fmt: skip
    said = Message(f"Perubahan ditolak. Alasan: {reason}", f"Amendment refused. Reason: {reason}")
    notices = [_told(amendment, said)] if told else []
    take_step(
        AMENDMENT, amendment.pk, move, by=by, reason=reason, notices=notices, seen=seen, now=now
    )
    amendment.is_open = False
    amendment.save(update_fields=["is_open"])
    record(by, f"proposals.{move}_amendment", amendment)


def _put_in_force(
    amendment: Amendment, move: str, by: User, seen: int | None, now: datetime | None
) -> ProposalVersion:
    at = now or clock.now()
    proposal = amendment.proposal
    refuse_unless_amendable(proposal, amendment)
    refuse_physical(amendment)
    said = Message(
        f"Perubahan {amendment.number} berlaku: {rupiah(amendment.rupiah_after)}.",
        f"Amendment {amendment.number} is in force: {rupiah(amendment.rupiah_after, 'en')}.",
    )
    notices = [_told(amendment, said)]
    take_step(AMENDMENT, amendment.pk, move, by=by, notices=notices, seen=seen, now=at)
    amendment.granted_by, amendment.granted_in = by, transaction_id()
    amendment.is_open = False
    amendment.save(update_fields=["granted_by", "granted_in", "is_open"])
    version = ProposalVersion.objects.create(
        proposal=proposal,
        number=proposal.versions.count() + 1,
        fingerprint=fingerprint(amendment.after),
        content=amendment.after,
        by=by,
        at=at,
    )
    store(amendment, by)
    decide_rows(amendment)
    decide_places(amendment)
    register_version(version)
    amendment.version = version
    amendment.save(update_fields=["version"])
    record(by, "proposals.grant_amendment", amendment, version=version.number)
    return version


def _move_money(amendment: Amendment, by: User, effective_on: date) -> None:
    for mover in _movers:
        mover(
            amendment.proposal,
            by_account(amendment.after),
            number=f"{amendment.proposal.number}-P{amendment.number}",
            effective_on=effective_on,
            by=by,
            reason=amendment.reason,
        )


def by_account(content: Mapping[str, Any]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for row in content["rows"]:
        sums[row["account"]] = sums.get(row["account"], 0) + row["rupiah"]
    return sums


def _locked(amendment: Amendment) -> Amendment:
    Proposal.objects.select_for_update(of=("self",)).get(pk=amendment.proposal_id)
    locked = Amendment.objects.select_for_update(of=("self",))
    return locked.select_related("proposal__province", "proposal__round").get(pk=amendment.pk)


def _told(amendment: Amendment, text: Message) -> NewNotice:
    proposal = amendment.proposal
    title = Message(f"{proposal.number}: perubahan", f"{proposal.number}: amendment")
    said = Message(f"{proposal.title}: {text.id}", f"{proposal.title}: {text.en}")
    return NewNotice(post_of(OFFICE, proposal.province), title, said)
