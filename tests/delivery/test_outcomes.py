"""What an activity came to: the sum of its classes, and nothing where nothing is known."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from pulih.delivery.actions import attendance, goods
from pulih.delivery.acts import ActsIn
from pulih.delivery.reads.attendance import of_cohort
from pulih.delivery.reads.class_days import by_class_and_day, dots_of
from pulih.delivery.reads.outcomes import came_to
from tests.make import delivery as make
from tests.make import proposals as make_proposals
from tests.people import cast

pytestmark = pytest.mark.django_db
NOW = datetime(2020, 6, 25, 9, tzinfo=UTC)


@pytest.fixture
def cohort():
    """A class of three with two sessions on the first day and one on the last."""
    found = make.cohort()
    for day, hour in ((make.FIRST, 8), (make.FIRST, 13), (make.LAST, 8)):
        make.session(found, day, 4, at=hour)
    make.seated(found, 3)
    return found


def came(cohort, *present):
    """Mark everybody in every session: present where (person, session) is named."""
    sessions = list(cohort.sessions.order_by("day", "starts_at"))
    people = list(cohort.participants.order_by("number"))
    acts = [
        {
            "number": 1 + len(sessions) * at + place, "session": session.pk,
            "participant": one.pk, "pressed_at": NOW.isoformat(),
            "presence": "present" if (at, place) in present else "absent",
        }
        for at, one in enumerate(people)
        for place, session in enumerate(sessions)
    ]  # fmt: skip
    sent = ActsIn(device="phone-0001", sent_at=NOW, acts=acts)
    attendance.take(cohort, sent, by=cast.regency_officer(), now=NOW)


def test_an_activity_counts_what_its_classes_count(cohort):
    activity = cohort.activity
    before = came_to(activity, [cohort])
    assert (before.completed, before.person_days, before.people) == (None, None, 3)
    came(cohort, (0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (2, 2))
    found = came_to(activity, [cohort])
    assert found.completed == found.completed_in(cohort) == of_cohort(cohort).outcomes()["passed"]
    assert found.completed == 1
    assert found.person_days == 4  # Two sessions of one day are one day.


def test_classes_show_who_came_on_each_day_and_add_up_to_the_person_days(cohort, client):
    came(cohort, (0, 0), (0, 1), (0, 2), (1, 0), (2, 2))
    make.seated(cohort, 1, first=4)
    idle = make.cohort(of=cohort.activity, regency="Kab. Garut")
    found = came_to(cohort.activity, [cohort, idle])
    shown = by_class_and_day([cohort, idle], found.attendance)
    (_cohort, row), (_idle, empty) = shown.rows
    assert list(shown.days) == [make.FIRST, make.LAST]
    assert [(one.present, one.absent, one.unknown) for one in row] == [(2, 1, 1), (2, 1, 1)]
    assert list(empty) == [None, None]
    assert sum(shown.present) == found.person_days
    for dots in row:
        drawn = {kind: points.count("M") for kind, points in dots.paths}
        assert drawn == {"present": 2, "absent": 1, "unrecorded": 1}
    client.force_login(cast.provincial_officer())
    client.cookies["pulih_language"] = "en"
    page = client.get(reverse("delivery:activity", args=[cohort.activity_id])).content.decode()
    assert " ".join(page.split()).count("2 of 4 present, 1 not recorded") == 2
    counts = '>2 <span class="q">+1?</span>'
    assert " ".join(page.split()).count(counts) == 2, "a phone has no room for dots"


def test_a_crowd_stands_in_rows_and_every_dot_within_its_drawing():
    dots = dots_of(["present"] * 23)
    assert (dots.width, dots.height) == (90, 27)
    ((_kind, points),) = dots.paths
    at = [tuple(map(int, one.removesuffix("h.01").split())) for one in points.split("M")[1:]]
    assert len(set(at)) == 23
    assert all(4 <= x <= dots.width - 5 and 4 <= y <= dots.height - 5 for x, y in at)


def test_pieces_are_counted_a_person_once_they_passed_the_check(cohort, client):
    product = make.item(cohort.activity)
    made = {"day": make.LAST, "by": cast.provincial_officer(), "today": make.LAST}
    goods.make_batch(product, quantity=10, material=None, used=0, session=None, **made)
    assert came_to(cohort.activity, [cohort]).made[0].passed == 0
    goods.move(product, kind="passed", quantity=9, **made)
    [one] = came_to(cohort.activity, [cohort]).made
    assert (one.passed, one.each, one.sent, one.received) == (9, 3.0, 0, 0)
    client.force_login(cast.provincial_officer())
    page = client.get(reverse("delivery:activity", args=[cohort.activity_id])).content.decode()
    assert "3,0 per orang" in page
    moves = client.get(reverse("delivery:moves"), {"activity": cohort.activity_id})
    assert "lolos periksa" in moves.content.decode()


def test_a_proposal_leads_to_what_became_of_it(client):
    proposal = make_proposals.complete()
    planner = cast.planner()
    client.force_login(planner)
    address = reverse("delivery:of-proposal", args=[proposal.pk])
    assert "Belum ada kegiatan" in client.get(address).content.decode()
    make.activity(proposal=proposal, measure=proposal.measure, area=proposal.province)
    page = client.get(address).content.decode()
    assert "Bimtek masker kain" in page
    fragment = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    client.force_login(cast.regency_officer())
    assert client.get(address).status_code == 403
