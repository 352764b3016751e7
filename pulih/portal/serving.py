"""Serving the published folder before sessions, cookies and database: the same bytes to everybody.

Any static server could do it; here the addresses that the folder holds never reach Django's pages.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.utils.html import escape
from django.utils.http import parse_etags

from pulih.common.errors import Message

from . import open_api
from .index import FOR_EVER, FOR_NOW, Index, index_on_show

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".ttl": "text/turtle; charset=utf-8",
    ".svg": "image/svg+xml",
    ".parquet": "application/vnd.apache.parquet",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
REFUSED = re.compile(r";\s*q=0(\.0*)?\s*$")
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
KEPT_BYTES = 300_000  # Larger files are read each time.
GONE = """<!doctype html><html lang="id"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Rilis ditarik</title>
<link rel="stylesheet" href="/assets/public.css"><main class="wide"><h1>Rilis ini ditarik</h1>
<p class="lead">{reason}</p><p lang="en">This release was withdrawn, for the reason above.</p>
<p><a href="/releases/">Rilis lain / other releases</a></p></main></html>
"""

MISSING = """<!doctype html><html lang="{lang}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title} · Pulih</title>
<link rel="stylesheet" href="/assets/public.css"><main class="wide"><h1>{title}</h1>
<p class="lead">{text}</p><p><a href="{prefix}/places/">{places}</a> ·
<a href="{prefix}/figures/">{figures}</a> · <a href="{prefix}/releases/">{releases}</a></p>
</main></html>
"""
MISSING_WORDS = {
    "title": Message("Halaman ini tidak ada", "There is no such page"),
    "text": Message(
        "Alamatnya mungkin salah ketik, atau yang dituju tidak ada dalam rilis yang tampil.",
        "The address may be mistyped, or no release on show holds what it names.",
    ),
    "places": Message("Semua wilayah", "All areas"),
    "figures": Message("Semua angka", "All figures"),
    "releases": Message("Semua rilis", "All releases"),
}

# What everybody may read of a room whose own address is the officers'.
OF_ROOMS = {"/proposals/": "/asked/", "/en/proposals/": "/en/asked/"}
OPEN = {"/api/open/v1/cells": open_api.cells, "/api/open/v1/openapi.json": open_api.description}


class PublicSite:
    """Answer GET and HEAD of what is published; hand everything else on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if view := OPEN.get(request.path_info):
            return view(request)
        if request.method in ("GET", "HEAD") and (index := index_on_show()):
            if file := index.found(request.path_info):
                return answer(request, index, file)
            if f"{request.path_info}/index.html" in index.files:
                return _moved(f"{request.path}/")
            if reason := index.reason(request.path_info):
                return _gone(reason)
            if (public := OF_ROOMS.get(request.path_info)) and _is_stranger(request):
                return _beside_a_room(public)
            if request.path_info.startswith(index.homes):
                return _missing("en" if request.path_info.startswith("/en/") else "id")
        return self.get_response(request)


def answer(request: HttpRequest, index: Index, file: str) -> HttpResponseBase:
    """A file with its strong tag, or 304; compressed where the visitor takes it so."""
    path = index.root / file.lstrip("/")
    encoding, ending = _best(path, request.headers.get("Accept-Encoding", ""))
    tag = f'"{index.files[file]["sha256"][:32]}{ending.replace(".", "-")}"'
    asked = parse_etags(request.headers.get("If-None-Match", ""))
    response: HttpResponseBase
    if tag in asked or "*" in asked:
        response = HttpResponseNotModified()
    else:
        content = _content(path.with_name(f"{path.name}{ending}"))
        response = HttpResponse(content, content_type=type_of(file))
        if encoding:
            response["Content-Encoding"] = encoding
        response["Content-Length"] = str(len(content))
        response.is_published = True  # type: ignore[attr-defined]  # See `front`.
    response["ETag"] = tag
    response["Cache-Control"] = FOR_EVER if file.startswith("/data/r/") else FOR_NOW
    response["Vary"] = "Accept-Encoding"
    if file.startswith("/data/"):
        response["Access-Control-Allow-Origin"] = "*"
    return response


def type_of(file: str) -> str:
    ending = Path(file).suffix
    guessed = mimetypes.types_map.get(ending, "text/plain; charset=utf-8")
    return TYPES.get(ending, guessed)


@lru_cache(maxsize=8_192)
def _best(path: Path, accepted: str) -> tuple[str, str]:
    """The encoding that a visitor takes and the folder holds, with its ending; empty: neither.

    accepted: as the visitor's header says; what it weighs with q=0 it does not take.
    """
    taken = {
        one.split(";")[0].strip() for one in accepted.lower().split(",") if not REFUSED.search(one)
    }
    for encoding, ending in ENCODINGS:
        if encoding in taken and path.with_name(f"{path.name}{ending}").exists():
            return encoding, ending
    return "", ""


def _content(file: Path) -> bytes:
    return _kept(file) if _size(file) <= KEPT_BYTES else file.read_bytes()


# A folder on show is never written to again, so that neither of these grows old.
@lru_cache(maxsize=8_192)
def _size(file: Path) -> int:
    return file.stat().st_size


@lru_cache(maxsize=512)
def _kept(file: Path) -> bytes:
    return file.read_bytes()


def _is_stranger(request: HttpRequest) -> bool:
    """A filter in the address is an officer's, who has to sign in again; no room is at `/en/`."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return request.path_info.startswith("/en/") or not (has_session or request.GET)


def _beside_a_room(address: str) -> HttpResponseBase:
    """Where a stranger reads what the room publishes; who signed in is shown the room there."""
    return HttpResponseRedirect(address, headers={"Cache-Control": "no-store", "Vary": "Cookie"})


def _moved(address: str) -> HttpResponse:
    response = HttpResponse(status=301)
    response["Location"] = address
    return response


def _gone(reason: str) -> HttpResponse:
    response = HttpResponse(GONE.format(reason=escape(reason)), status=410)
    response["Cache-Control"] = FOR_NOW  # Of its own a cache keeps it as long as it likes.
    return response


def _missing(language: str) -> HttpResponse:
    """What an address of the public site answers that holds nothing, without a cookie."""
    words = {name: one.in_language(language) for name, one in MISSING_WORDS.items()}
    prefix = "/en" if language == "en" else ""
    page = MISSING.format(lang=language, prefix=prefix, **words)
    response = HttpResponse(page, status=404)
    response["Cache-Control"] = FOR_NOW
    return response
