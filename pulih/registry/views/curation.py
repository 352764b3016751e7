"""Putting right who is who: merges, splits, separations, pinned values. All can be taken back."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pulih.common.errors import Refusal
from pulih.common.identity_numbers import PERSONAL
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.registry import actions, delivered_attributes, presenters
from pulih.registry import merge_history as joinings
from pulih.registry.forms import JoinForm, PinForm, ReasonForm
from pulih.registry.models import Enterprise, Merge, Separation, SplitMove
from pulih.registry.sources import pins_of, sources_of
from pulih.web.answers import first_error, is_done
from pulih.web.bounds import row_key
from pulih.web.page import go_to, render_page
from pulih.web.words import say
from pulih.workflow.typed_again import back_with_typed

from .enterprise import about
from .lookups import enterprise_of, gate, language

curating = permission_required(Permission.CURATE_ENTERPRISES)


@require_GET
@gate
def joined(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show what was merged into an enterprise, split off it, and distinguished from it."""
    found = enterprise_of(request, pk)
    context = {
        **about(request, found, "joined", len(sources_of(found, request.user))),
        "joined": joinings.of(found, request.user),
    }
    return render_page(request, "registry/joined.html", "registry/_joined.html", context)


@require_POST
@curating
def join(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Say of two enterprises that they are one, or that they are two."""
    found = enterprise_of(request, pk)
    form = JoinForm(request.POST)
    second = row_key(request.POST.get("other", ""))
    back = f"{reverse('registry:compare')}?first={pk}" + (f"&second={second}" if second else "")
    if not form.is_valid():
        return back_with_typed(request, first_error(form), back)
    other = enterprise_of(request, form.cleaned_data["other"])
    reason, person = form.cleaned_data["reason"], request.user
    if form.cleaned_data["verdict"] == "same":
        kept, merged = sorted((found, other), key=lambda one: one.pk)
        home = reverse("registry:joined", args=[kept.pk])
        told = _("Merged. Nothing was deleted; the merge can be taken back here.")
        return _done(
            request, lambda: actions.merge(kept, merged, reason=reason, by=person), home, told, back
        )
    told = _("Told apart: no run joins these two. It can be taken back here.")
    home = reverse("registry:joined", args=[pk])
    return _done(
        request, lambda: actions.separate(found, other, reason=reason, by=person), home, told, back
    )


@require_POST
@curating
def undo_merge(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Take a merge back: both enterprises stand for themselves again."""
    found: Merge = get_object_or_404(Merge.objects.visible_to(request.user), pk=pk)
    told = _("The merge was taken back; “%(name)s” stands for itself again.")
    (merged,) = joinings.named([found.merged_id], request.user).values()
    return _done(
        request,
        lambda: actions.undo_merge(found, by=request.user),
        _joined_page(request, found.kept_id),
        told % {"name": merged.name or f"IKM {merged.pk}"},
    )


@require_POST
@curating
def end_separation(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Let two enterprises be asked about, and joined, again."""
    found: Separation = get_object_or_404(Separation.objects.visible_to(request.user), pk=pk)
    told = _("They are no longer told apart; a run may ask about them again.")
    home = _joined_page(request, found.first_id, found.second_id)
    return _done(request, lambda: actions.end_separation(found, by=request.user), home, told)


@require_POST
@curating
def split(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Take chosen rows out of an enterprise; they become one of their own."""
    found = enterprise_of(request, pk)
    form = ReasonForm(request.POST)
    home = reverse("registry:sources", args=[pk])
    if not form.is_valid():
        return back_with_typed(request, first_error(form), home)
    rows = [key for text in request.POST.getlist("row") if (key := row_key(text))]
    reason = form.cleaned_data["reason"]
    told = _("The chosen rows are a firm of their own now. It can be taken back here.")
    return _done(
        request,
        lambda: actions.split(found, rows, reason=reason, by=request.user),
        reverse("registry:joined", args=[pk]),
        told,
        home,
    )


@require_POST
@curating
def undo_split(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Put the rows that made this enterprise back to where they came from."""
    found = enterprise_of(request, pk)
    told = _("The rows were put back to the firm they had been taken from.")
    home = reverse("registry:joined", args=[_taken_from(request, found)])
    return _done(request, lambda: actions.undo_split(found, by=request.user), home, told)


@require_http_methods(["GET", "POST"])
@curating
def pin(request: PersonRequest, pk: int, attribute: str) -> HttpResponseBase:
    """Fix the value of one attribute, with the reason."""
    found = enterprise_of(request, pk)
    if attribute not in delivered_attributes.TAKEN:
        raise Http404
    known = pins_of(found, request.user).get(attribute)
    value = "" if attribute in PERSONAL else getattr(found, attribute)
    form = PinForm(request.POST or None, initial={"value": value})
    form.stored_as = known.pk if known else 0
    if is_done(form, partial(actions.pin, found, attribute, by=request.user)):
        messages.success(request, _("Pinned. Later files do not change it until it is ended."))
        return go_to(request, reverse("registry:enterprise", args=[pk]))
    context = {
        **about(request, found, "enterprise", len(sources_of(found, request.user))),
        "form": form,
        "attribute": attribute,
        "in_use": _in_use(found, attribute, language(request)),
        "pin": known,
    }
    return render_page(request, "registry/pin.html", "registry/_pin.html", context)


def _joined_page(request: PersonRequest, *keys: int) -> str:
    """Return the page of what was joined of the first of these that the person sees."""
    named = joinings.named(keys, request.user)
    seen = next((key for key in keys if named[key].name), None)
    return reverse("registry:joined", args=[seen]) if seen else reverse("registry:list")


def _taken_from(request: PersonRequest, made: Enterprise) -> int:
    """Return the firm that a split took rows out of, to go on with; without any, the split one."""
    moves = SplitMove.objects.visible_to(request.user).in_force().filter(to_enterprise=made)
    sources = Enterprise.objects.visible_to(request.user).filter(
        pk__in=moves.values("from_enterprise")
    )
    source = sources.order_by("id").first()
    return int((source.merged_into_id or source.pk) if source else made.pk)


def _in_use(found: Enterprise, attribute: str, spoken: str) -> str:
    """Return the value in use as a page writes it; numbers of persons are cut."""
    value = getattr(found, attribute)
    return "" if value is None else presenters.written(attribute, value, spoken)


@require_POST
@curating
def unpin(request: PersonRequest, pk: int, attribute: str) -> HttpResponseBase:
    """End a pin: the sources speak again."""
    found = enterprise_of(request, pk)
    if attribute not in delivered_attributes.TAKEN:
        raise Http404
    told = _("The pin was ended; the newest source speaks again.")
    home = reverse("registry:enterprise", args=[pk])
    return _done(request, lambda: actions.unpin(found, attribute, by=request.user), home, told)


def _done(
    request: PersonRequest, act: Callable[[], Any], home: str, told: str, back: str = ""
) -> HttpResponseBase:
    """Act, say what happened or why not, and go on: `home` when done, `back` when refused."""
    try:
        act()
    except Refusal as refusal:
        return back_with_typed(request, say(refusal.message), back or home)
    messages.success(request, told)
    return go_to(request, home)
