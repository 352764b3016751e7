"""Each request speaks for the person who signed in, and for nobody afterwards."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import cast

from allauth.account.internal.stagekit import unstash_login
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from .models import User
from .scope import speaking_for, streamed
from .sign_ins import touch


def half_signed_in(request: HttpRequest) -> User | None:
    """Return who has given a password and still owes the second factor, which only they see."""
    if not request.path.startswith("/accounts/"):
        return None
    login = unstash_login(request, peek=True)
    return cast("User", login.user) if login else None


def signed_in(request: HttpRequest, speaking: ExitStack) -> User | None:
    """Speak for who signed in, or is about to; return that person.

    The session says who it is, and PostgreSQL shows the hash by which it is held against the person
    to that person alone, so whoever is named speaks first.
    """
    if named := request.session.get(SESSION_KEY):
        speaking.enter_context(speaking_for(User(pk=int(named))))
        if request.user.is_authenticated:
            return request.user
        speaking.close()
    person = request.user if request.user.is_authenticated else half_signed_in(request)
    if isinstance(person, User):
        speaking.enter_context(speaking_for(person))
        return person
    return None


def speak_from_now_on(request: HttpRequest, person: User) -> None:
    """Speak for a person who has just given the password, until the request ends."""
    request.speaking.enter_context(speaking_for(person))  # type: ignore[attr-defined]


class SpeakForPerson:
    """Tell PostgreSQL the person for the length of a request and of the stream it answers with."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with ExitStack() as speaking:
            request.speaking = speaking  # type: ignore[attr-defined]
            person = signed_in(request, speaking)
            if person is None:
                return self.get_response(request)
            response = self.get_response(request)
            touch(request.session)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            parts = cast("Iterator[bytes]", response.streaming_content)
            response.streaming_content = streamed(person, parts)
        return response
