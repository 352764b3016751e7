"""What watchers are told, and what they are not."""

import time

import pytest
from django.db import connection

from pulih.common import disk
from pulih.config import background
from tests.people import cast

pytestmark = pytest.mark.django_db


def test_anyone_may_ask_whether_the_database_answers(client):
    assert client.get("/health/").json()["database"] == "ok"


def test_the_machine_itself_may_read_the_metrics(client):
    client.get("/health/")
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert b'pulih_answers_total{page="health",status="200"}' in answer.content


def test_metrics_do_not_exist_for_who_comes_through_a_proxy(client):
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 404


def test_a_token_opens_the_metrics_from_elsewhere(client, settings):
    settings.METRICS_TOKEN = "long-and-random"
    wrong = client.get("/metrics", REMOTE_ADDR="203.0.113.7")
    right = client.get(
        "/metrics", REMOTE_ADDR="203.0.113.7", headers={"Authorization": "Bearer long-and-random"}
    )
    assert (wrong.status_code, right.status_code) == (404, 200)


def wait_since(minutes: int) -> None:
    """Leave a job of the queue of files that nobody takes, deferred so long ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('files', 'read')"
            " RETURNING id"
        )
        (job,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - make_interval(mins => %s)"
            " WHERE job_id = %s",
            [minutes, job],
        )


def test_a_job_that_has_just_come_is_not_late(client):
    wait_since(minutes=1)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["background"]) == (200, "ok")
    assert answer.json()["queues"] == {"files": 60}


def test_watchers_and_people_are_told_that_background_work_is_late(client, settings, monkeypatch):
    settings.PROCESS = "web"
    monkeypatch.setattr(background, "_known", None)
    wait_since(minutes=6)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["background"]) == (503, "late")
    client.force_login(cast.planner())
    assert "data-late" in client.get("/inbox/").content.decode()


def test_a_web_server_without_any_worker_is_told_of_once_it_had_time(settings, monkeypatch):
    settings.PROCESS = "web"
    monkeypatch.setattr(background, "_begun", time.monotonic())
    assert not background.is_late([], alive=0)
    monkeypatch.setattr(background, "_begun", time.monotonic() - 3600)
    assert background.is_late([], alive=0)
    assert not background.is_late([], alive=1)


def test_a_full_disk_is_no_health(client, monkeypatch):
    monkeypatch.setattr(disk, "LEAST_FREE_BYTES", 2**60)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["disk"]) == (503, "full")
