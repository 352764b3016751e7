"""The job: a plan comes back, a cancelled or broken solver gives the draft back."""

import pytest
from django.db import OperationalError, connection
from procrastinate.contrib.django.models import ProcrastinateJob

from pulih.planning import actions, jobs
from pulih.planning.models import Scenario, StudyKind
from pulih.planning.running import Broken, Stopped, run_apart
from tests.make import planning as make
from tests.make import refocusing
from tests.people import cast


@pytest.mark.django_db
def test_a_job_solves_for_the_planner_who_asked():
    make.country()
    planner = cast.planner()
    scenario = make.scenario(planner)
    actions.request_solution(scenario, by=planner)
    jobs.solve_scenario(scenario_id=scenario.pk, person_id=planner.pk)
    scenario = Scenario.objects.get()
    assert scenario.state == "solved"
    assert scenario.solution.status == "optimal"
    jobs.solve_scenario(scenario_id=scenario.pk, person_id=planner.pk)  # A late second run.
    assert Scenario.objects.get().solution == scenario.solution


@pytest.mark.django_db
def test_a_job_that_was_killed_too_often_gives_the_draft_back_with_a_word():
    make.country()
    planner = cast.planner()
    scenario = make.scenario(planner)
    actions.request_solution(scenario, by=planner)
    for _ in range(jobs.MOST_TRIES):
        actions.begin(scenario.pk, by=planner)
    jobs.solve_scenario(scenario_id=scenario.pk, person_id=planner.pk)
    scenario.refresh_from_db()
    assert scenario.state == "draft"
    assert scenario.problem["en"].startswith("The calculation was stopped from outside")


@pytest.mark.django_db
def test_a_case_that_cannot_be_read_gives_the_draft_back_with_its_faults():
    make.country()
    planner = cast.planner()
    scenario = make.scenario(planner, coverage=[["0.9", "1"], ["0.9", "1"]])
    actions.request_solution(scenario, by=planner)
    jobs.solve_scenario(scenario_id=scenario.pk, person_id=planner.pk)
    scenario.refresh_from_db()
    assert scenario.state == "draft"
    assert "widths" in scenario.problem["en"]


def test_a_cancelled_solver_is_stopped():
    answer = run_apart(refocusing.case(), gap=1e-4, time_limit=5, hear=lambda said: True)
    assert isinstance(answer, Stopped)


def test_a_solver_that_breaks_is_told_from_one_that_answers():
    answer = run_apart(None, gap=1e-4, time_limit=5, hear=lambda said: False)  # type: ignore[arg-type]
    assert isinstance(answer, Broken)


def lose_every_job():
    """As where PostgreSQL died under a worker: what it did is not even marked as failed."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")


def waiting():
    return list(ProcrastinateJob.objects.filter(status="todo").values_list("task_name", "args"))


@pytest.mark.django_db
def test_a_scenario_waits_with_its_job_or_not_at_all():
    make.country()
    planner = cast.planner()
    actions.request_solution(make.scenario(planner), by=planner)
    assert [task for task, _ in waiting()] == ["planning.solve_scenario"]


@pytest.mark.django_db
def test_a_scenario_whose_job_is_lost_is_solved_all_the_same():
    make.country()
    planner = cast.planner()
    scenario = make.scenario(planner)
    actions.request_solution(scenario, by=planner)
    actions.begin(scenario.pk, by=planner)
    jobs.take_up(timestamp=0)  # Its job is still to come.
    assert len(waiting()) == 1
    lose_every_job()
    jobs.take_up(timestamp=0)
    jobs.take_up(timestamp=0)
    [(task, about)] = waiting()
    assert task == "planning.solve_scenario"
    jobs.solve_scenario(**about)
    assert Scenario.objects.get().state == "solved"


@pytest.mark.django_db
def test_a_study_whose_job_is_lost_is_worked_out_all_the_same():
    make.country()
    planner = cast.planner()
    scenario = make.solved(planner)
    study = actions.ask_study(scenario, StudyKind.CEILING, by=planner)
    lose_every_job()
    jobs.take_up(timestamp=0)
    assert waiting() == [("planning.think", {"study_id": study.pk, "person_id": planner.pk})]


@pytest.mark.django_db
def test_a_scenario_is_not_given_back_because_postgresql_went_away(monkeypatch):
    make.country()
    planner = cast.planner()
    scenario = make.scenario(planner)
    actions.request_solution(scenario, by=planner)

    def cut(*_words, **_named):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(jobs, "run_apart", cut)
    with pytest.raises(OperationalError):
        jobs.solve_scenario(scenario_id=scenario.pk, person_id=planner.pk)
    lose_every_job()
    jobs.take_up(timestamp=0)
    assert Scenario.objects.get().state == "solving"
    assert len(waiting()) == 1


@pytest.mark.django_db
def test_what_a_former_planner_asked_for_is_given_back_instead_of_failing_each_minute():
    make.country()
    planner = cast.planner()
    study = actions.ask_study(make.solved(planner), StudyKind.CEILING, by=planner)
    scenario = make.scenario(planner)
    actions.request_solution(scenario, by=planner)
    lose_every_job()
    type(planner).objects.filter(pk=planner.pk).update(is_active=False)
    jobs.take_up(timestamp=0)
    scenario.refresh_from_db()
    study.refresh_from_db()
    assert (scenario.state, study.is_over, waiting()) == ("draft", True, [])
    assert "may no longer do it" in scenario.problem["en"]
