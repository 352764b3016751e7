"""The movements of a plan over all its units: what lines hang on, what they do as one whole."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils.timezone import localtime

from pulih.budget.clock import now
from pulih.budget.models import SpendingUnit
from pulih.budget.rules.keys import NOT_SAID, LineKey, line_key

from ..rules.drafts import DraftMovement
from ..rules.moves import Move, facts_across_units
from ..rules.new_lines import Near, usual_funding


def hung(
    movements: Iterable[DraftMovement], units: Iterable[SpendingUnit], fiscal_year: int
) -> list[DraftMovement]:
    """Return the movements, each with what its line hangs on beside its key."""
    near = {
        unit.pk: [
            Near(line.key, line.funding) for line in unit.lines.filter(fiscal_year=fiscal_year)
        ]
        for unit in units
    }
    authorities = {unit.pk: unit.authority for unit in units}
    found = []
    for one in movements:
        key = line_key(one.line_key, fiscal_year)
        if one.funding == NOT_SAID and isinstance(key, LineKey):
            funding = usual_funding(key, near[one.unit_id], authorities[one.unit_id])
            found.append(replace(one, funding=funding))
        else:
            found.append(one)
    return found


def facts_together(
    movements: Iterable[DraftMovement],
    units: Iterable[SpendingUnit],
    fiscal_year: int,
    judged_on: date | None,
) -> list[str]:
    """Return what the movements of all units do as one whole, for who must approve."""
    of = {unit.pk: unit for unit in units}
    moves = [
        Move(
            one.line_key, fiscal_year, one.rupiah, **one.funding._asdict(),
            unit=of[one.unit_id].code, region=str(of[one.unit_id].province_id),
            on=judged_on or localtime(now()).date(),
        )
        for one in movements
    ]  # fmt: skip
    return sorted(facts_across_units(moves))
