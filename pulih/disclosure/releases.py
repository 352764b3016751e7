"""Join a table with the releases before it, as an attacker would.

He takes a row (a total and its parts) for unchanged when its total and every part that both
releases show stayed the same, and then takes hidden parts for the same numbers too.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pulih.disclosure.program import Program, Solver
from pulih.disclosure.structure import Row, Spot, Structure
from pulih.disclosure.system import System

RowName = tuple[Spot, str]  # Its total, and the dimension of its categories; blank for areas.


@dataclass(frozen=True)
class View:
    """One measure and period as a release shows it; None where hidden."""

    structure: Structure
    values: tuple[int | None, ...]

    @cached_property
    def place(self) -> Mapping[Spot, int]:
        return {spot: at for at, spot in enumerate(self.structure.spots)}

    @cached_property
    def rows(self) -> Mapping[RowName, Row]:
        return {self._name(row): row for row in self.structure.rows}

    def _name(self, row: Row) -> RowName:
        total, part = self.structure.spots[row.total], self.structure.spots[row.parts[0]]
        return total, part.dimension if part.area == total.area else ""

    def with_hidden(self, hidden: set[int]) -> "View":
        shown = (None if at in hidden else value for at, value in enumerate(self.values))
        return View(self.structure, tuple(shown))


@dataclass(frozen=True)
class Link:
    """A row that two views show unmoved: the places of the same spots in both."""

    first: int
    second: int
    pairs: tuple[tuple[int, int], ...]


def moved(first: View, second: View, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs of places that both views show with different numbers."""
    found = []
    for one, other in pairs:
        before, after = first.values[one], second.values[other]
        if before is not None and after is not None and before != after:
            found.append((one, other))
    return found


def common_rows(
    first: View, second: View
) -> Iterator[tuple[tuple[int, int], list[tuple[int, int]]]]:
    """The rows of both views: the pair of places of the total, those of the parts."""
    for name, row in first.rows.items():
        other = second.rows.get(name)
        if other is None:
            continue
        spots = first.structure.spots
        pairs = [
            (part, second.place[spots[part]]) for part in row.parts if spots[part] in second.place
        ]
        yield (row.total, other.total), pairs


def seems_unchanged(
    first: View, second: View, total: tuple[int, int], parts: Sequence[tuple[int, int]]
) -> bool:
    before, after = first.values[total[0]], second.values[total[1]]
    if (before is None) != (after is None) or before != after or moved(first, second, parts):
        return False
    return before is not None or any(
        first.values[one] is not None and second.values[other] is not None for one, other in parts
    )


def links_between(views: Sequence[View]) -> list[Link]:
    found = []
    for second in range(len(views)):
        for first in range(second):
            for total, parts in common_rows(views[first], views[second]):
                if seems_unchanged(views[first], views[second], total, parts):
                    found.append(Link(first, second, (total, *parts)))
    return found


@dataclass
class Join:
    """The system of all views; the last view is the table to protect, its `values` all known.

    column_of: the column of a place by view; unknown: columns that are hidden everywhere;
    refuted: how many links are false, which an attacker finds out by contradiction.
    """

    system: System
    column_of: Sequence[Mapping[int, int]]
    unknown: frozenset[int]
    refuted: int


@dataclass
class _Classes:
    """Numbers that are taken for the same: nodes joined, with their value where it is known."""

    above: list[int]
    value: list[int | None]

    def root(self, node: int) -> int:
        while self.above[node] != node:
            self.above[node] = self.above[self.above[node]]
            node = self.above[node]
        return node

    def join(self, pairs: Sequence[tuple[int, int]]) -> bool:
        """Join every pair; or none, where two known values differ."""
        roots = [(self.root(one), self.root(other)) for one, other in pairs]
        for first, second in roots:
            if len({self.value[first], self.value[second]} - {None}) > 1:
                return False
        for one, other in roots:
            first, second = sorted((one, other))
            if first != second:
                self.above[second] = first
                if self.value[first] is None:
                    self.value[first] = self.value[second]
        return True


def join(
    table: View,
    hidden: frozenset[int] | set[int],
    earlier: Sequence[View],
    k: int,
    unit: int,
    solver: Solver,
) -> Join:
    """table: with all its values; hidden: its places that are not shown."""
    if not earlier:
        system = System(
            [value or 0 for value in table.values],
            [(row.total, row.parts) for row in table.structure.sums],
            table.structure.answers,
            k,
            len(table.values),
            unit,
        )
        places = {at: at for at in range(len(table.values))}
        return Join(system, [places], frozenset(hidden), 0)
    return _Joining(table, frozenset(hidden), earlier, k, unit, solver).result()


