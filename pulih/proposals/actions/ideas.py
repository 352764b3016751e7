"""A regency sends what it wants; its province takes it up, whole or in part, or says why not."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from pulih.areas.models import Area, AreaClosure, Level, valid_on
from pulih.audit.actions import record
from pulih.common.errors import Message, Refusal
from pulih.common.number_words import english
from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.people.permissions import Permission, require
from pulih.workflow import clock
from pulih.workflow.actions import start, take_step
from pulih.workflow.actions.notices import NewNotice
from pulih.workflow.post_holders import post_of

from ..clocks import REGENCY, duty_in
from ..models import Idea, Place, Proposal, Round
from ..rules.idea_machine import IDEA
from .drafts import add_part, begin, locked_draft, next_number, save_sections
from .sending import refuse_outside_round


@transaction.atomic
def send(
    *, round_: Round, regency: Area, title: str, need: str, people: int, by: User,
    measure: Measure | None = None, rupiah: int | None = None, now: datetime | None = None,
) -> Idea:  # fmt: skip
    """Send an idea to the province, while the round is open on the regency's clock. May refuse."""
    require(by, Permission.SEND_IDEAS, regency)
    at = now or clock.now()
    refuse_outside_round(round_, regency.pk, at)
    province = province_of(regency, at)
    idea = Idea.objects.create(
        number=next_number(Idea, regency, round_.fiscal_year, "G"),
        round=round_,
        province=province,
        regency=regency,
        measure=measure,
        title=title,
        need=need,
        people=people,
        rupiah=rupiah,
        made_by=by,
        made_at=at,
    )
    start(IDEA, idea.pk, area=regency, by=by, duty=duty_in("idea", province), now=at)
    record(by, "proposals.send_idea", idea, round=round_.pk)
    return idea


def province_of(regency: Area, at: datetime) -> Area:
    """Return the province in which a regency lies on a day."""
    assert regency.level == Level.REGENCY, regency
    above = AreaClosure.objects.filter(
        valid_on(timezone.localdate(at)), descendant=regency, ancestor__level=Level.PROVINCE
    )
    return above.select_related("ancestor").get().ancestor


@transaction.atomic
def take_up(
    idea: Idea, *, people: int, by: User, reason: str = "", into: Proposal | None = None,
    measure: Measure | None = None, seen: int | None = None, now: datetime | None = None,
) -> Proposal:  # fmt: skip
    """Put an idea into a draft, a new one or `into`, which then names it. May refuse.

    people: of the idea's, how many are taken up; fewer need a reason, as does any part left out.
    """
    require(by, Permission.PROPOSE, idea.province)
    locked = _locked(idea)
    if not 1 <= people <= locked.people:
        raise Refusal(
            Message(
                f"Peserta yang diangkat harus 1 sampai {locked.people}, bukan {people}.",
                f"The participants taken up must be 1 to {locked.people}, not {people}.",
            )
        )
    is_part = people < locked.people or bool(reason.strip())
    proposal = _draft_for(locked, into, measure, by, now)
    take_step(
        IDEA,
        locked.pk,
        "take_partly" if is_part else "take",
        by=by,
        reason=reason,
        details={"proposal": proposal.number, "people": people},
        notices=[_answer(locked, _taken(proposal, people, locked.people, reason))],
        seen=seen,
        now=now,
    )
    values = {"regency": locked.regency, "site": "", "people": people}
    add_part(proposal, Place, values, by=by)
    locked.proposal = proposal
    locked.save(update_fields=["proposal"])
    record(by, "proposals.take_idea", locked, proposal=proposal.pk)
    return proposal


@transaction.atomic
def decline(
    idea: Idea, *, reason: str, by: User, seen: int | None = None, now: datetime | None = None
) -> None:
    """Answer that an idea is not taken up, and why. May refuse."""
    require(by, Permission.PROPOSE, idea.province)
    locked = _locked(idea)
    said = Message(f"Tidak diangkat. Alasan: {reason}", f"Not taken up. Reason: {reason}")
    notices = [_answer(locked, said)]
    take_step(IDEA, locked.pk, "decline", by=by, reason=reason, notices=notices, seen=seen, now=now)
    record(by, "proposals.decline_idea", locked)


@transaction.atomic
def withdraw(
    idea: Idea, *, reason: str, by: User, seen: int | None = None, now: datetime | None = None
) -> None:
    """Take an idea back before it is answered. May refuse."""
    require(by, Permission.SEND_IDEAS, idea.regency)
    locked = _locked(idea)
    take_step(IDEA, locked.pk, "withdraw", by=by, reason=reason, seen=seen, now=now)
    record(by, "proposals.withdraw_idea", locked)


def _locked(idea: Idea) -> Idea:
    locked = Idea.objects.select_for_update(of=("self",))
    found: Idea = locked.select_related("province", "regency", "round", "measure").get(pk=idea.pk)
    return found


def _draft_for(
    idea: Idea, into: Proposal | None, measure: Measure | None, by: User, now: datetime | None
) -> Proposal:
    if into is not None:
        if into.province_id != idea.province_id:
            raise Refusal(
                Message(
                    f"Usulan {into.number} milik provinsi lain; pilih draf provinsi sendiri.",
                    f"Proposal {into.number} is of another province; choose a draft of your own.",
                )
            )
        return locked_draft(into, by)
    chosen = measure or idea.measure
    if chosen is None:
        raise Refusal(
            Message(
                "Gagasan ini tidak menyebut langkah; pilih langkah untuk draf baru.",
                "The idea names no measure; choose one for the new draft.",
            )
        )
    proposal = begin(
        round_=idea.round, measure=chosen, province=idea.province, title=idea.title, by=by, now=now
    )
    background = f"Gagasan {idea.regency.name} ({idea.number}): {idea.need}"
    return save_sections(proposal, {"background": background}, seen=1, by=by)


def _taken(proposal: Proposal, people: int, of: int, reason: str) -> Message:
    rest = (f" Alasan: {reason}", f" Reason: {reason}") if reason.strip() else ("", "")
    return Message(
        f"Diangkat ke usulan {proposal.number} untuk {people} dari {of} peserta.{rest[0]}",
        f"Taken up in proposal {proposal.number} for {people} of "
        f"{english(of, 'participant', 'participants')}.{rest[1]}",
    )


def _answer(idea: Idea, text: Message) -> NewNotice:
    return told(idea, Message(f"Gagasan {idea.number}", f"Idea {idea.number}"), text)


def told(idea: Idea, title: Message, text: Message) -> NewNotice:
    """Tell the regency something of its idea, the reason itself."""
    said = Message(f"{idea.title}: {text.id}", f"{idea.title}: {text.en}")
    return NewNotice(post_of(REGENCY, idea.regency), title, said)
