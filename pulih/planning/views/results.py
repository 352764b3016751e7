"""A scenario's page: what was given while it is a draft, the plan once there is one."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from pulih.lists import pages
from pulih.measures.models import Measure
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.refocusing.remarks import remarks
from pulih.web.as_of import as_of
from pulih.web.page import render_page
from pulih.workflow.reads import Deciding, deciding

from ..cases import units_of
from ..decisions import ADOPTING
from ..lists import PLAN_LINES
from ..models import Opinion, Scenario, SolutionProvince, Stance, State
from ..quick_answers import kept_case
from ..shown.binding import binding_rows
from ..shown.budgets import summary_of
from ..shown.change_since import turned_shown
from ..shown.conflicts import conflict_shown
from ..shown.levels import levels_shown
from ..shown.line_reasons import why_line as why_of_line
from ..shown.maps import coverage_map
from ..shown.plans import PlanShown
from ..shown.progress import progress_of
from ..shown.proof import proof_of
from ..shown.provenance import provenance
from ..shown.reasons import why
from ..shown.rules import rule_rows
from ..shown.sliders import sliders
from ..shown.studied import BESIDE_THE_PLAN, studied
from .lookups import broken_promises, province_rows, scenario_or_404, with_plan_or_404


@require_safe
@permission_required(Permission.SEE_SCENARIOS)
def scenario(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show a scenario as it stands: given, being solved, impossible, or solved."""
    found = scenario_or_404(request, pk)
    context = _may(request) | {"scenario": found, "rules": rule_rows(found)}
    if found.has_plan:
        context |= _plan(request, found)
        return render_page(request, "planning/plan.html", "planning/_plan.html", context)
    if found.state == "infeasible":
        context |= {"conflict": conflict_shown(found.solution.explanation["conflict"])}
        return render_page(request, "planning/conflict.html", "planning/_conflict.html", context)
    context |= {
        "progress": progress_of(found) if found.is_running else None,
        "budget": summary_of(found.fiscal_year, request.user, as_of(request)),
    }
    return render_page(request, "planning/draft.html", "planning/_draft.html", context)


def _may(request: PersonRequest) -> dict[str, bool]:
    return {
        "may_plan": may(request.user, Permission.PLAN, None),
        "may_adopt": may(request.user, Permission.ADOPT_PLAN, None),
    }


def _plan(request: PersonRequest, found: Scenario) -> dict[str, Any]:
    provinces = province_rows(request, found)
    shown = PlanShown(found, found.solution, provinces, every_row="all" in request.GET)
    binding = list(found.solution.bindings.visible_to(request.user).select_related("province"))
    chosen = _chosen(request, shown)
    side = "before" if request.GET.get("map") == "before" else "after"
    broken = broken_promises(request, found)
    return {
        "plan": shown,
        "broken": broken,
        "deciding": _deciding(request, found),
        "broken_total": sum(one.rupiah for one in broken),
        "chosen": chosen,
        "why": why(found, chosen, provinces, binding) if chosen else None,
        "binding": binding_rows(found, binding, provinces, list(found.rules.all())),
        "map": coverage_map(found, provinces, side, chosen),
        "map_side": side,
        "proof": proof_of(found),
        "provenance": provenance(found.solution),
        "turned": turned_shown(found),
        "levels": levels_shown(found),
        "opinions": Opinion.objects.filter(scenario=found).select_related("said_by"),
        "stances": Stance.choices,
        "sliders": sliders(found),
        "beside": studied(found, provinces, BESIDE_THE_PLAN)
        if request.user.sight.country
        else None,
        "remarks": [
            remark.in_language(request.LANGUAGE_CODE)
            for remark in remarks(kept_case(found.solution.pk))
        ],
        "others": Scenario.objects.visible_to(request.user)
        .with_plan()
        .filter(fiscal_year=found.fiscal_year)
        .exclude(pk=found.pk)[:20],
    }


def _deciding(request: PersonRequest, found: Scenario) -> Deciding | None:
    """Return the decision to adopt; None where there is nothing left to decide."""
    if found.state != State.SOLVED:
        return None
    return deciding(ADOPTING, found.pk, request.user, None)


def _chosen(request: PersonRequest, shown: PlanShown) -> SolutionProvince | None:
    """Return the province asked for, else the one that changes most."""
    asked = request.GET.get("province", "")
    by_code = {row.row.code: row.row for row in shown.rows}
    if asked in by_code:
        return by_code[asked]
    return max(by_code.values(), key=lambda row: abs(row.change), default=None)


@require_safe
@permission_required(Permission.SEE_SCENARIOS)
def why_panel(request: PersonRequest, pk: int, province: int) -> HttpResponseBase:
    """Say why one province's plan is what it is."""
    found = with_plan_or_404(request, pk)
    provinces = province_rows(request, found)
    rows = found.solution.province_rows.visible_to(request.user).select_related("province")
    chosen = get_object_or_404(rows, province_id=province)
    binding = list(found.solution.bindings.visible_to(request.user).select_related("province"))
    context = {"scenario": found, "why": why(found, chosen, provinces, binding)}
    return render_page(request, "planning/why.html", "planning/_why.html", context)


@require_safe
@permission_required(Permission.SEE_SCENARIOS)
def lines(request: PersonRequest, pk: int) -> HttpResponseBase:
    """List a plan's budget lines before and after, of all provinces or one."""
    found = with_plan_or_404(request, pk)
    asked = request.GET.get("province", "")[:20]
    province = found.solution.province_rows.filter(code=asked).select_related("province").first()
    context = {"scenario": found, "province": province}
    return pages.answer(
        request, PLAN_LINES, "planning/lines.html", context=context, fixed={"scenario": pk}
    )


@require_safe
@permission_required(Permission.SEE_SCENARIOS)
def why_line(request: PersonRequest, pk: int, line: int) -> HttpResponseBase:
    """Say why this line and not that, by what a rupiah buys here and there."""
    found = with_plan_or_404(request, pk)
    rows = found.solution.line_rows.visible_to(request.user).select_related(
        "line", "unit", "province"
    )
    chosen = get_object_or_404(rows, pk=line)
    province = get_object_or_404(
        found.solution.province_rows.visible_to(request.user).select_related("province"),
        province_id=chosen.province_id,
    )
    names = {measure.code: measure.name for measure in Measure.objects.all()}
    reasons = why_of_line(
        kept_case(found.solution.pk), units_of(found.solution, found.as_of), chosen, province, names
    )
    context = {"scenario": found, "line": chosen, "province": province, "why": reasons}
    return render_page(request, "planning/why_line.html", "planning/_why_line.html", context)
