"""A small program of columns and rows, handed to HiGHS in one call."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray

from pulih.highs import quiet_solver

Floats = NDArray[np.float64]


@dataclass
class Program:
    """Gathered column by column and row by row; `add_` methods return the new place."""

    cost: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    is_whole: list[bool] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    index: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)

    def add_column(
        self, lower: float, upper: float, cost: float = 0.0, *, whole: bool = False
    ) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        self.cost.append(cost)
        self.is_whole.append(whole)
        return len(self.cost) - 1

    def add_row(
        self, entries: Sequence[tuple[int, float]], least: float = 0.0, most: float = 0.0
    ) -> int:
        self.start.append(len(self.index))
        for column, value in entries:
            self.index.append(column)
            self.value.append(value)
        self.least.append(least)
        self.most.append(most)
        return len(self.least) - 1


class Solver:
    """One HiGHS that is given one program after another; one thread, no clock, no chance."""

    def __init__(self) -> None:
        self._highs = quiet_solver(tolerance=1e-7)
        self._highs.setOptionValue("mip_abs_gap", 0.5)  # Objectives of whole programs are whole.

    def minimise(self, program: Program, *, whole: bool = False) -> Floats | None:
        """The columns of a best solution; None where nothing is lawful."""
        self.load(program, whole=whole)
        return self.run()

    def load(self, program: Program, *, whole: bool = False) -> None:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(program.cost), len(program.least)
        model.col_cost_ = np.array(program.cost)
        model.col_lower_, model.col_upper_ = np.array(program.lower), np.array(program.upper)
        model.row_lower_, model.row_upper_ = np.array(program.least), np.array(program.most)
        if whole:
            model.integrality_ = [
                highspy.HighsVarType.kInteger if each else highspy.HighsVarType.kContinuous
                for each in program.is_whole
            ]
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.num_col_, matrix.num_row_ = len(program.cost), len(program.least)
        matrix.start_ = np.array([*program.start, len(program.index)], dtype=np.int32)
        matrix.index_ = np.array(program.index, dtype=np.int32)
        matrix.value_ = np.array(program.value, dtype=np.float64)
        self._highs.setOptionValue("presolve", "choose" if whole else "off")
        self._highs.passModel(model)

    def reprice(self, cost: Floats) -> None:
        """Change the costs of the loaded program; the last basis is kept."""
        columns = np.arange(len(cost), dtype=np.int32)
        self._highs.changeColsCost(len(cost), columns, cost)

    def rebound(self, column: int, lower: float, upper: float) -> None:
        self._highs.changeColBounds(column, lower, upper)

    def is_impossible(self, program: Program) -> bool:
        """Whether it is certain that nothing satisfies a program."""
        self.load(program)
        self._highs.run()
        return bool(self._highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible)

    def run(self) -> Floats | None:
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.array(self._highs.getSolution().col_value)
