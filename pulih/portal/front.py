"""Published files again, from memory: what Django once answered is answered so until the next site.

The first visitor of a page goes through Django, whose middleware adds its headers; the answer is
kept for the address, the encoding and the folder on show. So there is one place that decides what
an answer is, and the many are spared the cost of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from .index import CURRENT

MOST, LARGEST = 500, 100_000  # Answers that are kept, and bytes of each.
NOT_OF_304 = {"content-type", "content-length", "content-encoding"}
Headers = list[tuple[str, str]]
Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Kept(NamedTuple):
    headers: Headers
    headers_304: Headers
    tag: str
    body: bytes


class FrontDoor:
    """A WSGI application before Django's. Its memory is of one site: the next one empties it."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.home = ""
        self.kept: dict[tuple[str, str], Kept] = {}

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET" or not _is_as_secure_as_asked(environ):
            return self.application(environ, start_response)
        home = _home()
        if home != self.home:
            self.home, self.kept = home, {}
        memory = self.kept  # Another thread may put an empty one in its place.
        key = (environ.get("PATH_INFO", ""), environ.get("HTTP_ACCEPT_ENCODING", ""))
        if one := memory.get(key):
            return _answer(one, environ, start_response)
        return self._remembered(memory, key, environ, start_response)

    def _remembered(
        self,
        memory: dict[tuple[str, str], Kept],
        key: tuple[str, str],
        environ: Environ,
        start_response: Callable[..., Any],
    ) -> Iterable[bytes]:
        said: list[tuple[str, Headers]] = []

        def listen(status: str, headers: Headers, *more: Any) -> Any:
            said.append((status, headers))
            return start_response(status, headers, *more)

        answer = self.application(environ, listen)
        if getattr(answer, "is_published", False) and said[0][0].startswith("200"):
            body = b"".join(answer)
            if len(body) <= LARGEST and len(memory) < MOST:
                memory[key] = _kept(said[0][1], body)
            answer.close()  # type: ignore[attr-defined]
            return [body]
        return answer


def _answer(one: Kept, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked and one.tag in asked:
        start_response("304 Not Modified", one.headers_304)
        return []
    start_response("200 OK", one.headers)
    return [one.body]


def _kept(headers: Headers, body: bytes) -> Kept:
    tag = next(value for name, value in headers if name == "ETag")
    return Kept(headers, [pair for pair in headers if pair[0].lower() not in NOT_OF_304], tag, body)


def _home() -> str:
    try:
        return os.readlink(Path(settings.PUBLIC_FOLDER) / CURRENT)
    except OSError:
        return ""


def _is_as_secure_as_asked(environ: Environ) -> bool:
    """Where HTTPS is demanded, Django sends everybody else there."""
    if not settings.SECURE_SSL_REDIRECT:
        return True
    is_tls = environ.get("wsgi.url_scheme") == "https"
    return is_tls or environ.get("HTTP_X_FORWARDED_PROTO") == "https"
