"""A mixed-integer program gathered as arrays and handed to HiGHS in one call."""

import math
import time
from dataclasses import dataclass, field, replace
from typing import Literal

import highspy
import numpy as np
from numpy.typing import ArrayLike

from pulih.highs import INFINITY, NO_SOLUTION, Report, listen, quiet_solver
from pulih.refocusing.grid import Floats, Whole

MANY = 30_000  # Columns and rows from where on a relaxation is left to an interior point method.
FAR = 1e12  # Bounds beyond this are none: where they could bind, doubles lose whole units.


@dataclass
class Program:
    """Columns and rows; methods return the indexes of what they add."""

    lower: list[Floats] = field(default_factory=list)
    upper: list[Floats] = field(default_factory=list)
    cost: list[Floats] = field(default_factory=list)
    whole: list[Whole] = field(default_factory=list)
    least: list[Floats] = field(default_factory=list)
    most: list[Floats] = field(default_factory=list)
    entries: list[tuple[Whole, Whole, Floats]] = field(default_factory=list)
    width: int = 0
    height: int = 0

    def columns(
        self,
        count: int,
        *,
        lower: ArrayLike = 0.0,
        upper: ArrayLike = INFINITY,
        cost: ArrayLike = 0.0,
        whole: bool = False,
    ) -> Whole:
        for kept, values in ((self.lower, lower), (self.upper, _near(upper)), (self.cost, cost)):
            kept.append(_floats(values, count))
        self.whole.append(np.full(count, int(whole), dtype=np.int64))
        self.width += count
        return np.arange(self.width - count, self.width, dtype=np.int64)

    def rows(
        self,
        count: int,
        *entries: tuple[ArrayLike, ArrayLike, ArrayLike],
        least: ArrayLike = -INFINITY,
        most: ArrayLike = INFINITY,
    ) -> Whole:
        """Add rows; an entry is (row counted from 0, column, coefficient), as arrays."""
        self.least.append(_floats(-_near(-np.asarray(least)), count))
        self.most.append(_floats(_near(most), count))
        for row, column, coefficient in entries:
            places = np.asarray(row, dtype=np.int64)
            columns = np.asarray(column, dtype=np.int64)
            self.entries.append((places + self.height, columns, _floats(coefficient, len(places))))
        self.height += count
        return np.arange(self.height - count, self.height, dtype=np.int64)

    def with_fixed(self, columns: Whole, values: Floats) -> "Program":
        """Return the same program with some columns at a value."""
        lower, upper = _joined(self.lower).copy(), _joined(self.upper).copy()
        lower[columns] = upper[columns] = values
        return replace(self, lower=[lower], upper=[upper])

    def with_least(self, row: int, least: float) -> "Program":
        """Return the same program with another least value of a row."""
        every = _joined(self.least).copy()
        every[row] = least
        return replace(self, least=[every])

    def minimise(self, columns: Whole, cost: ArrayLike) -> None:
        """Make these columns' costs the whole objective."""
        costs = np.zeros(self.width)
        costs[columns] = _floats(cost, len(columns))
        self.cost = [costs]

    def least_at(self, duals: Floats, columns: int) -> float:
        """Return the Lagrangian bound of the first `columns`: all rows paid at their duals.

        Duals of the wrong sign count as 0; infinite where a column has no end.
        """
        of_rows, of_columns = self.terms_at(duals, columns)
        return float(of_rows.sum() + of_columns.sum())

    def terms_at(self, duals: Floats, columns: int) -> tuple[Floats, Floats]:
        """Return what each row and each of the first `columns` adds to the bound of `least_at`."""
        least, most = _joined(self.least), _joined(self.most)
        paid = np.where(np.isfinite(most), duals, np.maximum(duals, 0.0))
        paid = np.where(np.isfinite(least), paid, np.minimum(paid, 0.0))
        costs = _joined(self.cost).copy()
        for row, column, coefficient in self.entries:
            np.subtract.at(costs, column, coefficient * paid[row])
        costs = costs[:columns]
        ends = np.where(costs > 0, _joined(self.lower)[:columns], _joined(self.upper)[:columns])
        return _times(paid, np.where(paid > 0, least, most)), _times(costs, ends)

    def worth(self, columns: Floats) -> float:
        return float(_joined(self.cost) @ columns)

    def as_highs(self) -> highspy.HighsLp:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.width, self.height
        lp.col_lower_, lp.col_upper_ = _joined(self.lower), _joined(self.upper)
        lp.col_cost_ = _joined(self.cost)
        lp.row_lower_, lp.row_upper_ = _joined(self.least), _joined(self.most)
        kinds = np.concatenate(self.whole)
        if kinds.any():
            names = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            lp.integrality_ = [names[kind] for kind in kinds]
        start, index, value = self._compressed()
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = self.width, self.height
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = start, index, value
        return lp

    def _compressed(self) -> tuple[Whole, Whole, Floats]:
        rows = np.concatenate([entry[0] for entry in self.entries] or [np.zeros(0, np.int64)])
        columns = np.concatenate([entry[1] for entry in self.entries] or [np.zeros(0, np.int64)])
        values = np.concatenate([entry[2] for entry in self.entries] or [np.zeros(0)])
        order = np.argsort(rows, kind="stable")
        start = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=self.height))))
        return start, columns[order], values[order]


