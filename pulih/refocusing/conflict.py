"""Why nothing can hold: an irreducible set of rules and by how much it fails."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from pulih.highs import INFINITY
from pulih.refocusing.case import Limit, Line
from pulih.refocusing.grid import Cell, Grid
from pulih.refocusing.program import Program, run
from pulih.refocusing.rules import MoneyRule, Pool, money_rules

TEST_SECONDS = 5.0

Test = Callable[[Sequence["Rule"]], bool]


@dataclass(frozen=True, slots=True)
class LimitSide:
    limit: Limit
    side: Literal["min", "max"]


@dataclass(frozen=True, slots=True)
class Payment:
    """Money of a pool pays for its units."""

    pool: Pool


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that could be dropped; `name` is its public id."""

    name: str
    area: str
    says: MoneyRule | Line | LimitSide | Payment
    keeps_ceiling: bool = False  # For a line: protected, not merely floored.


def every_rule(grid: Grid) -> list[Rule]:
    """Return all rules of a case that a plan could break, the likeliest to be told first."""
    case = grid.case
    pools = [purse.pool for purse in grid.purses]
    found = [Rule(rule.name, rule.area, rule) for rule in money_rules(case, pools)]
    found += _line_rules(case.lines)
    found += [
        Rule(f"limit:{x.area}:{x.measure}:min", x.area, LimitSide(x, "min"))
        for x in case.limits
        if x.min_units
    ]
    paid = sorted({grid.purses[cell.purse].pool for cell in _forced_cells(grid)})
    found += [Rule(f"money:{pool[0]}:{pool[1]}", pool[0], Payment(pool)) for pool in paid]
    return found + [
        Rule(f"limit:{x.area}:{x.measure}:max", x.area, LimitSide(x, "max"))
        for x in case.limits
        if x.max_units is not None
    ]


def _line_rules(lines: Sequence[Line]) -> Iterator[Rule]:
    """Yield the largest floors first: they then form the smallest conflict."""
    for line in sorted(lines, key=lambda line: (-line.floor, line.code)):
        if line.is_protected:
            yield Rule(f"protected:{line.code}", line.province, line, keeps_ceiling=True)
        elif line.floor:
            yield Rule(f"floor:{line.code}", line.province, line)


def irreducible(rules: Sequence[Rule], can_hold: Test) -> list[Rule]:
    """Return a set of rules that cannot hold and that could without any one of them.

    This is Junker's QuickXplain (2004): halve, and keep what the other half still needs. Of
    several such sets it finds the one with the earliest rules.
    """

    def explain(known: list[Rule], is_new: bool, open_rules: list[Rule]) -> list[Rule]:
        if is_new and not can_hold(known):
            return []
        if len(open_rules) == 1:
            return open_rules
        half = len(open_rules) // 2
        first, second = open_rules[:half], open_rules[half:]
        of_second = explain(known + first, bool(first), second)
        of_first = explain(known + of_second, bool(of_second), first)
        return of_first + of_second

    return explain([], False, list(rules))


