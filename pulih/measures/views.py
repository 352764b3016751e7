"""The catalogue: the list, one measure with its figures and sources, the planner's forms."""

from functools import partial
from typing import Any

from django import forms as django_forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.classifications import accounts
from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.answers import carried_out, is_done
from pulih.web.as_of import as_of
from pulih.web.page import go_to, render_page

from . import actions
from .documents import documents_for
from .forms import CostForm, EffectForm, MeasureForm, NewMeasureForm, RebateForm
from .lists import MEASURES, PROFILES, area_asked, need_name
from .models import Measure, MeasureCost
from .rules.profiles import profiles
from .rules.rebate import Origin, Refund, Scheme, refund, schemes


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
def show_profiles(request: PersonRequest) -> HttpResponseBase:
    """List who may come, with how many would qualify in an area."""
    area = area_asked(pages.ask(request, PROFILES))
    return pages.answer(request, PROFILES, "measures/profiles.html", context={"area": area})


@login_not_required
@require_safe
def simulate_rebate(request: HttpRequest) -> HttpResponseBase:
    """Say what a machine is refunded with, what is paid first, and what would change it."""
    form = RebateForm(request.GET if "price" in request.GET else None)
    context: dict[str, Any] = {"form": form, "answer": None, "scheme": schemes()[0]}
    if form.is_valid():
        scheme = next(one for one in schemes() if one.year == form.cleaned_data["year"])
        found = refund(scheme, form.cleaned_data["price"], Origin(form.cleaned_data["origin"]))
        context |= {"answer": _in_words(scheme, found), "scheme": scheme}
    return render_page(request, "measures/rebate.html", "measures/_rebate.html", context)


def _in_words(scheme: Scheme, found: Refund) -> dict[str, Any]:
    language = get_language() or "id"
    return {
        "refund": found,
        "reason": found.reason.in_language(language),
        "changes": [one.in_language(language) for one in found.changes],
        "steps": [(one.words.in_language(language), one.days, one.source) for one in scheme.steps],
    }


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

    def act(**typed: Any) -> Measure:
        fresh = get_object_or_404(Measure, code=code) if code else Measure()
        return actions.save(fresh, by=request.user, **typed)

    if saved := carried_out(form, act):
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
    if is_done(form, partial(act, measure, by=request.user)):
        return go_to(request, reverse("measures:measure", args=[code]))
    return _measure_page(request, measure, **{name: form})


def _measure_page(request: PersonRequest, measure: Measure, **forms: Any) -> HttpResponseBase:
    day, language = as_of(request).day, (get_language() or "id")[:2]
    costs = measure.costs.valid_on(day).select_related("area")
    named_accounts = measure.allowed_accounts
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
        "documents": [
            (one.name.in_language(language), [a for a in one.accounts if a in named_accounts], one)
            for one in documents_for(named_accounts)
        ],
        "profiles": [
            (
                one.name.in_language(language),
                [each.words.in_language(language) for each in one.conditions],
                one.source,
            )
            for one in profiles()
            if measure.code in one.measures
        ],
        "history": measure.events.order_by("-pgh_created_at")[:10],
        "may_manage": _may_manage(request),
        "cost_form": forms.get("cost_form") or CostForm(initial={"valid_from": day}),
        "effect_form": forms.get("effect_form") or EffectForm(),
    }
    return render_page(request, "measures/measure.html", "measures/_measure.html", context)


def _may_manage(request: PersonRequest) -> bool:
    return may(request.user, Permission.MANAGE_MEASURES, None)
