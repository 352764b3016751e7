"""The DIPA as paper, pages I to IV, of the units that the address names."""

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission

from ..documents.dipa import dipa_of_units
from .asked_units import asked_units, sent_as_paper


@require_safe
@permission_required(Permission.SEE_BUDGET, Permission.EXPORT)
def take_dipa_out(request: PersonRequest) -> HttpResponseBase:
    """Answer with pages I to IV of each unit, of the days shown."""
    asked = asked_units(request)
    return sent_as_paper(
        request,
        "dipa",
        asked,
        lambda: dipa_of_units(asked.pages, asked.year, asked.seen, request.user),
    )
