"""A matching case in frozen values: who needs what by when, who makes it, what must hold.

Counts and money are whole; severities, weights and shares are exact fractions. Every tuple is
sorted by its key, so that the order of rows in a file can never change an answer.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

CLASSES = ("regency", "province", "island", "country")  # From near to far.


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """A province (`parent` is empty, it may name its island) or a regency of a province."""

    code: str
    parent: str
    island: str


@dataclass(frozen=True, slots=True, order=True)
class Product:
    code: str
    name: str
    unit: str
    gram: int


@dataclass(frozen=True, slots=True, order=True)
class Need:
    """What one buyer asks for; None and empty are no limit and no standard."""

    code: str
    area: str
    product: str
    quantity: int
    due: date
    standard: str
    max_price: int | None
    min_order: int
    max_suppliers: int | None
    weight: Fraction


@dataclass(frozen=True, slots=True, order=True)
class Firm:
    """A maker, how severely it was hit (0 to 100), and when it can begin; None is `as_of`."""

    code: str
    regency: str
    severity: Fraction
    free_from: date | None


@dataclass(frozen=True, slots=True, order=True)
class Capacity:
    """Units a week, rupiah a unit, units a lot, units of the smallest order."""

    firm: str
    product: str
    per_week: int
    price: int
    lot: int
    min_order: int


@dataclass(frozen=True, slots=True, order=True)
class Transport:
    """Rupiah a consignment and a kilogram, and days on the way, of a class of distance."""

    kind: str
    per_consignment: int
    per_kg: int
    days: int


@dataclass(frozen=True, slots=True, order=True)
class Certificate:
    """A certificate of a firm and the last day on which it holds; None is no end."""

    firm: str
    certificate: str
    valid_to: date | None


@dataclass(frozen=True, slots=True, order=True)
class Accepted:
    standard: str
    certificate: str


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """Firms of one regency that send together; `fee` in rupiah a unit."""

    code: str
    area: str
    min_order: int
    fee: int


@dataclass(frozen=True, slots=True, order=True)
class Member:
    group: str
    firm: str


@dataclass(frozen=True, slots=True, order=True)
class Route:
    """The class between two regencies, both ways, in place of the one by province and island."""

    start: str
    end: str
    kind: str


@dataclass(frozen=True, slots=True, order=True)
class Placed:
    """An order that the firm accepted before; it is never touched."""

    firm: str
    product: str
    quantity: int
    due: date


@dataclass(frozen=True, slots=True, order=True)
class Barred:
    """A supplier (firm or group) that sends nothing to a need: it has its order, or declined it."""

    need: str
    supplier: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What `case.toml` says: `fill` is (width, weight) pairs, `tolerance` (t1, t2)."""

    title: str
    as_of: date
    fill: tuple[tuple[Fraction, Fraction], ...]
    full_weeks: Fraction
    tolerance: tuple[Fraction, Fraction]
    firm_share: Fraction | None
    regency_share: Fraction | None


@dataclass(frozen=True)
class Case:
    """Everything a matching is decided on; made by `read`, never half-checked."""

    settings: Settings
    areas: tuple[Area, ...]
    products: tuple[Product, ...]
    needs: tuple[Need, ...]
    firms: tuple[Firm, ...]
    capacities: tuple[Capacity, ...]
    transport: tuple[Transport, ...]
    certificates: tuple[Certificate, ...]
    accepts: tuple[Accepted, ...]
    groups: tuple[Group, ...]
    members: tuple[Member, ...]
    routes: tuple[Route, ...]
    placed: tuple[Placed, ...]
    barred: tuple[Barred, ...] = ()

    @cached_property
    def area(self) -> dict[str, Area]:
        return {area.code: area for area in self.areas}

    @cached_property
    def product(self) -> dict[str, Product]:
        return {product.code: product for product in self.products}

    @cached_property
    def need(self) -> dict[str, Need]:
        return {need.code: need for need in self.needs}

    @cached_property
    def firm(self) -> dict[str, Firm]:
        return {firm.code: firm for firm in self.firms}

    @cached_property
    def group(self) -> dict[str, Group]:
        return {group.code: group for group in self.groups}

    @cached_property
    def capacity(self) -> dict[tuple[str, str], Capacity]:
        """By (firm, product)."""
        return {(each.firm, each.product): each for each in self.capacities}

    @cached_property
    def transport_of(self) -> dict[str, Transport]:
        return {each.kind: each for each in self.transport}

    @cached_property
    def asked(self) -> dict[str, int]:
        """Units asked for of every product that any need names."""
        found: dict[str, int] = {}
        for need in self.needs:
            found[need.product] = found.get(need.product, 0) + need.quantity
        return found

    @cached_property
    def accepted_by(self) -> dict[str, frozenset[str]]:
        """The certificates that satisfy each standard of a need; it satisfies itself."""
        found = {need.standard: {need.standard} for need in self.needs if need.standard}
        for each in self.accepts:
            if each.standard in found:
                found[each.standard].add(each.certificate)
        return {standard: frozenset(names) for standard, names in found.items()}

    @cached_property
    def _routes(self) -> dict[tuple[str, str], str]:
        there = {(each.start, each.end): each.kind for each in self.routes}
        return there | {(each.end, each.start): each.kind for each in self.routes}

    def class_between(self, start: str, end: str) -> str:
        """Return the class of distance between two regencies."""
        if start == end:
            return "regency"
        if (start, end) in self._routes:
            return self._routes[start, end]
        first, second = self.area[self.area[start].parent], self.area[self.area[end].parent]
        if first.code == second.code:
            return "province"
        return "island" if first.island and first.island == second.island else "country"

    def most_of_a_firm(self, product: str) -> int | None:
        """Return the most units of a product that one firm may get; None is no limit."""
        return _part(self.settings.firm_share, self.asked.get(product, 0))

    def most_of_a_regency(self, product: str) -> int | None:
        return _part(self.settings.regency_share, self.asked.get(product, 0))


def _part(share: Fraction | None, asked: int) -> int | None:
    return None if share is None else share.numerator * asked // share.denominator
