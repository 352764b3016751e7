"""The catalogue: the list, one measure with its figures and sources, the planner's forms."""

from typing import Any

from django import forms as django_forms
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.classifications import accounts
from pulih.common.errors import Refusal
from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.as_of import as_of
from pulih.web.page import go_to, render_page

from . import actions
from .forms import CostForm, EffectForm, MeasureForm, NewMeasureForm
from .lists import MEASURES, need_name
from .models import Measure, MeasureCost


@require_safe
@permission_required(Permission.SEE_ENTERPRISES)
def show_list(request: PersonRequest) -> HttpResponseBase:
    """List the measures with what a unit costs and which needs each answers."""
    day = as_of(request).day
    assumed = MeasureCost.objects.valid_on(day).filter(verified=False).count()
    context = {"day": day, "may_manage": _may_manage(request), "assumed": assumed}
    return pages.answer(request, MEASURES, "measures/list.html", context=context)


@require_safe
@permission_required(Permission.SEE_ENTERPRISES)
def show_measure(request: PersonRequest, code: str) -> HttpResponseBase:
    """Show one measure: every figure with its source, and its earlier states."""
    return _measure_page(request, get_object_or_404(Measure, code=code))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MANAGE_MEASURES)
def edit_measure(request: PersonRequest, code: str = "") -> HttpResponseBase:
    """Change a measure, or make one where no code is named."""
    measure = get_object_or_404(Measure, code=code) if code else Measure()
    kind = MeasureForm if code else NewMeasureForm
    form = kind(request.POST or None, instance=measure)
    if form.is_valid():
        fresh = get_object_or_404(Measure, code=code) if code else Measure()
        try:
            saved = actions.save(fresh, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            _add(form, refusal)
        else:
            return go_to(request, reverse("measures:measure", args=[saved.code]))
    context = {"form": form, "measure": measure if code else None}
    return render_page(request, "measures/edit.html", "measures/_form.html", context)


@require_POST
@permission_required(Permission.MANAGE_MEASURES)
def set_cost(request: PersonRequest, code: str) -> HttpResponseBase:
    """Say what a unit costs somewhere from a day on."""
    return _answer(request, code, CostForm(request.POST), actions.set_cost, "cost_form")


@require_POST
@permission_required(Permission.MANAGE_MEASURES)
def set_effect(request: PersonRequest, code: str) -> HttpResponseBase:
    """Say how many firms a unit relieves in a need."""
    return _answer(request, code, EffectForm(request.POST), actions.set_effect, "effect_form")


def _answer(
    request: PersonRequest, code: str, form: django_forms.Form, act: Any, name: str
) -> HttpResponseBase:
    measure = get_object_or_404(Measure, code=code)
    if form.is_valid():
        try:
            act(measure, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            _add(form, refusal)
        else:
            return go_to(request, reverse("measures:measure", args=[code]))
    return _measure_page(request, measure, **{name: form})


def _measure_page(request: PersonRequest, measure: Measure, **forms: Any) -> HttpResponseBase:
    day, language = as_of(request).day, (get_language() or "id")[:2]
    costs = measure.costs.valid_on(day).select_related("area")
    named = {one.code: one.name(language) for one in accounts.LIST.entries}
    context = {
        "measure": measure,
        "day": day,
        "costs": sorted(costs, key=lambda cost: cost.area.sort_key if cost.area else ""),
        "national": next((cost for cost in costs if cost.area_id is None), None),
        "effects": [
            (effect, need_name(effect.need)) for effect in measure.effects.order_by("need")
        ],
        "accounts": [
            (code, named.get(code, ""), measure.account_shares.get(code))
            for code in measure.allowed_accounts
        ],
        "history": measure.events.order_by("-pgh_created_at")[:10],
        "may_manage": _may_manage(request),
        "cost_form": forms.get("cost_form") or CostForm(initial={"valid_from": day}),
        "effect_form": forms.get("effect_form") or EffectForm(),
    }
    return render_page(request, "measures/measure.html", "measures/_measure.html", context)


def _may_manage(request: PersonRequest) -> bool:
    return may(request.user, Permission.MANAGE_MEASURES, None)


def _add(form: django_forms.BaseForm, refusal: Refusal) -> None:
    form.add_error(None, refusal.message.in_language((get_language() or "id")[:2]))
