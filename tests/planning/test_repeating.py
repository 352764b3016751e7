"""A kept plan worked out once more from its own case, and what shows that it was altered."""

import pytest

from pulih.planning import actions, jobs, reconcile
from pulih.planning.models import Scenario, Solution
from pulih.planning.repeating import altered, plan_hash, repeated
from tests.make import budget
from tests.make import planning as make
from tests.people import cast
from tests.planning.asking import page, visitor

pytestmark = pytest.mark.django_db


def said(solution: Solution) -> list[str]:
    return [message.en for message in repeated(solution)]


def test_a_plan_comes_out_the_same_whatever_came_later(scenario):
    budget.line(budget.unit("Banten", "291112"), "3038.003.051.A.521211", ceiling=70_000_000)
    assert said(scenario.solution) == []
    assert list(reconcile.differences()) == []


def test_a_plan_that_went_on_from_another_is_repeated_from_there():
    make.country()
    rough = make.roughly_solved(cast.planner())
    copy = actions.prove_further(rough, by=cast.planner())
    jobs.solve_scenario(scenario_id=copy.pk, person_id=cast.planner().pk)
    assert said(Scenario.objects.get(pk=copy.pk).solution) == []


def test_what_differs_says_what_may_explain_it():
    make.country()
    # Whatever time does not stop is proven, so it differs from a plan found in a second.
    rough = make.roughly_solved(cast.planner()).solution
    told = {**rough.explanation, "options": {"gap": 1e-4, "time_limit": 20}}
    rough.explanation = {**told, "program": "pulih 0.0"}
    assert "comes out otherwise; it was solved by pulih 0.0" in " ".join(said(rough))
    rough.explanation = told
    assert "stopped by its time limit" in " ".join(said(rough))


def test_the_check_finds_a_plan_whose_sum_was_altered(scenario):
    solution = scenario.solution
    solution.after += 1
    assert list(altered(solution))
    solution.after -= 1
    solution.case_sha256 = "0" * 64
    assert any("case" in message.en for message in list(altered(solution)))


def test_the_page_says_what_made_the_plan(scenario):
    shown = visitor(cast.planner()).get(page("scenario", scenario.pk)).content.decode()
    assert scenario.solution.case_sha256 in shown
    assert plan_hash(scenario.solution) in shown
    assert scenario.solution.explanation["program"] in shown
    assert f"pulih repeat --plan {scenario.pk}" in shown
