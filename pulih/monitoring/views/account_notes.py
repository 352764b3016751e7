"""The notes of the LRA: typed below the report that prints them."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.page import go_to

from .. import actions
from ..reads import facts_of
from .lookups import unit_or_404
from .previews import ACCOUNTABILITY, notes_form, unit_report


@require_POST
@permission_required(Permission.SEE_BUDGET, Permission.FILE_REPORTS)
def save_account_notes(
    request: PersonRequest, pk: int, year: int, quarter: int
) -> HttpResponseBase:
    """Keep what the notes of a quarter say."""
    unit = unit_or_404(request, pk, year)
    form = notes_form(unit, facts_of(unit, year, quarter), request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was saved: see the marked notes."))
        return unit_report(request, unit, year, quarter, ACCOUNTABILITY, form)
    actions.save_account_notes(unit, year, quarter, notes=form.given(), by=request.user)
    messages.success(request, _("Saved. Reports filed before keep what they said."))
    return go_to(request, reverse("monitoring:report", args=[pk, year, quarter, ACCOUNTABILITY]))
