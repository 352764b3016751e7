"""A plan as its page shows it: the answer, key figures, and one row a province."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from pulih.common.money import MILLION
from pulih.web import numbers
from pulih.web.bars import Axis, axis_for

from ..models import Scenario, Solution, SolutionProvince
from ..rules.reasons import Shown, ends_and_between
from ..wording import held_words, run_between


@dataclass(frozen=True)
class ProvinceRow:
    """One province in the table; the dumbbell counts in millions of rupiah."""

    row: SolutionProvince

    @property
    def name(self) -> str:
        return self.row.province.name

    @property
    def is_up(self) -> bool:
        return self.row.change > 0

    @property
    def before(self) -> float:
        return self.row.before / MILLION

    @property
    def after(self) -> float:
        return self.row.after / MILLION

    @property
    def bound(self) -> float:
        return self.row.bound / MILLION

    @property
    def percent(self) -> float | None:
        """The coverage after, in percent."""
        return _percent(self.row.coverage_after)

    @property
    def held(self) -> str:
        return held_words(self.row.held)


@dataclass(frozen=True)
class PlanShown:
    """Everything that the result page says about one plan."""

    scenario: Scenario
    solution: Solution
    provinces: Sequence[SolutionProvince]
    every_row: bool = False

    @cached_property
    def rows(self) -> list[ProvinceRow]:
        ordered = sorted(self.provinces, key=lambda row: (-row.change, row.province.sort_key))
        return [ProvinceRow(row) for row in ordered]

    @cached_property
    def _ends(self) -> Shown:
        changes = {row.row.code: (row.row.before, row.row.after) for row in self.rows}
        return ends_and_between(changes, [row.row.code for row in self.rows])

    def _named(self, codes: Sequence[str]) -> list[ProvinceRow]:
        by_code = {row.row.code: row for row in self.rows}
        return [by_code[code] for code in codes]

    @property
    def top(self) -> list[ProvinceRow]:
        return self.rows if self.every_row else self._named(self._ends.top)

    @property
    def between(self) -> list[ProvinceRow]:
        return [] if self.every_row else self._named(self._ends.between)

    @property
    def bottom(self) -> list[ProvinceRow]:
        return [] if self.every_row else self._named(self._ends.bottom)

    @property
    def between_words(self) -> str:
        return run_between(len(self._ends.between), self._ends.direction, self._ends.percent)

    @cached_property
    def axis(self) -> Axis:
        largest = [max(row.before, row.after, row.bound) for row in self.rows]
        return axis_for(largest, width=142)

    @property
    def up(self) -> int:
        return sum(row.row.change > 0 for row in self.rows)

    @property
    def down(self) -> int:
        return sum(row.row.change < 0 for row in self.rows)

    @property
    def used_share(self) -> float:
        return self.solution.after / self.scenario.ceiling if self.scenario.ceiling else 0.0

    @property
    def worst_change(self) -> float | None:
        """The change of the lowest coverage in percentage points; None where not proven."""
        before, after = self.solution.worst_before, self.solution.worst_after
        return None if before is None or after is None else (after - before) * 100

    @property
    def bound(self) -> int:
        return sum(row.bound for row in self.provinces)

    @property
    def untouched(self) -> int:
        return self.solution.lines - self.solution.changed

    @property
    def covered(self) -> str:
        """How many provinces the coverage speaks of."""
        known = sum(row.coverage_after is not None for row in self.provinces)
        return _("%(known)s of %(all)s provinces with needs on record") % {
            "known": numbers.whole(known),
            "all": numbers.whole(len(self.provinces)),
        }

    @property
    def total_change(self) -> int:
        return self.solution.after - self.solution.before

    @property
    def worst_percent(self) -> float | None:
        return _percent(self.solution.worst_after)


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100
