"""Fund sources of a unit's year: how much of PNBP may be paid, at which rate loans count."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.answers import is_done
from pulih.web.as_of import as_of, usual_day
from pulih.web.bounds import FIRST_DAY, LAST_DAY
from pulih.web.page import go_to, render_page

from .. import actions
from ..fund_forms import FundTermForm
from ..fund_lists import FUND_TERMS
from ..models import FundTerm, SpendingUnit
from ..reads.funds import funds_of


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_fund_terms(request: PersonRequest) -> HttpResponseBase:
    """List the letters on fund sources of all units that one sees."""
    return pages.answer(request, FUND_TERMS, "budget/fund_terms.html")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_BUDGET)
def show_funds(request: PersonRequest, pk: int, year: int) -> HttpResponseBase:
    """Show the fund sources of a unit with their terms; who approves records a letter."""
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise Http404
    units = SpendingUnit.objects.visible_to(request.user).select_related("province")
    unit = get_object_or_404(units, pk=pk)
    form = FundTermForm(request.POST or None, initial={"effective_on": usual_day(request)})
    if is_done(form, partial(actions.record_fund_term, unit, year, by=request.user)):
        messages.success(request, _("Recorded. Payments are judged by it from that day on."))
        return go_to(request, reverse("budget:funds", args=[pk, year]))
    seen = as_of(request)
    context = {
        "unit": unit,
        "year": year,
        "day": seen.day,
        "funds": funds_of(unit, year, seen.day, seen.known),
        "terms": FundTerm.objects.of_year(unit, year).select_related("by"),
        "form": form,
        "may_record": may(request.user, Permission.APPROVE_REVISIONS, unit.province),
    }
    return render_page(request, "budget/funds.html", "budget/_funds.html", context)
