"""What if? An answer within a second, and the exact one that follows by itself."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web import numbers
from pulih.web.page import go_to, render_page, stop_polling

from .. import actions
from ..forms import WhatIfForm
from ..models import Scenario, Study, StudyKind
from ..quick_answers import Relaxed, kept_case, relaxed_answer
from ..rules.bounds import likeliest, shortfall
from ..rules.what_if import Moved, moved_from
from ..shown.sliders import bound_of, sliders
from ..shown.what_if import prices_of, shown
from ..wording import short_ceiling
from .lookups import province_rows, with_plan_or_404


@require_safe
@permission_required(Permission.SEE_SCENARIOS)
def what_if(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer what would follow; without a question, show the form with the plan's own numbers."""
    scenario = with_plan_or_404(request, pk)
    form = form_of(request.GET or None, scenario)
    context = {"scenario": scenario, "form": form, "sliders": sliders(scenario)}
    if form.is_valid():
        context |= _answered(request, scenario, form)
    fragment = (
        "planning/_what_if_brief.html" if "brief" in request.GET else "planning/_what_if.html"
    )
    return render_page(request, "planning/what_if.html", fragment, context)


def form_of(given: Any, scenario: Scenario) -> WhatIfForm:
    initial = {
        "ceiling": scenario.ceiling,
        "floor_percent": scenario.floor_percent,
        "cap_percent": scenario.cap_percent,
        "cost_percent": 100,
    }
    case = kept_case(scenario.solution.pk)
    if given:
        given = given.copy()
        for name, value in initial.items():
            field = WhatIfForm.base_fields[name]
            given.setdefault(name, "" if value is None else field.prepare_value(value))
    return WhatIfForm(given, scenario=scenario, case=case, initial=initial)


def _answered(request: PersonRequest, scenario: Scenario, form: WhatIfForm) -> dict[str, Any]:
    moved = form.moved()
    answer = answer_of(scenario, moved)
    if isinstance(answer, str):
        return {"refused": answer, "moved": moved}
    return {
        "moved": moved,
        "answer": shown(answer.figures, province_rows(request, scenario), prices_of(answer)),
        "study": _study(scenario, moved),
        "may_plan": may(request.user, Permission.PLAN, None),
        "asked": list(_query(moved).items()),
        "asked_url": _url(scenario, moved),
    }


def answer_of(scenario: Scenario, moved: Moved) -> Relaxed | str:
    """Return what follows within a second, or the sentence that says why nothing can."""
    refused = _short(scenario, moved)
    if refused:
        return refused
    answer = relaxed_answer(scenario.solution.pk, moved)
    return answer if answer.has_plan else _no_plan(answer)


def _short(scenario: Scenario, moved: Moved) -> str:
    """Say which lines a ceiling cannot hold; empty where it can."""
    if moved.ceiling is None:
        return ""
    lines = bound_of(scenario)
    short = shortfall(lines, moved.ceiling)
    if short is None:
        return ""
    meant = likeliest(moved.ceiling, short.bound, scenario.solution.before)
    return short_ceiling(short, moved.ceiling, meant)


def _no_plan(answer: Relaxed) -> str:
    if answer.missing:
        return _(
            "With these numbers no plan keeps every rule. The least that mends it: %(missing)s "
            "more ceiling; or loosen a floor, a cap or an earmark."
        ) % {"missing": numbers.rupiah(answer.missing)}
    return _(
        "With these numbers no plan keeps every rule, and more ceiling alone does not mend it. "
        "Loosen a floor, a cap or an earmark."
    )


def _study(scenario: Scenario, moved: Moved) -> Study | None:
    """Return the question if it was asked, unless it must be asked again."""
    rows = Study.objects.filter(scenario=scenario, kind=StudyKind.EXACT, key=moved.key)
    found = rows.prefetch_related("variants").first()
    return None if found and found.may_begin_again else found


def _query(moved: Moved) -> dict[str, str]:
    return {name: str(value) for name, value in moved.as_json().items()}


def _url(scenario: Scenario, moved: Moved) -> str:
    return f"{reverse('planning:what-if', args=[scenario.pk])}?{urlencode(_query(moved))}"


@require_POST
@permission_required(Permission.PLAN)
def ask_exact(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Put the exact question in the queue; the page then waits for its answer."""
    scenario = with_plan_or_404(request, pk)
    form = form_of(request.POST, scenario)
    if not form.is_valid():
        context = {"scenario": scenario, "form": form, "sliders": sliders(scenario)}
        return render_page(request, "planning/what_if.html", "planning/_what_if.html", context)
    moved = form.moved()
    study = actions.ask_study(scenario, StudyKind.EXACT, by=request.user, moved=moved)
    if "HX-Request" in request.headers:
        return _exact(request, study)
    return go_to(request, _url(scenario, moved))


@require_safe
@permission_required(Permission.SEE_SCENARIOS)
def exact(request: PersonRequest, pk: int, study: int) -> HttpResponseBase:
    """Answer the page that waits for an exact answer."""
    scenario = with_plan_or_404(request, pk)
    found = Study.objects.filter(scenario=scenario, kind=StudyKind.EXACT, pk=study).first()
    return _exact(request, found)


def _exact(request: PersonRequest, study: Study | None) -> HttpResponseBase:
    variant = study.variants.first() if study else None
    context: dict[str, Any] = {"study": study, "variant": variant, "answer": None}
    if study and variant and variant.figures.get("provinces"):
        context["answer"] = shown(variant.figures, province_rows(request, study.scenario))
    elif study:
        context |= _again(request, study)
    is_over = study is None or study.is_over or study.is_silent
    status = stop_polling() if is_over and request.method == "GET" else 200
    return render(request, "planning/_exact.html", context, status=status)


def _again(request: PersonRequest, study: Study) -> dict[str, Any]:
    """How a question is asked again: by itself where another planner left what this one awaits."""
    return {
        "scenario": study.scenario,
        "asked": list(_query(moved_from(study.asked)).items()),
        "may_plan": may(request.user, Permission.PLAN, None),
        "trigger": "submit" if study.person_id == request.user.pk else "load, submit",
    }
