"""A funded proposal becomes an activity with its places, classes and goods, typed once."""

from datetime import date

import pytest
from django.urls import reverse

from pulih.budget.actions.funding import reserve_for
from pulih.delivery.actions.proposed import class_sizes, open_activity
from pulih.delivery.models import Activity
from pulih.delivery.reads.proposed import places_of
from pulih.people.scope import speaking_for
from pulih.proposals.rules.machine import PROPOSAL
from pulih.workflow.reads import last_step
from tests.make import areas
from tests.make import budget as make_budget
from tests.make import delivery as make
from tests.make import proposals as make_proposals
from tests.people import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("people", "most", "sizes"),
    [
        (50, 25, [25, 25]),
        (7, 91, [7]),
        (60, 25, [20, 20, 20]),
        (5, 0, [5]),
        (1001, 0, [334, 334, 333]),
    ],
)
def test_people_are_shared_out_over_classes(people, most, sizes):
    assert class_sizes(people, most) == sizes


def proposal_of():
    """Make a proposal of one place for 20 people, with its money set aside."""
    line = make_budget.line(key="3038.001.052.P.522151", ceiling=50_000_000)
    proposal, by = make_proposals.decided(), cast.planner()
    with speaking_for(by):
        reserve_for(
            proposal, {line.pk: 28_800_000}, number="KEP-1", effective_on=date(2020, 6, 15),
            seen=last_step(PROPOSAL, proposal.pk).number, by=by,
        )  # fmt: skip
    return make_proposals.again(proposal)


def test_an_activity_opens_with_what_was_proposed(client):
    proposal = proposal_of()
    client.force_login(cast.provincial_officer())
    part = client.get(reverse("delivery:of-proposal", args=[proposal.pk])).content.decode()
    address = f"{reverse('delivery:new')}?proposal={proposal.pk}"
    assert address in part
    form = client.get(address).context["form"]
    assert form["title"].value() == proposal.title
    typed = {
        name: form[name].value() for name in form.fields if form[name].value() not in (None, "")
    }
    answer = client.post(address, {**typed, "as_proposed": "on"})
    assert answer.status_code == 303
    activity = Activity.objects.latest("pk")
    assert (activity.proposal, activity.province) == (proposal, proposal.province)
    assert [site.regency.name for site in activity.sites.all()] == ["Kab. Indramayu"]
    assert [(one.name, one.places) for one in activity.cohorts.all()] == [("Kab. Indramayu", 20)]


def test_places_of_one_regency_and_goods_are_made_once_each():
    proposal, by = make_proposals.draft(class_size=20, title="Bimtek"), cast.provincial_officer()
    for people in (20, 30):
        make_proposals.place(proposal, people=people)
    for _good in range(2):
        make_proposals.good(proposal)
    values = {
        "title": "Bimtek", "measure": proposal.measure, "mode": "classroom",
        "starts_on": make.FIRST, "ends_on": make.LAST, "area": areas.province(),
    }  # fmt: skip
    opened = open_activity(as_proposed=True, proposal=proposal, by=by, **values)
    assert opened[1:] == (2, 3, 2)
    activity = opened.activity
    assert [(one.name, one.places) for one in activity.cohorts.order_by("name")] == [
        ("Kab. Indramayu 1", 20), ("Kab. Indramayu 2", 15), ("Kab. Indramayu 3", 15),
    ]  # fmt: skip
    assert activity.sites.count() == 2
    assert activity.items.count() == 2
    assert open_activity(proposal=proposal, by=by, **values).activity.sites.count() == 0


def test_who_runs_no_activities_is_offered_none(client):
    proposal = proposal_of()
    client.force_login(cast.auditor())
    part = client.get(reverse("delivery:of-proposal", args=[proposal.pk])).content.decode()
    assert "?proposal=" not in part


def test_a_second_activity_is_offered_only_the_places_that_are_left(client):
    proposal, by = proposal_of(), cast.provincial_officer()
    client.force_login(by)
    address = f"{reverse('delivery:new')}?proposal={proposal.pk}"

    def opened(**more):
        form = client.get(address).context["form"]
        typed = {
            name: form[name].value() for name in form.fields if form[name].value() not in (None, "")
        }
        answer = client.post(address, {**typed, "as_proposed": "on", **more})
        assert answer.status_code == 303
        return Activity.objects.latest("pk")

    first = opened()
    assert [site.name for site in first.sites.all()] == ["Kab. Indramayu"]
    page = client.get(address)
    assert page.context["form"]["places"].value() == []
    said = f"Kab. Indramayu: 20 orang (sudah dipakai: {first.title})"
    assert said in page.content.decode()
    second = opened(title="Gelombang kedua")
    assert (second.sites.count(), second.cohorts.count()) == (0, 0)
    again = opened(places=proposal.places.get().pk, title="Di tempat yang sama")
    assert again.sites.count() == 1


def test_without_a_choice_an_activity_takes_what_no_other_has():
    proposal, by = make_proposals.draft(class_size=20, title="Bimtek"), cast.provincial_officer()
    make_proposals.place(proposal)
    values = {
        "title": "Bimtek", "measure": proposal.measure, "mode": "classroom", "proposal": proposal,
        "starts_on": make.FIRST, "ends_on": make.LAST, "area": areas.province(),
        "as_proposed": True, "by": by,
    }  # fmt: skip
    assert open_activity(**values)[1:3] == (1, 1)
    make_proposals.place(proposal)
    second = open_activity(**values)
    assert second[1:3] == (1, 1)
    assert [site.name for site in second.activity.sites.all()] == ["Kab. Indramayu (2)"]
    assert open_activity(**values)[1:3] == (0, 0)


def test_a_site_under_another_name_has_the_first_place_of_its_regency_that_is_left():
    proposal, by = make_proposals.draft(class_size=20, title="Bimtek"), cast.provincial_officer()
    for regency in ("Kab. Indramayu", "Kab. Indramayu", "Kab. Cirebon"):
        make_proposals.place(proposal, regency)
    given = {"proposal": proposal, "measure": proposal.measure}
    first = make.activity(by, **given)
    make.site(first)
    make.site(make.activity(by, title="Gelombang kedua", **given))
    assert [one.taken_by for one in places_of(proposal)] == [first, None, None]
