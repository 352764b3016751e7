"""Requests are read whole, within bounds, before a thread is given to them.

A WSGI application reads the body in its own thread, at the pace of whoever sends it: as many slow
senders as there are threads stop everybody, without signing in. Here one loop waits for them all.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import Any

from pulih.common.errors import Message

Scope = dict[str, Any]
Event = dict[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
PIECE = 2**16
# No style sheet: what cannot be taken is answered before anything else of Pulih is asked.
PAGE = """<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Pulih</title>
</head>
<body>
<h1>Pulih</h1>
<p>{id} Tekan Kembali pada peramban: isian Anda masih ada.</p>
<p lang="en">{en} Press Back in your browser: what you typed is still there.</p>
<p><a href="/desk/">Ke halaman depan · <span lang="en">To the front page</span></a></p>
</body>
</html>
"""


@dataclass(frozen=True)
class Bounds:
    """What one request may take.

    largest: bytes; in_memory: bytes of it that lie in no temporary file; slowest: bytes a second,
    after the first.
    """

    largest: int
    in_memory: int = 2**18
    first_seconds: float = 30.0
    slowest: int = 5_000
    silence_seconds: float = 15.0
    answer_seconds: float = 60.0  # For one piece of an answer to be taken.
    most_at_once: int = 256
    most_an_address: int = 64

    def seconds(self, size: int) -> float:
        return self.first_seconds + size / self.slowest


class WholeBodies:
    """An ASGI application that hands on requests whose body is here."""

    def __init__(self, application: Application, bounds: Bounds) -> None:
        self.application = application
        self.bounds = bounds
        self.reading: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        scope["headers"] = headers = [pair for pair in scope["headers"] if b"_" not in pair[0]]
        patient = Patient(send, self.bounds.answer_seconds)
        if not {name for name, _ in headers} & {b"content-length", b"transfer-encoding"}:
            await self.application(scope, _nothing_more(receive), patient)
            return
        if _said_size(headers) > self.bounds.largest:  # Not a byte of it has to come.
            await _refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, headers, send)
            return
        with SpooledTemporaryFile(self.bounds.in_memory) as body:
            if refused := await self._read(scope, receive, body):
                await _refuse(refused, headers, send)
            else:
                await self.application(scope, _again(body, receive), patient)

    async def _read(
        self, scope: Scope, receive: Receive, body: SpooledTemporaryFile[bytes]
    ) -> HTTPStatus | None:
        """Take the body in; return why it cannot be, or None."""
        address = (scope.get("client") or [""])[0]
        if (
            self.reading.total() >= self.bounds.most_at_once
            or self.reading[address] >= self.bounds.most_an_address
        ):
            return HTTPStatus.SERVICE_UNAVAILABLE
        self.reading[address] += 1
        try:
            return await _take(receive, body, self.bounds)
        except TimeoutError:
            return HTTPStatus.REQUEST_TIMEOUT
        except OSError:  # The disk is full.
            return HTTPStatus.INSUFFICIENT_STORAGE
        finally:
            self.reading[address] -= 1
            self.reading += Counter()  # Forgets who has none left.


def _said_size(headers: Headers) -> int:
    """Return how many bytes a request says that it brings; 0 where it says nothing of it."""
    said = dict(headers).get(b"content-length", b"0")
    return int(said[:20]) if said.isdigit() else 0  # Nobody needs more digits of it.


class Patient:
    """Sends to whoever takes it; what nobody takes any more is dropped, so that a thread ends."""

    def __init__(self, send: Send, seconds: float) -> None:
        self.send = send
        self.seconds = seconds
        self.is_gone = False

    async def __call__(self, event: Event) -> None:
        if self.is_gone:
            return
        try:
            async with asyncio.timeout(self.seconds):
                await self.send(event)
        except (TimeoutError, OSError, RuntimeError):
            self.is_gone = True


async def _take(
    receive: Receive, body: SpooledTemporaryFile[bytes], bounds: Bounds
) -> HTTPStatus | None:
    loop = asyncio.get_running_loop()
    began, size, more = loop.time(), 0, True
    while more:
        end = min(began + bounds.seconds(size), loop.time() + bounds.silence_seconds)
        async with asyncio.timeout_at(end):
            event = await receive()
        if event["type"] == "http.disconnect":
            return HTTPStatus.BAD_REQUEST
        piece, more = event.get("body", b""), event.get("more_body", False)
        size += len(piece)
        if size > bounds.largest:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        body.write(piece)
    body.seek(0)
    return None


def _again(body: SpooledTemporaryFile[bytes], receive: Receive) -> Receive:
    """Tell the body once more, a piece at a time; after it, what the client does."""
    is_told = False

    async def tell() -> Event:
        nonlocal is_told
        if is_told:
            return await receive()
        piece = body.read(PIECE)
        is_told = len(piece) < PIECE
        return {"type": "http.request", "body": piece, "more_body": not is_told}

    return tell


def _nothing_more(receive: Receive) -> Receive:
    is_told = False

    async def tell() -> Event:
        nonlocal is_told
        if is_told:
            return await receive()
        is_told = True
        return {"type": "http.request", "body": b"", "more_body": False}

    return tell


async def _refuse(status: HTTPStatus, asked: Headers, send: Send) -> None:
    """Answer with the sentence in both languages; a browser gets a page with a way on."""
    said = WORDS[status]
    is_page = any(b"text/html" in value for name, value in asked if name == b"accept")
    text = (PAGE if is_page else "{id}\n{en}\n").format(id=said.id, en=said.en).encode()
    kind = b"text/html" if is_page else b"text/plain"
    headers = [
        (b"content-type", kind + b"; charset=utf-8"),
        (b"content-length", str(len(text)).encode()),
        (b"connection", b"close"),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": text})


WORDS = {
    HTTPStatus.BAD_REQUEST: Message(
        id="Kiriman terputus. Kirim sekali lagi.", en="What was sent broke off. Send it again."
    ),
    HTTPStatus.REQUEST_TIMEOUT: Message(
        id="Kiriman datang terlalu lambat dan tidak disimpan. Kirim lagi bila jaringan lebih baik.",
        en="What was sent came too slowly and was not kept. Send it again on a better network.",
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Message(
        id="Kiriman terlalu besar dan tidak disimpan. Kirim berkas satu per satu.",
        en="What was sent is too large and was not kept. Send files one by one.",
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: Message(
        id="Terlalu banyak kiriman sekaligus. Tunggu semenit, lalu kirim lagi.",
        en="Too much is being sent at once. Wait a minute, then send again.",
    ),
    HTTPStatus.INSUFFICIENT_STORAGE: Message(
        id="Penyimpanan penuh; kiriman tidak disimpan. Beri tahu pengelola sistem.",
        en="The disk is full; what was sent was not kept. Tell the administrator.",
    ),
}
