"""The names of programmes, activities and outputs that officers typed, for papers of the budget."""

from collections.abc import Mapping

from pulih.budget.models import SpendingUnit

from .models import ActivityTarget, Heading


def names_of(unit: SpendingUnit, fiscal_year: int) -> Mapping[str, str]:
    """Return names by the code as papers print it: `019.08.07`, `3038`, `3038.001.002`."""
    of_year = {"unit": unit, "fiscal_year": fiscal_year}
    headings = Heading.objects.filter(**of_year).values_list("programme", "activity", "name")
    found = {activity or programme: name for programme, activity, name in headings}
    targets = ActivityTarget.objects.filter(**of_year).values_list("activity", "output", "name")
    return found | {f"{activity}.{output}": name for activity, output, name in targets}
