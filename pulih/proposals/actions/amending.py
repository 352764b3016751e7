"""Changing what is approved: asked for by the office, checked and granted by others.

Money that is reserved moves with the amendment, by the room that keeps it, in the same transaction.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from pulih.audit.actions import record
from pulih.classifications.standards import Nature
from pulih.common.errors import Message, Refusal
from pulih.common.money import rupiah
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.workflow.actions import start, take_step
from pulih.workflow.actions.notices import NewNotice
from pulih.workflow.calendars import zone_of
from pulih.workflow.posts import post_of

from ..amended import Content, approved_content, as_amended, people_of, rupiah_of
from ..clocks import OFFICE, duty_in
from ..contents import SECTIONS, changes, fingerprint
from ..models import Amendment, DecidedRow, Proposal, ProposalVersion
from ..papers import register_version
from ..reads import Parts, basis_of, plan_of
from ..rules.gates import AMENDABLE, AMENDMENT, is_way
from ..rules.plans import assess
from ..rules.rows import PHYSICAL, check_row
from .sending import refuse_unless_complete

Mover = Callable[..., None]
_movers: list[Mover] = []


def register(mover: Mover) -> None:
    """Let the room that keeps money move what is reserved, as an amendment comes into force.

    mover(proposal, before, after, number=, effective_on=, by=): rupiah by account. May refuse.
    """
    _movers[:] = [mover]


@transaction.atomic
def ask(
    proposal: Proposal, content: Content, *, reason: str, by: User, now: datetime | None = None
) -> Amendment:
    """Ask for a change of an approved proposal. content: all of it as it would be. May refuse."""
    require(by, Permission.PROPOSE, proposal.province)
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    _refuse_unless_amendable(locked)
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
    changed, parts = as_amended(locked, content)
    refuse_unless_complete(assess(plan_of(changed, parts), basis_of(changed)))
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
        made_at=now or timezone.now(),
    )
    start(
        AMENDMENT,
        amendment.pk,
        area=locked.province,
        by=by,
        duty=duty_in("amendment_asked", locked.province),
        now=now,
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
    _refuse_another_way(locked, "check")
    _refuse_physical(locked)
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
    _refuse_another_way(locked, "accept")
    return _put_in_force(locked, "accept", by, seen, now)


@transaction.atomic
def grant(
    amendment: Amendment, *, by: User, seen: int | None = None, now: datetime | None = None,
    effective_on: date | None = None,
) -> ProposalVersion:  # fmt: skip
    """Approve a checked amendment, and let reserved money follow. May refuse.

    effective_on: the day of the money's documents, today by the office's clock if none is given.

    Refused: whoever asked for it or checked it, a unit cost above its ceiling, and money that is
    not free; then it stays as it is.
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
    _refuse_above_ceiling(locked)
    version = _put_in_force(locked, "grant", by, seen, now)
    if "money" in locked.topics:
        today = version.at.astimezone(zone_of(locked.proposal.province_id)).date()
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
    at = now or timezone.now()
    proposal = amendment.proposal
    _refuse_unless_amendable(proposal, amendment)
    _refuse_physical(amendment)
    said = Message(
        f"Perubahan {amendment.number} berlaku: {rupiah(amendment.rupiah_after)}.",
        f"Amendment {amendment.number} is in force: {rupiah(amendment.rupiah_after, 'en')}.",
    )
    notices = [_told(amendment, said)]
    take_step(AMENDMENT, amendment.pk, move, by=by, notices=notices, seen=seen, now=at)
    amendment.granted_by, amendment.granted_in = by, _transaction()
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
    _store(amendment, by)
    _decide_rows(amendment)
    register_version(version)
    amendment.version = version
    amendment.save(update_fields=["version"])
    record(by, "proposals.grant_amendment", amendment, version=version.number)
    return version


def _store(amendment: Amendment, by: User) -> None:
    """Write the proposal's own rows anew; the triggers let this transaction."""
    proposal = amendment.proposal
    changed, parts = as_amended(proposal, amendment.after)
    for name in SECTIONS:
        setattr(proposal, name, getattr(changed, name))
    proposal.version, proposal.changed_by = proposal.version + 1, by
    proposal.save(update_fields=[*SECTIONS, "version", "changed_by", "changed_at"])
    for stored, new in _pairs(proposal, parts):
        stored.all().delete()
        for one in new:
            one.proposal, one.changed_by = proposal, by
        stored.model.objects.bulk_create(new)


