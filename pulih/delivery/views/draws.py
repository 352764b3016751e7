"""Anybody reads how participants are chosen, and repeats a draw, without signing in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pulih.web.kept_files import made_file
from pulih.web.throttle import is_over

from ..draw_forms import ApplicationForm, PageForm
from ..reads.draws import PAGE, PublicDraw, draw, draws

LOOKS = 120  # A minute from one address of the network.


@login_not_required
@never_cache
@require_safe
def show_draws(request: HttpRequest) -> HttpResponse:
    """List the draws of all activities, the newest first."""
    if _is_over(request):
        return _page(request, "delivery/public_draws.html", {"too_often": True}, 429)
    form = PageForm(request.GET)
    before = form.cleaned_data["before"] if form.is_valid() else None
    found = draws(before=before)
    more = found[-1].pk if len(found) == PAGE else None
    return _page(request, "delivery/public_draws.html", {"draws": found, "more": more})


@login_not_required
@never_cache
@require_safe
def show_draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is published of one draw; with the number of an application, its draw."""
    if _is_over(request):
        return _page(request, "delivery/public_draw.html", {"too_often": True}, 429)
    found = _draw_or_404(pk)
    form = ApplicationForm(request.GET if "application" in request.GET else None)
    application = form.cleaned_data["application"] if form.is_valid() else ""
    context = {
        "draw": found,
        "versions": draws(activity=found.activity),
        "form": form,
        "application": application,
        "own": found.draw_of(application) if application and found.drawn_at else "",
    }
    return _page(request, "delivery/public_draw.html", context)


@login_not_required
@never_cache
@require_safe
def download_settings(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer `case.toml` of a draw: year, seed and rules, and nobody who applied."""
    if _is_over(request):
        return _page(request, "delivery/public_draw.html", {"too_often": True}, 429)
    found = _draw_or_404(pk)
    if not found.drawn_at:
        raise Http404
    return made_file(found.case_toml(), "case.toml")


def _draw_or_404(pk: int) -> PublicDraw:
    found = draw(pk)
    if found is None:
        raise Http404
    return found


def _is_over(request: HttpRequest) -> bool:
    return is_over(f"draws:{request.META.get('REMOTE_ADDR', '')}", LOOKS)


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return render(request, template, {"too_often": False, **context}, status=status)
