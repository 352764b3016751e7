"""The door of a link: opening it, and the gate of views that take a link instead of a sign-in.

/l/ADDRESS     opens: the browser gets the link's key in a cookie and moves to the landing page,
               whose address can be seen, copied and logged without opening anything
landing page   a room's view behind `by_link`: it speaks to PostgreSQL as the link alone, even
               when an officer is signed in on the same browser; GET cannot write at all
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from pulih.people.scope import speaking_by_link, streamed_by_link
from pulih.web import throttle, versions

from . import actions
from .address import KEY, digest_of, key_of
from .models import Link, LinkUse
from .purposes import LinkPurpose, find

WRONG_TRIES = 20  # In a minute, of one address of the network.
REQUESTS = 120  # In a minute by one link, unless its purpose says otherwise.
View = Callable[..., HttpResponseBase]
NOT_TYPED = ("csrfmiddlewaretoken", "form_key", versions.FIELD)
READING = ("GET", "HEAD", "OPTIONS")


class LinkRequest(HttpRequest):
    """A request of a link's holder, who has no account: `user` is nobody."""

    link: Link


def open_address(request: HttpRequest, address: str) -> HttpResponseBase:
    """Answer an address with its landing page; every address that does not open answers alike."""
    key = key_of(address)
    with speaking_by_link(key):
        link = _open_link(key)
        purpose = find(link.purpose) if link else None
        if link is None or purpose is None:
            return _refuse_address(request)
        device = _cookie(request, link.pk)[1] or secrets.token_hex(8)
        if request.method != "HEAD" and not _is_prefetch(request):
            actions.write_down(link, LinkUse.Kind.OPENED, device)
    answer = redirect(purpose.landing, link.pk)
    answer.set_cookie(
        _cookie_name(link.pk),
        f"{key}.{device}",
        expires=link.valid_to,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    _close_to_others(answer)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def by_link(purpose: LinkPurpose) -> Callable[[View], View]:
    """Let a view answer holders of open links for `purpose`, and nobody else.

    The address of the view names the link's key as `link`; the view gets the `Link` in its place.
    """

    def gate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, link: int, *words: Any, **named: Any) -> HttpResponseBase:
            key, device = _cookie(request, link)
            with speaking_by_link(key):
                found = _open_link(key)
                if found is None or found.pk != link or found.purpose != purpose.key:
                    return _refuse(request, 404)
                if throttle.is_over(f"link:{link}", purpose.requests or REQUESTS):
                    return _refuse(request, 429)
                request.user = AnonymousUser()
                cast(LinkRequest, request).link = found
                answer = _answer(view, request, found, device, words, named)
            return _finished(answer, key)

        return login_not_required(guarded)

    return gate


def _answer(
    view: View, request: HttpRequest, link: Link, device: str, words: Any, named: Any
) -> HttpResponseBase:
    is_reading = request.method in READING
    if not is_reading:
        actions.write_down(link, LinkUse.Kind.SENT, device)
    with transaction.atomic() if is_reading else nullcontext():
        if is_reading:
            # A mail scanner or a browser that looks ahead opens pages: that must change nothing.
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
        return view(request, link, *words, **named)


def _open_link(key: str) -> Link | None:
    if not key:
        return None
    return Link.objects.open_at(timezone.now()).filter(digest=digest_of(key)).first()


def _refuse_address(request: HttpRequest) -> HttpResponse:
    client = request.META.get("REMOTE_ADDR", "")
    # Only wrong addresses count, so that a stranger on an office's network locks nobody out.
    is_over = throttle.is_over(f"wrong:{client}", WRONG_TRIES)
    return _refuse(request, 429 if is_over else 404)


def _refuse(request: HttpRequest, status: int) -> HttpResponse:
    context = {"is_too_often": status == 429, "sent": _sent(request)}
    page = render(request, "people/link_closed.html", context, status=status)
    page._has_been_logged = True  # type: ignore[attr-defined]  # Django's log has the address.
    _close_to_others(page)
    return page


def _sent(request: HttpRequest) -> list[str]:
    """Return what a form sent through a link that is closed by now: it is nowhere but there."""
    names = [name for name in request.POST if not name.endswith(NOT_TYPED)]
    return [text for name in names for text in request.POST.getlist(name) if text.strip()]


def _finished(answer: HttpResponseBase, key: str) -> HttpResponseBase:
    _close_to_others(answer)
    if isinstance(answer, StreamingHttpResponse) and not answer.is_async:
        parts = cast("Iterator[bytes]", answer.streaming_content)
        answer.streaming_content = streamed_by_link(key, parts)
    return answer


def _close_to_others(answer: HttpResponseBase) -> None:
    """Keep a page out of caches, of search engines and of other sites' logs."""
    add_never_cache_headers(answer)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    # Not “no-referrer”: browsers then send forms without their origin, and Django refuses them.
    answer.headers["Referrer-Policy"] = "same-origin"


def _cookie(request: HttpRequest, link: int) -> tuple[str, str]:
    """Return key and device as the browser keeps them for a link; empty where it has none."""
    key, _dot, device = request.COOKIES.get(_cookie_name(link), "").partition(".")
    return (key, device[:16]) if KEY.fullmatch(key) else ("", "")


def _cookie_name(link: int) -> str:
    return f"pulih_link_{link}"


def _is_prefetch(request: HttpRequest) -> bool:
    said = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return "prefetch" in said or "preview" in said
