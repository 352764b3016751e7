"""Adopting a plan: once, whole, as drafts, by a planner."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections

from pulih.budget.actions import block
from pulih.budget.models import BudgetLine
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.planning import actions
from pulih.planning.documents.matrices import book_of
from pulih.planning.models import Adoption, Scenario
from pulih.revisions import actions as revisions
from pulih.revisions.models import Revision
from tests.make import planning as make
from tests.people import cast

MILLION = 1_000_000


@pytest.mark.django_db
def test_each_unit_gets_one_draft_and_they_sum_to_the_cut():
    make.country()
    planner = cast.planner()
    scenario = make.solved(planner)
    actions.adopt(scenario, by=planner)
    drafts = Revision.objects.filter(source=f"scenario:{scenario.pk}")
    assert drafts.count() == 2
    assert sum(draft.declared_total for draft in drafts) == (
        scenario.solution.after - scenario.solution.before
    )
    assert sum(m.rupiah for draft in drafts for m in draft.movements.all()) == sum(
        draft.declared_total for draft in drafts
    )


@pytest.mark.django_db
def test_no_money_moves():
    make.country()
    planner = cast.planner()
    before = list(BudgetLine.objects.order_by("pk").values_list("pk", "ceiling"))
    actions.adopt(make.solved(planner), by=planner)
    assert list(BudgetLine.objects.order_by("pk").values_list("pk", "ceiling")) == before


@pytest.mark.django_db
def test_a_double_click_adopts_once():
    make.country()
    planner = cast.planner()
    scenario = make.solved(planner)
    assert actions.adopt(scenario, by=planner) == actions.adopt(scenario, by=planner)
    assert Revision.objects.count() == 2


@pytest.mark.django_db
def test_the_drafts_say_what_the_matrix_says():
    make.country()
    planner = cast.planner()
    scenario = make.solved(planner)
    actions.adopt(scenario, by=planner)
    for unit in book_of(scenario, planner).units:
        draft = Revision.objects.get(unit__code=unit.code)
        assert draft.declared_total == unit.matrix.change


@pytest.mark.django_db
def test_another_plan_of_the_year_must_wait():
    make.country()
    planner = cast.planner()
    first, second = make.solved(planner), make.solved(planner, title="Lain")
    actions.adopt(first, by=planner)
    with pytest.raises(Refusal) as refused:
        actions.adopt(second, by=planner)
    assert "Potong sepertiga" in refused.value.message.en


@pytest.mark.django_db
def test_a_later_plan_may_follow_once_the_earlier_revisions_are_settled():
    make.country()
    planner = cast.planner()
    first, second = make.solved(planner), make.solved(planner, title="Lain")
    actions.adopt(first, by=planner)
    for draft in Revision.objects.filter(source=f"scenario:{first.pk}"):
        assert (draft.title, draft.judged_on) == (str(first), first.as_of)
        revisions.withdraw(draft, reason="Rencana lain", by=planner)
    actions.adopt(second, by=planner)
    assert Revision.objects.open().count() == 2


@pytest.mark.django_db
def test_a_draft_cannot_be_adopted():
    make.country()
    planner = cast.planner()
    with pytest.raises(Refusal):
        actions.adopt(make.scenario(planner), by=planner)


@pytest.mark.django_db
def test_a_plan_on_balances_that_have_moved_is_refused_whole():
    make.country()
    planner = cast.planner()
    scenario = make.solved(planner)
    row = scenario.solution.line_rows.changed().exclude(line=None).order_by("after").first()
    block(
        row.line, rupiah=row.before - row.bound, number="B-1", effective_on=make.DAY,
        reason="uji", office="DJA", by=cast.planner(),
    )  # fmt: skip
    with pytest.raises(Refusal):
        actions.adopt(scenario, by=planner)
    assert not Adoption.objects.exists()
    assert not Revision.objects.exists()


@pytest.mark.django_db
def test_only_planners_adopt():
    make.country()
    scenario = make.solved(cast.planner())
    for stranger in (cast.auditor(), cast.provincial_officer(), cast.administrator()):
        with pytest.raises(PermissionDenied):
            actions.adopt(scenario, by=stranger)


@pytest.mark.django_db(transaction=True)
def test_adoptions_at_the_same_moment_come_to_one():
    make.country()
    planner = cast.planner()
    scenario = make.solved(planner)
    start = threading.Barrier(4)
    made: list[int] = []

    def click() -> None:
        try:
            person = User.objects.get(pk=planner.pk)
            with speaking_for(person):
                found = Scenario.objects.get(pk=scenario.pk)
                start.wait(60)
                made.append(actions.adopt(found, by=person).pk)
        finally:
            connections.close_all()

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert len(made) == 4
    assert len(set(made)) == 1
    assert Revision.objects.count() == 2
