"""A lawful choice of units and money with its exact worth in the three stages."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from pulih.refocusing import money, relief
from pulih.refocusing.check import breaches
from pulih.refocusing.grid import Grid
from pulih.refocusing.plan import Plan

SLACK = Fraction(1, 10**9)  # The contract's relative slack on "its best".


@dataclass(frozen=True)
class LawfulPlan:
    """Batches by cell and rupiah by purse of a grid; never made unless `breaches` finds none."""

    grid: Grid
    batches: tuple[int, ...]
    money: tuple[int, ...]

    @cached_property
    def plan(self) -> Plan:
        return Plan(self.grid.units(self.batches), money.lines_after(self.grid, self.money))

    @cached_property
    def relief_by_province(self) -> dict[str, Fraction]:
        return relief.relief(self.grid.case, self.plan.units)

    @cached_property
    def worst(self) -> Fraction | None:
        """The smallest coverage; None when no province has need."""
        reached, full = self.relief_by_province, self.grid.full
        return min((reached[p] / full[p] for p in self.grid.provinces), default=None)

    @cached_property
    def relief(self) -> Fraction:
        return sum(self.relief_by_province.values(), Fraction(0))

    @cached_property
    def change(self) -> int:
        return money.change_of(self.grid, self.money)


def lawful_plan(grid: Grid, batches: Sequence[int], *, least_change: bool) -> LawfulPlan | None:
    """Return the lawful plan that runs these batches; None when their money cannot be found.

    least_change: move lines as little as possible, else hold as little money as possible.
    """
    spent = grid.spending(batches)
    held = money.least_change(grid, spent) if least_change else money.least_money(grid, spent)
    if held is None:
        return None
    found = LawfulPlan(grid, tuple(batches), tuple(held))
    return None if breaches(grid.case, found.plan) else found


@dataclass(frozen=True, slots=True)
class Kept:
    """What later stages must keep of the earlier ones: least coverage, least total relief."""

    worst: Fraction = Fraction(0)
    relief: Fraction = Fraction(0)

    def by(self, plan: LawfulPlan) -> bool:
        worst = plan.worst
        return (worst is None or worst >= self.worst * (1 - SLACK)) and plan.relief >= (
            self.relief * (1 - SLACK)
        )
