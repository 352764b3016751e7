"""Published files again, from memory: what Django once answered is answered so until the next site.

The first visitor of a page goes through Django, whose middleware adds its headers; the answer is
kept for the address, the encoding and the folder on show. So there is one place that decides what
an answer is, and the many are spared the cost of it, and of a thread.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, NamedTuple

from django.conf import settings

from .index import CURRENT

MOST, LARGEST = 500, 100_000  # Answers that are kept, and bytes of each.
NOT_OF_304 = {b"content-type", b"content-length", b"content-encoding"}
Headers = list[tuple[bytes, bytes]]
Environ = Any  # The dictionary of PEP 3333.
Answers = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Application = Callable[[Any, Any, Any], Awaitable[None]]
Key = tuple[str, str]  # Address, encodings.


class Kept(NamedTuple):
    headers: Headers
    headers_304: Headers
    tag: bytes
    body: bytes


class Memory:
    """Answers of one site; the next site empties it."""

    def __init__(self) -> None:
        self.home = ""
        self.answers: dict[Key, Kept] = {}

    def of_now(self) -> dict[Key, Kept]:
        home = _home()
        if home != self.home:
            self.home, self.answers = home, {}
        return self.answers


class Remembering:
    """A WSGI application around Django's: keeps what it answers of published files."""

    def __init__(self, application: Answers, memory: Memory) -> None:
        self.application = application
        self.memory = memory

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        answers = self.memory.of_now()  # Another thread may put an empty one in its place.
        said: list[tuple[str, list[tuple[str, str]]]] = []

        def listen(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            said.append((status, headers))
            return start_response(status, headers, *more)

        answer = self.application(environ, listen)
        if not getattr(answer, "is_published", False) or not _is_whole(environ, said[0][0]):
            return answer
        body = b"".join(answer)
        if len(body) <= LARGEST and len(answers) < MOST:
            key = environ["PATH_INFO"], environ.get("HTTP_ACCEPT_ENCODING", "")
            answers[key] = _kept(said[0][1], body)
        answer.close()  # type: ignore[attr-defined]
        return [body]


class FrontDoor:
    """An ASGI application before all others: what is remembered is answered at once."""

    def __init__(self, application: Application, memory: Memory) -> None:
        self.application = application
        self.memory = memory

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["method"] == "GET":
            headers = dict(scope["headers"])
            asked = headers.get(b"accept-encoding", b"").decode("latin1")
            kept = self.memory.of_now().get((scope["path"], asked))
            if kept and _is_as_secure_as_asked(scope["scheme"], headers):
                await _answer(kept, headers.get(b"if-none-match", b""), send)
                return
        await self.application(scope, receive, send)


async def _answer(kept: Kept, known: bytes, send: Any) -> None:
    is_known = bool(known) and kept.tag in known
    status, headers, body = (
        (304, kept.headers_304, b"") if is_known else (200, kept.headers, kept.body)
    )
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _kept(said: list[tuple[str, str]], body: bytes) -> Kept:
    headers = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in said]
    rest = [pair for pair in headers if pair[0] not in NOT_OF_304]
    return Kept(headers, rest, dict(headers)[b"etag"], body)


def _is_whole(environ: Environ, status: str) -> bool:
    return environ["REQUEST_METHOD"] == "GET" and status.startswith("200")


def _home() -> str:
    try:
        return os.readlink(f"{settings.PUBLIC_FOLDER}/{CURRENT}")
    except OSError:
        return ""


def _is_as_secure_as_asked(scheme: str, headers: dict[bytes, bytes]) -> bool:
    """Where HTTPS is demanded, Django sends everybody else there."""
    if not settings.SECURE_SSL_REDIRECT:
        return True
    return scheme == "https" or headers.get(b"x-forwarded-proto") == b"https"
