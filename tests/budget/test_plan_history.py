"""Page III on a day, as it was known on another: what came later is taken back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from pulih.budget import actions
from pulih.budget.cash_plan import plan_of, planned_by_month, planned_by_part
from pulih.budget.models import BudgetLine, Posting
from pulih.budget.plan_history import stated
from pulih.common.periods import WIB
from pulih.revisions.actions import DraftLine
from tests.make import budget as make_budget
from tests.make import revisions as make
from tests.people import cast

pytestmark = pytest.mark.django_db(transaction=True)  # Each change is a transaction of its own.
BEFORE, AFTER = date(2020, 6, 15), date(2020, 6, 30)


@pytest.fixture
def unit():
    one, other = make.two_lines()
    actions.set_cash_plan(one.unit, 2020, {"52": {3: 700, 9: 800}}, by=cast.planner())
    revision = make.draft(DraftLine(800, one.pk), DraftLine(500, other.pk))  # A cut of 200.
    make.in_force(revision, date(2020, 6, 22))
    return one.unit


def test_a_plan_moved_by_a_revision_is_as_it_was_before_the_day_of_it(unit):
    assert plan_of(unit, 2020, BEFORE).total()[9] == 800
    assert plan_of(unit, 2020, AFTER).total()[9] == 600
    assert plan_of(unit, 2020).total()[9] == 600


def test_what_was_recorded_later_is_not_known_earlier(unit):
    recorded_at = Posting.objects.latest("recorded_at").recorded_at
    yesterday = recorded_at.astimezone(WIB).date() - timedelta(days=1)
    now = {row.month: row.rupiah for row in stated(2020, [unit.pk], AFTER)}
    then = {row.month: row.rupiah for row in stated(2020, [unit.pk], AFTER, yesterday)}
    assert (now[9], then[9]) == (600, 800)


def test_units_whose_plan_moved_ask_no_query_each(unit, django_assert_num_queries):
    other = make_budget.line(
        make_budget.unit(code="029998"), key="3038.001.051.A.522151", ceiling=900
    )
    actions.set_cash_plan(other.unit, 2020, {"52": {9: 900}}, by=cast.planner())
    make.in_force(make.draft(DraftLine(700, other.pk)), date(2020, 6, 22))
    with django_assert_num_queries(3):
        rows = stated(2020, [unit.pk, other.unit.pk], BEFORE)
    assert sum(row.rupiah for row in rows) == 1_500 + 900
    with django_assert_num_queries(2):
        assert sum(row.rupiah for row in stated(2020, [other.unit.pk], AFTER)) == 700


def test_the_part_of_some_lines_is_of_the_ceilings_of_the_day(unit):
    line = BudgetLine.objects.filter(account="521211")
    assert sum(planned_by_month(line, 2020, BEFORE).values()) == 1_000
    assert sum(planned_by_month(line, 2020, AFTER).values()) == 800


def test_parts_of_a_unit_have_what_their_lines_have(unit, django_assert_num_queries):
    with django_assert_num_queries(3):  # Ceilings, the plan, lines, and nothing a part.
        parts = planned_by_part(unit, 2020, lambda line: line.account)
    assert parts == {
        account: planned_by_month(BudgetLine.objects.filter(account=account), 2020)
        for account in ("521211", "522151")
    }
    assert planned_by_part(unit, 2021, lambda line: line.account) == {}


def test_a_plan_typed_after_the_revision_stands_on_every_day(unit):
    actions.set_cash_plan(unit, 2020, {"52": {3: 300, 9: 1_000}}, by=cast.planner())
    assert plan_of(unit, 2020, BEFORE).total()[9] == 1_000


def test_the_page_of_an_earlier_day_is_read_and_not_changed(unit, client):
    line = BudgetLine.objects.get(account="521211")
    actions.post(
        kind="sp2d", number="200622", unit=unit, fiscal_year=2020, effective_on=date(2020, 6, 25),
        movements=[
            actions.Movement(line.pk, "commitment", 7), actions.Movement(line.pk, "realisation", 7)
        ],
        by=make_budget.appointment(unit).person,
    )  # fmt: skip
    client.force_login(cast.planner())
    address = reverse("revisions:cash-plan", args=[unit.pk, 2020])
    then, later = (client.get(address, {"per": str(day)}).context for day in (BEFORE, AFTER))
    assert [(page["rows"][8]["planned"], page["rows"][5]["paid"]) for page in (then, later)] == [
        (800, 0),
        (600, 7),
    ]
    assert not then["may_change"]
    assert client.get(address).context["may_change"]
