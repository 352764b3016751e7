"""Descriptions of lines that public pages do not show."""

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds

from ..description_lists import DESCRIPTIONS


@require_safe
@permission_required(Permission.SEE_DESCRIPTIONS)
def show_descriptions(request: PersonRequest) -> HttpResponseBase:
    """List the descriptions that name a person or may, with the line where that is judged."""
    more = {"may_see_budget": holds(request.user, Permission.SEE_BUDGET)}
    return pages.answer(request, DESCRIPTIONS, "budget/descriptions.html", context=more)
