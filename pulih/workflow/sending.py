"""A form that is sent twice is carried out once.

A double click, a reload, the back button or a phone that lost the answer sends a form again. Each
form is drawn with a key of its own (`templatetags/sending.py`); programs may send one in the header
`Idempotency-Key`. What was answered to a key is kept in the transaction that did what was asked, so
that a second sending is undone and answered as the first was.

A form that was drawn again has another key, and the same form with other words is another entry.
What was refused is not kept: it may be sent again.

Two writers may cross: both ask whether a name is free, and the database stops the second who writes
it. What the second had done is undone and carried out once more: the view then sees what the other
wrote, and answers as it does to everybody who comes later.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.contrib import messages
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from pulih.common.database_errors import ANOTHER_WRITER, state_of
from pulih.web import versions
from pulih.web.page import go_to

FIELD = "form_key"
HEADER = "Idempotency-Key"
LONGEST_KEY = 200
NOT_SAID = ("csrfmiddlewaretoken", FIELD)
DENIED = (401, 403, 404, 405, 429)
MOVED = ("Location", "HX-Redirect")
TEXTS = ("text/html", "application/json")
KEEP = "SELECT workflow_answer_once(%s, %s)"
NONCE_BYTES = 12
View = Callable[..., HttpResponseBase]


def each_time(view: View) -> View:
    """Mark a view that shows and adds nothing: sent again, it is carried out and recorded again."""
    view.is_each_time = True  # type: ignore[attr-defined]
    return view


def known_by_number(view: View) -> View:
    """Mark a view whose act is known by its own number, so that a second sending finds it done.

    It needs no key, and stays out of one transaction with its page: documents of several people
    go to the ledger together, and one that meets another writer is tried again.
    """
    view.is_known_by_number = True  # type: ignore[attr-defined]
    return view


class OncePerForm:
    """Carry out what was posted, unless the same form was carried out before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = _key(request)
        if not key or _is_marked(request, "is_known_by_number"):
            return self.get_response(request)
        form = _digest(request, key)
        answer = self._carry_out(request, form, key)
        if isinstance(answer, Crossed):
            _rewind(request)
            answer = self._carry_out(request, form, key)
        if isinstance(answer, Crossed):
            raise answer.error
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """End a try that another writer came between; leave all else to the others."""
        is_whole = _key(request) and not _is_marked(request, "is_known_by_number")
        return Crossed(error) if is_whole and state_of(error) in ANOTHER_WRITER else None

    def _carry_out(self, request: HttpRequest, form: bytes, key: str) -> HttpResponseBase:
        with transaction.atomic():
            if any(name.endswith(versions.FIELD) for name in request.POST):
                _one_at_a_time(request.path)
            answer = self.get_response(request)
            if answer.status_code >= 500 or connection.needs_rollback:
                transaction.set_rollback(True)
                return answer
            if answer.status_code in DENIED or _is_marked(request, "is_each_time"):
                return answer
            cipher = AESGCM(hashlib.sha256(f"answer to {key}".encode()).digest())
            first = _keep(form, cipher, Answer.of(answer))
            if first is None:
                return answer
            transaction.set_rollback(True)
        return first.again(request)


class Crossed(HttpResponse):
    """Stands for an answer, and is seen by nobody: another writer came between."""

    def __init__(self, error: Exception) -> None:
        super().__init__(status=503)
        self.error = error


@dataclass(frozen=True)
class Answer:
    """What is kept of an answer, readable with the key of its form alone: it may name a secret."""

    status: int
    location: str
    kind: str
    body: str

    @classmethod
    def of(cls, answer: HttpResponseBase) -> Answer | None:
        """Return what to keep; None of what refuses and of a file, which can be asked for again."""
        location = next((answer.headers[each] for each in MOVED if each in answer.headers), "")
        kind = answer.headers.get("Content-Type", "")
        is_text = isinstance(answer, HttpResponse) and kind.startswith(TEXTS)
        if answer.status_code >= 400 or not (location or is_text):
            return None
        body = answer.content.decode() if isinstance(answer, HttpResponse) else ""
        return cls(answer.status_code, location, kind, "" if location else body)

    def again(self, request: HttpRequest) -> HttpResponse:
        """Answer a second sending, which was undone."""
        if not self.location:
            answer = HttpResponse(self.body, self.kind, self.status)
            answer.headers["Cache-Control"] = "no-store"
            return answer
        # What the second try said, such as that there is nothing left, was undone: it is read away.
        list(messages.get_messages(request))
        messages.info(request, _("This was sent twice and is recorded once."))
        return go_to(request, self.location)

    def sealed(self, cipher: AESGCM) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + cipher.encrypt(
            nonce, zlib.compress(json.dumps(asdict(self)).encode(), 1), None
        )

    @classmethod
    def opened(cls, cipher: AESGCM, sealed: bytes) -> Answer:
        plain = cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
        return cls(**json.loads(zlib.decompress(plain)))


def forget_old() -> int:
    """Forget what was sent so long ago that nobody has the page open; return how many forms."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT workflow_forget_sent_forms()")
        (gone,) = cursor.fetchone()
    return int(gone)


def _key(request: HttpRequest) -> str:
    if request.method != "POST":
        return ""
    key = request.headers.get(HEADER, "")
    if not key and not request.path.startswith("/api/"):  # Which may want the body as it came.
        key = request.POST.get(FIELD, "")
    return key[:LONGEST_KEY]


def _digest(request: HttpRequest, key: str) -> bytes:
    """Return the SHA-256 of who sends what to which address: the key alone may come with others."""
    said: list[Any] = [key, request.user.pk, request.get_full_path()]
    if request.content_type == "application/json":
        said.append(request.body.decode(errors="replace"))
    names = sorted(set(request.POST) - set(NOT_SAID))
    said += [(name, request.POST.getlist(name)) for name in names]
    whole = hashlib.sha256(json.dumps(said).encode())
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            whole.update(json.dumps([name, file.name, file.size]).encode())
            for part in file.chunks():
                whole.update(part)
            file.seek(0)
    return whole.digest()


def _one_at_a_time(path: str) -> None:
    """Let who sends the same edit form wait, so that the second is compared with the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [path])


def _rewind(request: HttpRequest) -> None:
    """Let what was sent be read once more, and say nothing of the first try."""
    list(messages.get_messages(request))
    for name in request.FILES:
        for file in request.FILES.getlist(name):
            file.seek(0)


def _is_marked(request: HttpRequest, mark: str) -> bool:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return getattr(view, mark, False)


def _keep(form: bytes, cipher: AESGCM, answer: Answer | None) -> Answer | None:
    """Keep the answer if anything was done; return that of an earlier sending, if there was one."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [form, answer.sealed(cipher) if answer else None])
        (first,) = cursor.fetchone()
    return Answer.opened(cipher, bytes(first)) if first else None
