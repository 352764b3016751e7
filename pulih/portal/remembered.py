"""Published files again, from memory: what Django once answered is answered so until the next site.

The first visitor of a page goes through Django, whose middleware adds its headers; the answer is
kept for the address, the encoding and the folder on show. So there is one place that decides what
an answer is, and the many are spared the cost of it, and of a thread.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Iterable
from time import monotonic
from typing import Any, NamedTuple

from django.conf import settings

from .index import CURRENT

MOST, LARGEST = 500, 100_000  # Answers that are kept, and bytes of each.
NOT_OF_304 = {b"content-type", b"content-length", b"content-encoding"}
Headers = list[tuple[bytes, bytes]]
Event = dict[str, Any]
Environ = Any  # The dictionary of PEP 3333.
Answers = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Application = Callable[[Any, Any, Any], Awaitable[None]]
Key = tuple[str, bytes]  # Address, encodings.
ANY = b"*"  # Whoever has anything of an address has it.
NOTHING: Event = {"type": "http.response.body", "body": b""}


class Kept(NamedTuple):
    """An answer as the web server takes it, so that nothing is made again for a visitor."""

    tag: bytes
    start: Event
    body: Event
    start_304: Event


class Memory:
    """Answers of one site; the next site empties it.

    looks_every: seconds for which nobody asks the disk which site is on show. Asking is half of
    what a remembered answer costs.
    """

    def __init__(self, looks_every: float = 0.0) -> None:
        self.home = ""
        self.answers: dict[Key, Kept] = {}
        self.looks_every, self.next_look = looks_every, 0.0

    def of_now(self) -> dict[Key, Kept]:
        now = monotonic()
        if now >= self.next_look:
            self.next_look = now + self.looks_every
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
            asked = environ.get("HTTP_ACCEPT_ENCODING", "").encode("latin1")
            answers[environ["PATH_INFO"], asked] = _kept(said[0][1], body)
        answer.close()  # type: ignore[attr-defined]
        return [body]


class FrontDoor:
    """An ASGI application before all others: what is remembered is answered at once."""

    def __init__(self, application: Application, memory: Memory) -> None:
        self.application = application
        self.memory = memory

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["method"] == "GET":
            asked = known = b""
            for name, value in scope["headers"]:
                if name == b"accept-encoding":
                    asked = value
                elif name == b"if-none-match":
                    known = value
            kept = self.memory.of_now().get((scope["path"], asked))
            if kept and _is_as_secure_as_asked(scope):
                is_known = known and (kept.tag in known or known == ANY)
                await send(kept.start_304 if is_known else kept.start)
                await send(NOTHING if is_known else kept.body)
                return
        await self.application(scope, receive, send)


def _kept(said: list[tuple[str, str]], body: bytes) -> Kept:
    headers = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in said]
    rest = [pair for pair in headers if pair[0] not in NOT_OF_304]
    return Kept(
        tag=dict(headers)[b"etag"],
        start=_start(200, headers),
        body={"type": "http.response.body", "body": body},
        start_304=_start(304, rest),
    )


def _start(status: int, headers: Headers) -> Event:
    return {"type": "http.response.start", "status": status, "headers": headers}


def _is_whole(environ: Environ, status: str) -> bool:
    return environ["REQUEST_METHOD"] == "GET" and status.startswith("200")


def _home() -> str:
    try:
        return os.readlink(f"{settings.PUBLIC_FOLDER}/{CURRENT}")
    except OSError:
        return ""


def _is_as_secure_as_asked(scope: dict[str, Any]) -> bool:
    """Where HTTPS is demanded, Django sends everybody else there."""
    if not settings.SECURE_SSL_REDIRECT or scope["scheme"] == "https":
        return True
    return (b"x-forwarded-proto", b"https") in scope["headers"]
