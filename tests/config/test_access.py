"""The first gate answers people and programs, each in their way."""

import pytest
from django.core.cache import cache

from pulih.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget_earlier_failures():
    """What counts failures by name remembers them beyond the database's rollback."""
    cache.clear()


def test_a_stranger_is_sent_to_sign_in(client):
    answer = client.get("/people/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/")


def test_a_strange_program_is_told_what_to_do(client):
    answer = client.get("/api/v1/openapi.json")
    assert (answer.status_code, answer.json()) == (401, {"detail": "Masuk terlebih dahulu."})


def test_nobody_makes_an_account_for_himself(client):
    assert b'name="password1"' not in client.get("/accounts/signup/").content


def test_after_five_wrong_passwords_the_right_one_has_to_wait(client):
    password = "benar-benar-rahasia"
    User.objects.create_user("ani", password=password, role="planner", name="Ani")
    for _ in range(5):
        client.post("/accounts/login/", {"login": "ani", "password": "guess"})
    client.post("/accounts/login/", {"login": "ani", "password": password})
    assert "_auth_user_id" not in client.session


def test_one_persons_failures_lock_out_nobody_else_at_her_address(client):
    password = "benar-benar-rahasia"
    User.objects.create_user("budi", password=password, role="planner", name="Budi")
    for _ in range(5):
        client.post("/accounts/login/", {"login": "lain", "password": "guess"})
    client.post("/accounts/login/", {"login": "budi", "password": password})
    assert "_auth_user_id" in client.session


def test_who_is_locked_out_reads_why_in_our_own_frame(client):
    for _ in range(6):
        answer = client.post("/accounts/login/", {"login": "dewi", "password": "guess"})
    assert "Terlalu banyak percobaan" in answer.content.decode()
