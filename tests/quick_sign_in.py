"""Signing a test's browser in with 7 statements instead of Django's 25.

Django makes a session for nobody, then another for the person, and tells axes, which then looks for
failures that a fresh browser never had. Here the same session is written once.
"""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import update_last_login
from django.http import HttpRequest
from django.test import Client
from django.utils.crypto import get_random_string

as_django_does = Client._login  # type: ignore[attr-defined]


def sign_in(client: Any, user: Any, backend: str) -> None:
    """Sign a person in, in a client that has no session yet; else as Django does."""
    if settings.SESSION_COOKIE_NAME in client.cookies:
        as_django_does(client, user, backend)
        return
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(get_random_string(32))
    # What was kept under that key is not asked for: nobody could have guessed it.
    request.session._session_cache = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: backend,
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    request.session.save(must_create=True)
    update_last_login(None, user)
    client._set_login_cookies(request)
