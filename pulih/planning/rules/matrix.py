"""The matrix Semula–Menjadi: budget lines in their tree, with subtotals that add up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Level = Literal["activity", "output", "component", "line"]
LEVELS: tuple[Level, ...] = ("activity", "output", "component")


@dataclass(frozen=True)
class MatrixLine:
    """One budget line before and after, in whole rupiah, with the codes it hangs on."""

    unit: str
    activity: str
    output: str
    component: str
    account: str
    detail: str
    measure: str
    before: int
    after: int
    is_new: bool = False

    @property
    def path(self) -> tuple[str, str, str]:
        return self.activity, self.output, self.component

    @property
    def order(self) -> tuple[str, ...]:
        return (*self.path, self.account, self.detail, self.measure)


@dataclass(frozen=True)
class MatrixRow:
    """A printed row: a heading with its subtotal, or a line."""

    level: Level
    code: str
    detail: str
    before: int
    after: int
    is_new: bool = False

    @property
    def change(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class Matrix:
    """All rows of one spending unit, and what they add up to."""

    unit: str
    rows: tuple[MatrixRow, ...]
    before: int
    after: int

    @property
    def change(self) -> int:
        return self.after - self.before

    @property
    def changed(self) -> int:
        return sum(1 for row in self.rows if row.level == "line" and row.change)


def matrix_of(unit: str, lines: Iterable[MatrixLine]) -> Matrix:
    """Return the matrix of a spending unit: headings before what hangs on them."""
    ordered = sorted(lines, key=lambda line: line.order)
    rows = tuple(_rows(ordered, 0))
    before, after = sum(line.before for line in ordered), sum(line.after for line in ordered)
    return Matrix(unit, rows, before, after)


def _rows(lines: Sequence[MatrixLine], depth: int) -> Iterable[MatrixRow]:
    if depth == len(LEVELS):
        yield from (_line(line) for line in lines)
        return
    for code, group in groupby(lines, key=lambda line: line.path[depth]):
        below = list(group)
        yield MatrixRow(
            LEVELS[depth], code, "",
            sum(line.before for line in below), sum(line.after for line in below),
        )  # fmt: skip
        yield from _rows(below, depth + 1)


def _line(line: MatrixLine) -> MatrixRow:
    return MatrixRow("line", line.account, line.detail, line.before, line.after, line.is_new)
