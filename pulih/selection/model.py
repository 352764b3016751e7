"""Atoms and lines as a program in floats: scaled, some atoms held, and lines that may give way."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from pulih.highs import INFINITY
from pulih.selection.atoms import Atoms
from pulih.selection.case import Floats, Whole
from pulih.selection.program import Program
from pulih.selection.rules import Lines


@dataclass(frozen=True, eq=False)
class Model:
    """Everything that any program of one case is made of.

    needed: by line what the atoms must add up to, those fixed `in` being counted already.
    """

    atoms: Atoms
    lines: Lines
    needed: Sequence[int]
    values: Sequence[int] = field(default=())  # How many numbers each exclusive column uses.

    @cached_property
    def scale(self) -> Floats:
        """The largest coefficient of each line, by which its row is divided."""
        largest = [float(np.abs(x.coefficients).max(initial=1)) for x in self.lines.lines]
        return np.array(largest, dtype=np.float64)

    @cached_property
    def coefficient(self) -> Floats:
        return self.lines.coefficient / self.scale[self.lines.line]

    @cached_property
    def divisor(self) -> list[int]:
        """What all coefficients of a line are whole multiples of."""
        return [int(np.gcd.reduce(line.coefficients, initial=0)) or 1 for line in self.lines.lines]

    @cached_property
    def least(self) -> Floats:
        """By line what is needed, rounded up to what whole counts can add up to, scaled."""
        pairs = zip(self.needed, self.divisor, strict=True)
        steps = [float(-(-needed // divisor)) for needed, divisor in pairs]
        largest = self.scale / np.array(self.divisor, dtype=np.float64)
        return np.asarray(np.array(steps, dtype=np.float64) / largest)

    @property
    def is_held_by_nobody(self) -> bool:
        """Whether every line holds by those who are fixed alone."""
        return max(self.needed, default=0) <= 0

    @cached_property
    def unit(self) -> float:
        """Millionths of a point that make one unit of profit.

        What all scores are multiples of stays well above the solver's tolerance, however high
        some of them are.
        """
        grid = float(np.gcd.reduce(self.atoms.score, initial=0))
        return max(1.0, min(float(self.atoms.score.max(initial=0)) / 100, grid * 1e6))

    @cached_property
    def profit(self) -> Floats:
        return np.asarray(self.atoms.score / self.unit)

    def gains(self, duals: Floats) -> Floats:
        """What the lines' prices add to one person of each group."""
        weights = self.coefficient * duals[self.lines.line]
        found = np.bincount(self.lines.group, weights=weights, minlength=self.lines.groups)
        return found.astype(np.float64)

    def entries(self, chosen: Whole) -> tuple[Whole, Whole, Floats]:
        """Line, column (counted within `chosen` atoms) and coefficient of every entry."""
        group, start = self.atoms.group[chosen], self.lines.start
        sizes = start[group + 1] - start[group]
        column = np.repeat(np.arange(len(chosen)), sizes)
        within = np.arange(len(column)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        entry = self.lines.by_group[np.repeat(start[group], sizes) + within]
        return self.lines.line[entry], column, self.coefficient[entry]

    def reached(self, counts: Floats) -> Floats:
        """What whole or broken counts of all atoms add up to, by line."""
        of_group = np.bincount(self.atoms.group, weights=counts, minlength=self.lines.groups)
        weights = self.coefficient * of_group[self.lines.group]
        found = np.bincount(self.lines.line, weights=weights, minlength=len(self.lines.lines))
        return found.astype(np.float64)

    def program(
        self, chosen: Whole, held: Floats, *, penalty: float | None, stretch: int = 1
    ) -> Program:
        """Leave the `chosen` atoms open and hold all others at `held`.

        penalty: what a line costs for each scaled unit that it gives way; None is never.
        stretch: each atom stands for so many like it.
        """
        line, column, value = self.entries(chosen)
        rest = held.copy()
        rest[chosen] = 0.0
        least = self.least - self.reached(rest)
        cliques, members, _ = self.cliques(chosen)
        height, width = len(least), len(chosen)
        row = np.concatenate((line, cliques + height))
        columns = np.concatenate((column, members))
        values = np.concatenate((value, np.ones(len(members))))
        added = height if penalty is not None else 0
        if added:
            row = np.concatenate((row, np.arange(height)))
            columns = np.concatenate((columns, np.arange(width, width + height)))
            values = np.concatenate((values, np.ones(height)))
        count = int(cliques.max(initial=-1)) + 1
        return Program(
            profit=np.concatenate((self.profit[chosen], np.full(added, -(penalty or 0.0)))),
            lower=np.zeros(width + added),
            upper=np.concatenate(
                (self.atoms.capacity[chosen] * float(stretch), np.full(added, INFINITY))
            ),
            is_whole=np.concatenate((np.ones(width, dtype=bool), np.zeros(added, dtype=bool))),
            least=np.concatenate((least, np.full(count, -INFINITY))),
            most=np.concatenate((np.full(height, INFINITY), np.ones(count))),
            row=row,
            column=columns,
            value=values,
        )

    def cliques(self, chosen: Whole) -> tuple[Whole, Whole, list[Whole]]:
        """Rows "at most one": number of the row and column within `chosen`, entry by entry.

        And for each exclusive column the values that its rows stand for, in their order.
        """
        none, first = np.zeros(0, dtype=np.int64), 0
        rows, columns, values = [none], [none], []
        for link in self.atoms.link:
            mine = link[chosen]
            counts = np.bincount(mine[mine >= 0], minlength=int(link.max(initial=0)) + 1)
            places = np.flatnonzero((mine >= 0) & (counts[mine] > 1))
            shared, numbers = np.unique(mine[places], return_inverse=True)
            rows.append(numbers + first)
            columns.append(places)
            values.append(shared)
            first += len(shared)
        return np.concatenate(rows), np.concatenate(columns), values
