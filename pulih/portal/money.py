"""The money of every province, read for the first page as the rooms read it, but for everybody."""

from dataclasses import dataclass

from pulih.budget.models import BudgetLine
from pulih.budget.rules.amounts import Amounts
from pulih.people.scope import speaking_as_system
from pulih.planning.models import Adoption, SolutionProvince
from pulih.web.as_of import AsOf


@dataclass(frozen=True)
class Money:
    """The amounts of one province, and what the newest adopted plan leaves it; in rupiah."""

    amounts: Amounts
    planned: int | None


def money_by_province(seen: AsOf) -> dict[int, Money]:
    """The sums of provincial units by area id; of whole provinces, which anybody may know."""
    with speaking_as_system():
        lines = BudgetLine.objects.of_year(seen.day.year).of_provinces()
        found = lines.amounts_by("province_id", seen.day, seen.known)
        planned = _planned(seen.day.year)
    return {area: Money(amounts, planned.get(area)) for area, amounts in found.items()}


def _planned(fiscal_year: int) -> dict[int, int]:
    newest = Adoption.objects.that_count().filter(fiscal_year=fiscal_year).order_by("-pk").first()
    if newest is None:
        return {}
    rows = SolutionProvince.objects.filter(solution_id=newest.solution_id)
    return dict(rows.values_list("province_id", "after"))