@dataclass
class _Joining:
    table: View
    hidden: frozenset[int]
    earlier: Sequence[View]
    k: int
    unit: int
    solver: Solver
    offsets: list[int] = field(default_factory=list)

    def result(self) -> Join:
        at = len(self.table.values)  # The table's nodes come first, so that they are roots.
        for view in self.earlier:
            self.offsets.append(at)
            at += len(view.values)
        self.offsets.append(0)
        links = links_between([*self.earlier, self.shown])
        # The true numbers are the first lawful answer, where the attacker is right throughout.
        classes, kept = self._classes(self.table, links)
        base = self._base(classes) if len(kept) == len(links) else None
        if base is None:
            classes, kept, base = self._of_wrong_beliefs(links)
        return self._joined(classes, base, len(links) - len(kept))

    @cached_property
    def shown(self) -> View:
        return self.table.with_hidden(set(self.hidden))

    def _of_wrong_beliefs(
        self, links: Sequence[Link]
    ) -> tuple["_Classes", list[Link], Mapping[int, int]]:
        """Some rows only seem unchanged: take for true what cannot be contradicted."""
        classes, kept = self._classes(self.shown, links)
        base = self._base(classes)
        if base is None:
            classes, kept = self._classes(self.shown, self._uncontradicted(kept))
            base = self._base(classes)
        if base is None:
            classes, kept = self._classes(self.shown, [])
            base = self._base(classes)
        assert base is not None, "an earlier release contradicts itself"
        return classes, kept, base

    def _node(self, view: int, place: int) -> int:
        return self.offsets[view] + place

    def _blank(self, table: View) -> _Classes:
        values: list[int | None] = [*table.values]
        for view in self.earlier:
            values += view.values
        return _Classes(list(range(len(values))), values)

    def _pairs(self, link: Link) -> list[tuple[int, int]]:
        return [
            (self._node(link.first, one), self._node(link.second, other))
            for one, other in link.pairs
        ]

    def _classes(self, table: View, links: Sequence[Link]) -> tuple[_Classes, list[Link]]:
        """What the links make one, but for those that two shown numbers contradict."""
        classes = self._blank(table)
        return classes, [link for link in links if classes.join(self._pairs(link))]

    def _earlier_sums(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        for number, view in enumerate(self.earlier):
            for row in view.structure.sums:
                if any(view.values[each] is None for each in (row.total, *row.parts)):
                    yield (
                        self._node(number, row.total),
                        tuple(self._node(number, part) for part in row.parts),
                    )

    def _own_sums(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        for row in self.table.structure.sums:
            if not self.hidden.isdisjoint((row.total, *row.parts)):
                yield row.total, row.parts

    def _own_answers(self) -> Iterator[tuple[int, int]]:
        for pair in self.table.structure.answers:
            if not self.hidden.isdisjoint(pair):
                yield pair

    def _earlier_answers(self) -> Iterator[tuple[int, int]]:
        for number, view in enumerate(self.earlier):
            for answer, whole in view.structure.answers:
                if view.values[answer] is None or view.values[whole] is None:
                    yield self._node(number, answer), self._node(number, whole)

    def _base(self, classes: _Classes) -> Mapping[int, int] | None:
        """A whole number for every hidden class, so that all releases are lawful at once."""
        program, places = Program(), dict[int, int]()
        self._lawful(program, places, classes)
        if not places:
            return {}
        found = self.solver.minimise(program, whole=True)
        if found is None:
            return None
        return {root: round(found[place]) for root, place in places.items()}

    def _lawful(self, program: Program, places: dict[int, int], classes: _Classes) -> None:
        def term(node: int) -> tuple[int | None, int]:
            root = classes.root(node)
            value = classes.value[root]
            if value is not None:
                return None, value
            if root not in places:
                places[root] = program.add_column(0, float("inf"), whole=True)
            return places[root], 0

        for total, parts in (*self._earlier_sums(), *self._own_sums()):
            terms = [(*term(part), 1) for part in parts] + [(*term(total), -1)]
            rest = -sum(value * sign for _, value, sign in terms)
            entries = [(place, float(sign)) for place, _, sign in terms if place is not None]
            if entries or rest:
                program.add_row(entries, rest, rest)
        for answer, whole in (*self._earlier_answers(), *self._own_answers()):
            (low, below), (high, above) = term(answer), term(whole)
            entries = [(low, 1.0)] if low is not None else []
            entries += [(high, -1.0)] if high is not None else []
            if entries:
                program.add_row(entries, float("-inf"), above - below)
            if low is None and high is not None and self.k:
                self._all_or_k_fewer(program, high, below)

    def _all_or_k_fewer(self, program: Program, whole: int, answer: int) -> None:
        """A shown answer was given by all of a hidden whole, or at least k did not give it."""
        far = 10.0**6
        is_above = program.add_column(0, 1, whole=True)
        program.add_row([(whole, 1.0), (is_above, -float(self.k))], answer, float("inf"))
        program.add_row([(whole, 1.0), (is_above, -far)], float("-inf"), answer)

    def _uncontradicted(self, links: Sequence[Link]) -> list[Link]:
        """Drop the fewest links, roughly, that no lawful answer can satisfy together."""
        classes = self._blank(self.shown)
        program, places = Program(), dict[int, int]()
        self._lawful(program, places, classes)
        slacks = [self._soft(program, places, classes, link) for link in links]
        found = self.solver.minimise(program)
        if found is None:
            return []
        return [
            link
            for link, slack in zip(links, slacks, strict=True)
            if slack is None or found[slack] < 1e-6
        ]

    def _soft(
        self, program: Program, places: dict[int, int], classes: _Classes, link: Link
    ) -> int | None:
        """Let the numbers of a link differ by its slack, at a cost."""
        slack: int | None = None
        for one, other in self._pairs(link):
            first, second = classes.value[one], classes.value[other]
            if first is not None and second is not None:
                continue
            if slack is None:
                slack = program.add_column(0, float("inf"), 1.0)
            entries, rest = [], 0.0
            for node, value, sign in ((one, first, 1.0), (other, second, -1.0)):
                if value is not None:
                    rest -= sign * value
                else:
                    if node not in places:
                        places[node] = program.add_column(0, float("inf"), whole=True)
                    entries.append((places[node], sign))
            program.add_row([*entries, (slack, -1.0)], float("-inf"), rest)
            program.add_row([*entries, (slack, 1.0)], rest, float("inf"))
        return slack

    def _joined(self, classes: _Classes, base: Mapping[int, int], refuted: int) -> Join:
        cells = len(self.table.values)
        column_of_root = {at: at for at in range(cells)}
        numbers = [base.get(at, value or 0) for at, value in enumerate(self.table.values)]

        def column(node: int) -> int:
            root = classes.root(node)
            if root not in column_of_root:
                column_of_root[root] = len(numbers)
                value = classes.value[root]
                numbers.append(base.get(root, 0) if value is None else value)
            return column_of_root[root]

        sums = [(row.total, row.parts) for row in self.table.structure.sums]
        sums = [(column(total), tuple(column(part) for part in parts)) for total, parts in sums] + [
            (column(total), tuple(column(part) for part in parts))
            for total, parts in self._earlier_sums()
        ]
        answers = [
            (column(answer), column(whole))
            for answer, whole in (*self.table.structure.answers, *self._earlier_answers())
        ]
        column_of: list[Mapping[int, int]] = [
            {
                at: column(self._node(number, at))
                for at, value in enumerate(view.values)
                if value is None
            }
            for number, view in enumerate(self.earlier)
        ]
        column_of.append({at: column(at) for at in range(cells)})
        known = self._known(classes, column)
        unknown = {column(at) for at in self.hidden} | {
            each for places in column_of[:-1] for each in places.values()
        }
        system = System(
            numbers,
            list(dict.fromkeys(sums)),
            list(dict.fromkeys(answers)),
            self.k,
            cells,
            self.unit,
            frozenset(known),
        )
        shown = {column(at) for at in range(cells) if at not in self.hidden}
        return Join(system, column_of, frozenset(unknown - known - shown), refuted)

    def _known(self, classes: _Classes, column: Callable[[int], int]) -> set[int]:
        """Current cells that an earlier release shows as the same number."""
        known = set()
        for number, view in enumerate(self.earlier):
            for at, value in enumerate(view.values):
                if value is not None:
                    root = classes.root(self._node(number, at))
                    if root < len(self.table.values):
                        known.add(root)
        return known
