"""The proposals of the scenario, each through the same actions that offices and ministry take.

Source: PROG-01, PROG-02, PROG-03. Moments are generated and stand in the order of the mock-up.
"""

import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from pulih import places
from pulih.areas.models import Area
from pulih.common.errors import Refusal
from pulih.common.money import grouped
from pulih.documents.typesetting import typeset
from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.proposals.actions import (
    attaching,
    deciding,
    drafts,
    reviewing,
    rounds,
    sending,
    verifying,
)
from pulih.proposals.actions.deciding import Cut
from pulih.proposals.models import (
    CostRow,
    Outcome,
    Place,
    Proposal,
    ProposedGood,
    Round,
)
from pulih.proposals.rules.factors import read_factors
from pulih.proposals.rules.reviewing import criteria_on, items

from . import offices, promises

SURVEY = Path(__file__).with_name("survey.typ")
BEGUN = datetime(2020, 5, 25, 2, 0, tzinfo=UTC)
SENT = datetime(2020, 5, 28, 7, 20, tzinfo=UTC)
RETURNED = datetime(2020, 6, 2, 2, 5, tzinfo=UTC)
SENT_AGAIN = datetime(2020, 6, 4, 1, 41, tzinfo=UTC)
VERIFIED = datetime(2020, 6, 8, 3, 0, tzinfo=UTC)
SCORED = datetime(2020, 6, 10, 3, 0, tzinfo=UTC)
DECIDED = datetime(2020, 6, 12, 6, 0, tzinfo=UTC)
ORDER = ("draft", "submitted", "verified", "under_review", "scored", "decided")
Story = dict[str, Any]
Done = Callable[[int, int], None]


def live_through(done: Done, *, by: User) -> list[Proposal]:
    """Let every proposal of the story go as far as it got; those that are there stay.

    by: Pulih itself, who writes for offices without an account. A proposal that the rules refuse,
    such as where a small demonstration knows too few affected firms, stays a draft.
    """
    told = tomllib.loads(files(__package__).joinpath("data", "proposals.toml").read_text("utf-8"))
    planner = User.objects.get(username="perencana")
    round_ = Round.objects.filter(title=told["round"]["title"]).first()
    if round_ is None:
        with speaking_for(planner):
            round_ = rounds.save(Round(), measures=[], by=planner, **told["round"])
    stories = told["proposal"]
    kept = []
    for place, story in enumerate(stories):
        done(place, len(stories))
        there = Proposal.objects.filter(round=round_, title=story["title"]).first()
        if there is None:
            with transaction.atomic():  # Of a build that is stopped, nothing half-written stays.
                there = _live(story, round_, by)
        kept.append(there)
        promises.keep(kept[-1])
    offices.share_posts(told["post"], by)
    offices.send_ideas(told["idea"], round_)
    _amend(told["amendment"], dict(zip((one["key"] for one in stories), kept, strict=True)), by)
    done(len(stories), len(stories))
    return [Proposal.objects.get(pk=one.pk) for one in kept]


def _amend(story: Story, kept: dict[str, Proposal], by: User) -> None:
    offices.amend(story, Proposal.objects.get(pk=kept[story["key"]].pk), by)


def _live(story: Story, round_: Round, system: User) -> Proposal:
    office = User.objects.filter(username=story.get("office", "")).first() or system
    proposal = _written(story, round_, office)
    with suppress(Refusal), transaction.atomic():
        _answered(story, proposal, office)
    return Proposal.objects.get(pk=proposal.pk)


def _written(story: Story, round_: Round, by: User) -> Proposal:
    province = _area(story["province"])
    measure = Measure.objects.get(code=story["measure"])
    days, hours, classes, size, trainers, assistants = story["shape"]
    with speaking_for(by):
        proposal = drafts.begin(
            round_=round_, measure=measure, province=province, title=story["title"], by=by,
            now=BEGUN,
        )  # fmt: skip
        first, last = story["dates"]
        sections = {
            "legal_basis": "PP 7/2008; DIPA dekonsentrasi 2020.",
            "background": f"Dampak Covid-19 pada IKM di {province.name}.",
            "beneficiaries": "IKM terdampak menurut laporan dampak terbaru.",
            "method": measure.description,
            "stages": "Persiapan, pelaksanaan, pemantauan, penyerahan barang.",
            "mode": story["mode"],
            "starts_on": first,
            "ends_on": last,
            "days": days,
            "lesson_hours": hours,
            "classes": classes,
            "class_size": size,
            "trainers": trainers,
            "assistants": assistants,
            "profiles": story["profiles"],
        }
        drafts.save_sections(proposal, sections, seen=1, by=by)
        for regency, people in _quotas(story, province):
            values = {"regency": regency, "site": "", "people": people}
            drafts.add_part(proposal, Place, values, by=by)
        text, quantity, unit, standard, receiver, note = story["goods"]
        goods = {
            "text": text, "quantity": quantity, "unit": unit, "standard": standard,
            "receiver": receiver, "receiver_note": note,
        }  # fmt: skip
        drafts.add_part(proposal, ProposedGood, goods, by=by)
        for row in story["rows"]:
            _add_row(proposal, row, by)
    return Proposal.objects.get(pk=proposal.pk)


