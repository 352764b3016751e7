"""Tests sign in with fewer statements than Django; what comes of it is the same."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from pulih.people.models import SignIn
from pulih.people.sessions import SessionStore, hash_of
from tests import quick_sign_in
from tests.people import cast

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(act):
    """Sign a person in; return what the session holds, and its row but for key and times."""
    person, client = cast.planner(), Client()
    before = person.last_login
    act(client, person, BACKEND)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    row = SignIn.objects.get(session_key=hash_of(key))
    assert person.last_login != before
    assert client.get(reverse("portal:home")).wsgi_request.user == person
    kept = (row.user_id, row.begun_at, row.device, row.network)
    return SessionStore(key).load(), kept, dict(client.cookies[settings.SESSION_COOKIE_NAME])


def test_who_is_signed_in_quickly_has_the_session_that_django_gives():
    quick, usual = map(signed_in, (quick_sign_in.sign_in, quick_sign_in.as_django_does))
    assert quick == usual
    assert quick[0]


def test_a_session_that_is_there_is_left_for_the_one_of_the_next_person():
    client = Client()
    client.force_login(cast.planner())
    first = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.force_login(cast.provincial_officer())
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != first
    assert not SignIn.objects.filter(session_key=hash_of(first)).exists()