def _pairs(proposal: Proposal, parts: Parts) -> list[tuple[Any, Any]]:
    return [
        (proposal.rows, parts.rows), (proposal.places, parts.places), (proposal.goods, parts.goods),
    ]  # fmt: skip


def _decide_rows(amendment: Amendment) -> None:
    """Keep what is approved now beside what was decided first."""
    DecidedRow.objects.bulk_create(
        DecidedRow(
            decision=amendment.proposal.decision,
            proposal=amendment.proposal,
            amendment=amendment,
            unit_cost_asked=row["unit_cost"],
            rupiah_asked=row["rupiah"],
            reason="",
            **{
                name: row[name]
                for name in
                ("position", "text", "account", "counts", "units", "unit_cost", "rupiah")
            },
        )
        for row in amendment.after["rows"]
    )  # fmt: skip


def _move_money(amendment: Amendment, by: User, effective_on: date) -> None:
    before, after = by_account(amendment.before), by_account(amendment.after)
    for mover in _movers:
        mover(
            amendment.proposal,
            before,
            after,
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


def _transaction() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])


def _locked(amendment: Amendment) -> Amendment:
    Proposal.objects.select_for_update(of=("self",)).get(pk=amendment.proposal_id)
    locked = Amendment.objects.select_for_update(of=("self",))
    return locked.select_related("proposal__province", "proposal__round").get(pk=amendment.pk)


def _told(amendment: Amendment, text: Message) -> NewNotice:
    proposal = amendment.proposal
    title = Message(f"{proposal.number}: perubahan", f"{proposal.number}: amendment")
    said = Message(f"{proposal.title}: {text.id}", f"{proposal.title}: {text.en}")
    return NewNotice(post_of(OFFICE, proposal.province), title, said)


def _refuse_unless_amendable(proposal: Proposal, amendment: Amendment | None = None) -> None:
    if proposal.state not in AMENDABLE:
        raise Refusal(
            Message(
                f"Usulan {proposal.number} tidak sedang disetujui; hanya usulan yang disetujui dan "
                "belum dipertanggungjawabkan yang diubah begini.",
                f"Proposal {proposal.number} does not stand approved; only what is approved and "
                "not accounted for is amended.",
            )
        )
    if amendment is None and proposal.amendments.filter(is_open=True).exists():
        raise Refusal(
            Message(
                f"Satu perubahan {proposal.number} masih menunggu jawaban; tarik dahulu.",
                f"An amendment of {proposal.number} still waits for an answer; withdraw it first.",
            )
        )


def _refuse_another_way(amendment: Amendment, move: str) -> None:
    if not is_way(move, amendment.topics):
        raise Refusal(
            Message(
                "Perubahan ini menyentuh hal yang harus diputus pemutus; teruskan."
                if move == "accept"
                else "Perubahan ini tidak perlu diputus; nyatakan berlaku.",
                "This amendment touches what a decider decides; hand it on."
                if move == "accept"
                else "This amendment needs no decider; put it in force.",
            )
        )


def _refuse_physical(amendment: Amendment) -> None:
    changed, parts = as_amended(amendment.proposal, amendment.after)
    for row in assess(plan_of(changed, parts), basis_of(changed)).rows:
        for one in row.findings:
            if one.key == PHYSICAL:
                raise Refusal(one.message)


def _refuse_above_ceiling(amendment: Amendment) -> None:
    changed, parts = as_amended(amendment.proposal, amendment.after)
    basis = basis_of(changed)
    for row in plan_of(changed, parts).rows:
        item = check_row(row, basis).standard
        if item and item.nature == Nature.CEILING and row.unit_cost > item.amount:
            cost, most = row.unit_cost, item.amount
            raise Refusal(
                Message(
                    f"Baris {row.position} “{row.text}”: {rupiah(cost)} di atas batas tertinggi "
                    f"SBM {rupiah(most)}; tolak atau minta diturunkan.",
                    f"Row {row.position} “{row.text}”: {rupiah(cost, 'en')} is above the ceiling "
                    f"of the standard, {rupiah(most, 'en')}; refuse it or ask for less.",
                )
            )
