"""The list of stalls, asking for one, one stall with its steps and its permit."""

from functools import partial
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.answers import carried_out
from pulih.web.kept_files import made_file
from pulih.web.page import go_to, render_page
from pulih.workflow import clock, reads
from pulih.workflow.moving import moved

from . import actions, lookups
from .documents import permit
from .forms import AskForm
from .lists import STALLS
from .models import Stall
from .states import STALL


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_list(request: PersonRequest) -> HttpResponseBase:
    return pages.answer(request, STALLS)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.RUN_ACTIVITIES)
def ask(request: PersonRequest) -> HttpResponseBase:
    """Ask for a stall in one's own province."""
    form = AskForm(request.POST or None)
    act = partial(actions.ask, province=request.user.home, by=request.user, now=clock.now())
    if made := carried_out(form, act):
        return go_to(request, reverse("stalls:stall", args=[made.pk]))
    return render_page(request, "stalls/ask.html", "stalls/_ask.html", {"form": form})


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_stall(request: PersonRequest, pk: int) -> HttpResponseBase:
    return _page(request, lookups.stall_of(request.user, pk))


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def move(request: PersonRequest, pk: int) -> HttpResponseBase:
    stall = lookups.stall_of(request.user, pk)
    refused = moved(request, partial(actions.move, stall, by=request.user, now=clock.now()))
    if refused is not None:
        return _page(request, stall, refused=refused)
    return go_to(request, reverse("stalls:stall", args=[pk]))


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def paper(request: PersonRequest, pk: int) -> HttpResponseBase:
    return made_file(permit.pdf(lookups.stall_of(request.user, pk)), f"izin-{pk}.pdf", shown=True)


def _page(request: PersonRequest, stall: Stall, **more: Any) -> HttpResponseBase:
    duty = reads.open_duty(STALL, stall.pk)
    context = {
        "stall": stall,
        "held": reads.clock_of(duty) if duty else None,
        "steps": reads.history(STALL, stall.pk),
        "moves": reads.moves_of(STALL, stall.pk, request.user),
        "refused": "",
        **more,
    }
    return render_page(request, "stalls/stall.html", "stalls/_stall.html", context)
