"""Rounds: the list, and the planner's form."""

from functools import partial

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.answers import is_done
from pulih.web.page import go_to, render_page

from ..actions import rounds
from ..forms import RoundForm
from ..lists import ROUNDS
from ..models import Round


@require_safe
@permission_required(Permission.SEE_PROPOSALS)
def show_rounds(request: PersonRequest) -> HttpResponseBase:
    """List the rounds, the newest first."""
    context = {"may_manage": may(request.user, Permission.MANAGE_ROUNDS, None)}
    return pages.answer(request, ROUNDS, "proposals/rounds.html", context=context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MANAGE_ROUNDS)
def edit_round(request: PersonRequest, pk: int = 0) -> HttpResponseBase:
    """Change a round, or open a new one where none is named."""
    round_ = get_object_or_404(Round, pk=pk) if pk else Round()
    initial = RoundForm.values_of(round_) if pk else {}
    form = RoundForm(request.POST or None, initial=initial)
    if is_done(form, partial(rounds.save, round_, by=request.user)):
        return go_to(request, reverse("proposals:rounds"))
    context = {"form": form, "round": round_ if pk else None}
    return render_page(request, "proposals/round.html", "proposals/_round_form.html", context)
