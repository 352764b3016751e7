"""What offices asked for and what was approved, as limits of units of a scenario."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.planning import actions
from pulih.planning.rules.wishes import Wish
from pulih.planning.wishes import wishes
from pulih.proposals.models import Outcome
from tests.make import areas
from tests.make import planning as make
from tests.make import proposals as make_proposals
from tests.people import cast


@given(st.integers(1, 200), st.integers(0, 5_000), st.integers(0, 5_000))
def test_limits_are_whole_batches_within_what_was_asked_and_approved(batch, one, other):
    approved, asked = sorted((one, other))
    wish = Wish(1, "m", batch, asked, approved, ())
    assert 0 <= wish.least <= wish.most <= asked
    assert wish.least % batch == wish.most % batch == 0
    assert approved - wish.least < batch
    assert asked - wish.most < batch
    assert wish.is_below_a_batch == (wish.most == 0)


@pytest.mark.django_db
def test_what_offices_asked_for_becomes_limits_and_a_small_wish_is_listed(client):
    first = make_proposals.draft(class_size=52)
    make_proposals.row(first)
    make_proposals.place(first, people=45)
    make_proposals.place(first, "Kota Bandung", people=7)
    make_proposals.sent(make_proposals.again(first))
    granted = make_proposals.decided(
        make_proposals.complete(people=30), Outcome.PARTLY, people={1: 25}
    )
    make_proposals.complete(people=99)  # A draft asks for nothing yet.
    planner = cast.planner()
    make.country()
    scenario = make.scenario(planner, measures=["mask_training"])
    found = {one.regency: one for one in wishes(2020, ["mask_training"], planner)}
    indramayu, bandung = areas.regency("Kab. Indramayu"), areas.regency("Kota Bandung")
    assert (found[indramayu.pk].asked, found[indramayu.pk].approved) == (70, 25)
    assert (found[bandung.pk].asked, found[bandung.pk].approved) == (7, 0)
    assert wishes(2020, ["ppe_training"], planner) == wishes(2021, ["mask_training"], planner) == []
    client.force_login(planner)
    page = client.get(reverse("planning:rules", args=[scenario.pk])).content.decode()
    _before, listed = page.split("Keinginan di bawah satu angkatan")
    assert "Kota Bandung" in listed
    assert "Indramayu" not in listed
    address = reverse("planning:take-wishes", args=[scenario.pk])
    assert client.post(address).status_code == 303
    (rule,) = scenario.rules.all()
    assert (rule.area, rule.measures) == (indramayu, ["mask_training"])
    assert (rule.minimum, rule.maximum) == (20, 60)
    assert granted.number in rule.reason
    client.post(address)
    assert scenario.rules.get().maximum == 60  # Taken again, never twice.


@pytest.mark.django_db
def test_a_limit_given_by_hand_stays_and_a_solved_scenario_takes_none(client):
    make_proposals.sent(make_proposals.complete())
    planner = cast.planner()
    make.country()
    scenario = make.scenario(planner, measures=["mask_training"])
    regency = areas.regency("Kab. Indramayu")
    by_hand = make.rule(
        table="limits", basis="units", area=regency, measures=["mask_training"], minimum=None,
        maximum=40,
    )  # fmt: skip
    actions.add_rule(scenario, by_hand, by=planner)
    taken = actions.take_wishes(scenario, by=planner)
    assert (taken.limits, taken.by_hand) == (0, 1)
    assert scenario.rules.get().maximum == 40
    solved = make.solved(planner, title="Lain")
    with pytest.raises(Refusal):
        actions.take_wishes(solved, by=planner)
