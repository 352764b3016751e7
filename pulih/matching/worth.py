"""Fill, work and cost of an answer, exactly, in fractions and whole rupiah."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from pulih.matching.case import Case, Need
from pulih.matching.plan import Parts


@dataclass(frozen=True, slots=True)
class Consignment:
    """All that one supplier sends to one need; money in whole rupiah."""

    need: str
    supplier: str
    is_group: bool
    distance: str
    quantity: int
    firms: int
    goods: int
    fee: int
    transport: int

    @property
    def total(self) -> int:
        return self.goods + self.fee + self.transport


def earned(steps: Iterable[tuple[Fraction, Fraction]], share: Fraction) -> Fraction:
    """Return F(share): each weight along its width, nothing beyond the last."""
    total = Fraction(0)
    for width, weight in steps:
        total += weight * min(width, share)
        share -= min(width, share)
    return total


def fill_of(case: Case, need: Need, delivered: int) -> Fraction:
    """Return what a need adds to the fill: its weight times F of the share delivered."""
    return need.weight * earned(case.settings.fill, Fraction(delivered, need.quantity))


def delivered(case: Case, parts: Parts) -> dict[str, int]:
    found = dict.fromkeys(case.need, 0)
    for (need, _, _), units in parts.items():
        found[need] += units
    return found


def fill(case: Case, parts: Parts) -> Fraction:
    units = delivered(case, parts)
    return sum((fill_of(case, need, units[need.code]) for need in case.needs), Fraction(0))


def weeks(case: Case, parts: Parts) -> dict[str, Fraction]:
    """Return the weeks of new work of every firm with parts."""
    found: dict[str, Fraction] = {}
    for (need, _, firm), units in parts.items():
        per_week = case.capacity[firm, case.need[need].product].per_week
        found[firm] = found.get(firm, Fraction(0)) + Fraction(units, per_week)
    return found


def work(case: Case, parts: Parts) -> Fraction:
    full = case.settings.full_weeks
    return sum(
        (
            case.firm[firm].severity / 100 * min(Fraction(1), spent / full)
            for firm, spent in weeks(case, parts).items()
        ),
        Fraction(0),
    )


def consignments(case: Case, parts: Parts) -> list[Consignment]:
    """Return the consignments of an answer, sorted by need and supplier."""
    together: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for (need, supplier, firm), units in parts.items():
        together.setdefault((need, supplier), []).append((firm, units))
    return [
        _consignment(case, case.need[need], supplier, sent)
        for (need, supplier), sent in sorted(together.items())
    ]


def _consignment(case: Case, need: Need, supplier: str, sent: list[tuple[str, int]]) -> Consignment:
    group = case.group.get(supplier)
    distance = case.class_between(group.area if group else case.firm[supplier].regency, need.area)
    units = sum(count for _, count in sent)
    return Consignment(
        need.code,
        supplier,
        group is not None,
        distance,
        units,
        len(sent),
        sum(case.capacity[firm, need.product].price * count for firm, count in sent),
        group.fee * units if group else 0,
        transport(case, need, distance, units),
    )


def transport(case: Case, need: Need, distance: str, units: int) -> int:
    """Return the transport bill of one consignment."""
    tariff = case.transport_of[distance]
    grams = units * case.product[need.product].gram * tariff.per_kg
    return tariff.per_consignment + -(-grams // 1000)


def cost(case: Case, parts: Parts) -> int:
    return sum(each.total for each in consignments(case, parts))
