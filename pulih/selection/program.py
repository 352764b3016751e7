"""A linear or whole-number program as arrays, handed to HiGHS in one call."""

import math
from dataclasses import dataclass
from typing import Literal

import highspy
import numpy as np

from pulih.highs import NO_SOLUTION, TOLERANCE, quiet_solver
from pulih.selection.case import Flags, Floats, Whole


@dataclass(frozen=True, eq=False)
class Program:
    """Maximise profit · x with row sums within least and most; entries are (row, column, value)."""

    profit: Floats
    lower: Floats
    upper: Floats
    is_whole: Flags
    least: Floats
    most: Floats
    row: Whole
    column: Whole
    value: Floats

    def as_highs(self, *, relaxed: bool) -> highspy.HighsLp:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.profit), len(self.least)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_lower_, lp.col_upper_, lp.col_cost_ = self.lower, self.upper, self.profit
        lp.row_lower_, lp.row_upper_ = self.least, self.most
        if not relaxed:
            names = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            lp.integrality_ = [names[kind] for kind in self.is_whole.tolist()]
        order = np.argsort(self.column, kind="stable")
        start = np.bincount(self.column, minlength=len(self.profit)).cumsum()
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = len(self.profit), len(self.least)
        lp.a_matrix_.start_ = np.concatenate(([0], start)).astype(np.int32)
        lp.a_matrix_.index_ = self.row[order].astype(np.int32)
        lp.a_matrix_.value_ = self.value[order]
        return lp


@dataclass(frozen=True, eq=False)
class Answer:
    """What HiGHS found: `bound` is proven; `columns` is None without a solution."""

    status: Literal["optimal", "stopped", "infeasible"]
    value: float
    bound: float
    columns: Floats | None
    duals: Floats | None = None  # By row: what the value gains per unit of the row's bound.


NOTHING = Answer("stopped", -math.inf, math.inf, None)


def relax(program: Program, *, seconds: float) -> Answer:
    """Maximise without wholeness, in wall seconds, on one thread."""
    if seconds <= 0:
        return NOTHING
    if not len(program.profit):
        return _without_columns(program)
    solver = quiet_solver(seconds)
    solver.passModel(program.as_highs(relaxed=True))
    solver.run()
    status = solver.getModelStatus()
    if status in NO_SOLUTION:
        return Answer("infeasible", -math.inf, -math.inf, None)
    if status != highspy.HighsModelStatus.kOptimal:
        return NOTHING
    solution, value = solver.getSolution(), solver.getInfo().objective_function_value
    columns, duals = np.array(solution.col_value), np.array(solution.row_dual)
    return Answer("optimal", value, value, columns, duals)


def maximise(program: Program, *, seconds: float, gap: float = 0.0, room: float = 0.0) -> Answer:
    """Maximise in wall seconds, on one thread and with a fixed seed.

    gap: relative, room: absolute; the answer is good enough when it is within either.
    """
    if seconds <= 0:
        return NOTHING
    if not len(program.profit):
        return _without_columns(program)
    solver = quiet_solver(seconds)
    solver.setOptionValue("mip_rel_gap", gap)
    solver.setOptionValue("mip_abs_gap", room)
    solver.passModel(program.as_highs(relaxed=False))
    solver.run()
    status, info = solver.getModelStatus(), solver.getInfo()
    if status in NO_SOLUTION:
        return Answer("infeasible", -math.inf, -math.inf, None)
    has_one = info.primal_solution_status == highspy.kSolutionStatusFeasible
    is_best = status == highspy.HighsModelStatus.kOptimal
    columns = np.array(solver.getSolution().col_value) if has_one else None
    value = info.objective_function_value if has_one else -math.inf
    bound = info.mip_dual_bound if program.is_whole.any() else value
    return Answer("optimal" if is_best else "stopped", value, bound, columns)


def _without_columns(program: Program) -> Answer:
    """HiGHS has no answer for a program without columns."""
    if (program.least > TOLERANCE).any() or (program.most < -TOLERANCE).any():
        return Answer("infeasible", -math.inf, -math.inf, None)
    return Answer("optimal", 0.0, 0.0, np.zeros(0), np.zeros(len(program.least)))
