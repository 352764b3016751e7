"""The first gate answers people and programs, each in their way."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.core.cache import cache
from django.db.models import F
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from pulih.config import sign_in_delay
from pulih.people.models import User
from tests.once import made_once

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


PASSWORD = "benar-benar-rahasia"
NEIGHBOUR = {"REMOTE_ADDR": "10.1.2.3"}


@made_once
def ani():
    return User.objects.create_user("ani", password=PASSWORD, role="planner", name="Ani")


def sign_in(client, name="ani", password=PASSWORD, **about):
    asked = {"login": name, "password": password}
    return client.post("/accounts/login/", asked, headers={"accept-language": "id"}, **about)


def fail(client, times, **about):
    """Give a wrong password; let it be the last of so many."""
    sign_in(client, password="guess", **about)
    newest = AccessAttempt.objects.latest("attempt_time")
    AccessAttempt.objects.filter(pk=newest.pk).update(failures_since_start=times)


def past(seconds):
    """Let so much time go by since the last try."""
    earlier = F("attempt_time") - timedelta(seconds=seconds)
    AccessAttempt.objects.update(attempt_time=earlier)


def is_in(client):
    return "_auth_user_id" in client.session


@given(st.integers(0, 10**6))
def test_each_wrong_try_is_followed_by_a_longer_wait_up_to_a_quarter_of_an_hour(failures):
    waits = [sign_in_delay.seconds_after(failures + more) for more in (0, 1)]
    assert waits[0] < waits[1] or waits == [0, 0] or waits[1] == sign_in_delay.LONGEST_SECONDS


def test_the_right_password_waits_too_and_then_all_is_forgotten(client, ani):
    fail(client, 10)
    assert re.search(r"kata sandi yang salah. Tunggu \d menit", sign_in(client).content.decode())
    assert not is_in(client)
    past(sign_in_delay.seconds_after(10))
    sign_in(client)
    assert is_in(client)
    assert not AccessAttempt.objects.exists()


def test_what_is_tried_while_a_wait_runs_neither_counts_nor_lengthens_it(client, ani):
    fail(client, 10)
    before = AccessAttempt.objects.values_list("failures_since_start", "attempt_time").get()
    for _ in range(3):
        sign_in(client, password="guess")
    assert AccessAttempt.objects.values_list("failures_since_start", "attempt_time").get() == before


def test_a_stranger_elsewhere_makes_nobody_wait(client, ani):
    fail(client, 10, **NEIGHBOUR)
    sign_in(client, **NEIGHBOUR)
    assert not is_in(client)
    sign_in(client)
    assert is_in(client)


def test_a_browser_that_is_known_goes_on_though_its_neighbours_guess(client, ani):
    sign_in(client)
    client.post("/accounts/logout/")
    stranger = Client()
    fail(stranger, 10)
    assert "Tunggu" in sign_in(stranger).content.decode()
    sign_in(client)
    assert is_in(client)


def test_a_known_browser_that_guesses_waits_too_and_its_person_elsewhere_does_not(client, ani):
    sign_in(client)
    client.post("/accounts/logout/")
    fail(client, 10)
    assert "Tunggu" in sign_in(client).content.decode()
    elsewhere = Client()
    sign_in(elsewhere)
    assert is_in(elsewhere)


@pytest.mark.parametrize("proof", ["of another person", "made up", "of an older password"])
def test_what_proves_nothing_for_a_name_leaves_its_bearer_a_stranger(client, ani, proof):
    User.objects.create_user("budi", password=PASSWORD, role="planner", name="Budi")
    sign_in(client, "budi" if proof == "of another person" else "ani")
    client.post("/accounts/logout/")
    if proof == "made up":
        client.cookies[sign_in_delay.COOKIE] = "e30:x:y"
    if proof == "of an older password":
        ani.set_password(f"{PASSWORD}-2")
        ani.save()
    fail(Client(), 10)
    assert "Tunggu" in sign_in(client).content.decode()


def test_one_persons_failures_hold_up_nobody_else_at_the_address(client, ani):
    fail(client, 10)
    AccessAttempt.objects.update(username="lain")
    sign_in(client)
    assert is_in(client)


@pytest.mark.parametrize("typed", ["3212154505790088", "Kata-Sandi-Salah-Kolom"])
def test_what_is_typed_for_a_name_is_kept_nowhere(client, ani, typed, capsys, caplog):
    sign_in(client, name=typed)
    assert AccessAttempt.objects.exists()
    kept = str([*AccessAttempt.objects.values(), *AccessLog.objects.values()]).casefold()
    assert typed.casefold() not in kept + caplog.text.casefold() + str(capsys.readouterr())
