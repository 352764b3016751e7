"""Finding what a page is about, within what its visitor may see."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from pulih.budget.reads.promises import Broken, broken_by
from pulih.people.access import PersonRequest

from ..models import Scenario, SolutionProvince


def scenario_or_404(request: PersonRequest, pk: int) -> Scenario:
    rows = Scenario.objects.visible_to(request.user).select_related(
        "made_by",
        "solution__worst_province",
        "solution__adoption",
        "attempt",
        "previous__solution",
    )
    return get_object_or_404(rows, pk=pk)


def with_plan_or_404(request: PersonRequest, pk: int) -> Scenario:
    scenario = scenario_or_404(request, pk)
    if not scenario.has_plan:
        raise Http404
    return scenario


def province_rows(request: PersonRequest, scenario: Scenario) -> list[SolutionProvince]:
    rows = scenario.solution.province_rows.visible_to(request.user).select_related("province")
    return list(rows.order_by("province__sort_key"))


def broken_promises(request: PersonRequest, scenario: Scenario) -> list[Broken]:
    """Return which promises the plan breaks on the balances of today."""
    rows = scenario.solution.line_rows.visible_to(request.user).filter(line__isnull=False)
    return broken_by(dict(rows.changed().values_list("line_id", "after")))
