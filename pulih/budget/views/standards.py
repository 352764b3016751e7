"""Standard unit costs: the list of a day, and the rows of POK sheets above them."""

from datetime import date

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds
from pulih.references.charts import unit_costs
from pulih.web.words import say

from ..models import LineDetail
from ..rules.standards import Costed, OverStandard, over_standard
from ..standard_lists import STANDARDS, day_of

MOST = 500


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_standards(request: PersonRequest) -> HttpResponseBase:
    """Show the unit costs of the day and what costs more on the POK sheets one may see."""
    day = day_of(pages.ask(request, STANDARDS))
    over = over_standards(request, day)
    context = {
        "over": [(line, one, say(one.message)) for line, one in over],
        "day": day,
        "may_import": holds(request.user, Permission.MANAGE_REFERENCES),
    }
    page, fragment = "budget/standards.html", "budget/_standards.html"
    return pages.answer(request, STANDARDS, page, fragment, context)


def over_standards(request: PersonRequest, day: date) -> list[tuple[int, OverStandard]]:
    """Return the rows of lines that cost more than their standard, with the line's id."""
    details = (
        LineDetail.objects.visible_to(request.user)
        .filter(line__fiscal_year=day.year, unit_cost__gt=0)
        .select_related("line")
        .order_by("line_id", "position")
    )
    costed = {
        Costed(one.line.line_key, one.text, one.unit_cost, one.province_id, one.unit): one.line_id
        for one in details.iterator()
    }
    return [(costed[one.detail], one) for one in over_standard(costed, day, unit_costs(day))[:MOST]]
