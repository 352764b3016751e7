"""Documents: the list of a unit's postings, and one posting with its entries."""

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web import keyset
from pulih.web.as_of import as_of
from pulih.web.page import render_page

from ..models import Posting, SpendingUnit

ORDER = ("-effective_on", "-id")


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_postings(request: PersonRequest) -> HttpResponseBase:
    """List the documents that had taken effect by the day shown, newest first."""
    day = as_of(request).day
    postings = Posting.objects.visible_to(request.user).filter(effective_on__lte=day)
    unit_id = request.GET.get("unit", "")
    unit = None
    if unit_id.isdecimal():
        units = SpendingUnit.objects.visible_to(request.user)
        unit = get_object_or_404(units, pk=int(unit_id))
        postings = postings.filter(unit=unit)
    page = keyset.page(postings.select_related("unit"), ORDER, request.GET.get("page", ""))
    context = {"page": page, "unit": unit, "day": day}
    return render_page(request, "budget/postings.html", "budget/_postings.html", context)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_posting(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one document and what it did to each line."""
    postings = Posting.objects.visible_to(request.user).select_related("unit", "batch", "posted_by")
    posting = get_object_or_404(postings, pk=pk)
    entries = posting.entries.select_related("line").order_by("line__line_key", "id")
    context = {"posting": posting, "entries": entries}
    return render_page(request, "budget/posting.html", "budget/_entries.html", context)
