"""Beside the proposals: ideas of a regency and their answers, a post that passes from hand to hand,
and an amendment that moves the money reserved. Generated; each through the actions people take.
"""

from contextlib import suppress
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from pulih.budget.clock import playing_at
from pulih.common.errors import Refusal
from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.people.scope import speaking_as_system, speaking_for
from pulih.proposals.actions import amending, ideas
from pulih.proposals.amended import approved_content, row_content
from pulih.proposals.clocks import OFFICE
from pulih.proposals.models import Amendment, Idea, Proposal, Round
from pulih.proposals.rules.factors import read_factors
from pulih.workflow.actions.posts import appoint
from pulih.workflow.models import PostHolder
from pulih.workflow.post_holders import post_of

IDEA_SENT = datetime(2020, 5, 26, 2, 0, tzinfo=UTC)
IDEA_ANSWERED = datetime(2020, 6, 3, 3, 0, tzinfo=UTC)
ASKED = datetime(2020, 6, 15, 4, 0, tzinfo=UTC)
CHECKED = datetime(2020, 6, 15, 4, 30, tzinfo=UTC)
GRANTED = datetime(2020, 6, 15, 5, 0, tzinfo=UTC)
Story = dict[str, Any]


def share_posts(stories: list[Story], by: User) -> None:
    """Give posts of offices to their officers, one after the other; those that are there stay."""
    for story in stories:
        person = User.objects.get(username=story["holder"])
        post, since = post_of(OFFICE, person.home), story["since"]
        if not PostHolder.objects.filter(post=post, person=person, since=since).exists():
            with speaking_for(by):
                appoint(post, person, since=since, by=by)


def send_ideas(stories: list[Story], round_: Round) -> None:
    """Let a regency send its ideas, and its province answer; those that are there stay."""
    for story in stories:
        if Idea.objects.filter(round=round_, title=story["title"]).exists():
            continue
        with transaction.atomic():
            _answer(story, _sent(story, round_))


def _sent(story: Story, round_: Round) -> Idea:
    sender = User.objects.get(username=story["regency"])
    assert sender.home is not None
    with speaking_for(sender):
        return ideas.send(
            round_=round_,
            regency=sender.home,
            title=story["title"],
            need=story["need"],
            people=story["people"],
            measure=Measure.objects.get(code=story["measure"]),
            by=sender,
            now=IDEA_SENT,
        )


def _answer(story: Story, idea: Idea) -> None:
    by = User.objects.get(username=story["province"])
    with speaking_for(by):
        if "taken" in story:
            ideas.take_up(
                idea, people=story["taken"], reason=story["reason"], by=by, now=IDEA_ANSWERED
            )
        elif "reason" in story:
            ideas.decline(idea, reason=story["reason"], by=by, now=IDEA_ANSWERED)


def amend(story: Story, proposal: Proposal, system: User) -> None:
    """Let an approved proposal cost less, and what is reserved for it follow.

    Where the money was never reserved, or the rules refuse it, nothing is amended.
    """
    if proposal.state != "scheduled" or Amendment.objects.filter(proposal=proposal).exists():
        return
    office = User.objects.filter(username=story.get("office", "")).first() or system
    checker, decider = (User.objects.get(username=one) for one in ("verifikator", "pemutus"))
    with suppress(Refusal), transaction.atomic():
        with speaking_for(office):
            asked = amending.ask(
                proposal, _cheaper(story, proposal), reason=story["why"], by=office, now=ASKED
            )
        with speaking_for(checker):
            amending.check(asked, by=checker, now=CHECKED)
        # Only Pulih itself is heard of what was learned when; the step names who decided.
        with speaking_as_system(), playing_at(GRANTED):
            amending.grant(asked, by=decider, now=GRANTED, effective_on=GRANTED.date())


def _cheaper(story: Story, proposal: Proposal) -> dict[str, Any]:
    content = deepcopy(approved_content(proposal))
    content["rows"] = [
        row_content(row, read_factors(story["calculation"]), row["unit_cost"])
        if row["text"] == story["row"]
        else row
        for row in content["rows"]
    ]
    return content
