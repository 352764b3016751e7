"""Making a scenario, changing it while it is a draft, and its rules."""

import re
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih import places
from pulih.areas.models import Area
from pulih.budget.models import BudgetLine
from pulih.measures.models import Measure
from pulih.people.access import PersonRequest, permission_required
from pulih.people.models import User
from pulih.people.permissions import Permission
from pulih.web.answers import carried_out, is_done
from pulih.web.as_of import as_of
from pulih.web.page import go_to, render_page

from .. import actions
from ..forms import RuleForm, ScenarioForm
from ..forms.scenarios import initial_of, usable_measures
from ..models import Scenario
from ..rules.money_text import read_rupiah
from ..shown.budgets import BudgetSummary, summary_of
from ..shown.rules import rule_rows
from ..wishes import wishes
from .lookups import scenario_or_404


@require_http_methods(["GET", "POST"])
@permission_required(Permission.PLAN)
def new(request: PersonRequest) -> HttpResponseBase:
    """Make a scenario; the form begins with the newest year, today's needs and the defaults."""
    years = years_of(request.user)
    day = as_of(request).day
    blank = Scenario(as_of=day, fiscal_year=years[0] if years else day.year)
    form = ScenarioForm(request.POST or None, years=years, initial=_opening(blank))

    def act(**_typed: Any) -> Scenario:
        return actions.make(form.given(), by=request.user)

    if scenario := carried_out(form, act, at="ceiling"):
        return go_to(request, reverse("planning:scenario", args=[scenario.pk]))
    return _form_page(request, form, None)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.PLAN)
def edit(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Change a draft; of a solved one nothing changes, and the page says so."""
    scenario = scenario_or_404(request, pk)
    form = ScenarioForm(
        request.POST or None, years=years_of(request.user), initial=initial_of(scenario)
    )

    def act(**_typed: Any) -> None:
        actions.change(scenario, form.given(), by=request.user)

    if is_done(form, act, at="ceiling"):
        return go_to(request, reverse("planning:scenario", args=[pk]))
    return _form_page(request, form, scenario)


def _form_page(
    request: PersonRequest, form: ScenarioForm, scenario: Scenario | None
) -> HttpResponseBase:
    year = scenario.fiscal_year if scenario else form.initial["fiscal_year"]
    now: BudgetSummary = summary_of(year, request.user, as_of(request))
    context = {"form": form, "scenario": scenario, "budget": now}
    return render_page(request, "planning/form.html", "planning/_form.html", context)


def _opening(blank: Scenario) -> dict[str, Any]:
    initial = initial_of(blank)
    # The reference policy: nobody loses nearly half, nobody gains more than a quarter.
    initial |= {"floor_percent": "55", "cap_percent": "125", "ceiling": None}
    initial["measures"] = [measure.code for measure in usable_measures()]
    return initial


def years_of(person: User) -> list[int]:
    """Return the fiscal years that have lines, the newest first."""
    years = BudgetLine.objects.visible_to(person).values_list("fiscal_year", flat=True)
    return sorted(set(years.distinct()), reverse=True)


@require_safe
@permission_required(Permission.PLAN)
def check_ceiling(request: PersonRequest) -> HttpResponse:
    """Say while it is typed whether a ceiling can hold, and what was likely meant."""
    amount = read_rupiah(request.GET.get("ceiling", ""))
    year = request.GET.get("fiscal_year", "")
    if amount is None or not _is_a_year(year):
        return render(request, "planning/_ceiling.html", {"sentence": "", "tone": ""})
    now = summary_of(int(year), request.user, as_of(request))
    tone, sentence = now.judge(amount)
    return render(request, "planning/_ceiling.html", {"sentence": sentence, "tone": tone})


def _is_a_year(text: str) -> bool:
    return bool(re.fullmatch(r"20\d\d", text, re.ASCII))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.PLAN)
def rules(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show a scenario's rules and take one more."""
    scenario = scenario_or_404(request, pk)
    form = RuleForm(request.POST or None, on=scenario.as_of)

    def act(**_typed: Any) -> None:
        actions.add_rule(scenario, form.given(), by=request.user)

    if is_done(form, act):
        return go_to(request, reverse("planning:rules", args=[pk]))
    context = {
        "scenario": scenario,
        "form": form,
        "rules": rule_rows(scenario),
        "provinces": _province_names(scenario.as_of),
        **_wishes(scenario, request.user),
    }
    return render_page(request, "planning/rules.html", "planning/_rules.html", context)


def _wishes(scenario: Scenario, by: User) -> dict[str, Any]:
    """Return how many wishes of offices fill a batch, and those that do not: none is dropped."""
    found = wishes(scenario.fiscal_year, scenario.measures, by)
    small = [one for one in found if one.is_below_a_batch]
    areas = Area.objects.in_bulk([one.regency for one in small])
    names = {one.code: one.name for one in Measure.objects.all()}
    return {
        "wishes": len(found) - len(small),
        "small_wishes": [(areas[one.regency], names[one.measure], one) for one in small],
    }


@require_POST
@permission_required(Permission.PLAN)
def take_wishes(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Limit units by what offices asked for and what was approved."""
    taken = actions.take_wishes(scenario_or_404(request, pk), by=request.user)
    said = _("%(n)s limits were taken from proposals.") % {"n": taken.limits}
    if taken.by_hand:
        more = _("%(n)s were left to limits that a planner gave by hand.")
        said = f"{said} {more % {'n': taken.by_hand}}"
    messages.success(request, said)
    return go_to(request, reverse("planning:rules", args=[pk]))


def _province_names(on: date) -> list[str]:
    return sorted(place.name for place in places.provinces(on))


@require_POST
@permission_required(Permission.PLAN)
def remove_rule(request: PersonRequest, pk: int, rule: int) -> HttpResponseBase:
    """Take a rule off a draft."""
    scenario = scenario_or_404(request, pk)
    actions.remove_rule(get_object_or_404(scenario.rules, pk=rule), by=request.user)
    return go_to(request, reverse("planning:rules", args=[pk]))


@require_POST
@permission_required(Permission.PLAN)
def again(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Copy a scenario into a new draft and open it."""
    copy = actions.new_version(scenario_or_404(request, pk), by=request.user)
    return go_to(request, reverse("planning:edit", args=[copy.pk]))
