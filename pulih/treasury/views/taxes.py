"""Taxes withheld: the list, what an SPP withholds, one tax with its proof of payment."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.budget.models import Post, Posting
from pulih.budget.reads.doors import has_hand
from pulih.lists import pages
from pulih.lists.figures import state
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.answers import carried_out
from pulih.web.as_of import today_only
from pulih.web.page import go_to, render_page
from pulih.web.words import say

from .. import actions, figures
from ..models import Deduction
from ..reads import taxes as reads
from ..rules import taxes
from ..tax_forms import PayeeForm, ProofForm, TaxesForm, WithdrawProofForm
from ..tax_lists import TAXES, said_of
from .requests import request_seen

WORK_OUT = "work_out"  # The button that saves nothing and shows what the rule says.


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_taxes(request: PersonRequest) -> HttpResponseBase:
    """List what is withheld, what is due and what was paid in."""
    context = {"late": state(figures.LATE, request.user, today_only())}
    return pages.answer(request, TAXES, "treasury/taxes.html", context=context)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_late(request: PersonRequest) -> HttpResponseBase:
    """Lead to the taxes that are past their day."""
    return go_to(request, f"{reverse('treasury:taxes')}?state=late")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.POST_DOCUMENTS)
def state_taxes(request: PersonRequest, pk: int) -> HttpResponseBase:
    """State what is withheld from an SPP: the rule's sums first, which may be changed."""
    asked = request_seen(request, pk)
    payee, rule = _by_rule(asked, request.POST)
    way = taxes.way_of(asked.method)
    is_whole = not payee.is_bound or payee.is_valid()
    if request.method == "POST" and not (WORK_OUT in request.POST and is_whole):
        form = TaxesForm(request.POST, way=way, rule=rule)

        def act(**_typed: Any) -> Any:
            return actions.state_taxes(asked, by=request.user, **form.values())

        if carried_out(form, act):
            messages.success(request, _("The taxes are stated."))
            return go_to(request, reverse("treasury:request", args=[pk]))
    else:
        typed = {"reason": request.POST.get("reason", "")}
        form = TaxesForm(initial=_usual(asked, payee) | typed, way=way, rule=rule)
    context = {
        "asked": asked,
        "form": form,
        "work_out": WORK_OUT,
        "last_of_payee": list(payee.fields)[-1],
        "gross": sum(reads.amounts_of(asked).values()),
    }
    return render_page(request, "treasury/taxes_of.html", "treasury/_taxes_of.html", context)


def _by_rule(asked: Posting, given: Any) -> tuple[PayeeForm, list[reads.Difference]]:
    """Return the form that says what the payee is, and what the rule then withholds."""
    way = taxes.way_of(asked.method)
    stated = reads.newest(asked)
    usual: dict[str, Any] = {
        "payee": stated.payee if stated else reads.usual_payee(asked).value,
        "has_number": stated.has_number if stated else True,
        "withheld_on": stated.withheld_on if stated else asked.effective_on,
        "is_cash": stated.is_cash if stated else False,
    }
    form = PayeeForm(given, way=way) if given else PayeeForm(initial=usual, way=way)
    known = form.cleaned_data if given and form.is_valid() else usual
    on = known.get("withheld_on") or asked.effective_on
    rule = reads.suggested(asked, known["payee"], on, has_number=known["has_number"])
    gross = sum(reads.amounts_of(asked).values())
    kept = {one.tax: one.rupiah for one in stated.deductions.all()} if stated else None
    return form, reads.beside_the_rule(rule, gross, None if given else kept)


def _usual(asked: Posting, payee: PayeeForm) -> dict[str, Any]:
    stated = reads.newest(asked)
    chosen = payee.cleaned_data if payee.is_bound and payee.is_valid() else payee.initial
    return {**chosen, "seen": stated.edition if stated else 0}


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_BUDGET)
def show_tax(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one tax with its proofs; take the receipt number from the treasurer."""
    one = _deduction(request, pk)
    form = ProofForm(request.POST or None)
    if request.method == "POST":

        def act(**typed: Any) -> Any:
            return actions.record_proof(one, by=request.user, **typed)

        if carried_out(form, act):
            messages.success(request, _("The NTPN is recorded."))
            return go_to(request, reverse("treasury:tax", args=[pk]))
    return _tax_page(request, one, form=form)


@require_POST
@permission_required(Permission.POST_DOCUMENTS)
def withdraw_proof(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Withdraw a receipt number that was typed wrong."""
    one = _deduction(request, pk)
    form = WithdrawProofForm(request.POST)

    def act(**typed: Any) -> Any:
        return actions.withdraw_proof(one, by=request.user, **typed)

    if not carried_out(form, act):
        return _tax_page(request, one, withdraw_form=form)
    messages.success(request, _("The NTPN is withdrawn."))
    return go_to(request, reverse("treasury:tax", args=[pk]))


def _deduction(request: PersonRequest, pk: int) -> Deduction:
    every = Deduction.objects.visible_to(request.user)
    related = ("withholding__unit__province", "withholding__request__unit", "withholding__by")
    found: Deduction = get_object_or_404(every.select_related(*related), pk=pk)
    return found


def _tax_page(request: PersonRequest, one: Deduction, **given: Any) -> HttpResponseBase:
    rows = reads.with_proofs(Deduction.objects.stated().filter(pk=one.pk))
    row = rows.select_related("withholding").first()
    is_treasurer = has_hand(one.withholding.unit, request.user, (Post.TREASURER,))
    context = {
        "one": one,
        "row": row,
        "tax": say(taxes.taxes()[one.tax].words),
        "map": taxes.taxes()[one.tax].map,
        "due": reads.due_of(row) if row and row.rupiah else None,
        "state": said_of(row) if row else _("no longer stands"),
        "proofs": one.proofs.select_related("by").order_by("-pk"),
        "may_record": is_treasurer and row is not None and bool(row.rupiah) and row.ntpn is None,
        "may_withdraw": is_treasurer and reads.proof_of(one) is not None,
        "form": ProofForm(),
        "withdraw_form": WithdrawProofForm(),
        **given,
    }
    return render_page(request, "treasury/tax.html", "treasury/_tax.html", context)
