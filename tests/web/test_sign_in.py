import re

import pytest
from django.test import Client

from pulih.people.models import User
from tests.once import made_once

OPEN_PAGES = ["/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/"]
OWN_PAGES = [
    "/accounts/logout/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
]

pytestmark = pytest.mark.django_db


@made_once
def officer() -> User:
    return User.objects.create_user("rini", "rini@pulih.invalid", "Sari-wangi-1", role="planner")


def is_lawful(html: str) -> bool:
    scripts = re.findall(r"<script(?![^>]*application/json)[^>]*>", html)
    return not re.search(r"\sstyle=|<style|\son[a-z]+=", html) and all("src=" in s for s in scripts)


@pytest.mark.parametrize("address", OPEN_PAGES)
def test_a_stranger_reaches_the_sign_in_pages_in_our_frame(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    assert '<body class="plain">' in html
    assert is_lawful(html)


def test_signing_in_says_each_thing_once_and_in_our_words(client: Client) -> None:
    html = client.get("/accounts/login/").content.decode()
    assert "placeholder" not in html
    assert html.count("/accounts/password/reset/") == 1
    assert "Kata sandi" in html


@pytest.mark.parametrize("address", OWN_PAGES)
def test_the_pages_of_ones_account_stand_in_our_frame(
    client: Client, officer: User, address: str
) -> None:
    client.post("/accounts/login/", {"login": "rini", "password": "Sari-wangi-1"})
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert '<body class="plain">' in html
    assert is_lawful(html)


def test_the_language_of_the_cookie_is_spoken(client: Client) -> None:
    assert "Masuk ke Pulih" in client.get("/accounts/login/").content.decode()
    client.post("/language/", {"language": "en", "next": "/accounts/login/"})
    html = client.get("/accounts/login/").content.decode()
    assert "Sign in to Pulih" in html
    assert '<html lang="en"' in html


def test_a_wrong_password_is_said_and_the_name_is_kept(client: Client, officer: User) -> None:
    html = client.post("/accounts/login/", {"login": "rini", "password": "x"}).content.decode()
    assert 'class="note bad"' in html
    assert 'value="rini"' in html


def test_an_unknown_address_is_a_page_of_ours(client: Client, officer: User) -> None:
    client.force_login(officer)
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert "Halaman ini tidak ada" in answer.content.decode()


def test_who_asks_too_often_is_told_so_in_our_frame(client: Client, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    tries = [client.post("/accounts/login/", {"login": "x", "password": "y"}) for _ in range(2)]
    html = tries[-1].content.decode()
    assert tries[-1].status_code == 429
    assert "Terlalu banyak permintaan" in html
    assert '<body class="plain">' in html
    assert is_lawful(html)
