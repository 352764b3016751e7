"""What watchers are told, and what they are not."""

import pytest

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
