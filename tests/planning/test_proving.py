"""A plan proven further: its version, what is kept, what is not, and how it is stopped."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from pulih.common.errors import Refusal
from pulih.planning import actions, jobs
from pulih.planning.cases import case_of, earlier_of, kept_material
from pulih.planning.models import Scenario
from pulih.planning.running import Stopped, go_on_apart
from pulih.planning.shown.proof import proof_of
from pulih.refocusing import Solved
from pulih.refocusing.quick import quick
from tests.make import budget
from tests.make import planning as make
from tests.once import made_once
from tests.people import cast
from tests.planning.asking import page, visitor

pytestmark = pytest.mark.django_db
MILLION = 1_000_000


@made_once
def rough():
    make.country()
    # Money without a measure is one thing, money that somebody protects is another.
    kept = "3038.004.051.A.521211"
    budget.line(budget.unit("Banten", "291112"), kept, ceiling=30 * MILLION, is_protected=True)
    found = make.roughly_solved(cast.planner())
    assert found.solution.largest_gap > 0.005
    return found


def further(scenario: Scenario) -> Scenario:
    copy = actions.prove_further(scenario, by=cast.planner())
    jobs.solve_scenario(scenario_id=copy.pk, person_id=cast.planner().pk)
    return Scenario.objects.get(pk=copy.pk)


def test_a_better_plan_is_a_new_version_with_its_proof(rough):
    client = visitor(cast.planner())
    assert page("prove", rough.pk) in client.get(page("scenario", rough.pk)).content.decode()
    assert client.post(page("prove", rough.pk)).status_code == 303
    copy = rough.later_versions.get()
    waiting = client.get(page("scenario", copy.pk)).content.decode()
    assert page("scenario", rough.pk) in waiting
    assert "Hentikan dan simpan yang lebih baik" in waiting
    before = client.get(page("scenario", rough.pk)).content.decode()
    assert "Sedang dibuktikan lebih jauh dalam v2" in before
    jobs.solve_scenario(scenario_id=copy.pk, person_id=cast.planner().pk)
    copy.refresh_from_db()
    assert (copy.state, copy.version, copy.solution.status) == ("solved", 2, "optimal")
    assert copy.solution.case_sha256 == rough.solution.case_sha256
    shown = client.get(page("scenario", copy.pk)).content.decode()
    assert "setiap tahap terbukti" in shown
    assert page("prove", copy.pk) not in shown
    assert [step.scenario.version for step in proof_of(copy).steps] == [2, 1]
    rough.refresh_from_db()
    assert rough.state == "solved"


def test_what_came_later_into_the_budget_changes_nothing_of_the_case(rough):
    area = rough.solution.line_rows.first().unit
    budget.line(area, "3038.003.051.A.521211", ceiling=70 * MILLION)
    copy = further(rough)
    assert copy.state == "solved"
    assert copy.solution.before == rough.solution.before
    assert copy.solution.untagged == rough.solution.untagged == 100 * MILLION
    assert case_of(copy.solution) == case_of(rough.solution)


def test_asking_twice_asks_once(rough):
    first = actions.prove_further(rough, by=cast.planner())
    assert actions.prove_further(rough, by=cast.planner()) == first
    assert rough.later_versions.count() == 1


def test_nothing_better_is_no_version_and_is_tried_with_more_time(rough, monkeypatch):
    def in_vain(case, earlier, **_how):
        rough = quick(case).as_solved()
        return replace(rough, stages=tuple(earlier.stages), seconds=600.0)

    monkeypatch.setattr(jobs, "go_on_apart", in_vain)
    copy = further(rough)
    assert (copy.state, copy.time_limit) == ("draft", 600)
    assert "nothing better" in copy.problem["en"]
    again = actions.prove_further(rough, by=cast.planner())
    assert (again.pk, again.time_limit) == (copy.pk, 1_800)


def test_a_version_that_was_changed_meanwhile_is_left_to_its_planner(rough):
    planner = cast.planner()
    copy = actions.prove_further(rough, by=planner)
    actions.cancel(copy, by=planner)
    actions.change(copy, make.given(title=copy.title, ceiling=450 * MILLION), by=planner)
    assert actions.prove_further(rough, by=planner).version == 3


def test_a_draft_solved_in_the_usual_way_goes_on_from_nothing(rough):
    planner = cast.planner()
    copy = actions.prove_further(rough, by=planner)
    actions.cancel(copy, by=planner)
    copy.refresh_from_db()
    assert copy.state == "draft"
    assert not actions.request_solution(copy, by=planner).goes_on


def test_stopping_keeps_what_is_better_by_then(rough):
    planner = cast.planner()
    copy = actions.prove_further(rough, by=planner)
    begun = actions.begin(copy.pk, by=planner)
    actions.cancel(copy, by=planner)
    copy.refresh_from_db()
    assert copy.state == "solving"  # Its job ends it.
    assert "Sedang dihentikan" in visitor(planner).get(page("scenario", copy.pk)).content.decode()
    jobs.solve_for(begun, planner)
    copy.refresh_from_db()
    assert copy.state in ("solved", "draft")


def test_a_solver_that_is_stopped_answers_with_its_best_so_far(rough):
    case, earlier = case_of(rough.solution), earlier_of(rough.solution)
    answer = go_on_apart(case, earlier, gap=0.0, time_limit=30.0, hear=lambda said: True)
    if isinstance(answer, Stopped):
        return  # It had not begun.
    assert isinstance(answer, Solved)
    worst = answer.stages[0]
    assert worst.value is not None
    assert worst.value >= rough.solution.explanation["stages"]["worst"]["value"]


def test_the_kept_case_is_kept_again_byte_by_byte(rough):
    material = kept_material(rough.solution)
    assert material.archive() == bytes(rough.solution.archive.case)
    assert material.sha256 == rough.solution.case_sha256


def test_programs_prove_a_plan_further_and_are_refused_alike(rough):
    client, address = visitor(cast.planner()), "/api/v1/planning/scenarios/{}/prove"
    made = client.post(address.format(rough.pk))
    assert (made.status_code, made.json()["version"]) == (202, 2)
    assert client.post(address.format(made.json()["id"])).status_code == 409


def test_only_a_plan_that_leaves_something_open_is_proven_further(rough):
    planner = cast.planner()
    with pytest.raises(Refusal):
        actions.prove_further(further(rough), by=planner)
    with pytest.raises(Refusal):
        actions.prove_further(make.scenario(planner), by=planner)
    for stranger in (cast.auditor(), cast.provincial_officer(), cast.administrator()):
        with pytest.raises(PermissionDenied):
            actions.prove_further(rough, by=stranger)


def test_a_proof_that_lost_its_worker_is_taken_up_again(rough):
    planner = cast.planner()
    copy = actions.prove_further(rough, by=planner)
    actions.begin(copy.pk, by=planner)
    again = actions.begin(copy.pk, by=planner)
    assert again.attempt.goes_on
    assert again.attempt.asked_at <= timezone.now()
