"""Anybody asks whether a paper is one of ours: by its code, without signing in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pulih.web.throttle import is_over

from .codes import LONGEST_TYPED, read_code, written
from .lookups import verify

TRIES = 30  # Look-ups a minute from one address of the network, right ones too.


@login_not_required
@never_cache
@require_safe
def show_form(request: HttpRequest) -> HttpResponse:
    """Ask for a code; one that is well formed has a page of its own."""
    typed = request.GET.get("code", "").strip()
    code = read_code(typed)
    if code:
        return redirect(_address(request, "code", code))
    return _page(request, typed, 404) if typed else _page(request, "", 200)


@login_not_required
@never_cache
@require_safe
def show_code(request: HttpRequest, code: str) -> HttpResponse:
    """Say what a paper is; a code that is unknown and one that is no code are answered alike."""
    if is_over(f"paper:{request.META.get('REMOTE_ADDR', '')}", TRIES):
        return _page(request, code, 429)
    well_formed = read_code(code)
    paper = verify(well_formed) if well_formed else None
    if paper is None or well_formed is None:
        return _page(request, code, 404)
    return _page(request, written(well_formed), 200, paper=paper)


def _address(request: HttpRequest, name: str, *more: str) -> str:
    """An address of these pages that keeps to English where that was asked by address."""
    is_english = (asked := request.resolver_match) and (asked.url_name or "").endswith("-en")
    return reverse(f"documents:{name}{'-en' if is_english else ''}", args=more)


def _page(request: HttpRequest, typed: str, status: int, **more: object) -> HttpResponse:
    context = {"typed": typed[:LONGEST_TYPED], "status": status, "paper": None, **more}
    context["form_url"] = _address(request, "verify")
    page = render(request, "documents/verify.html", context, status=status)
    page._has_been_logged = True  # type: ignore[attr-defined]  # Django's log has the address.
    page.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return page
