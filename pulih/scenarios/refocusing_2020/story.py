"""Telling the story through the real actions, and asking the ledger what it said on a day.

12 Nov 2019 the nine units get their DIPA. 6 April 2020 each gives part of it to uses in the crisis;
one report of the next day counts 30 million less, told here as a document learned late (assumed).
28 April the Finance Ministry cuts Rp858 bn: part of the plan is taken back, the rest of the cut
falls on what the units had left.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum

from pulih.areas.models import COUNTRY
from pulih.budget import actions as budget
from pulih.budget.actions import Movement
from pulih.budget.clock import playing_at
from pulih.budget.models import AmountKind, Authority, BudgetLine, Entry, SpendingUnit
from pulih.common.periods import WIB
from pulih.people.models import User

from .figures import UNITS, USES, Unit, Use

YEAR = 2020
SOURCE_KEY = "9200.001.001.001.A.521211"
ALLOTTED, PLANNED, CUT = date(2019, 11, 12), date(2020, 4, 6), date(2020, 4, 28)
PLAN = "Refocusing I, 6 April 2020"
LATE = "Refocusing I, susulan"
TAKEN_BACK = "Refocusing II, 28 April 2020"
CUT_BY_FINANCE = "Pemotongan pagu, Perpres 54/2020"
REFOCUSINGS = (PLAN, LATE, TAKEN_BACK)
ASSUMED = "Rincian per satker dan per guna yang tidak dicetak sumber adalah anggapan."
KNOWN_AT = {
    ALLOTTED: datetime(2019, 11, 12, 10, tzinfo=WIB),
    PLANNED: datetime(2020, 4, 6, 16, tzinfo=WIB),
    CUT: datetime(2020, 4, 28, 17, tzinfo=WIB),
}
LATE_KNOWN_AT = datetime(2020, 4, 20, 9, tzinfo=WIB)


@dataclass(frozen=True)
class Refocused:
    """What the ledger says of refocusing, in rupiah: where it came from and what it is for."""

    by_source: dict[str, int]
    by_use: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.by_use.values())

    @property
    def for_ikm(self) -> int:
        return sum(self.by_use.get(use.name, 0) for use in USES if use.is_ikm)


@transaction.atomic
def tell(*, by: User) -> None:
    """Write the whole story as `by`, who is Pulih itself; told twice it is the same story."""
    units = {unit.code: _unit(unit) for unit in UNITS}
    lines = {unit.code: _line(units[unit.code], SOURCE_KEY, unit.name) for unit in UNITS}
    uses = {use.name: _line(units[use.unit], use.key, use.name, use.authority) for use in USES}
    for unit in UNITS:
        own = [use for use in USES if use.unit == unit.code]
        source = lines[unit.code]
        late = _late(own, unit)
        given = {uses[use.name]: use.planned - late.get(use.name, 0) for use in own}
        back = {uses[use.name]: use.left - use.planned for use in own}
        tell_one = _Teller(units[unit.code], by)
        tell_one.post("dipa", f"SP DIPA-{unit.code}/2020", ALLOTTED, {source: unit.ceiling})
        tell_one.post("revision", PLAN, PLANNED, {source: -unit.given, **given})
        if late:
            learned = {uses[name]: rupiah for name, rupiah in late.items()}
            moved = {source: -unit.late, **learned}
            tell_one.post("revision", LATE, PLANNED, moved, LATE_KNOWN_AT)
        tell_one.post("revision", TAKEN_BACK, CUT, {source: unit.taken_back, **back})
        tell_one.post("revision", CUT_BY_FINANCE, CUT, {source: -unit.cut})


def refocused(day: date, known: date | None = None) -> Refocused:
    """Ask the ledger what was refocused by `day`, as known by the end of `known`."""
    entries = Entry.objects.filter(
        posting__document_number__in=REFOCUSINGS,
        amount_kind=AmountKind.CEILING,
        effective_on__lte=day,
    ).known_by(known)
    sums = entries.order_by().values_list("line__line_key", "line__detail")
    by_source, by_use = {}, {}
    for key, name, rupiah in sums.annotate(total=Sum("rupiah")):
        if key == SOURCE_KEY:
            by_source[name] = -int(rupiah)
        else:
            by_use[name] = int(rupiah)
    return Refocused(by_source, by_use)


@dataclass(frozen=True)
class _Teller:
    unit: SpendingUnit
    by: User

    def post(
        self,
        kind: str,
        number: str,
        on: date,
        moved: dict[BudgetLine, int],
        known_at: datetime | None = None,
    ) -> None:
        """Post one document; a unit that it moves nothing of has none."""
        movements = [Movement(line.pk, AmountKind.CEILING, by) for line, by in moved.items() if by]
        if not movements:
            return
        with playing_at(known_at or KNOWN_AT[on]):
            budget.post(
                kind=kind,
                number=number,
                unit=self.unit,
                fiscal_year=YEAR,
                effective_on=on,
                movements=movements,
                by=self.by,
                reason=ASSUMED,
            )


def _late(own: list[Use], unit: Unit) -> dict[str, int]:
    """Lay what was learned late on the unit's first use."""
    return {own[0].name: unit.late} if unit.late else {}


def _unit(unit: Unit) -> SpendingUnit:
    known, _is_new = SpendingUnit.objects.get_or_create(
        code=unit.code,
        defaults={"name": unit.name, "province_id": COUNTRY, "authority": Authority.KP},
    )
    return known


def _line(unit: SpendingUnit, key: str, detail: str, authority: str = Authority.KP) -> BudgetLine:
    activity, output, suboutput, component, subcomponent, account = key.split(".")
    line, _is_new = BudgetLine.objects.get_or_create(
        unit=unit,
        fiscal_year=YEAR,
        authority=authority,
        fund_source="RM",
        programme="",
        line_key=key,
        defaults={
            "province_id": COUNTRY,
            "activity": activity,
            "output": output,
            "suboutput": suboutput,
            "component": component,
            "subcomponent": subcomponent,
            "account": account,
            "detail": detail,
        },
    )
    return line
