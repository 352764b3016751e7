"""What an attacker knows, as one system: unknown numbers, additions, bounds, rules.

A column is a number that may stand in several releases. Current cells are the columns
0 … cells - 1 in their order; columns after them are hidden cells of earlier releases. `base` is
one lawful answer; every other is written as its difference from it, in whole units.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

FAR = 10**7  # Units; further than any answer is looked for.


@dataclass(frozen=True)
class System:
    """sums: (total, parts); answers: (answer, whole); known: columns that stay as they are.

    k: 0 for sums, of whose contributors nothing is shown. needs: width by column.
    within: (part, larger), numbers of two measures, of which the first is not above the second.
    """

    base: Sequence[int]
    sums: Sequence[tuple[int, tuple[int, ...]]]
    answers: Sequence[tuple[int, int]]
    k: int
    cells: int
    unit: int = 1
    fixed: frozenset[int] = frozenset()  # Known from other releases, even where hidden.
    rising: frozenset[int] = frozenset()  # Small sums: what counts is how far they may rise.
    hanging: Sequence[frozenset[int]] = ()  # Columns of which one has to be small.
    within: Sequence[tuple[int, int]] = ()

    @cached_property
    def sums_of(self) -> Sequence[Sequence[int]]:
        found: list[list[int]] = [[] for _ in self.base]
        for number, (total, parts) in enumerate(self.sums):
            for column in {total, *parts}:
                found[column].append(number)
        return found

    @cached_property
    def answers_of(self) -> Mapping[int, Sequence[int]]:
        found: dict[int, list[int]] = {}
        for answer, whole in self.answers:
            found.setdefault(whole, []).append(answer)
        return found

    @cached_property
    def wholes_of(self) -> Mapping[int, Sequence[int]]:
        found: dict[int, list[int]] = {}
        for answer, whole in self.answers:
            found.setdefault(answer, []).append(whole)
        return found

    @cached_property
    def larger_of(self) -> Mapping[int, Sequence[int]]:
        return _by_first(self.within)

    @cached_property
    def parts_of(self) -> Mapping[int, Sequence[int]]:
        return _by_first((larger, part) for part, larger in self.within)

    def width(self, column: int, low: int, high: int) -> int:
        """How wide a column is that is seen to move from low to high."""
        return high if column in self.rising else high - low

    def floor(self, column: int) -> int:
        """The most units by which a column may fall."""
        return -(self.base[column] // self.unit)

    def room(self, answer: int, whole: int) -> int:
        """The units between an answer and its whole."""
        return (self.base[whole] - self.base[answer]) // self.unit


def _by_first(pairs: Iterable[tuple[int, int]]) -> Mapping[int, Sequence[int]]:
    found: dict[int, list[int]] = {}
    for first, second in pairs:
        found.setdefault(first, []).append(second)
    return found


Unknown = frozenset[int] | set[int]


@dataclass(frozen=True)
class Component:
    """Unknown columns that depend on each other, with all that joins them."""

    columns: tuple[int, ...]
    sums: tuple[int, ...]
    answers: tuple[tuple[int, int], ...]
    within: tuple[tuple[int, int], ...] = ()


@dataclass
class Groups:
    above: dict[int, int] = field(default_factory=dict)

    def root(self, column: int) -> int:
        while self.above.setdefault(column, column) != column:
            self.above[column] = self.above[self.above[column]]
            column = self.above[column]
        return column

    def join(self, columns: Iterable[int]) -> None:
        roots = sorted({self.root(column) for column in columns})
        for other in roots[1:]:
            self.above[other] = roots[0]


def components(system: System, unknown: Unknown) -> list[Component]:
    """Split the unknown columns into those that depend on each other, in order."""
    groups = Groups()
    for column in sorted(unknown):
        groups.root(column)
    touched = []
    for number, (total, parts) in enumerate(system.sums):
        inside = [column for column in (total, *parts) if column in unknown]
        if inside:
            groups.join(inside)
            touched.append((number, inside[0]))
    pairs = [(a, w) for a, w in system.answers if a in unknown and w in unknown]
    inclusions = [(p, w) for p, w in system.within if p in unknown and w in unknown]
    for pair in (*pairs, *inclusions):
        groups.join(pair)
    columns: dict[int, list[int]] = {}
    for column in sorted(unknown):
        columns.setdefault(groups.root(column), []).append(column)
    sums: dict[int, list[int]] = {root: [] for root in columns}
    for number, column in touched:
        sums[groups.root(column)].append(number)
    answers: dict[int, list[tuple[int, int]]] = {root: [] for root in columns}
    for answer, whole in pairs:
        answers[groups.root(answer)].append((answer, whole))
    within: dict[int, list[tuple[int, int]]] = {root: [] for root in columns}
    for part, larger in inclusions:
        within[groups.root(part)].append((part, larger))
    return [
        Component(tuple(found), tuple(sums[root]), tuple(answers[root]), tuple(within[root]))
        for root, found in sorted(columns.items())
    ]
