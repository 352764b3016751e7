"""Which fiscal year a page shows."""

from pulih.people.access import PersonRequest
from pulih.web.as_of import as_of

from ..filter_forms import LineFilter
from ..models.lines import BudgetLineQuerySet
from ..reads import chosen_year


def asked_year(request: PersonRequest, lines: BudgetLineQuerySet) -> int:
    """Return the fiscal year that the page shows."""
    form = LineFilter(request.GET)
    form.is_valid()
    return chosen_year(form.cleaned_data.get("year"), lines, as_of(request).day)
