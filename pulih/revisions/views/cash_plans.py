"""Page III: what a unit means to spend each month, what it spent, and the form to change it."""

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import dates
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pulih.budget import actions
from pulih.budget.cash_plan import TypedMonths, plan_of
from pulih.budget.models import SpendingUnit
from pulih.budget.rules.months import MONTHS
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds, may
from pulih.web.answers import is_done
from pulih.web.as_of import AsOf, as_of
from pulih.web.page import go_to, render_page

from ..execution import execution_state, paid_by_type
from ..forms import CashPlanForm, PlanSheetForm
from ..rules.ikpa import deviation, model_of


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_BUDGET)
def show_cash_plan(request: PersonRequest, pk: int, year: int) -> HttpResponseBase:
    """Show page III of a unit beside what was paid; who may revise changes it here."""
    units = SpendingUnit.objects.visible_to(request.user).select_related("province")
    unit: SpendingUnit = get_object_or_404(units, pk=pk)
    form = None
    if request.method == "POST":
        form = CashPlanForm(plan_of(unit, year).months, request.POST)
        months = form.months

        def act(**_typed: Any) -> None:
            actions.set_cash_plan(unit, year, months(), by=request.user)

        if is_done(form, act):
            messages.success(request, _("Page III saved. It changes no ceiling."))
            return go_to(request, reverse("revisions:cash-plan", args=[pk, year]))
    return cash_plan_page(request, unit, year, form=form)


def cash_plan_page(
    request: PersonRequest, unit: SpendingUnit, year: int, **given: Any
) -> HttpResponseBase:
    """Answer with page III of a unit.

    given: form, as it was typed; upload, faults, sheet and odd, of a file that was read.
    """
    seen = as_of(request)
    is_past = seen.is_other and request.method == "GET"  # Read as it was, and not changed there.
    plan = plan_of(unit, year, seen.day, seen.known) if is_past else plan_of(unit, year)
    sheet = given.get("sheet")
    form = given.get("form") or CashPlanForm(_stated(plan.months, sheet), stored=plan.months)
    month = 12 if seen.day.year > year else 1 if seen.day.year < year else seen.day.month
    paid = paid_by_type(unit, year, seen.day, seen.known)
    context = {
        "unit": unit,
        "year": year,
        "plan": plan,
        "form": form,
        "rows": _rows(form, plan.months, paid, is_compared=sheet is not None),
        "month": month,
        "deviation": _deviation(unit, year, month, seen),
        "may_change": not is_past and may(request.user, Permission.REVISE_BUDGET, unit.province),
        "may_export": holds(request.user, Permission.EXPORT),
        "seen": seen,
        "day": seen.day,
        "upload": given.get("upload") or PlanSheetForm(),
        "faults": given.get("faults", []),
        "sheet": sheet,
        "odd": given.get("odd", []),
        "changed": sum(_moved(plan.months, sheet.months)) if sheet else 0,
    }
    return render_page(request, "revisions/cash_plan.html", "revisions/_cash_plan.html", context)


def _stated(plan: TypedMonths, sheet: Any) -> TypedMonths:
    """Return what stands in the form: the plan, or what a sheet says instead."""
    if sheet is None:
        return plan
    return {name: dict(sheet.months.get(name, {})) for name in {*plan, *sheet.months}}


def _moved(plan: TypedMonths, said: TypedMonths) -> list[bool]:
    return [
        plan.get(name, {}).get(month, 0) != said.get(name, {}).get(month, 0)
        for name in {*plan, *said}
        for month in MONTHS
    ]


def _rows(
    form: CashPlanForm,
    plan: TypedMonths,
    paid: dict[str, dict[int, int]],
    *,
    is_compared: bool,
) -> list[dict[str, Any]]:
    """Return a row a month. was: what a cell was before a sheet said otherwise."""
    found = []
    for month in MONTHS:
        cells = []
        for name, field in zip(form.types, form.cells(month), strict=True):
            before = plan.get(name, {}).get(month, 0)
            is_other = is_compared and field.initial != before
            cells.append((name, field, before if is_other else None))
        found.append(
            {
                "month": month,
                "name": dates.MONTHS[month],
                "cells": cells,
                "planned": sum(field.initial or 0 for _name, field, _before in cells),
                "paid": sum(by_month.get(month, 0) for by_month in paid.values()),
            }
        )
    return found


def _deviation(unit: SpendingUnit, year: int, month: int, seen: AsOf) -> float:
    """Return the mean deviation until the month, in percent, as the score measures it."""
    own = model_of(year)
    model = own if own.is_modelled else model_of(own.estimate_by)
    lines = unit.lines.filter(fiscal_year=year)
    stood = execution_state(unit, year, lines, month, seen.day, seen.known)
    return float(deviation(stood, model))
