"""From a draft to a plan: every way in and out."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from pulih.common.errors import Refusal
from pulih.planning import actions
from pulih.planning.models import Scenario, SolutionLine
from tests.make import planning as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
MILLION = 1_000_000


@made_once
def planner():
    make.country()
    return cast.planner()


def test_a_plan_holds_the_ceiling_and_leaves_what_is_bound(planner):
    solution = make.solved(planner).solution
    lines = list(solution.line_rows.all())
    assert sum(line.after for line in lines) == solution.after <= 400 * MILLION
    assert all(line.after >= line.bound for line in lines)
    assert solution.before == 600 * MILLION
    assert solution.untagged == 100 * MILLION


def test_provinces_units_and_lines_agree(planner):
    solution = make.solved(planner).solution
    provinces = list(solution.province_rows.all())
    assert sum(row.after for row in provinces) == solution.after
    assert sum(row.before for row in provinces) == solution.before
    assert solution.changed == solution.line_rows.changed().exclude(line=None).count()
    assert solution.unit_rows.exists()


def test_a_ceiling_below_what_is_bound_is_refused_with_the_lines(planner):
    with pytest.raises(Refusal) as refused:
        make.scenario(planner, ceiling=100 * MILLION)
    sentence = refused.value.message.en
    assert "Rp200.000.000" in sentence
    assert "Rp100.000.000" in sentence
    assert "3038.002.051.A.524119" in sentence
    assert not Scenario.objects.exists()


def test_a_slip_of_zeros_is_answered_with_the_likeliest_amount(planner):
    with pytest.raises(Refusal) as refused:
        make.scenario(planner, ceiling=400_000)
    assert "400.000.000" in refused.value.message.en


def test_a_solved_scenario_never_changes(planner):
    scenario = make.solved(planner)
    with pytest.raises(Refusal):
        actions.change(scenario, make.given(title="Lain"), by=planner)
    with pytest.raises(Refusal):
        actions.add_rule(scenario, make.rule(), by=planner)
    with pytest.raises(DatabaseError), transaction.atomic():
        Scenario.objects.filter(pk=scenario.pk).update(ceiling=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Scenario.objects.filter(pk=scenario.pk).update(state="draft")
    draft = make.scenario(planner)
    with pytest.raises(DatabaseError, match="no move leads from “draft”"), transaction.atomic():
        Scenario.objects.filter(pk=draft.pk).update(state="solved")
    # No policy lets anybody change a row of a plan, so there is none to change.
    assert SolutionLine.objects.update(after=0) == 0
    assert SolutionLine.objects.all().delete()[0] == 0


def test_a_change_of_a_solved_scenario_is_a_new_version_with_its_rules(planner):
    draft = make.scenario(planner)
    actions.add_rule(draft, make.rule(), by=planner)
    scenario = make.solved(planner, draft)
    copy = actions.new_version(scenario, by=planner)
    assert (copy.version, copy.previous, copy.state) == (2, scenario, "draft")
    assert copy.rules.get().minimum == 90
    actions.remove_rule(copy.rules.get(), by=planner)
    assert scenario.rules.count() == 1


def test_a_floor_of_a_province_holds(planner):
    draft = make.scenario(planner, ceiling=450 * MILLION)
    actions.add_rule(draft, make.rule(), by=planner)
    row = make.solved(planner, draft).solution.province_rows.get(code="32")
    assert row.floor == 270 * MILLION
    assert row.after >= row.floor


def test_rules_that_cannot_hold_are_named(planner):
    draft = make.scenario(planner, ceiling=300 * MILLION)
    actions.add_rule(draft, make.rule(minimum=100), by=planner)
    scenario = make.solved(planner, draft)
    assert scenario.state == "infeasible"
    conflict = scenario.solution.explanation["conflict"]
    assert conflict["fails_by"] > 0
    assert {rule["rule"] for rule in conflict["rules"]} >= {"ceiling"}


def test_asking_twice_asks_once(planner):
    scenario = make.scenario(planner)
    first = actions.request_solution(scenario, by=planner)
    assert actions.request_solution(scenario, by=planner) == first


def test_a_cancelled_calculation_gives_the_draft_back(planner):
    scenario = make.scenario(planner)
    actions.request_solution(scenario, by=planner)
    actions.cancel(scenario, by=planner)
    scenario.refresh_from_db()
    assert scenario.state == "draft"
    assert actions.begin(scenario.pk, by=planner) is None


def test_a_killed_worker_s_job_begins_again(planner):
    scenario = make.scenario(planner)
    actions.request_solution(scenario, by=planner)
    for tries in (1, 2):
        assert actions.begin(scenario.pk, by=planner).attempt.tries == tries


def test_the_solver_hears_that_it_was_cancelled(planner):
    scenario = make.scenario(planner)
    actions.request_solution(scenario, by=planner)
    actions.begin(scenario.pk, by=planner)
    said = {"stage": "worst", "value": 0.1, "bound": 0.2, "gap": 1.0, "seconds": 1.0}
    assert not actions.hear(scenario.pk, said)
    actions.cancel(scenario, by=planner)
    assert actions.hear(scenario.pk, said)


def test_only_planners_plan(planner):
    scenario = make.scenario(planner)
    for stranger in (cast.auditor(), cast.provincial_officer(), cast.administrator()):
        with pytest.raises(PermissionDenied):
            actions.request_solution(scenario, by=stranger)
        with pytest.raises(PermissionDenied):
            actions.change(scenario, make.given(), by=stranger)


def test_a_second_limit_of_the_same_units_is_refused(planner):
    draft = make.scenario(planner)
    limit = make.rule(table="limits", basis="units", measures=["test_masks"])
    actions.add_rule(draft, limit, by=planner)
    with pytest.raises(Refusal):
        actions.add_rule(draft, limit, by=planner)
