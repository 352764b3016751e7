"""Two to four plans side by side."""

from dataclasses import replace
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.bounds import row_key
from pulih.web.page import render_page
from pulih.web.shortened import Shortened, shorten

from ..models import Opinion, Scenario
from ..models.scenarios import ScenarioQuerySet
from ..shown.comparisons import comparison
from ..shown.maps import coverage_map
from .lookups import province_rows, with_plan_or_404

NAMES = ("a", "b", "c", "d")
MOST_OFFERED = 50


@require_safe
@permission_required(Permission.SEE_SCENARIOS)
def compare(request: PersonRequest) -> HttpResponseBase:
    """Compare up to four plans of one year; with fewer than two, ask which."""
    plans = Scenario.objects.visible_to(request.user).with_plan().order_by("-made_at")
    asked = [request.GET.get(name, "") for name in NAMES]
    keys = list(dict.fromkeys(key for text in asked if (key := row_key(text))))
    context: dict[str, Any] = {
        "plans": _offered(plans, keys),
        "choices": list(zip(NAMES, asked, strict=True)),
        "comparison": None,
    }
    if len(keys) > 1:
        found = [with_plan_or_404(request, key) for key in keys]
        provinces = [province_rows(request, plan) for plan in found]
        context |= {
            "comparison": comparison(found, provinces),
            "maps": [
                (plan, coverage_map(plan, rows, "after", None))
                for plan, rows in zip(found, provinces, strict=True)
            ],
            "opinions": Opinion.objects.filter(scenario__in=found).select_related(
                "said_by", "scenario"
            ),
        }
    return render_page(request, "planning/compare.html", "planning/_compare.html", context)


def _offered(plans: ScenarioQuerySet, keys: list[int]) -> Shortened:
    """Return the newest plans, with those that the address asks for however old they are."""
    first = shorten(plans, MOST_OFFERED, reverse("planning:list"))
    missing = set(keys) - {one.pk for one in first.rows}
    older = list(plans.filter(pk__in=missing)) if first.more else []
    return replace(first, rows=[*first.rows, *older], more=first.more - len(older))
