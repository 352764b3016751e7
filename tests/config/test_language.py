"""Indonesian first; English for who switches, not for who has an English browser."""

import pytest

pytestmark = pytest.mark.django_db


def test_an_english_browser_is_answered_in_indonesian(client):
    answer = client.get("/health/", headers={"Accept-Language": "en"})
    assert answer.headers["Content-Language"] == "id"


def test_the_switch_is_kept_in_a_cookie(client):
    client.post("/language/", {"language": "en", "next": "/health/"})
    assert client.get("/health/").headers["Content-Language"] == "en"


def test_an_unknown_language_is_not_followed(client):
    client.cookies["pulih_language"] = "xx"
    assert client.get("/health/").headers["Content-Language"] == "id"
