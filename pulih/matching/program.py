"""A mixed-integer program gathered row by row and handed to HiGHS in one call."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import highspy
import numpy as np

from pulih.highs import INFINITY, NO_SOLUTION, Report, listen, quiet_solver
from pulih.matching.grid import Floats


@dataclass
class Program:
    """Columns and rows of a program that minimises; methods return the place of what they add."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def column(self, lower: float = 0.0, upper: float = INFINITY, *, whole: bool = False) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        self.cost.append(0.0)
        self.whole.append(whole)
        return len(self.lower) - 1

    def row(
        self,
        entries: Sequence[tuple[int, float]],
        *,
        least: float = -INFINITY,
        most: float = INFINITY,
    ) -> int:
        self.begins.append(len(self.columns))
        self.columns += [column for column, _ in entries]
        self.values += [value for _, value in entries]
        self.least.append(least)
        self.most.append(most)
        return len(self.least) - 1

    def as_highs(self) -> highspy.HighsLp:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.lower), len(self.least)
        lp.col_lower_, lp.col_upper_ = np.array(self.lower), np.array(self.upper)
        lp.col_cost_ = np.array(self.cost)
        lp.row_lower_, lp.row_upper_ = np.array(self.least), np.array(self.most)
        if any(self.whole):
            names = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            lp.integrality_ = [names[is_whole] for is_whole in self.whole]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = len(self.lower), len(self.least)
        lp.a_matrix_.start_ = np.array([*self.begins, len(self.columns)], dtype=np.int64)
        lp.a_matrix_.index_ = np.array(self.columns, dtype=np.int64)
        lp.a_matrix_.value_ = np.array(self.values, dtype=np.float64)
        return lp

    def proven(self, row_duals: Floats) -> float:
        """Return a lower bound that holds for any duals: wrong signs are cut off, nothing trusted.

        Every column needs a finite range on the side to which its reduced cost pulls it.
        """
        least, most = np.array(self.least), np.array(self.most)
        duals = np.where(np.isinf(least), np.minimum(row_duals, 0.0), row_duals)
        duals = np.where(np.isinf(most), np.maximum(duals, 0.0), duals)
        sides = np.where(duals > 0, least, most)
        binds = duals != 0
        rows = float(duals[binds] @ sides[binds])
        reduced = self.reduced(duals)
        ends = np.where(reduced > 0, np.array(self.lower), np.array(self.upper))
        pulls = reduced != 0
        return rows + float(reduced[pulls] @ ends[pulls])

    def is_worth(self, columns: Floats, value: float) -> bool:
        """Say whether the columns have this value."""
        return abs(float(np.array(self.cost) @ columns) - value) <= 1e-6 * max(1.0, abs(value))

    def reduced(self, duals: Floats) -> Floats:
        counts = np.diff([*self.begins, len(self.columns)])
        weights = np.repeat(duals, counts) * np.array(self.values)
        pulled = np.bincount(self.columns, weights, minlength=len(self.lower))
        return np.array(self.cost) - pulled


@dataclass(frozen=True)
class Answer:
    """What HiGHS found: `bound` is proven; `columns` is None without a solution."""

    status: Literal["optimal", "stopped", "infeasible"]
    value: float
    bound: float
    columns: Floats | None
    row_duals: Floats | None = None


def run(
    program: Program,
    *,
    seconds: float,
    gap: float = 0.0,
    start: Floats | None = None,
    relaxed: bool = False,
    nodes: int | None = None,
    restarts: bool = True,
    report: Report | None = None,
) -> Answer:
    """Minimise a program within `seconds` of wall time, on one thread and with a fixed seed.

    start: a value for every column to begin with; relaxed: forget that columns are whole;
    nodes: at most so many; restarts: HiGHS may presolve again where it has fixed many columns.
    HiGHS 1.16 sometimes answers with the value of its best solution and the columns of the start:
    then it runs again without one.
    """
    if seconds <= 0:
        return Answer("stopped", math.inf, -math.inf, None)
    began = time.monotonic()
    solver = quiet_solver(seconds, gap)
    model = program.as_highs()
    if relaxed:
        model.integrality_ = []
    solver.setOptionValue("mip_allow_restart", restarts)
    if nodes is not None:
        solver.setOptionValue("mip_max_nodes", nodes)
    solver.passModel(model)
    if start is not None:
        guess = highspy.HighsSolution()
        guess.col_value = list(start)
        solver.setSolution(guess)
    if report is not None:
        listen(solver, report)
    solver.run()
    answer = _answer(program, solver, is_whole=not relaxed and any(program.whole))
    if start is None or answer.columns is None or program.is_worth(answer.columns, answer.value):
        return answer
    left = seconds - (time.monotonic() - began)
    return run(
        program,
        seconds=left,
        gap=gap,
        relaxed=relaxed,
        nodes=nodes,
        restarts=restarts,
        report=report,
    )


def _answer(program: Program, solver: highspy.Highs, *, is_whole: bool) -> Answer:
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
    if columns is None and len(solution.col_value):
        columns = np.array(solution.col_value)
    duals = np.array(solution.row_dual) if len(solution.row_dual) else None
    bound = -math.inf if duals is None else program.proven(duals)
    return Answer("optimal" if is_best else "stopped", value, bound, columns, duals)
