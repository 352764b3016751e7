"""What was typed and not taken stands in its form again: the session had ended, or it was refused.

A form's key names the person it was drawn for, by a proof that only the server makes. What comes
with such a key from nobody is kept sealed in the new session, for an hour, and is shown to that
person alone, in the page where it was typed. Nothing is sent but by pressing the button again.

What is refused on a page of its own, or on the page that it leads back to, is kept in the same way
until the form is sent again. Who holds an access link has no account: the words come back by it.
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
from pulih.web.page import go_to

from .sending import FIELD, NONCE_BYTES, NOT_SAID

KEPT = "typed_form"
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
    page = _page(request)
    if not _keep(request, _drawn_for(request.POST.get(FIELD, "")), page):
        return ""
    said = _("You were signed out; nothing was saved. What you typed comes back when you sign in.")
    messages.info(request, said)
    return page


def back_with_typed(request: HttpRequest, sentence: str, url: str) -> HttpResponse:
    """Go back to the page `url` of a form, say why it is refused; its words stand in it again."""
    messages.error(request, sentence)
    _keep(request, _holder(request), url.partition("#")[0], is_refused=True)
    return go_to(request, url)


def _keep(request: HttpRequest, person: str, page: str, is_refused: bool = False) -> bool:
    typed = {name: request.POST.getlist(name) for name in request.POST if _is_kept(name)}
    plain = json.dumps({"typed": typed, "has_files": bool(request.FILES)})
    if not person or not typed or len(plain) > LARGEST:
        return False
    request.session[KEPT] = {
        "person": person, "page": page, "target": request.get_full_path(), "at": int(time.time()),
        "sealed": _sealed(plain, person), "is_refused": is_refused,
    }  # fmt: skip
    return True


class FillFormAgain:
    """Give the form back to who typed it, once, on the page where it stood."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST":
            _forget_refused(request)
        answer = self.get_response(request)
        if _is_refused(request, answer):
            _keep(request, _holder(request), _page(request), is_refused=True)
        holder = _holder(request)
        if request.method != "GET" or not holder:
            return answer
        kept = request.session.get(KEPT)
        if kept is None:
            return answer
        if kept["person"] != holder or time.time() - kept["at"] > HOUR:
            del request.session[KEPT]
        elif _is_page_of(kept, request, answer):
            del request.session[KEPT]
            _fill(answer, kept)
        return answer


def _holder(request: HttpRequest) -> str:
    """Return who may get typed words back: a person's key, or that of a link; "" for nobody."""
    if request.user.is_authenticated:
        return str(request.user.pk)
    link = getattr(request, "link", None)  # Set by the gate of links; `user` is nobody there.
    return f"link {link.pk}" if link else ""


def _is_kept(name: str) -> bool:
    return name not in NOT_SAID and "password" not in name


def _is_refused(request: HttpRequest, answer: HttpResponseBase) -> bool:
    """Tell whether a page of its own says that a form is refused: none of it is on the screen."""
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    is_whole = is_page and "HX-Request" not in request.headers
    return answer.status_code == 409 and is_whole and bool(_holder(request))


def _forget_refused(request: HttpRequest) -> None:
    """Forget the refused words of a form that is sent again: what is taken is not typed again."""
    kept = request.session.get(KEPT)
    if kept and kept.get("is_refused") and kept["target"] == request.get_full_path():
        del request.session[KEPT]


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
    page, is_refused = answer.content.decode(), kept.get("is_refused", False)
    found = filled(page, kept["page"], kept["target"], said["typed"], left=NOT_SAID)
    if found is None:
        at = page.find(">", page.find("<main")) + 1
        rest = [text for texts in said["typed"].values() for text in texts if text]
        if is_refused:  # Only sentences: of a button that is gone, what it would have sent is none.
            rest = [text for text in rest if " " in text.strip()]
    else:
        page, at, rest = found
    if is_refused and page == answer.content.decode() and not rest:
        return  # Only a button was pressed.
    known = {
        "is_form_there": found is not None, "rest": rest, "has_files": said["has_files"],
        "is_refused": is_refused,
    }  # fmt: skip
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
