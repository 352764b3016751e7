"""An adopted plan is taken back whole while no money has moved."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from pulih.planning import actions
from pulih.planning.models import Adoption, Scenario, State
from pulih.portal.money import _planned
from pulih.revisions import actions as revisions
from pulih.revisions.models import Revision
from pulih.workflow.models import Notice
from tests.make import planning as make
from tests.make import revisions as make_revisions
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db


@made_once
def planner():
    make.country()
    return cast.planner()


@made_once
def adopted(planner):
    scenario = make.solved(planner)
    actions.adopt(scenario, by=planner)
    return scenario


def drafts(scenario):
    return Revision.objects.filter(source=f"scenario:{scenario.pk}").order_by("pk")


def test_all_drafts_go_in_one_act_and_their_offices_read_why(adopted, planner):
    first, _second = drafts(adopted)
    officer = cast.person("provincial_officer", first.unit.province, "petugas-satu")
    assert _planned(adopted.fiscal_year)
    taken = actions.withdraw_adopted(adopted, reason="Pagu berubah lagi", by=planner)
    assert taken.drafts == 2
    assert {one.state for one in drafts(adopted)} == {"withdrawn"}
    assert Scenario.objects.get(pk=adopted.pk).state == State.WITHDRAWN
    assert "Pagu berubah lagi" in first.steps.get(state="withdrawn").note
    with speaking_for(officer):
        [told] = Notice.objects.filter(person=officer)
    assert "Pagu berubah lagi" in told.text_indonesian
    assert not Adoption.objects.that_count().exists()
    assert _planned(adopted.fiscal_year) == {}


def test_another_plan_of_the_year_follows_and_the_first_cannot_come_back(adopted, planner):
    actions.withdraw_adopted(adopted, reason="Keliru", by=planner)
    with pytest.raises(Refusal):
        actions.adopt(adopted, by=planner)
    with pytest.raises(Refusal):
        actions.withdraw_adopted(adopted, reason="Lagi", by=planner)
    for state in ("adopted", "solved", "draft"):
        with pytest.raises(DatabaseError), transaction.atomic():
            Scenario.objects.filter(pk=adopted.pk).update(state=state)
    actions.adopt(make.solved(planner, title="Lain"), by=planner)
    assert Adoption.objects.that_count().count() == 1


def test_a_plan_is_not_taken_back_once_a_draft_is_in_force(adopted, planner):
    first, _second = drafts(adopted)
    make_revisions.in_force(first)
    with pytest.raises(Refusal) as refused:
        actions.withdraw_adopted(adopted, reason="Terlambat", by=planner)
    assert str(first.unit) in refused.value.message.id
    assert {one.state for one in drafts(adopted)} == {"in_force", "draft"}


def test_a_draft_withdrawn_before_is_left_as_it_is(adopted, planner):
    first, _second = drafts(adopted)
    revisions.withdraw(first, reason="Sudah", by=planner)
    assert actions.withdraw_adopted(adopted, reason="Semua", by=planner).drafts == 1
    assert first.steps.filter(state="withdrawn").count() == 1


def test_without_a_reason_or_by_a_stranger_nothing_is_withdrawn(adopted, planner):
    with pytest.raises(Refusal):
        actions.withdraw_adopted(adopted, reason="  ", by=planner)
    for stranger in (cast.auditor(), cast.provincial_officer(), cast.administrator()):
        with pytest.raises(PermissionDenied):
            actions.withdraw_adopted(adopted, reason="Tidak", by=stranger)
    assert {one.state for one in drafts(adopted)} == {"draft"}


def test_the_page_takes_a_plan_back_and_says_so(client, adopted, planner):
    client.force_login(planner)
    page = reverse("planning:scenario", args=[adopted.pk])
    address = reverse("planning:withdraw-adopted", args=[adopted.pk])
    assert address in client.get(page).content.decode()
    assert client.post(address, {"reason": "Pagu <baru>"}).status_code == 303
    after = client.get(page).content.decode()
    assert "Pagu &lt;baru&gt;" in after
    assert address not in after
    assert "ditarik" in client.get(reverse("planning:adopted")).content.decode()
    own = reverse("planning:adopted-plan", args=[Adoption.objects.get().pk])
    assert "Pagu &lt;baru&gt;" in client.get(own).content.decode()
