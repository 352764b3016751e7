"""Multi-year contracts: what letters give each year, and what is committed and paid of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import F, Q, Sum, Value

from ..identity import NumberKey
from ..models import AmountKind, ContractYear, DocumentKind, Entry, Posting, SpendingUnit

PlannedYear = tuple[int, str, int]  # Unit, number as numbers are compared, fiscal year.


@dataclass(frozen=True)
class Plan:
    """What one letter says of a contract. years: the most rupiah by fiscal year."""

    number: str
    edition: int
    letter: str
    office: str
    effective_on: date
    years: dict[int, int]

    @property
    def total(self) -> int:
        return sum(self.years.values())


@dataclass(frozen=True)
class YearOfContract:
    """One year by the newest letter, in rupiah; contract: its commitment of that year, if any."""

    year: int
    limit: int
    committed: int
    paid: int
    contract: Posting | None

    @property
    def left(self) -> int:
        return self.limit - self.committed


def letters_of(unit: SpendingUnit) -> list[Plan]:
    """Return what each letter of a unit says, by contract, the newest letter first."""
    rows = ContractYear.objects.filter(unit=unit).annotate(key=NumberKey(F("contract_number")))
    return _plans(rows.order_by("key", "-edition", "fiscal_year"))


def newest_of(letters: Sequence[Plan]) -> list[Plan]:
    """Return the newest letter on each contract, of letters in the order of `letters_of`."""
    starts = [
        True,
        *(before.edition == 1 for before in letters),
    ]  # The first letter ends a contract.
    return [one for is_newest, one in zip(starts, letters, strict=False) if is_newest]


def plan_of(unit: SpendingUnit, number: str) -> Plan | None:
    """Return what the newest letter says of a contract; None where none was recorded."""
    plans = _plans(ContractYear.objects.of_contract(unit, number))
    return plans[-1] if plans else None


def years_of(unit: SpendingUnit, plan: Plan) -> list[YearOfContract]:
    """Return the years that any letter of a contract names, with what the ledger has of each."""
    named = ContractYear.objects.of_contract(unit, plan.number)
    years = sorted({*plan.years, *named.values_list("fiscal_year", flat=True)})
    contracts = {one.fiscal_year: one for one in contracts_of(unit, plan.number, years)}
    sums: dict[tuple[int, str], int] = {}
    whole = Q(posting__in=contracts.values()) | Q(posting__settles__in=contracts.values())
    entries = Entry.objects.filter(whole).order_by()
    for year, kind, rupiah in entries.values_list("posting__fiscal_year", "amount_kind").annotate(
        total=Sum("rupiah")
    ):
        sums[year, kind] = int(rupiah)
    return [
        YearOfContract(
            year,
            plan.years.get(year, 0),
            sums.get((year, AmountKind.COMMITMENT), 0),
            sums.get((year, AmountKind.REALISATION), 0),
            contracts.get(year),
        )
        for year in years
    ]


def contracts_of(unit: SpendingUnit, number: str, years: Collection[int]) -> list[Posting]:
    """Return a contract's commitments of some years that stand, under its one number."""
    found = Posting.objects.filter(
        unit=unit, document_kind=DocumentKind.COMMITMENT, settles=None, reversed_by=None,
        fiscal_year__in=years,
    ).alias(key=NumberKey(F("document_number")))  # fmt: skip
    return list(found.filter(key=NumberKey(Value(number))).select_related("unit__province"))


def planned_years(units: Collection[int]) -> set[PlannedYear]:
    """Return the years of contracts of some units that letters name."""
    rows = ContractYear.objects.filter(unit__in=units)
    keys = rows.annotate(key=NumberKey(F("contract_number")))
    return set(keys.values_list("unit_id", "key", "fiscal_year"))


def _plans(rows: Iterable[ContractYear]) -> list[Plan]:
    found = []
    for _edition, same in groupby(rows, key=lambda one: (one.contract_number, one.edition)):
        years = list(same)
        first = years[0]
        found.append(
            Plan(
                first.contract_number, first.edition, first.letter, first.office,
                first.effective_on, {one.fiscal_year: one.rupiah for one in years},
            )
        )  # fmt: skip
    return found
