"""Rounds and proposals with defaults, by the way that offices take."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from pulih.areas.models import Area
from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.proposals.actions import amending, deciding, drafts, ideas, reviewing, sending, verifying
from pulih.proposals.amended import Content, approved_content
from pulih.proposals.models import (
    Amendment,
    Assignment,
    Attachment,
    CostRow,
    Idea,
    Outcome,
    Place,
    Proposal,
    ProposedGood,
    Round,
)
from pulih.proposals.rules.factors import read_factors
from pulih.proposals.rules.reviewing import criteria_on, items
from tests.make import areas
from tests.people import cast

SENT = datetime(2020, 5, 28, 8, 20, tzinfo=UTC)

numbers = count(1)
SECTIONS = {
    "legal_basis": "PP 7/2008",
    "background": "IKM konveksi kehilangan pesanan.",
    "beneficiaries": "IKM terdampak yang punya mesin jahit.",
    "method": "Daring, pola dari instruktur, kunjungan pemantauan.",
    "stages": "Persiapan, pelatihan, pemantauan.",
    "mode": "home_video",
    "starts_on": date(2020, 6, 22),
    "ends_on": date(2020, 6, 25),
    "days": 4,
    "lesson_hours": 32,
    "classes": 1,
    "class_size": 20,
    "profiles": ["tools_and_skill"],
}
DAYS = (date(2020, 6, 1), date(2020, 7, 31))
ROW = ("Honor narasumber", "522151", "32 OJ", 900_000)


def round_(**values: Any) -> Round:
    """Open a round for 2020, from 25 May to 31 July."""
    usual = {
        "title": f"Putaran {next(numbers)}",
        "fiscal_year": 2020,
        "opens_on": date(2020, 5, 25),
        "closes_on": date(2020, 7, 31),
    }
    return Round.objects.create(**{**usual, **values})


def draft(
    *, by: User | None = None, province: Area | None = None, measure: str = "mask_training",
    round_of: Round | None = None, **sections: Any,
) -> Proposal:  # fmt: skip
    """Begin a draft with its sections; by the officer of Jawa Barat unless said otherwise."""
    by = by or cast.provincial_officer()
    province = province or by.home or areas.province()
    round_of = round_of or round_()
    with speaking_for(by):
        proposal = drafts.begin(
            round_=round_of,
            measure=Measure.objects.get(code=measure),
            province=province,
            title="Bimtek masker kain",
            by=by,
        )
        return drafts.save_sections(proposal, {**SECTIONS, **sections}, seen=1, by=by)


def idea(*, by: User | None = None, round_of: Round | None = None, **values: Any) -> Idea:
    """Send an idea; of Kab. Indramayu unless said otherwise."""
    by, round_of = by or cast.regency_officer(), round_of or round_()
    usual = {"title": "Bimtek masker", "need": "Penjahit kehilangan pesanan.", "people": 20}
    with speaking_for(by):
        return ideas.send(round_=round_of, regency=by.home, by=by, now=SENT, **{**usual, **values})


def row_values(
    text: str = ROW[0], account: str = ROW[1], calculation: str = ROW[2], unit_cost: int = ROW[3],
    **values: Any,
) -> dict[str, Any]:  # fmt: skip
    factors = read_factors(calculation)
    usual = {"standard": "", "reason": "", "prices": [], "survey": None}
    return {
        "text": text,
        "account": account,
        "counts": [factor.count for factor in factors],
        "units": [factor.unit for factor in factors],
        "unit_cost": unit_cost,
        **usual,
        **values,
    }


def row(proposal: Proposal, *said: Any, by: User | None = None, **values: Any) -> CostRow:
    by = by or proposal.made_by
    with speaking_for(by):
        return drafts.add_part(proposal, CostRow, row_values(*said, **values), by=by)


def survey(proposal: Proposal) -> Attachment:
    """Attach the paper of a price survey."""
    return Attachment.objects.create(
        proposal=proposal, name="survei.pdf", content_type="application/pdf", size_bytes=9,
        sha256=f"{next(numbers):064x}", stored_name="x", by=proposal.made_by,
    )  # fmt: skip


def place(proposal: Proposal, regency: str = "Kab. Indramayu", people: int = 20) -> Place:
    by = proposal.made_by
    values = {"regency": areas.regency(regency), "site": "", "people": people}
    with speaking_for(by):
        return drafts.add_part(proposal, Place, values, by=by)


def good(proposal: Proposal, text: str = "Masker kain", quantity: int = 100) -> ProposedGood:
    by = proposal.made_by
    values = {
        "text": text, "quantity": quantity, "unit": "buah", "standard": "tiga lapis",
        "receiver": "task_force", "receiver_note": "",
    }  # fmt: skip
    with speaking_for(by):
        return drafts.add_part(proposal, ProposedGood, values, by=by)


def complete(people: int = 20, **values: Any) -> Proposal:
    """Make a draft that may be sent: a row within its standard and a quota that fits."""
    proposal = draft(class_size=people, **values)
    row(proposal)
    place(proposal, people=people)
    return Proposal.objects.get(pk=proposal.pk)


def again(proposal: Proposal) -> Proposal:
    """Return the proposal as it is stored now."""
    return Proposal.objects.get(pk=proposal.pk)


def reviewer(number: int = 1) -> User:
    """Return a person who reviews and works nowhere."""
    return cast.person("reviewer", username=f"reviewer-{number}")


def second_planner() -> User:
    """Return a planner who took no part so far."""
    return cast.person("planner", areas.country(), username="planner-2")


def yes() -> dict[str, tuple[str, str]]:
    return {item.key: ("yes", "") for item in items()}


def sent(proposal: Proposal | None = None) -> Proposal:
    proposal = proposal or complete()
    with speaking_for(proposal.made_by):
        sending.submit(proposal, by=proposal.made_by, now=SENT)
    return again(proposal)


def verified(proposal: Proposal | None = None) -> Proposal:
    proposal, planner = sent(proposal), cast.planner()
    with speaking_for(planner):
        verifying.verify(proposal, yes(), by=planner)
    return again(proposal)


def assigned(proposal: Proposal | None = None) -> Proposal:
    """Name two reviewers, both without a conflict of interest."""
    proposal, planner = verified(proposal), cast.planner()
    with speaking_for(planner):
        named = reviewing.assign(proposal, [reviewer(1), reviewer(2)], by=planner)
    for one in named:
        declare(one)
    return again(proposal)


def declare(one: Assignment, *, has_conflict: bool = False, by: User | None = None) -> None:
    """Let a reviewer say whether there is a conflict of interest."""
    person = by or one.reviewer
    with speaking_for(person):
        reviewing.declare(one, has_conflict=has_conflict, by=person)


def score(proposal: Proposal, slot: str, share: float = 0.8, note: str = "") -> None:
    """Give a review: the same share of every criterion's weight."""
    one = proposal.assignments.exclude(declared="conflict").get(slot=slot)
    points = {each.key: int(each.weight * share) for each in criteria_on(date.today()).criteria}
    with speaking_for(one.reviewer):
        reviewing.submit_score(one, points, note=note, by=one.reviewer)


def scored(proposal: Proposal | None = None) -> Proposal:
    proposal = assigned(proposal)
    score(proposal, "a")
    score(proposal, "b", 0.75)
    return again(proposal)


def decided(
    proposal: Proposal | None = None,
    outcome: Outcome = Outcome.APPROVED,
    reason: str = "Sesuai kriteria.",
    **values: Any,
) -> Proposal:
    proposal, by = scored(proposal), second_planner()
    with speaking_for(by):
        deciding.decide(proposal, outcome, reason=reason, by=by, **values)
    return again(proposal)


def content(proposal: Proposal, **sections: Any) -> Content:
    """Return what is approved, with other sections."""
    found = approved_content(proposal)
    return {**found, "sections": {**found["sections"], **sections}}


def amendment(
    proposal: Proposal | None = None, content_of: Content | None = None, reason: str = "Banjir.",
    now: datetime = SENT,
) -> Amendment:  # fmt: skip
    """Ask for an amendment; of the words alone unless said otherwise."""
    proposal = proposal or decided(complete(people=1))
    changed = content_of or content(proposal, method="Tatap muka.")
    with speaking_for(proposal.made_by):
        return amending.ask(proposal, changed, reason=reason, by=proposal.made_by, now=now)
