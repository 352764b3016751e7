"""Multi-year contracts: letters with the amount of each year, and the next year's part."""

from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.answers import is_done
from pulih.web.as_of import usual_day
from pulih.web.page import go_to, render_page
from pulih.workflow.sending import known_by_number

from .. import actions
from ..contract_year_forms import ContractYearsForm, PartForm
from ..contract_year_lists import CONTRACT_YEARS
from ..models import DocumentKind, SpendingUnit
from ..reads.contract_years import letters_of, newest_of, years_of
from ..reads.limits import left_of
from .written import NEXT_PART, answer, posting_page, posting_seen


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_all_contract_years(request: PersonRequest) -> HttpResponseBase:
    """List what letters give each year of multi-year contracts, of all units that one sees."""
    return pages.answer(request, CONTRACT_YEARS, "budget/all_contract_years.html")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_BUDGET)
def show_contract_years(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show the multi-year contracts of a unit; who approves records a letter."""
    units = SpendingUnit.objects.visible_to(request.user).select_related("province")
    unit = get_object_or_404(units, pk=pk)
    form = ContractYearsForm(request.POST or None, initial={"effective_on": usual_day(request)})
    if is_done(form, partial(actions.record_contract_years, unit, by=request.user)):
        messages.success(request, _("Recorded. Contracts are judged by it from that day on."))
        return go_to(request, reverse("budget:contract-years", args=[pk]))
    letters = letters_of(unit)
    context = {
        "unit": unit,
        "contracts": [(plan, years_of(unit, plan)) for plan in newest_of(letters)],
        "letters": letters,
        "form": form,
        "may_record": may(request.user, Permission.APPROVE_REVISIONS, unit.province),
    }
    return render_page(
        request, "budget/contract_years.html", "budget/_contract_years.html", context
    )


@known_by_number
@require_http_methods(["GET", "POST"])
@permission_required(Permission.POST_DOCUMENTS)
def commit_part(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Commit what the letter gives a contract in the next year, on a line of that year."""
    contract = posting_seen(request, pk)
    if contract.document_kind != DocumentKind.COMMITMENT:
        return go_to(request, reverse("budget:posting", args=[pk]))
    usual = {"effective_on": date(contract.fiscal_year + 1, 1, 2)}
    form = PartForm(request.POST or None, contract=contract, initial=usual)

    def act(values: dict[str, Any]) -> actions.Posted:
        return actions.commit_part(contract, by=request.user, **values)

    lines = left_of(contract, DocumentKind.REQUEST)
    return answer(request, form, act, posting_page(contract, str(NEXT_PART.label), lines))