@dataclass(frozen=True)
class Answer:
    """What HiGHS found: `bound` is proven; `columns` is None without a solution."""

    status: Literal["optimal", "stopped", "infeasible"]
    value: float
    bound: float
    columns: Floats | None
    row_duals: Floats | None = None
    column_duals: Floats | None = None
    basis: highspy.HighsBasis | None = None


def run(
    program: Program,
    *,
    seconds: float,
    gap: float = 0.0,
    start: Floats | None = None,
    hint: tuple[Whole, Floats] | None = None,
    relaxed: bool = False,
    report: Report | None = None,
    slack: float = 0.0,
    basis: highspy.HighsBasis | None = None,
    is_small: bool = False,
) -> Answer:
    """Minimise a program within `seconds` of wall time, on one thread and with a fixed seed.

    start: a value for every column to begin with; hint: columns and values for some of them,
    the rest is filled in by HiGHS; relaxed: forget that columns are whole; slack: an absolute
    gap that will do as well; basis: of a relaxation that lacked the last columns and rows;
    is_small: beginning again at the root, as HiGHS likes to, takes longer than all the rest.
    HiGHS 1.16 sometimes answers with the value of its best solution and the columns of the start
    or hint: then it runs again without one.
    """
    if seconds <= 0:
        return Answer("stopped", math.inf, -math.inf, None)
    began = time.monotonic()
    solver = quiet_solver(seconds, gap)
    solver.setOptionValue("mip_abs_gap", slack)
    solver.setOptionValue("mip_allow_restart", not is_small)
    model = program.as_highs()
    if relaxed:
        model.integrality_ = []
        if basis is None and program.width + program.height > MANY:
            solver.setOptionValue("solver", "ipm")  # Ends at a corner with a basis all the same.
    solver.passModel(model)
    if start is not None:
        guess = highspy.HighsSolution()
        guess.col_value = list(start)
        solver.setSolution(guess)
    if hint is not None:
        solver.setSolution(len(hint[0]), hint[0].astype(np.int32), hint[1])
    if basis is not None:
        solver.setBasis(_extended(basis, program))
    if report is not None:
        listen(solver, report)
    solver.run()
    answer = _answer(solver, is_whole=not relaxed and bool(np.concatenate(program.whole).any()))
    if (start is None and hint is None) or answer.columns is None:
        return answer
    worth = program.worth(answer.columns)
    if abs(worth - answer.value) <= 1e-6 * max(1.0, abs(worth)):
        return answer
    left = seconds - (time.monotonic() - began)
    again = run(program, seconds=left, gap=gap, relaxed=relaxed, report=report, slack=slack)
    return again if again.value < worth else replace(answer, status="stopped", value=worth)


def _extended(basis: highspy.HighsBasis, program: Program) -> highspy.HighsBasis:
    """Return a basis in which new columns stand at 0 and new rows are basic."""
    states, found = highspy.HighsBasisStatus, highspy.HighsBasis()
    columns, rows = list(basis.col_status), list(basis.row_status)
    found.col_status = columns + [states.kLower] * (program.width - len(columns))
    found.row_status = rows + [states.kBasic] * (program.height - len(rows))
    found.valid = True
    return found


def _answer(solver: highspy.Highs, *, is_whole: bool) -> Answer:
    status, info = solver.getModelStatus(), solver.getInfo()
    if status in NO_SOLUTION:
        return Answer("infeasible", math.inf, -math.inf, None)
    solution = solver.getSolution()
    has_one = info.primal_solution_status == highspy.kSolutionStatusFeasible
    is_best = status == highspy.HighsModelStatus.kOptimal
    columns = np.array(solution.col_value) if has_one else None
    value = info.objective_function_value if has_one else math.inf
    if is_whole:
        return Answer("optimal" if is_best else "stopped", value, info.mip_dual_bound, columns)
    duals = (np.array(solution.row_dual), np.array(solution.col_dual)) if is_best else (None, None)
    bound = value if is_best else -math.inf
    named: Literal["optimal", "stopped"] = "optimal" if is_best else "stopped"
    return Answer(named, value, bound, columns, duals[0], duals[1], solver.getBasis())


def _near(most: ArrayLike) -> Floats:
    """Return upper bounds, INFINITY for those that are too far away to count."""
    bounds = np.asarray(most, dtype=np.float64)
    return np.where(bounds > FAR, INFINITY, bounds)


def _floats(values: ArrayLike, count: int) -> Floats:
    return np.broadcast_to(np.asarray(values, dtype=np.float64), (count,))


def _times(values: Floats, ends: Floats) -> Floats:
    """Return products; 0 where the value is, however far away the end."""
    return values * np.where(values, ends, 0.0)


def _joined(parts: list[Floats]) -> Floats:
    return np.concatenate(parts) if parts else np.zeros(0)
