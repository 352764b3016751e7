"""What officers typed for reports and papers of the budget print too: names, DIPA, who signs."""

from collections.abc import Mapping
from datetime import date

from pulih.budget.models import SpendingUnit
from pulih.budget.office_heads import Typed

from .models import ActivityTarget, GeneralData, Heading, Signatory


def names_of(unit: SpendingUnit, fiscal_year: int) -> Mapping[str, str]:
    """Return names by the code as papers print it: `019.08.07`, `3038`, `3038.001.002`."""
    of_year = {"unit": unit, "fiscal_year": fiscal_year}
    headings = Heading.objects.filter(**of_year).values_list("programme", "activity", "name")
    found = {activity or programme: name for programme, activity, name in headings}
    targets = ActivityTarget.objects.filter(**of_year).values_list("activity", "output", "name")
    return found | {f"{activity}.{output}": name for activity, output, name in targets}


def head_of(unit: int, fiscal_year: int, on: date) -> Typed:
    """Return the DIPA of a unit's year and, of who signs its reports on a day, places and NIP."""
    general = GeneralData.objects.filter(unit=unit, fiscal_year=fiscal_year).first()
    signers = list(Signatory.objects.filter(unit=unit).on(on).order_by("role"))
    return Typed(
        general.dipa_number if general else "",
        general.dipa_date if general else None,
        next((one.place for one in signers if one.place), ""),
        {one.name: one.nip for one in signers if one.nip},
    )
