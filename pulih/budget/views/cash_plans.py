"""Page III: what a unit means to spend each month, what it spent, and the form to change it."""

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import dates
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pulih.common.errors import Refusal
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.as_of import AsOf, as_of
from pulih.web.page import go_to, render_page

from .. import actions
from ..assessing import paid_by_type, standing
from ..cash_plan import plan_of
from ..models import SpendingUnit
from ..reads import language
from ..revision_forms import CashPlanForm
from ..rules.ikpa import deviation, model_of
from ..rules.months import MONTHS


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_BUDGET)
def show_cash_plan(request: PersonRequest, pk: int, year: int) -> HttpResponseBase:
    """Show page III of a unit beside what was paid; who may revise changes it here."""
    units = SpendingUnit.objects.visible_to(request.user).select_related("province")
    unit: SpendingUnit = get_object_or_404(units, pk=pk)
    seen = as_of(request)
    day = seen.day
    is_past = seen.is_other and request.method == "GET"  # Read as it was, and not changed there.
    plan = plan_of(unit, year, day, seen.known) if is_past else plan_of(unit, year)
    form = CashPlanForm(plan.months, request.POST or None)
    if form.is_valid():
        try:
            actions.set_cash_plan(unit, year, form.months(), by=request.user)
        except Refusal as refusal:
            form.add_error(None, refusal.message.in_language(language()))
        else:
            messages.success(request, _("Page III saved. It changes no ceiling."))
            return go_to(request, reverse("budget:cash-plan", args=[pk, year]))
    month = 12 if day.year > year else 1 if day.year < year else day.month
    paid = paid_by_type(unit, year, day, seen.known)
    context = {
        "unit": unit,
        "year": year,
        "plan": plan,
        "form": form,
        "rows": _rows(form, plan.total(), paid),
        "month": month,
        "deviation": _deviation(unit, year, month, seen),
        "may_change": not is_past and may(request.user, Permission.REVISE_BUDGET, unit.province),
        "seen": seen,
        "day": day,
    }
    return render_page(request, "budget/cash_plan.html", "budget/_cash_plan.html", context)


def _rows(
    form: CashPlanForm, planned: dict[int, int], paid: dict[str, dict[int, int]]
) -> list[dict[str, Any]]:
    return [
        {
            "month": month,
            "name": dates.MONTHS[month],
            "cells": list(zip(form.types, form.cells(month), strict=True)),
            "planned": planned[month],
            "paid": sum(by_month.get(month, 0) for by_month in paid.values()),
        }
        for month in MONTHS
    ]


def _deviation(unit: SpendingUnit, year: int, month: int, seen: AsOf) -> float:
    """Return the mean deviation until the month, in percent, as the score measures it."""
    own = model_of(year)
    model = own if own.is_modelled else model_of(own.estimate_by)
    lines = unit.lines.filter(fiscal_year=year)
    stood = standing(unit, year, lines, month, seen.day, seen.known)
    return float(deviation(stood, model))
