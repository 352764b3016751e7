"""A list's address, asked by a worker for somebody who does not wait."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import TypeVar
from urllib.parse import unquote_to_bytes

from django.core.handlers.wsgi import WSGIRequest
from django.http import FileResponse, Http404
from django.urls import resolve
from django.utils import translation

from pulih.people.access import PersonRequest
from pulih.people.models import User
from pulih.people.scope import streamed

Row = TypeVar("Row")
TOLD_EVERY_ROWS = 2_000


class InBackground(WSGIRequest, PersonRequest):
    """The request of `person` for `address`, a path with its query as a browser sends them.

    hear: is told how many rows are written, now and then.
    """

    def __init__(self, person: User, address: str, hear: Callable[[int], None]) -> None:
        path, _sign, query = address.partition("?")
        super().__init__(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),  # As WSGI has it.
                "QUERY_STRING": query,
                "wsgi.input": BytesIO(),
            }
        )
        self.user, self.LANGUAGE_CODE = person, "id"
        self.hear = hear

    def told(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield `rows`, and tell how many have passed; the person's proof is renewed meanwhile."""
        number = 0
        for number, row in enumerate(streamed(self.user, rows), start=1):
            yield row
            if number % TOLD_EVERY_ROWS == 0:
                self.hear(number)
        self.hear(number)


def file_of(person: User, address: str, hear: Callable[[int], None]) -> FileResponse:
    """Return the file that an address answers with. May raise what its view raises."""
    request = InBackground(person, address, hear)
    view, arguments, named = resolve(request.path_info)
    with translation.override("id"):
        answer = view(request, *arguments, **named)
    if not isinstance(answer, FileResponse):
        raise Http404
    return answer
