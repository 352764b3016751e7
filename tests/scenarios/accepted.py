"""What is known of the trainings of 2020, as their proposals must say it; in whole rupiah."""

from typing import NamedTuple

from pulih.proposals.models import Idea
from pulih.workflow.models import Duty, PostHolder, Step
from pulih.workflow.post_holders import inherited_from

WAY = ("draft", "submitted", "verified", "under_review", "scored")
SCHEDULED = ("reserved", "scheduled")


class Accepted(NamedTuple):
    """One proposal. classes: how many times how many people; goods: pieces that come out."""

    place: int
    classes: tuple[int, int]
    hours: int
    goods: int
    asked: int
    approved: int
    outcome: str = "approved"


ACCEPTED = {
    "masks": Accepted(0, (13, 5), 32, 6_034, 131_630_000, 130_330_000, "partly_approved"),
    "hazmat": Accepted(1, (13, 7), 32, 950, 167_270_000, 167_270_000),
    "face_shields": Accepted(2, (4, 10), 32, 1_600, 68_000_000, 68_000_000),
    "herbal": Accepted(3, (13, 5), 32, 1_300, 80_150_000, 80_150_000),
    "wash_stations": Accepted(4, (1, 20), 32, 20, 70_560_000, 70_560_000),
    "home_video": Accepted(5, (6, 20), 40, 6_000, 716_040_000, 716_040_000),
    "denpasar": Accepted(6, (5, 25), 40, 5_000, 327_550_000, 327_550_000),
}


def way_of(proposal):
    """Return the states that a proposal went through."""
    return [one.to_state for one in Step.objects.of("proposal", proposal.pk)]


def assert_ideas_are_answered():
    """One is taken up in part, one declined; the third waits with who inherited the post."""
    taken, declined, waiting = Idea.objects.order_by("pk")
    assert [_state_of(one) for one in (taken, declined, waiting)] == [
        "taken_partly", "declined", "sent"
    ]  # fmt: skip
    assert [one.people for one in taken.proposal.places.all()] == [20]
    assert (taken.people, taken.proposal.state) == (30, "draft")
    duty = Duty.objects.open().get(machine="idea")
    holders = PostHolder.objects.filter(post=duty.post).order_by("since")
    assert [one.person.username for one in holders] == ["jabar_ppk", "jabar"]
    assert inherited_from(duty.post).username == "jabar_ppk"


def _state_of(idea):
    return Step.objects.of("idea", idea.pk).last().to_state
