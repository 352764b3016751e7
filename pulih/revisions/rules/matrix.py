"""The matrix Semula–Menjadi: budget lines in their tree, with subtotals that add up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import Literal

from pulih.budget.rules.costs import Cost
from pulih.budget.rules.keys import LineKey

Level = Literal["programme", "activity", "output", "suboutput", "component", "line", "detail"]
NO_NAMES: Mapping[str, str] = MappingProxyType({})
LEVELS: tuple[Level, ...] = ("programme", "activity", "output", "suboutput", "component")


@dataclass(frozen=True)
class Detail:
    """A row below a line, before and after; None where it is not there."""

    text: str
    before: Cost | None
    after: Cost | None


@dataclass(frozen=True)
class MatrixLine:
    """One budget line before and after, in whole rupiah, with the codes it hangs on.

    programme and suboutput may be empty: then they have no heading of their own.
    """

    activity: str
    output: str
    component: str
    account: str
    words: str
    before: int
    after: int
    programme: str = ""
    suboutput: str = ""
    is_new: bool = False
    remark: str = ""
    details: tuple[Detail, ...] = ()
    fund_source: str = ""
    blocked: int = 0

    @property
    def path(self) -> tuple[str, ...]:
        return self.programme, self.activity, self.output, self.suboutput, self.component

    @property
    def order(self) -> tuple[str, ...]:
        return (*self.path, self.account, self.fund_source, self.words, self.remark)


def line_at(key: LineKey, words: str, before: int, after: int, *, is_new: bool) -> MatrixLine:
    """Return a line hung where its key says; the codes of its levels are written in full."""
    output = f"{key.activity}.{key.output}"
    return MatrixLine(
        key.activity,
        output,
        f"{key.component}.{key.subcomponent}",
        key.account,
        words,
        before,
        after,
        suboutput=f"{output}.{key.suboutput}" if key.suboutput else "",
        is_new=is_new,
    )


@dataclass(frozen=True)
class MatrixRow:
    """A printed row: a heading with its subtotal, a line, or a row below a line."""

    level: Level
    code: str
    words: str
    before: int
    after: int
    is_new: bool = False
    remark: str = ""
    cost_before: Cost | None = None
    cost_after: Cost | None = None
    fund_source: str = ""
    blocked: int = 0

    @property
    def change(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class Matrix:
    """All rows of one spending unit, and what they add up to."""

    rows: tuple[MatrixRow, ...]
    before: int
    after: int

    @property
    def blocked(self) -> int:
        return sum(row.blocked for row in self.rows)

    @property
    def change(self) -> int:
        return self.after - self.before

    @property
    def changed(self) -> int:
        return sum(1 for row in self.rows if row.level == "line" and row.change)


def matrix_of(lines: Iterable[MatrixLine], names: Mapping[str, str] = NO_NAMES) -> Matrix:
    """Return the matrix of a spending unit: headings before what hangs on them.

    names: of programmes, activities and outputs by their codes.
    """
    ordered = sorted(lines, key=lambda line: line.order)
    rows = tuple(_rows(ordered, 0, names))
    before, after = sum(line.before for line in ordered), sum(line.after for line in ordered)
    return Matrix(rows, before, after)


def _rows(lines: Sequence[MatrixLine], depth: int, names: Mapping[str, str]) -> Iterable[MatrixRow]:
    if depth == len(LEVELS):
        for line in lines:
            yield from _line(line)
        return
    for code, group in groupby(lines, key=lambda line: line.path[depth]):
        below = list(group)
        if code:
            yield MatrixRow(
                LEVELS[depth],
                code,
                names.get(code, ""),
                sum(line.before for line in below),
                sum(line.after for line in below),
            )
        yield from _rows(below, depth + 1, names)


def _line(line: MatrixLine) -> Iterable[MatrixRow]:
    yield MatrixRow(
        "line", line.account, line.words, line.before, line.after, line.is_new, line.remark,
        fund_source=line.fund_source, blocked=line.blocked,
    )  # fmt: skip
    for detail in line.details:
        yield MatrixRow(
            "detail",
            "",
            detail.text,
            detail.before.amount if detail.before else 0,
            detail.after.amount if detail.after else 0,
            cost_before=detail.before,
            cost_after=detail.after,
        )


NOT_SAID = "Perubahan yang belum dirinci"
UNLISTED = "Selebihnya, tidak dirinci pada POK"


def details_between(
    before: Sequence[tuple[str, Cost]],
    after: Sequence[tuple[str, Cost]] | None,
    ceilings: tuple[int, int],
) -> tuple[Detail, ...]:
    """Lay the rows of a line before and after side by side, so that they add up to its ceilings.

    after: None where nobody has said what the line is to be made of; then its rows stay, and one
    row carries the movement. Rows that a sheet does not state are one row too.
    """
    if not before and after is None:
        return ()
    new = list(before) if after is None else list(after)
    found = [*_paired(list(before), new)]
    found += _rest(ceilings[0] - sum(cost.amount for _text, cost in before), after)
    missing = ceilings[1] - sum(d.after.amount for d in found if d.after)
    if missing:
        cost = Cost(missing)
        found.append(Detail(NOT_SAID, None, cost))
    return tuple(found)


def _rest(rest: int, after: Sequence[tuple[str, Cost]] | None) -> list[Detail]:
    if not rest:
        return []
    return [Detail(UNLISTED, Cost(rest), Cost(rest) if after is None else None)]


def _paired(before: list[tuple[str, Cost]], after: list[tuple[str, Cost]]) -> Iterable[Detail]:
    left = list(after)
    for text, cost in before:
        same = next((one for one in left if one[0] == text), None)
        if same:
            left.remove(same)
        yield Detail(text, cost, same[1] if same else None)
    for text, cost in left:
        yield Detail(text, None, cost)
