"""Adopting a plan."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web import numbers
from pulih.web.page import go_to

from .. import actions
from .found import scenario_or_404


@require_POST
@permission_required(Permission.ADOPT_PLAN)
def adopt(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Adopt a plan, say what was made of it and what did not happen."""
    adoption = actions.adopt(scenario_or_404(request, pk), by=request.user)
    messages.success(
        request,
        ngettext(
            "Scenario adopted; %(count)s draft revision made. No money moves until it is in force.",
            "Scenario adopted; %(count)s draft revisions made. "
            "No money moves until they are in force.",
            adoption.revisions,
        )
        % {"count": numbers.whole(adoption.revisions)},
    )
    return go_to(request, reverse("planning:scenario", args=[pk]))
