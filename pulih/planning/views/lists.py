"""Lists: scenarios for who plans, adopted plans for the offices they concern."""

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds
from pulih.web.page import render_page

from ..lists import ADOPTED_LINES, SCENARIOS
from ..models import Adoption, Scenario, SolutionProvince


@require_safe
@permission_required(Permission.SEE_SCENARIOS)
def scenarios(request: PersonRequest) -> HttpResponseBase:
    """List the scenarios, the newest first."""
    ready = Scenario.objects.visible_to(request.user).with_plan().count()
    context = {
        "may_plan": holds(request.user, Permission.PLAN),
        "ready": ready,
        "may_compare": ready > 1,
    }
    return pages.answer(request, SCENARIOS, "planning/list.html", context=context)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def adopted(request: PersonRequest) -> HttpResponseBase:
    """List the adopted plans, each with what the visitor's provinces hold before and after."""
    plans = []
    for adoption in Adoption.objects.select_related("withdrawal").order_by("-adopted_at"):
        rows = _own_rows(request, adoption)
        plans.append((adoption, sum(r.before for r in rows), sum(r.after for r in rows)))
    return render_page(request, "planning/adopted.html", "planning/_adopted.html", {"plans": plans})


@require_safe
@permission_required(Permission.SEE_BUDGET)
def adopted_plan(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show the rows of one adopted plan that lie within the visitor's reach."""
    adoption = get_object_or_404(Adoption, pk=pk)
    rows = _own_rows(request, adoption)
    context = {
        "adoption": adoption,
        "rows": rows,
        "before": sum(row.before for row in rows),
        "after": sum(row.after for row in rows),
    }
    page, fixed = "planning/adopted_plan.html", {"plan": adoption.solution_id}
    return pages.answer(request, ADOPTED_LINES, page, context=context, fixed=fixed)


def _own_rows(request: PersonRequest, adoption: Adoption) -> list[SolutionProvince]:
    rows = SolutionProvince.objects.visible_to(request.user)
    found = rows.filter(solution_id=adoption.solution_id).select_related("province")
    return list(found.order_by("province__sort_key"))
