"""Setting the money of an approved proposal aside."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.proposals.models import DecidedRow, Proposal
from pulih.proposals.rules.machine import DECIDED, PROPOSAL
from pulih.web.answers import is_done
from pulih.web.page import go_to, render_page
from pulih.workflow.reads import last_step

from ..actions.funding import by_account, reserve_for, suggested_lines
from ..funding_forms import FundingForm
from ..models import BudgetLine
from .written import today


@require_http_methods(["GET", "POST"])
@permission_required(Permission.RESERVE_MONEY, Permission.DECIDE_PROPOSALS)
def fund_proposal(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show which lines can carry what was approved and what is missing; reserve it."""
    approved = Proposal.objects.visible_to(request.user).filter(state__in=DECIDED)
    proposal = get_object_or_404(approved.select_related("province", "round"), pk=pk)
    amounts, missing = suggested_lines(proposal)
    approved_rows = list(DecidedRow.objects.in_force(proposal.pk))
    accounts = [row.account for row in approved_rows]
    lines = list(
        BudgetLine.objects.visible_to(request.user)
        .filter(
            province=proposal.province,
            fiscal_year=proposal.round.fiscal_year,
            account__in=accounts,
        )
        .select_related("unit")
        .order_by("line_key")
    )
    step = last_step(PROPOSAL, proposal.pk)
    initial = {**today(request), "seen": step.number if step else None}
    form = FundingForm(
        request.POST or None,
        lines=lines,
        amounts=amounts,
        measure=proposal.measure_id,
        initial=initial,
    )

    def act(number: str, effective_on: Any, seen: int | None, **_amounts: Any) -> None:
        given: dict[str, Any] = {"number": number, "effective_on": effective_on, "seen": seen}
        reserve_for(proposal, form.amounts(), **given, by=request.user)

    if is_done(form, act):
        return go_to(request, reverse("proposals:proposal", args=[pk]))
    context = {
        "proposal": proposal,
        "approved": sum(row.rupiah for row in approved_rows),
        "form": form,
        "missing": missing,
        "accounts": by_account(proposal),
    }
    return render_page(request, "budget/fund.html", "budget/_fund.html", context)
