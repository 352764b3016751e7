"""Up to four plans side by side: totals, coverage, and each province's difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from pulih.web.charts import Line, LineChart

from ..models import Scenario, SolutionProvince


@dataclass(frozen=True)
class ComparedProvince:
    """One province in each plan; None where a plan does not have it."""

    name: str
    cells: tuple[SolutionProvince | None, ...]

    @property
    def difference(self) -> int:
        """How many rupiah more the last plan gives than the first."""
        first, last = self.cells[0], self.cells[-1]
        return (last.after if last else 0) - (first.after if first else 0)

    @property
    def span(self) -> int:
        """How many rupiah lie between the plan that gives most and the one that gives least."""
        held = [cell.after if cell else 0 for cell in self.cells]
        return max(held) - min(held)

    @property
    def coverage_difference(self) -> float | None:
        """Of the last plan against the first, in percentage points; None where unknown."""
        first, last = self.cells[0], self.cells[-1]
        if first is None or last is None:
            return None
        one, other = first.coverage_after, last.coverage_after
        return None if one is None or other is None else (other - one) * 100


@dataclass(frozen=True)
class Comparison:
    plans: list[Scenario]
    rows: list[ComparedProvince]

    @property
    def is_one_year(self) -> bool:
        return len({plan.fiscal_year for plan in self.plans}) == 1

    @property
    def first(self) -> Scenario:
        return self.plans[0]

    @property
    def last(self) -> Scenario:
        return self.plans[-1]

    @property
    def difference(self) -> int:
        return self.last.solution.after - self.first.solution.after

    @property
    def better_off(self) -> int:
        return sum(row.difference > 0 for row in self.rows)

    @property
    def worse_off(self) -> int:
        return sum(row.difference < 0 for row in self.rows)

    @cached_property
    def chart(self) -> LineChart:
        """Coverage of every province in each plan, by the first plan's from low to high."""
        known = [
            row for row in self.rows if row.cells[0] and row.cells[0].coverage_after is not None
        ]
        known.sort(key=_first_coverage)
        lines = [
            Line(str(plan), "plan" if place else "curve", [_percent(r.cells[place]) for r in known])
            for place, plan in enumerate(self.plans)
        ]
        finding = _("Coverage by province, from the lowest to the highest of the first plan")
        return LineChart(finding, [row.name for row in known], lines, unit="%", places=2)


def _first_coverage(row: ComparedProvince) -> float:
    first = row.cells[0]
    return 0.0 if first is None else first.coverage_after or 0.0


def _percent(cell: SolutionProvince | None) -> float | None:
    share = None if cell is None else cell.coverage_after
    return None if share is None else share * 100


def comparison(
    plans: Sequence[Scenario], provinces: Sequence[Sequence[SolutionProvince]]
) -> Comparison:
    """Return plans province by province, the largest difference first."""
    by_plan = [{row.province_id: row for row in rows} for rows in provinces]
    names = {row.province_id: row.province.name for rows in provinces for row in rows}
    found = [
        ComparedProvince(name, tuple(rows.get(key) for rows in by_plan))
        for key, name in names.items()
    ]
    found.sort(key=lambda row: (-row.span, row.name))
    return Comparison(list(plans), found)
