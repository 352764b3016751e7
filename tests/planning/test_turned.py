"""A new version of a solved scenario: its plan stays unless turning it pays, and both are told."""

from types import SimpleNamespace
from typing import get_args

import pytest

from pulih.planning import actions, jobs
from pulih.planning.models import Scenario
from pulih.planning.repeating import repeated
from pulih.planning.shown.change_since import _reason
from pulih.refocusing.near import Reason
from tests.make import impact
from tests.make import planning as make
from tests.people import cast
from tests.planning.asking import page, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def first():
    make.country()
    return make.solved(cast.planner())


def solved_again(first: Scenario, **changes) -> Scenario:
    planner = cast.planner()
    copy = actions.new_version(first, by=planner)
    Scenario.objects.filter(pk=copy.pk).update(**changes)
    actions.request_solution(Scenario.objects.get(pk=copy.pk), by=planner)
    jobs.solve_scenario(scenario_id=copy.pk, person_id=planner.pk)
    return Scenario.objects.get(pk=copy.pk)


def told(scenario: Scenario) -> str:
    answer = visitor(cast.planner()).get(page("scenario", scenario.pk))
    return " ".join(answer.content.decode().split())


def test_one_more_firm_leaves_the_plan_and_says_so(first):
    firm = impact.enterprise("Konveksi 9", "Kab. Indramayu", "Jawa Barat")
    impact.report(firm, needs=["training"])
    copy = solved_again(first, tolerance_worst="0.3", tolerance_relief="0.3")
    assert copy.solution.explanation["near"]["reason"] == "stays"
    lines = [dict(s.solution.line_rows.values_list("code", "after")) for s in (first, copy)]
    assert lines[0] == lines[1]
    words = told(copy)
    assert "Rencana v1 tetap" in words
    assert "1 kebutuhan" in words
    assert "Rencana v1" not in told(first)
    assert list(repeated(copy.solution)) == []


def test_another_ceiling_turns_lines_and_says_how_far(first):
    copy = solved_again(first, ceiling=350 * make.MILLION)
    near = copy.solution.explanation["near"]
    assert near["turned"] > 0
    words = told(copy)
    assert f"{near['lines']} baris memegang uang lain" in words
    assert "Yang berubah dalam kasus: pagu" in words


def test_why_another_plan_counts_is_said_with_its_numbers():
    """The sentences for every reason, in the language of the tests."""
    stages = {"worst": {"value": 0.25}, "relief": {"value": 1_250.0}}
    scenario = SimpleNamespace(solution=SimpleNamespace(explanation={"stages": stages}))
    near = {"worst": 0.2, "relief": 1_000.0}
    said = {reason: _reason(scenario, near | {"reason": reason}) for reason in get_args(Reason)}
    assert "20,00" in said["worst"]
    assert "25,00" in said["worst"]
    assert "1.000" in said["relief"]
    assert "1.250" in said["relief"]
    assert "aturan versi ini" in said["unlawful"]
    assert len(set(said.values())) == len(said)
