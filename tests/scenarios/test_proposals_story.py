"""The proposals of the scenario: the figures of the mask training, and each as far as it got."""

import pytest

from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.proposals.models import Idea, Proposal
from pulih.scenarios.covid_2020 import proposals
from pulih.scenarios.covid_2020.people import CAST, add_people
from pulih.workflow.models import Duty, PostHolder, Step
from pulih.workflow.posts import inherited_from

pytestmark = pytest.mark.django_db


def assert_ideas_are_answered():
    """One is taken up in part, one declined; the third waits with who inherited the post."""
    taken, declined, waiting = Idea.objects.order_by("pk")
    assert [state_named(one) for one in (taken, declined, waiting)] == [
        "taken_partly", "declined", "sent"
    ]  # fmt: skip
    assert [one.people for one in taken.proposal.places.all()] == [20]
    assert (taken.people, taken.proposal.state) == (30, "draft")
    duty = Duty.objects.open().get(machine="idea")
    holders = PostHolder.objects.filter(post=duty.post).order_by("since")
    assert [one.person.username for one in holders] == ["jabar_ppk", "jabar"]
    assert inherited_from(duty.post).username == "jabar_ppk"


def state_named(idea):
    return Step.objects.of("idea", idea.pk).last().to_state


def test_every_proposal_goes_as_far_as_it_got(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    add_people({one.username: "rahasia" for one in CAST})
    system = User.objects.get(username="pulih")
    with speaking_for(system):
        kept = proposals.live_through(lambda done, total: None, by=system)
        assert [one.state for one in kept] == [
            "partly_approved", "approved", "under_review", "submitted", "approved", "approved",
            "approved", "rejected",
        ]  # fmt: skip
        masks = kept[0]
        assert (masks.people, masks.asked_rupiah) == (65, 131_630_000)
        assert masks.decision.approved_rupiah == 130_330_000
        assert [one.number for one in masks.versions.order_by("number")] == [1, 2]
        assert [one.to_state for one in Step.objects.of("proposal", masks.pk)] == [
            "draft", "submitted", "returned", "submitted", "verified", "under_review", "scored",
            "partly_approved",
        ]  # fmt: skip
        assert [one.total for one in masks.scores.order_by("slot")] == [82, 78]
        assert kept[1].people == 91
        assert [one.goods.get().quantity for one in kept[:2]] == [6_034, 950]
        video = kept[5]
        assert 780_000_000 < kept[4].asked_rupiah + video.asked_rupiah < 800_000_000
        opened = Duty.objects.open().filter(machine="proposal")
        assert opened.count() == Proposal.objects.exclude(state="rejected").count() == 8
        assert_ideas_are_answered()
        again = proposals.live_through(lambda done, total: None, by=system)
    assert [one.pk for one in again] == [one.pk for one in kept]
