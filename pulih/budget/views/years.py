"""Which fiscal year a page shows."""

from collections.abc import Collection

from pulih.lists.filters import read
from pulih.people.access import PersonRequest
from pulih.web.as_of import as_of

from ..lists import LINES
from ..models.lines import BudgetLineQuerySet
from ..reads import chosen_year


def asked_year(
    request: PersonRequest, lines: BudgetLineQuerySet, years: Collection[int] | None = None
) -> int:
    """Return the fiscal year that the page shows. years: of the lines, where they are known."""
    seen = as_of(request)
    asked = read(LINES, request.GET, request.user, seen)
    return chosen_year(asked["year"], lines, seen.day, years)
