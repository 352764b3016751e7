"""What the page of a spending unit says of its revisions."""

from django.db.models import QuerySet
from django.template.loader import render_to_string

from pulih.budget.models import Posting, SpendingUnit
from pulih.budget.unit_parts import Part
from pulih.people.access import PersonRequest

from ..models import Revision


def revisions_of_unit(
    request: PersonRequest, unit: SpendingUnit, fiscal_year: int, documents: QuerySet[Posting]
) -> Part:
    """Say which revision is in force on the days of the documents; list all of the year."""
    of_year = Revision.objects.visible_to(request.user).filter(unit=unit, fiscal_year=fiscal_year)
    asked = {"revisions": of_year, "unit": unit, "year": fiscal_year}
    card = render_to_string("revisions/_of_unit.html", asked, request)
    in_force = Revision.objects.filter(unit=unit, fiscal_year=fiscal_year, posting__in=documents)
    if not (newest := in_force.order_by("-effective_on", "-id").first()):
        return Part("", card)
    return Part(render_to_string("revisions/_in_force.html", {"revision": newest}, request), card)
