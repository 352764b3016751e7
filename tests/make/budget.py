"""Spending units and lines with defaults; their amounts arrive as all do, by posting."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from pulih.areas.models import Area
from pulih.budget import actions
from pulih.budget.models import Appointment, BudgetLine, FundTerm, SpendingUnit
from pulih.budget.rules.amounts import Amounts
from pulih.people.models import Role, User
from tests.make import areas
from tests.people import cast

DAY = date(2020, 6, 15)
numbers = count(1)


def unit(province: str | Area = "Jawa Barat", code: str = "029999", **values: Any) -> SpendingUnit:
    """Return the unit of `code`, made where it is not there."""
    place = areas.province(province) if isinstance(province, str) else province
    usual = {"name": f"Disperindag Provinsi {place}", "province": place, "authority": "DK"}
    found, _is_new = SpendingUnit.objects.get_or_create(code=code, defaults={**usual, **values})
    return found


def line(
    of: SpendingUnit | None = None, key: str = "3038.001.051.A.521211", **values: Any
) -> BudgetLine:
    """Make a line; `ceiling`, `blocked`, `committed`, `realised` are posted."""
    of = of or unit()
    activity, output, *rest, component, subcomponent, account = key.split(".")
    names = ("ceiling", "blocked", "committed", "realised")
    amounts = Amounts(**{name: values.pop(name) for name in names if name in values})
    usual = {
        "unit": of,
        "province": of.province,
        "fiscal_year": 2020,
        "authority": of.authority,
        "activity": activity,
        "output": output,
        "suboutput": rest[0] if rest else "",
        "component": component,
        "subcomponent": subcomponent,
        "account": account,
        "line_key": key,
    }
    made = BudgetLine.objects.create(**{**usual, **values})
    if movements := Amounts().entries_to(amounts):
        actions.post(
            kind="dipa",
            number=f"DIPA uji {next(numbers)}",
            unit=of,
            fiscal_year=made.fiscal_year,
            effective_on=date(made.fiscal_year, 1, 2),
            movements=[actions.Movement(made.pk, kind, rupiah) for kind, rupiah in movements],
            by=system(),
        )
    return BudgetLine.objects.select_related("unit__province", "province").get(pk=made.pk)


def appointment(of: SpendingUnit, post: str = "treasurer", **values: Any) -> Appointment:
    """Appoint an officer of the unit's province to one of its posts."""
    person = cast.person(Role.PROVINCIAL_OFFICER, of.province, username=f"{post}-{of.code}")
    usual = {"decree": "SK-1", "valid_from": date(2020, 1, 2), "by": system()}
    return actions.appoint(person, unit=of, post=post, **{**usual, **values})


def system() -> User:
    """Return Pulih itself, for whom tests speak."""
    return User.objects.get(username="pulih")


def years_letter(of: BudgetLine) -> None:
    """Record what a letter gives each year of a multi-year contract of the line's unit."""
    actions.record_contract_years(
        of.unit, "JAMAK-1", {of.fiscal_year: 7_000, of.fiscal_year + 1: 9_000}, letter="S-12/MK.2",
        office="Menteri Keuangan", effective_on=date(of.fiscal_year, 1, 2), by=system(),
    )  # fmt: skip


def loan_letter(of: BudgetLine) -> FundTerm:
    """Record at which rate a loan of the line's unit counts."""
    return actions.record_fund_term(
        of.unit, of.fiscal_year, fund_source="PLN", effective_on=date(of.fiscal_year, 1, 2),
        letter="S-9/PR/2020", office="DJPPR", by=system(), register="21234501", currency="USD",
        rate=Decimal("14250.5"),
    )  # fmt: skip
