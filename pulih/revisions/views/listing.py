"""The list of revisions, with the units for which somebody may propose one."""

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pulih.budget.models import SpendingUnit
from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds
from pulih.web.as_of import as_of

from ..lists import REVISIONS, counts_by_state
from ..models import CLOSED_STATES


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_revisions(request: PersonRequest) -> HttpResponseBase:
    """List revisions, those that wait for somebody first to be found by their state."""
    counts = counts_by_state(pages.ask(request, REVISIONS))
    units = SpendingUnit.objects.visible_to(request.user).select_related("province")
    context = {
        "waiting": sum(n for state, n in counts.items() if state not in CLOSED_STATES),
        "units": units.filter(is_active=True).order_by("province__sort_key", "code"),
        "may_revise": holds(request.user, Permission.REVISE_BUDGET),
        "day": as_of(request).day,
    }
    return pages.answer(request, REVISIONS, "revisions/revisions.html", context=context)
