"""The worker itself, on a real queue: what its jobs queue, and in whose name."""

import asyncio

import pytest
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from pulih.config import worker
from pulih.people.scope import speaking_as_system
from pulih.planning import actions as planning
from pulih.planning.models import Scenario
from tests.make import inbox
from tests.make import planning as make
from tests.people import cast

pytestmark = pytest.mark.django_db(transaction=True)


def work():
    """Let a worker do what waits, until nothing does."""
    connections.close_all()
    asyncio.run(worker._work(worker.QUEUE, 1, wait=False))


def jobs(**asked):
    with speaking_as_system():
        return list(ProcrastinateJob.objects.filter(**asked).values_list("task_name", "args"))


def test_a_job_queues_others_in_the_name_of_their_person():
    batch = inbox.delivered()
    app.configure_task("inbox.take_up").defer(timestamp=0)
    work()
    about = {"batch_id": batch.pk, "person_id": batch.uploaded_by_id}
    assert jobs(status="failed") == []
    assert jobs(task_name="inbox.read", status="todo") == [("inbox.read", about)]


def test_what_lost_its_job_is_done_by_the_worker_after_all():
    make.country()
    planner = cast.planner()
    planning.request_solution(make.scenario(planner), by=planner)
    with connection.cursor() as cursor:  # As where PostgreSQL died under a worker.
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    app.configure_task("planning.take_up").defer(timestamp=0)
    work()
    assert [about["person_id"] for _, about in jobs(task_name="planning.solve_scenario")] == [
        planner.pk,
        planner.pk,
    ]
    with speaking_as_system():
        assert Scenario.objects.get().state == "solved"
