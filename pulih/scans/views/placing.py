"""One page of a scan: its picture, and placing it by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pulih.areas.rows import area_of
from pulih.common.errors import Refusal
from pulih.documents.kinds import name_of
from pulih.documents.models import PaperCode
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web import kept_files
from pulih.web.answers import is_done
from pulih.web.page import go_to, render_page

from .. import actions
from ..forms import AttachForm, ReasonForm, SearchForm
from ..lookups import pages_for, papers_for, papers_like
from ..models import PageState, ScanFile, ScanPage
from .shared import page_or_404, shown


@require_safe
@permission_required(Permission.SEE_FILES)
def show_page(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show a page with its picture; while it waits, look for its paper by number."""
    return _page(request, page_or_404(request, pk))


@require_safe
@permission_required(Permission.SEE_FILES)
def picture(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Send the picture of a page that the person may see; it is written down who looked."""
    try:
        content = actions.open_picture(page_or_404(request, pk), by=request.user)
    except Refusal as refusal:
        raise Http404(refusal.message.en) from refusal
    return kept_files.picture(content)


@require_POST
@permission_required(Permission.DELIVER_FILES)
def attach(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Attach a page by hand to the paper that was chosen."""
    page, form = page_or_404(request, pk), AttachForm(request.POST)
    paper = form.is_valid() and papers_for(request.user).filter(**_key(form)).first()
    if not paper:
        form.add_error(None, _("Choose one of the papers that were found."))
        return _page(request, page, refused=form)

    def act(**_typed: Any) -> ScanPage:
        return actions.attach(page, paper, by=request.user, now=timezone.now())

    done = is_done(form, act)
    return _next(request, page) if done else _page(request, page, refused=form)


@require_POST
@permission_required(Permission.DELIVER_FILES)
def detach(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Take a page off its paper again."""
    return _decided(request, pk, actions.detach)


@require_POST
@permission_required(Permission.DELIVER_FILES)
def set_aside(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Say that a page belongs to no paper."""
    return _decided(request, pk, actions.set_aside)


def _decided(request: PersonRequest, pk: int, act: Callable[..., ScanPage]) -> HttpResponseBase:
    page, form = page_or_404(request, pk), ReasonForm(request.POST)
    done = is_done(form, partial(act, page, by=request.user, now=timezone.now()))
    return _next(request, page) if done else _page(request, page, refused=form)


def _next(request: PersonRequest, page: ScanPage) -> HttpResponseBase:
    """Go to the next page of the same file that waits, else to the file's page."""
    rest = pages_for(request.user).filter(file_id=page.file_id, state=PageState.WAITING)
    following = rest.exclude(pk=page.pk).order_by("number").first()
    if following:
        return go_to(request, reverse("scans:page", args=[following.pk]))
    if ScanFile.objects.visible_to(request.user).filter(pk=page.file_id).exists():
        return go_to(request, reverse("scans:file", args=[page.file_id]))
    return go_to(request, reverse("scans:waiting"))


def _page(
    request: PersonRequest, page: ScanPage, refused: forms.Form | None = None
) -> HttpResponseBase:
    search = SearchForm(request.GET or None)
    typed = search.cleaned_data["q"] if search.is_valid() else ""
    context = {
        **shown(page),
        "search": search,
        "typed": typed,
        "found": [(one, name_of(one.kind)) for one in papers_like(typed, request.user)],
        "beside": _beside(request, page),
        "refused": [error for errors in refused.errors.values() for error in errors]
        if refused
        else [],
        "reason_form": ReasonForm(),
        "may_place": may(request.user, Permission.DELIVER_FILES, area_of(page)),
    }
    return render_page(request, "scans/page.html", "scans/_page.html", context)


def _beside(request: PersonRequest, page: ScanPage) -> list[tuple[PaperCode, str]]:
    """Return the papers that other pages of the same file went to: most likely this one's too."""
    keys = pages_for(request.user).filter(file_id=page.file_id, paper__isnull=False)
    found = papers_for(request.user).filter(pk__in=keys.values("paper")).order_by("pk")
    return [(one, name_of(one.kind)) for one in found[:20]]


def _key(form: AttachForm) -> dict[str, Any]:
    return {"pk": form.cleaned_data["paper"]}
