"""Each request speaks for the person who signed in, and for nobody afterwards."""

from collections.abc import Callable, Iterator
from typing import cast

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from .models import User
from .scope import speaking_for, streamed


class SpeakForPerson:
    """Tell PostgreSQL the person for the length of a request and of the stream it answers with."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        person = request.user
        if not person.is_authenticated:
            return self.get_response(request)
        assert isinstance(person, User)
        with speaking_for(person):
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            parts = cast("Iterator[bytes]", response.streaming_content)
            response.streaming_content = streamed(person, parts)
        return response
