"""What was typed into a form whose session had ended stands in it again after signing in.

A form's key names the person it was drawn for, by a proof that only the server makes. What comes
with such a key from nobody is kept sealed in the new session, for an hour, and is shown to that
person alone, in the page where it was typed. Nothing is sent but by pressing the button again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from pulih.people.scope import spoken
from pulih.web.filled_page import filled

from .sending import FIELD, NONCE_BYTES, NOT_SAID

KEPT = "form_of_ended_session"
HOUR = 3600
LARGEST = 200_000  # Characters: a pasted list of a class has as many.
PROOF = 24


def drawn_key() -> str:
    """Return a key for one drawing of a form, which names the person it is drawn for."""
    key, person = secrets.token_urlsafe(12), spoken()[0]
    return f"{key}.{person}.{_proof(key, person)}" if person else key


def keep(request: HttpRequest) -> str:
    """Keep what a form sends whose person is signed out by now; return the page where it stood.

    Blank where it was drawn for nobody, or is too large to keep.
    """
    if request.method != "POST" or request.path.startswith("/api/"):
        return ""
    person = _drawn_for(request.POST.get(FIELD, ""))
    typed = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_SAID}
    plain = json.dumps({"typed": typed, "has_files": bool(request.FILES)})
    if not person or len(plain) > LARGEST:
        return ""
    page = _page(request)
    request.session[KEPT] = {
        "person": person, "page": page, "target": request.get_full_path(), "at": int(time.time()),
        "sealed": _sealed(plain, person),
    }  # fmt: skip
    said = _("You were signed out; nothing was saved. What you typed comes back when you sign in.")
    messages.info(request, said)
    return page


class FillFormOfEndedSession:
    """Give the form back to who typed it, once, on the page where it stood."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if request.method != "GET" or not request.user.is_authenticated:
            return answer
        kept = request.session.get(KEPT)
        if kept is None:
            return answer
        if kept["person"] != str(request.user.pk) or time.time() - kept["at"] > HOUR:
            del request.session[KEPT]
        elif _is_page_of(kept, request, answer):
            del request.session[KEPT]
            _fill(answer, kept)
        return answer


def _is_page_of(kept: dict[str, Any], request: HttpRequest, answer: HttpResponseBase) -> bool:
    is_page = answer.status_code == 200 and "HX-Request" not in request.headers
    is_text = answer.headers.get("Content-Type", "").startswith("text/html")
    is_there = request.get_full_path() == kept["page"]
    return is_page and is_text and is_there and isinstance(answer, HttpResponse)


def _fill(answer: HttpResponseBase, kept: dict[str, Any]) -> None:
    assert isinstance(answer, HttpResponse)
    try:
        said = json.loads(_opened(kept["sealed"], kept["person"]))
    except InvalidTag:  # The secret of the server is another since.
        return
    page = answer.content.decode()
    found = filled(page, kept["page"], kept["target"], said["typed"], left=NOT_SAID)
    if found is None:
        page, at = page, page.find(">", page.find("<main")) + 1
        rest = [text for texts in said["typed"].values() for text in texts if text]
    else:
        page, at, rest = found
    known = {"is_form_there": found is not None, "rest": rest, "has_files": said["has_files"]}
    answer.content = page[:at] + render_to_string("workflow/_given_back.html", known) + page[at:]
    answer.headers["Cache-Control"] = "no-store"


def _page(request: HttpRequest) -> str:
    """Return the page of ours where the form stood, else the address that it goes to."""
    before = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}, request.is_secure()):
        return request.get_full_path()
    parts = urlsplit(before)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _drawn_for(key: str) -> str:
    parts = key.split(".")
    if len(parts) != 3 or not hmac.compare_digest(parts[2], _proof(parts[0], parts[1])):
        return ""
    return parts[1]


def _proof(key: str, person: str) -> str:
    return hmac.new(_secret(), f"{key} {person}".encode(), "sha256").hexdigest()[:PROOF]


def _secret() -> bytes:
    return hashlib.sha256(f"ended session {settings.SECRET_KEY}".encode()).digest()


def _sealed(plain: str, person: str) -> str:
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(_secret()).encrypt(nonce, plain.encode(), person.encode())
    return base64.b64encode(nonce + sealed).decode()


def _opened(sealed: str, person: str) -> str:
    whole = base64.b64decode(sealed)
    nonce, rest = whole[:NONCE_BYTES], whole[NONCE_BYTES:]
    return AESGCM(_secret()).decrypt(nonce, rest, person.encode()).decode()
