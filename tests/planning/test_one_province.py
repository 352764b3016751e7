"""What if one province held more, or less, in all or for one measure? And rules for programs."""

from decimal import Decimal

import pytest

from pulih.planning import actions
from pulih.planning.models import Scenario
from pulih.planning.quick_answers import kept_case, relaxed_answer
from pulih.planning.rules.what_if import Moved, change_of, crosses, moved_from, tidy
from tests.make import planning as make
from tests.make import refocusing
from tests.people import cast
from tests.planning.asking import page, visitor

MILLION = 1_000_000


def asked(moved: Moved, case) -> dict:
    found = change_of(moved, case).amounts
    return {(a.rule, a.province, a.measures): (a.min_amount, a.max_amount) for a in found}


def test_a_rule_of_its_own_is_moved_and_one_is_added_where_none_is():
    case = refocusing.case(amounts=[("own", "P", "*", 30, 90), ("tools", "Q", "G", None, 50)])
    every = ("*",)
    assert asked(Moved(province="P", least=40), case) == {("own", "P", every): (40, 90)}
    assert asked(Moved(province="Q", most=70), case) == {("coba-Q", "Q", every): (None, 70)}
    tools = Moved(province="Q", of="G", least=20)
    assert asked(tools, case) == {("tools", "Q", ("G",)): (20, 50)}
    assert moved_from(tools.as_json()) == tools
    assert crosses(Moved(province="P", least=100), case).rule == "own"
    assert crosses(Moved(province="P", least=90), case) is None


def test_the_floor_of_one_province_stands_above_that_of_all():
    case = refocusing.case(
        amounts=[("batas-P", "P", "*", 50, None), ("batas-Q", "Q", "*", 80, None)]
    )
    moved = Moved(floor_percent=Decimal(60), province="P", least=10)
    found = change_of(moved, case)
    last = {amount.rule: amount.min_amount for amount in found.amounts}
    assert last == {"batas-P": 10, "batas-Q": 96}


def test_bounds_without_a_province_or_a_province_without_bounds_ask_nothing():
    case = refocusing.case()
    assert tidy(Moved(least=5), case).is_nothing
    assert tidy(Moved(province="P", of="T"), case).is_nothing


@pytest.fixture
def scenario():
    make.country()
    return make.solved(cast.planner())


@pytest.mark.django_db
def test_a_planner_sees_what_one_province_more_would_do_and_keeps_it(scenario):
    client, planner = visitor(cast.planner()), cast.planner()
    code = scenario.solution.province_rows.get(province__name="Banten").code
    given = {"province": code, "least": "220.000.000"}
    moved = Moved(province=code, least=220 * MILLION)
    figures = relaxed_answer(scenario.solution.pk, moved).figures
    held = {row[0]: row[2] for row in figures["provinces"]}
    assert held[code] >= 220 * MILLION
    shown = client.get(page("what-if", scenario.pk), given).content.decode()
    assert f'name="province" value="{code}"' in shown
    copy = actions.with_changes(scenario, moved, by=planner)
    rule = copy.rules.get()
    assert (rule.area.name, rule.basis, rule.minimum) == ("Banten", "rupiah", 220 * MILLION)
    assert rule.maximum == change_of(moved, kept_case(scenario.solution.pk)).amounts[0].max_amount
    for wrong in ({"least": "5"}, {"province": code, "least": "900.000.000"}):
        refused = client.get(page("what-if", scenario.pk), wrong).content.decode()
        assert "Belum dihitung" in refused or "perlu dilihat" in refused


@pytest.mark.django_db
def test_programs_read_and_add_rules_and_ask_what_follows(scenario):
    client = visitor(cast.planner())
    draft = actions.new_version(scenario, by=cast.planner())
    address = f"/api/v1/planning/scenarios/{draft.pk}/rules"
    given = {"kind": "bounds_rupiah", "place": "Banten", "least": "100.000.000", "reason": "Surat"}
    answer = client.post(address, given)
    assert answer.status_code == 201, answer.content
    rows = client.get(address).json()
    assert [(row["area"], row["minimum"], row["basis"]) for row in rows] == [
        ("Banten", "100000000.0000", "rupiah")
    ]
    assert client.post(address, given | {"least": "banyak"}).status_code == 422
    code = scenario.solution.province_rows.get(province__name="Banten").code
    ask = f"/api/v1/planning/scenarios/{scenario.pk}/what-if"
    told = client.get(ask, {"province": code, "least": "220.000.000"}).json()
    assert told["worst"] <= told["worst_most"]
    assert {row["code"]: row["after"] for row in told["provinces"]}[code] >= 220 * MILLION
    assert client.get(ask, {"ceiling": "1.000"}).status_code == 409
    assert client.get(ask, {"ceiling": "x"}).status_code == 422
    assert Scenario.objects.get(pk=draft.pk).rules.count() == 1
