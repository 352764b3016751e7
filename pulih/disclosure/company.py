"""Choose what is hidden beside a small cell: the cheapest company that leaves it wide enough."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from pulih.disclosure.program import Program, Solver
from pulih.disclosure.system import System

REWARD = 10_000.0  # For a unit of width; more than any company costs.
TIERS, NEAR = 5, 3  # How far company is sought, and how far in a first search.
FAR_DOWN = 10**9


@dataclass
class Search:
    """hidden: columns hidden so far, grows. banned: columns that cannot be company.
    kinds: dimension by column. kept: columns that stay as they are.
    tiers: how far from a cell its company is sought.

    low, high: how far each hidden column is seen to move, in units, in lawful answers.
    """

    system: System
    costs: Sequence[float]
    kinds: Sequence[str]
    hidden: set[int]
    banned: set[int]
    solver: Solver
    low: dict[int, int] = field(default_factory=dict)
    high: dict[int, int] = field(default_factory=dict)
    kept: frozenset[int] = frozenset()
    tiers: int = TIERS

    def widen(self, target: int, need: int) -> bool:
        """Hide company until the target can move by `need` units; False where nothing helps."""
        if self._width(target) >= need:
            return True
        for tier in range(1, self.tiers + 1):
            movable = self._movable(target, tier)
            before = set(self.hidden), dict(self.low), dict(self.high)
            if self._widen_within(target, need, movable):
                return True
            self.hidden, self.low, self.high = before
        return False

    def widen_with_reason(self, target: int, need: int, small: Sequence[int]) -> bool:
        """As `widen`, where another small number stays, so that hiding the rest has a reason."""
        self.low, self.high = {}, {}
        near = self._hidden_near({target}, steps=6) - {target}
        others = [frozenset((each,)) for each in small if each in near]
        for kept in (*others[:1], frozenset(near)):  # At last: wholly other company.
            self.kept = kept
            is_done = self.widen(target, need)
            self.kept = frozenset()
            if is_done:
                return True
        return self.widen(target, need + 2) or self.widen(target, need)

    def _width(self, target: int) -> int:
        return self.system.width(target, self.low.get(target, 0), self.high.get(target, 0))

    def _widen_within(self, target: int, need: int, movable: Sequence[int]) -> bool:
        free = [column for column in movable if column in self.hidden]
        self._move(target, -1, need, free)
        if self._width(target) >= need:
            return True
        for sign in (1, -1):
            low, high = self.low.get(target, 0), self.high.get(target, 0)
            if target in self.system.rising:
                low = 0
            self._move(target, sign, need + low if sign > 0 else need - high, movable)
            if self._width(target) >= need:
                return True
        return False

    def _move(self, target: int, sign: int, most: int, movable: Sequence[int]) -> None:
        """Move the target by up to `most` units at the least cost, and hide what moves along."""
        if target not in movable:
            return
        program = Program()
        places = self._columns(program, target, sign, most, movable)
        self._rows(program, places)
        found = self.solver.minimise(program)
        if found is None:
            return
        moves = {
            column: sum(factor * found[place] for place, factor in parts)
            for column, parts in places.items()
        }
        moved = {column: move for column, move in moves.items() if abs(move) > 1e-6}
        for column in moved:
            if column not in self.hidden:
                self.hidden.update(self._given_by_all(column))
        self.hidden.update(moved)
        if all(abs(move - round(move)) < 1e-6 for move in moved.values()):
            for column, move in moved.items():
                self.low[column] = min(self.low.get(column, 0), round(move))
                self.high[column] = max(self.high.get(column, 0), round(move))

    def _columns(
        self, program: Program, target: int, sign: int, most: int, movable: Sequence[int]
    ) -> Mapping[int, Sequence[tuple[int, int]]]:
        inside = set(movable)
        places: dict[int, Sequence[tuple[int, int]]] = {}
        for column in movable:
            floor, ceiling = self._bounds(column, inside, 2 * most)
            if column == target:
                lower, upper = (0, most) if sign > 0 else (max(floor, -most), 0)
                upper = min(upper, ceiling)
                places[column] = [(program.add_column(lower, upper, -sign * REWARD), 1)]
            elif column in self.hidden:
                places[column] = [(program.add_column(floor, ceiling), 1)]
            else:
                cost = self.costs[column]
                cost += sum(self.costs[each] for each in self._given_by_all(column))
                places[column] = [
                    (program.add_column(0, ceiling, cost), 1),
                    (program.add_column(0, -floor, cost), -1),
                ]
        return places

    def _bounds(self, column: int, inside: set[int], far: int) -> tuple[int, int]:
        system = self.system
        floor = max(-far, system.floor(column))
        ceiling = far
        if column in system.answers_of:
            floor = max(floor, self._floor_of_whole(column, inside))
        for whole in system.wholes_of.get(column, ()):
            if whole not in inside:
                ceiling = min(ceiling, system.room(column, whole))
        for larger in system.larger_of.get(column, ()):
            if larger not in inside:
                ceiling = min(ceiling, system.room(column, larger))
        for part in system.parts_of.get(column, ()):
            if part not in inside:
                floor = max(floor, -system.room(part, column))
        return floor, max(ceiling, 0)

    def _floor_of_whole(self, whole: int, inside: set[int]) -> int:
        system, least = self.system, -FAR_DOWN
        for answer in system.answers_of[whole]:
            if answer in inside and answer in self.hidden:
                continue
            room = system.room(answer, whole)
            if answer not in self.hidden and system.k and room >= system.k:
                room -= system.k
            least = max(least, -room)
        return min(0, least)

    def _given_by_all(self, whole: int) -> list[int]:
        """Shown answers equal to the whole: where it is hidden they would tell of it."""
        system = self.system
        return [
            answer
            for answer in system.answers_of.get(whole, ())
            if system.k and answer not in self.hidden and answer < system.cells
            if system.base[answer] == system.base[whole]
        ]

    def _rows(self, program: Program, places: Mapping[int, Sequence[tuple[int, int]]]) -> None:
        system = self.system
        for number in sorted({each for column in places for each in system.sums_of[column]}):
            total, parts = system.sums[number]
            entries = [
                (place, float(factor))
                for part in parts
                if part in places
                for place, factor in places[part]
            ]
            entries += [(place, -float(factor)) for place, factor in places.get(total, ())]
            program.add_row(entries)
        for whole in places:
            below = (*system.answers_of.get(whole, ()), *system.parts_of.get(whole, ()))
            for answer in below:
                if answer not in places:
                    continue
                entries = [(place, float(factor)) for place, factor in places[answer]]
                entries += [(place, -float(factor)) for place, factor in places[whole]]
                program.add_row(entries, -np.inf, system.room(answer, whole))

    def _movable(self, target: int, tier: int) -> list[int]:
        """Columns that may move: first those near the target, at last all of them."""
        system = self.system
        if tier == TIERS:
            found = set(range(len(system.base)))
        else:
            if tier > NEAR:
                kind = self.kinds[target]
                found = {at for at, each in enumerate(self.kinds) if each == kind}
            else:
                found = self._near(target, through_totals=tier == 3)
            found |= self._hidden_near(found, steps=1 if tier == 1 else 4)
        return sorted(
            column
            for column in found
            if column in self.hidden or (column < system.cells and column not in self.banned)
            if column not in system.fixed and column not in self.kept
        )

    def _near(self, target: int, *, through_totals: bool) -> set[int]:
        found = {target}
        for _ in range(2):
            edge: set[int] = set()
            for column in found:
                for number in self.system.sums_of[column]:
                    total, parts = self.system.sums[number]
                    edge.update(parts)
                    if through_totals or total in self.hidden:
                        edge.add(total)
            found |= edge
        return found

    def _hidden_near(self, near: set[int], steps: int) -> set[int]:
        system, found, edge = self.system, set(near), set(near)
        for _ in range(steps):
            beyond: set[int] = set()
            for column in edge:
                for number in system.sums_of[column]:
                    total, parts = system.sums[number]
                    beyond.update(each for each in (total, *parts) if each in self.hidden)
                if column in self.hidden:
                    for each in (
                        *system.answers_of.get(column, ()),
                        *system.wholes_of.get(column, ()),
                        *system.parts_of.get(column, ()),
                        *system.larger_of.get(column, ()),
                    ):
                        if each in self.hidden:
                            beyond.add(each)
            edge = beyond - found
            found |= edge
        return found
