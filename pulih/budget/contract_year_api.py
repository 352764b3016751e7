"""Multi-year contracts for programs: read as a list, recorded by the form of the page."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from pulih.lists.programs import serve
from pulih.people.access import asked_by
from pulih.people.permissions import Permission
from pulih.web.programs import cleaned

from . import actions
from .contract_year_forms import ContractYearsForm
from .contract_year_lists import CONTRACT_YEARS
from .models import SpendingUnit

router = Router(tags=["budget"])


class ContractYearsIn(Schema):
    """A letter on a contract. rupiah_1 is of first_year, rupiah_2 of the year after it, …"""

    number: str
    letter: str
    office: str
    effective_on: date
    first_year: int
    rupiah_1: int
    rupiah_2: int
    rupiah_3: int | None = None
    rupiah_4: int | None = None
    rupiah_5: int | None = None


class YearOut(Schema):
    """The most that the contract may commit in a year."""

    year: int
    rupiah: int


class ContractYearsOut(Schema):
    """The letter as it was recorded; edition: 1 for the first letter on the contract."""

    number: str
    edition: int
    letter: str
    office: str
    effective_on: date
    years: list[YearOut]


serve(router, "/contract-years", CONTRACT_YEARS)


@router.post("/units/{pk}/contract-years", response=ContractYearsOut)
def record_contract_years(request: HttpRequest, pk: int, body: ContractYearsIn) -> dict[str, Any]:
    """Record what a letter gives each year of a multi-year contract."""
    person = asked_by(request, Permission.APPROVE_REVISIONS)
    units = SpendingUnit.objects.visible_to(person).select_related("province")
    unit: SpendingUnit = get_object_or_404(units, pk=pk)
    values = cleaned(ContractYearsForm(body.dict()))
    plan = actions.record_contract_years(unit, by=person, **values)
    return {
        "number": plan.number,
        "edition": plan.edition,
        "letter": plan.letter,
        "office": plan.office,
        "effective_on": plan.effective_on,
        "years": [{"year": year, "rupiah": most} for year, most in plan.years.items()],
    }
