"""Two plans side by side: totals, coverage, and each province's difference."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..models import Scenario, SolutionProvince


@dataclass(frozen=True)
class ComparedProvince:
    """One province in both plans; None where a plan does not have it."""

    name: str
    first: SolutionProvince | None
    second: SolutionProvince | None

    @property
    def difference(self) -> int:
        """How many rupiah more the second plan gives."""
        return (self.second.after if self.second else 0) - (self.first.after if self.first else 0)

    @property
    def coverage_difference(self) -> float | None:
        """In percentage points; None where either is unknown."""
        if self.first is None or self.second is None:
            return None
        one, two = self.first.coverage_after, self.second.coverage_after
        return None if one is None or two is None else (two - one) * 100


@dataclass(frozen=True)
class Comparison:
    first: Scenario
    second: Scenario
    rows: list[ComparedProvince]

    @property
    def is_one_year(self) -> bool:
        return self.first.fiscal_year == self.second.fiscal_year

    @property
    def difference(self) -> int:
        return self.second.solution.after - self.first.solution.after

    @property
    def better_off(self) -> int:
        return sum(row.difference > 0 for row in self.rows)

    @property
    def worse_off(self) -> int:
        return sum(row.difference < 0 for row in self.rows)


def comparison(
    first: Scenario,
    second: Scenario,
    first_rows: Sequence[SolutionProvince],
    second_rows: Sequence[SolutionProvince],
) -> Comparison:
    """Return both plans province by province, the largest difference first."""
    ones = {row.province_id: row for row in first_rows}
    twos = {row.province_id: row for row in second_rows}
    rows = [
        ComparedProvince((ones.get(key) or twos[key]).province.name, ones.get(key), twos.get(key))
        for key in dict.fromkeys([*ones, *twos])
    ]
    rows.sort(key=lambda row: (-abs(row.difference), row.name))
    return Comparison(first, second, rows)
