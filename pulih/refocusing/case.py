"""A refocusing case in frozen values: what is held, what is needed, what must hold.

Money and counts are whole; shares, severities and effects are exact fractions. Every tuple is
sorted by its key, so that the order of rows in a file can never change a plan.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

EVERY_MEASURE = "*"
COUNTRY = ""
NEW_LINE = "NEW:"


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """A province (`parent` is empty) or a regency of the province it names."""

    code: str
    parent: str
    name: str


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """A budget line before the plan, in whole rupiah."""

    code: str
    province: str
    measure: str
    ceiling: int
    committed: int
    blocked: int
    is_protected: bool

    @property
    def floor(self) -> int:
        """The least it may hold afterwards."""
        return self.ceiling if self.is_protected else self.committed + self.blocked


@dataclass(frozen=True, slots=True, order=True)
class Measure:
    """A kind of support; `batch` units at a time, `setup_cost` once per regency it runs in."""

    code: str
    name: str
    unit: str
    batch: int
    setup_cost: int


@dataclass(frozen=True, slots=True, order=True)
class Cost:
    """What a unit costs in an area: a regency, a province or, empty, the country."""

    area: str
    measure: str
    unit_cost: int


@dataclass(frozen=True, slots=True, order=True)
class Need:
    """Firms of a regency that name a need, and how severely they were hit (0 to 100)."""

    regency: str
    need: str
    firms: int
    severity: Fraction


@dataclass(frozen=True, slots=True, order=True)
class Effect:
    """Firms that one unit of a measure fully relieves in a need."""

    measure: str
    need: str
    relief: Fraction


@dataclass(frozen=True, slots=True, order=True)
class Limit:
    """Fewest and most units of a measure in a regency or a province; None is none."""

    area: str
    measure: str
    min_units: int | None
    max_units: int | None


@dataclass(frozen=True, slots=True, order=True)
class Amount:
    """Least and most rupiah of the measures' lines in a province or, empty, the country."""

    rule: str
    province: str
    measures: tuple[str, ...]
    min_amount: int | None
    max_amount: int | None


@dataclass(frozen=True, slots=True, order=True)
class Share:
    """Least and largest share of money that the measures' lines hold.

    Of the province's money; with empty province, or with every measure, of the country's.
    """

    rule: str
    province: str
    measures: tuple[str, ...]
    min_share: Fraction | None
    max_share: Fraction | None


@dataclass(frozen=True, slots=True)
class Settings:
    """What `case.toml` says: `coverage` is (width, weight) pairs, `tolerance` (t1, t2)."""

    title: str
    fiscal_year: int
    ceiling: int
    coverage: tuple[tuple[Fraction, Fraction], ...]
    tolerance: tuple[Fraction, Fraction]
    change_cost: int


@dataclass(frozen=True)
class Case:
    """Everything a refocusing is decided on; made by `read`, never half-checked."""

    settings: Settings
    areas: tuple[Area, ...]
    lines: tuple[Line, ...]
    measures: tuple[Measure, ...]
    costs: tuple[Cost, ...]
    needs: tuple[Need, ...]
    effects: tuple[Effect, ...]
    limits: tuple[Limit, ...]
    amounts: tuple[Amount, ...]
    shares: tuple[Share, ...]

    @cached_property
    def provinces(self) -> tuple[str, ...]:
        return tuple(area.code for area in self.areas if not area.parent)

    @cached_property
    def regencies(self) -> tuple[str, ...]:
        return tuple(area.code for area in self.areas if area.parent)

    @cached_property
    def province_of(self) -> dict[str, str]:
        """The province of every regency."""
        return {area.code: area.parent for area in self.areas if area.parent}

    @cached_property
    def regencies_of(self) -> dict[str, tuple[str, ...]]:
        """The regencies of every province."""
        inside: dict[str, list[str]] = {province: [] for province in self.provinces}
        for regency, province in self.province_of.items():
            inside[province].append(regency)
        return {province: tuple(found) for province, found in inside.items()}

    @cached_property
    def name_of(self) -> dict[str, str]:
        """What people call an area; its code where the table names none."""
        return {area.code: area.name or area.code for area in self.areas}

    @cached_property
    def measure(self) -> dict[str, Measure]:
        return {measure.code: measure for measure in self.measures}

    @cached_property
    def line(self) -> dict[str, Line]:
        return {line.code: line for line in self.lines}

    @cached_property
    def lines_of(self) -> dict[tuple[str, str], tuple[Line, ...]]:
        """The lines of every (province, measure) that has any: one pool of money."""
        pools: dict[tuple[str, str], list[Line]] = {}
        for line in self.lines:
            pools.setdefault((line.province, line.measure), []).append(line)
        return {pool: tuple(lines) for pool, lines in pools.items()}

    @cached_property
    def _unit_costs(self) -> dict[tuple[str, str], int]:
        return {(cost.area, cost.measure): cost.unit_cost for cost in self.costs}

    def unit_cost(self, regency: str, measure: str) -> int | None:
        """Return the most specific cost in rupiah; None where the measure cannot run."""
        for area in (regency, self.province_of[regency], COUNTRY):
            if (area, measure) in self._unit_costs:
                return self._unit_costs[area, measure]
        return None

    def selected(self, measures: Iterable[str]) -> frozenset[str]:
        """Return the measures that a rule means."""
        named = frozenset(measures)
        return frozenset(self.measure) if EVERY_MEASURE in named else named


def new_line(province: str, measure: str) -> str:
    """Return the code of the line that a plan opens where a province had none."""
    return f"{NEW_LINE}{province}:{measure}"
