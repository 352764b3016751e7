"""The list of proposals, one proposal, and beginning one."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pulih.areas.models import Level
from pulih.common.errors import Refusal
from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds
from pulih.web.page import go_to, render_page

from ..actions import drafts
from ..forms import BeginForm
from ..lists import PROPOSALS
from ..presenters import shown_plan
from .found import language, may_write, proposal_or_404


@require_safe
@permission_required(Permission.SEE_PROPOSALS)
def show_list(request: PersonRequest) -> HttpResponseBase:
    """List the proposals that the person may see."""
    context = {"may_propose": holds(request.user, Permission.PROPOSE)}
    return pages.answer(request, PROPOSALS, "proposals/list.html", context=context)


@require_safe
@permission_required(Permission.SEE_PROPOSALS)
def show_proposal(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one proposal with its cost plan and what was found."""
    proposal = proposal_or_404(request, pk)
    context: dict[str, Any] = {
        "proposal": proposal,
        "plan": shown_plan(proposal, language()),
        "may_write": may_write(request, proposal),
    }
    return render_page(request, "proposals/proposal.html", "proposals/_proposal.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.PROPOSE)
def begin(request: PersonRequest) -> HttpResponseBase:
    """Begin a draft in an open round."""
    home = request.user.home
    if home is None or home.level != Level.PROVINCE:
        raise PermissionDenied
    form = BeginForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        try:
            proposal = drafts.begin(province=home, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message.in_language(language()))
        else:
            return go_to(request, reverse("proposals:edit", args=[proposal.pk]))
    context = {"form": form, "home": home}
    return render_page(request, "proposals/begin.html", "proposals/_begin_form.html", context)
