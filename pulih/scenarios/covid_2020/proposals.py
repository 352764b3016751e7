"""The proposals of the scenario, each through the same actions that offices and ministry take.

Source: PROG-01, PROG-02, PROG-03. Moments are generated and stand in the order of the mock-up.
"""

import tomllib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib.resources import files

from django.db import transaction

from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.proposals.actions import deciding, drafts, reviewing, rounds, sending, verifying
from pulih.proposals.actions.deciding import Cut
from pulih.proposals.models import CostRow, Outcome, Proposal, Round
from pulih.proposals.rules.reviewing import criteria_on, items

from . import generated, offices, promises
from .proposed import Story, add_row, write

SENT = datetime(2020, 5, 28, 7, 20, tzinfo=UTC)
RETURNED = datetime(2020, 6, 2, 2, 5, tzinfo=UTC)
SENT_AGAIN = datetime(2020, 6, 4, 1, 41, tzinfo=UTC)
VERIFIED = datetime(2020, 6, 8, 3, 0, tzinfo=UTC)
SCORED = datetime(2020, 6, 10, 3, 0, tzinfo=UTC)
DECIDED = datetime(2020, 6, 12, 6, 0, tzinfo=UTC)
# Where a story may leave a proposal; any other word is a step after the decision.
ORDER = (
    *("draft", "submitted", "returned", "withdrawn"),
    *("verified", "under_review", "scored", "decided"),
)
REPAIR_DAYS = 3
Done = Callable[[int, int], None]


def live_through(done: Done, *, by: User) -> list[Proposal]:
    """Let every proposal go as far as it got, those of the story first; what is there stays.

    by: Pulih itself, who writes for offices without an account. A proposal that the rules refuse,
    such as where a small demonstration knows too few affected firms, stays a draft.
    """
    told = tomllib.loads(files(__package__).joinpath("data", "proposals.toml").read_text("utf-8"))
    planner = User.objects.get(username="perencana")
    round_ = Round.objects.filter(title=told["round"]["title"]).first()
    if round_ is None:
        with speaking_for(planner):
            round_ = rounds.save(Round(), measures=[], by=planner, **told["round"])
    stories = [*told["proposal"], *generated.stories()]
    kept = []
    for place, story in enumerate(stories):
        done(place, len(stories))
        there = Proposal.objects.filter(round=round_, title=story["title"]).first()
        if there is None:
            with transaction.atomic():  # Of a build that is stopped, nothing half-written stays.
                there = _live(story, round_, by)
        kept.append(there)
        promises.keep(there, until=story["until"])
    offices.share_posts(told["post"], by)
    offices.send_ideas(told["idea"], round_)
    _amend(told["amendment"], dict(zip((one["key"] for one in stories), kept, strict=True)), by)
    done(len(stories), len(stories))
    return [Proposal.objects.get(pk=one.pk) for one in kept]


def _amend(story: Story, kept: dict[str, Proposal], by: User) -> None:
    offices.amend(story, Proposal.objects.get(pk=kept[story["key"]].pk), by)


def _live(story: Story, round_: Round, system: User) -> Proposal:
    office = User.objects.filter(username=story.get("office", "")).first() or system
    proposal = write(story, round_, office)
    with suppress(Refusal), transaction.atomic():
        _answered(story, proposal, office)
    return Proposal.objects.get(pk=proposal.pk)


def _answered(story: Story, proposal: Proposal, office: User) -> None:
    """Take the steps up to the one at which the story leaves the proposal, or to its decision."""
    until = story["until"]
    checker, decider = (User.objects.get(username=one) for one in ("verifikator", "pemutus"))
    if until == "draft":
        return
    sent = SENT
    if "first_sent_with" in story:
        _return_once(story, proposal, office, checker)
        sent = SENT_AGAIN
    with speaking_for(office):
        sending.submit(proposal, by=office, now=sent)
        if until == "withdrawn":
            sending.withdraw(proposal, reason=story["withdrawn"], by=office, now=RETURNED)
    if until == "returned":
        _give_back(proposal, "papers", story["returned"], checker)
    steps = ORDER.index(until) if until in ORDER else len(ORDER)
    if steps >= ORDER.index("verified"):
        with speaking_for(checker):
            verifying.verify(proposal, _yes(), by=checker, now=VERIFIED)
    if steps >= ORDER.index("under_review"):
        _review(story, proposal, checker)
    if steps >= ORDER.index("decided"):
        with speaking_for(decider):
            _decide(story, Proposal.objects.get(pk=proposal.pk), decider)


def _return_once(story: Story, proposal: Proposal, office: User, checker: User) -> None:
    """Send the plan with its capital row, which comes back, and take the row out."""
    with speaking_for(office):
        row = add_row(proposal, story["first_sent_with"], office, story["argued"])
        sending.submit(proposal, by=office, now=SENT)
    _give_back(proposal, "non_physical", story["returned"], checker)
    with speaking_for(office):
        drafts.delete_part(proposal, CostRow, row.pk, seen=1, by=office)


def _give_back(proposal: Proposal, item: str, reason: str, checker: User) -> None:
    answers = {**_yes(), item: ("no", reason)}
    with speaking_for(checker):
        verifying.give_back(
            proposal,
            answers,
            reason=reason,
            working_days=REPAIR_DAYS,
            by=checker,
            now=RETURNED,
        )


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


def _yes() -> dict[str, tuple[str, str]]:
    return {item.key: ("yes", "") for item in items()}