@dataclass
class Trial:
    """A program with only the rules given: can they hold, and how far must one give way?"""

    grid: Grid
    rules: Sequence[Rule]
    relaxed: Rule | None = None
    program: Program = field(default_factory=Program)

    def __post_init__(self) -> None:
        self.cells = _forced_cells(self.grid)
        most = [cell.most for cell in self.cells]
        self.batches = self.program.columns(len(self.cells), upper=most, whole=True)
        self.runs = self.program.columns(len(self.cells), upper=1.0, whole=True)
        self._add_money()
        self.slack = self.program.columns(1, whole=self._slack_is_whole())
        if self.relaxed is None:
            self.program.upper[-1] = np.zeros(1)
        self._run_before_batches()
        for rule in self.rules:
            self._add(rule, 0.0 if rule is not self.relaxed else 1.0)

    def _slack_is_whole(self) -> bool:
        return self.relaxed is not None and isinstance(self.relaxed.says, LimitSide)

    def holds(self, seconds: float = TEST_SECONDS) -> bool:
        """Say whether the rules can hold together; what is not disproven counts as held."""
        return run(self.program, seconds=seconds).status != "infeasible"

    def gives_way(self, seconds: float = TEST_SECONDS) -> int | None:
        """Return the rupiah or batches by which `relaxed` must give way, None if unknown."""
        self.program.minimise(self.slack, 1.0)
        answer = run(self.program, seconds=seconds)
        if answer.columns is None:
            return None
        amount = float(answer.columns[self.slack[0]])
        return round(amount if self._slack_is_whole() else amount * self.grid.scale)

    def _add_money(self) -> None:
        floor = {purse.pool: 0 for purse in self.grid.purses}
        kept: dict[Pool, int] = dict.fromkeys(floor, 0)
        for rule in self.rules:
            if isinstance(rule.says, Line) and rule is not self.relaxed:
                pool = (rule.says.province, rule.says.measure)
                floor[pool] += rule.says.floor
                kept[pool] += rule.keeps_ceiling
        purses, scale = self.grid.purses, self.grid.scale
        top = [
            floor[p.pool] / scale if p.is_fixed and kept[p.pool] == len(p.lines) else INFINITY
            for p in purses
        ]
        self.floors = [floor[purse.pool] / scale for purse in purses]
        self.money = self.program.columns(
            len(purses), lower=self.floors, upper=top, whole=scale == 1.0
        )

    def _run_before_batches(self) -> None:
        rows = np.arange(len(self.cells))
        most = np.array([cell.most for cell in self.cells], dtype=np.float64)
        self.program.rows(len(rows), (rows, self.batches, 1.0), (rows, self.runs, -most), most=0.0)

    def _add(self, rule: Rule, give: float) -> None:
        match rule.says:
            case MoneyRule() as row:
                self._add_money_row(row, give)
            case LimitSide() as side:
                self._add_limit(side, give)
            case Payment(pool):
                self._add_payment(pool, give)
            case Line() as line if give:
                self._add_line(line)

    def _add_money_row(self, row: MoneyRule, give: float) -> None:
        places = [self.grid.purse_index[pool] for pool in row.coefficients]
        values = np.array([float(a) for a in row.coefficients.values()]) / row.per_rupiah
        self.program.rows(
            1,
            (np.zeros(len(places)), self.money[places], values),
            ([0], self.slack, give),
            least=row.least / row.per_rupiah / self.grid.scale,
        )

    def _add_limit(self, side: LimitSide, give: float) -> None:
        limit, batch = side.limit, self.grid.case.measure[side.limit.measure].batch
        inside = self.grid.case.regencies_of.get(limit.area, (limit.area,))
        cells = [
            index
            for index, cell in enumerate(self.cells)
            if cell.measure.code == limit.measure and cell.regency in inside
        ]
        entry = (np.zeros(len(cells)), self.batches[cells], 1.0)
        if side.side == "min":
            least = -(-(limit.min_units or 0) // batch)
            self.program.rows(1, entry, ([0], self.slack, give), least=least)
        else:
            most = (limit.max_units or 0) // batch
            self.program.rows(1, entry, ([0], self.slack, -give), most=most)

    def _add_payment(self, pool: Pool, give: float) -> None:
        purse = self.grid.purse_index[pool]
        cells = [index for index, cell in enumerate(self.cells) if cell.purse == purse]
        steps = np.array([self.cells[index].step for index in cells]) / self.grid.scale
        setups = np.array([self.cells[index].setup for index in cells]) / self.grid.scale
        rows = np.zeros(len(cells))
        self.program.rows(
            1,
            ([0], [self.money[purse]], 1.0),
            (rows, self.batches[cells], -steps),
            (rows, self.runs[cells], -setups),
            ([0], self.slack, give),
            least=self.grid.purses[purse].blocked / self.grid.scale,
        )

    def _add_line(self, line: Line) -> None:
        """Let the relaxed line's floor give way; the rest of its pool keeps its own."""
        purse = self.grid.purse_index[line.province, line.measure]
        others = self.floors[purse]
        self.program.rows(
            1,
            ([0], [self.money[purse]], 1.0),
            ([0], self.slack, 1.0),
            least=others + line.floor / self.grid.scale,
        )


def _forced_cells(grid: Grid) -> list[Cell]:
    """Return the cells that a minimum could ask for, however little money there is."""
    case = grid.case
    asked: dict[tuple[str, str], int] = {}
    for limit in case.limits:
        batch = case.measure[limit.measure].batch
        least = -(-(limit.min_units or 0) // batch)
        for regency in case.regencies_of.get(limit.area, (limit.area,)):
            key = (regency, limit.measure)
            asked[key] = max(asked.get(key, 0), least)
    found = []
    for (regency, code), most in sorted(asked.items()):
        unit_cost, measure = case.unit_cost(regency, code), case.measure[code]
        if most and unit_cost is not None:
            purse = grid.purse_index[case.province_of[regency], code]
            step = unit_cost * measure.batch
            found.append(Cell(regency, measure, purse, step, measure.setup_cost, most))
    return found