def _add_row(proposal: Proposal, row: list[Any], by: User, reason: str = "") -> CostRow:
    text, account, calculation, unit_cost, *prices = row
    factors = read_factors(calculation)
    paper = ContentFile(_survey(text, prices), name=f"survei-{account}-{len(text)}.pdf")
    values = {
        "text": text,
        "account": account,
        "counts": [factor.count for factor in factors],
        "units": [factor.unit for factor in factors],
        "unit_cost": unit_cost,
        "standard": "",
        "reason": reason,
        "prices": prices,
        "survey": attaching.attach(proposal, paper, by=by) if prices else None,
    }
    return drafts.add_part(proposal, CostRow, values, by=by)


def _answered(story: Story, proposal: Proposal, office: User) -> None:
    """Take the steps up to the one at which the story leaves the proposal."""
    steps = ORDER.index(story["until"])
    checker, decider = (User.objects.get(username=one) for one in ("verifikator", "pemutus"))
    sent = SENT
    if steps and "first_sent_with" in story:
        _return_once(story, proposal, office, checker)
        sent = SENT_AGAIN
    if steps >= 1:
        with speaking_for(office):
            sending.submit(proposal, by=office, now=sent)
    if steps >= 2:
        with speaking_for(checker):
            verifying.verify(proposal, _yes(), by=checker, now=VERIFIED)
    if steps >= 3:
        _review(story, proposal, checker)
    if steps >= 5:
        with speaking_for(decider):
            _decide(story, Proposal.objects.get(pk=proposal.pk), decider)


def _return_once(story: Story, proposal: Proposal, office: User, checker: User) -> None:
    """Send the plan with its capital row, which comes back, and take the row out."""
    with speaking_for(office):
        row = _add_row(proposal, story["first_sent_with"], office, story["argued"])
        sending.submit(proposal, by=office, now=SENT)
    answers = {**_yes(), "non_physical": ("no", story["first_sent_with"][0])}
    with speaking_for(checker):
        verifying.give_back(
            proposal, answers, reason=story["returned"], working_days=3, by=checker, now=RETURNED
        )
    with speaking_for(office):
        drafts.delete_part(proposal, CostRow, row.pk, seen=1, by=office)


def _review(story: Story, proposal: Proposal, checker: User) -> None:
    reviewers = [User.objects.get(username=name) for name in ("penilai_a", "penilai_b")]
    with speaking_for(checker):
        named = reviewing.assign(proposal, reviewers, by=checker, now=VERIFIED + timedelta(hours=1))
    keys = [one.key for one in criteria_on(SCORED.date()).criteria]
    for assignment, points in zip(named, story.get("points", []), strict=False):
        with speaking_for(assignment.reviewer):
            reviewing.declare(assignment, has_conflict=False, by=assignment.reviewer)
            reviewing.submit_score(
                assignment,
                dict(zip(keys, points, strict=True)),
                note="",
                by=assignment.reviewer,
                now=SCORED,
            )


def _decide(story: Story, proposal: Proposal, by: User) -> None:
    cuts = {}
    if "cut" in story:
        position, unit_cost, why = story["cut"]
        cuts = {position: Cut(unit_cost, why)}
    deciding.decide(
        proposal, Outcome(story["outcome"]), reason=story["answer"], by=by, cuts=cuts, now=DECIDED
    )


def _quotas(story: Story, province: Area) -> Iterator[tuple[Area, int]]:
    for name, people in story.get("quotas", []):
        yield _area(name), people
    if "everywhere" in story:
        inside = Area.objects.within(province, SENT.date()).filter(level="regency")
        for regency in inside.order_by("sort_key"):
            yield regency, story["everywhere"]


def _yes() -> dict[str, tuple[str, str]]:
    return {item.key: ("yes", "") for item in items()}


def _survey(text: str, prices: list[int]) -> bytes:
    """Return the paper of a price survey, with invented shops."""
    shops = ("Toko Amanah", "UD Sumber Jaya", "CV Mitra Usaha")
    rows = [[shop, grouped(price)] for shop, price in zip(shops, prices, strict=False)]
    return BytesIO(typeset(SURVEY, {"text": text, "rows": rows})).getvalue() if prices else b""


def _area(name: str) -> Area:
    found = places.resolve(name, on=SENT.date())
    assert found is not None, name
    return Area.objects.get(pk=found.key)
