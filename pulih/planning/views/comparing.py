"""Two plans side by side."""

from typing import Any

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.page import render_page

from ..models import Scenario
from ..shown.comparisons import comparison
from .found import province_rows, with_plan_or_404


@require_safe
@permission_required(Permission.SEE_SCENARIOS)
def compare(request: PersonRequest) -> HttpResponseBase:
    """Compare two plans of one year; without two, ask which."""
    plans = Scenario.objects.visible_to(request.user).with_plan().order_by("-made_at")
    asked = [request.GET.get(name, "") for name in ("a", "b")]
    context: dict[str, Any] = {"plans": plans[:50], "asked": asked, "comparison": None}
    if all(key.isdecimal() for key in asked) and asked[0] != asked[1]:
        first, second = (with_plan_or_404(request, int(key)) for key in asked)
        context["comparison"] = comparison(
            first, second, province_rows(request, first), province_rows(request, second)
        )
    return render_page(request, "planning/compare.html", "planning/_compare.html", context)
