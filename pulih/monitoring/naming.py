"""What officers typed for reports and papers of the budget print too: names, DIPA, who signs."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from pulih.budget.office_heads import Typed

from .models import ActivityTarget, GeneralData, Heading, Signatory


def names_by_unit(units: Collection[int], fiscal_year: int) -> Mapping[int, Mapping[str, str]]:
    """Return names by the code as papers print it: `019.08.07`, `3038`, `3038.001.002`."""
    of_year = {"unit__in": units, "fiscal_year": fiscal_year}
    found: dict[int, dict[str, str]] = defaultdict(dict)
    headings = Heading.objects.filter(**of_year)
    for unit, programme, activity, name in headings.values_list(
        "unit", "programme", "activity", "name"
    ):
        found[unit][activity or programme] = name
    targets = ActivityTarget.objects.filter(**of_year)
    for unit, activity, output, name in targets.values_list("unit", "activity", "output", "name"):
        found[unit][f"{activity}.{output}"] = name
    return found


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
