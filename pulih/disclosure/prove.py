"""Prove how far each hidden number can move: lawful answers, found by linear programs and, where
those do not settle it, by integer programs.

A cell is proven wide by two answers that lie far enough apart. Every answer is checked in whole
numbers against all that the attacker knows before it counts, so no proof rests on the solver.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from pulih.disclosure.primary import is_small
from pulih.disclosure.program import Floats, Program, Solver
from pulih.disclosure.system import Component, System, Unknown, components

ROUNDS = 24  # Answers sought for many cells at once, before each is asked for alone.
FEW = 0.02  # A round that widens a smaller share of the cells is the last one.
REACH = 30  # How many times its need a number may move while a cell is asked for alone.


@dataclass
class Ranges:
    """How far each unknown column is proven to move from `System.base`, in units."""

    low: dict[int, int] = field(default_factory=dict)
    high: dict[int, int] = field(default_factory=dict)

    def width(self, system: System, column: int) -> int:
        return system.width(column, self.low.get(column, 0), self.high.get(column, 0))

    def take(self, moves: Mapping[int, int]) -> None:
        for column, move in moves.items():
            self.low[column] = min(self.low.get(column, 0), move)
            self.high[column] = max(self.high.get(column, 0), move)


# What was proven of components that looked the same, by all that the proof depends on.
Proofs = dict[tuple[object, ...], "Ranges"]


def prove(
    system: System,
    unknown: Unknown,
    needs: Mapping[int, int],
    solver: Solver,
    known: Proofs | None = None,
) -> Ranges:
    """Widen each unknown column to its need, where any lawful answer allows it.

    needs: units by column; other unknown columns are asked for one unit. known: proofs of earlier
    calls, which grow.
    """
    proofs, ranges = {} if known is None else known, Ranges()
    hidden = frozenset(unknown)
    for component in components(system, unknown):
        signature = _signature(system, hidden, component, needs)
        if signature not in proofs:
            proofs[signature] = Ranges()
            _Proof(system, hidden, component, needs, solver, proofs[signature]).run()
        ranges.low.update(proofs[signature].low)
        ranges.high.update(proofs[signature].high)
    return ranges


def _signature(
    system: System, unknown: Unknown, component: Component, needs: Mapping[int, int]
) -> tuple[object, ...]:
    columns = component.columns
    return (
        tuple((each, system.base[each], needs.get(each)) for each in columns),
        tuple(system.sums[number] for number in component.sums),
        component.answers,
        tuple(
            (each, answer, system.base[answer])
            for each in columns
            for answer in system.answers_of.get(each, ())
            if answer not in unknown
        ),
        tuple(
            (each, whole, system.base[whole])
            for each in columns
            for whole in system.wholes_of.get(each, ())
            if whole not in unknown
        ),
    )


@dataclass
class _Proof:
    system: System
    unknown: frozenset[int]
    component: Component
    needs: Mapping[int, int]
    solver: Solver
    ranges: Ranges

    def __post_init__(self) -> None:
        self.place = {column: at for at, column in enumerate(self.component.columns)}
        self.most = max((self.needs.get(each, 1) for each in self.component.columns), default=1)
        self.jumps = [each for each in self.component.columns if self._known_answers(each)]

    def run(self) -> None:
        columns = self.component.columns
        if len(columns) > 3:
            self._together()
        for column in columns:
            if not self._is_wide(column):
                self._alone(column)

    def _need(self, column: int) -> int:
        return self.needs.get(column, 1)

    def _together(self) -> None:
        self.solver.load(self._program(2 * self.most, jumps=False))
        for number in range(ROUNDS):
            open_columns = [each for each in self.component.columns if not self._is_wide(each)]
            if not open_columns:
                return
            self.solver.reprice(self._directions(open_columns, number))
            found = self.solver.run()
            if found is not None:
                self._take(found)
            still = sum(not self._is_wide(each) for each in open_columns)
            if len(open_columns) - still < max(1, FEW * len(open_columns)):
                return

    def _directions(self, columns: Iterable[int], number: int) -> Floats:
        """Push some up and others down; each round otherwise, and always the same."""
        cost = np.zeros(len(self.place))
        for column in columns:
            turn = (column * 2654435761 + number * 40503) >> 7 & 1 if number > 1 else number & 1
            cost[self.place[column]] = 1.0 if turn else -1.0
        return cost

    def _alone(self, column: int) -> None:
        reach = REACH * self.most
        program = self._program(reach, jumps=False)
        self.solver.load(program)
        for kept in (*self._other_small(column), None):
            place = None if kept is None else self.place[kept]
            if place is not None:
                self.solver.rebound(place, 0, 0)
            for sign in (-1.0, 1.0):
                self._seek(column, sign)
                if self._is_wide(column):
                    return
            if place is not None:
                self.solver.rebound(place, program.lower[place], program.upper[place])
        if column in self.needs:
            for sign in (1.0, -1.0):
                self._seek_whole(column, sign, reach)
                if self._is_wide(column):
                    return

    def _is_wide(self, column: int) -> bool:
        return self.ranges.width(self.system, column) >= self._need(column)

    def _other_small(self, column: int) -> list[int]:
        """Small numbers that can stay as they are, and so be the reason for what is hidden."""
        small = [
            each
            for each in self.component.columns
            if each != column and self._is_reason(each, self.system.base[each], {})
        ]
        return small[:1] if len(small) < 2 else [small[0], small[-1]]

    def _seek(self, column: int, sign: float) -> None:
        cost = np.zeros(len(self.place))
        cost[self.place[column]] = -sign
        self.solver.reprice(cost)
        found = self.solver.run()
        if found is not None:
            self._take(found)

    def _seek_whole(self, column: int, sign: float, reach: int) -> None:
        program = self._program(reach, jumps=True)
        self._some_small(program, reach)
        program.cost[self.place[column]] = -sign
        found = self.solver.minimise(program, whole=True)
        if found is not None:
            self._take(found[: len(self.place)])

    def _take(self, found: Floats) -> None:
        whole = np.rint(found)
        if np.abs(found - whole).max(initial=0.0) > 1e-5:
            return
        moves = {column: int(whole[at]) for at, column in enumerate(self.component.columns)}
        if self.is_lawful(moves):
            self.ranges.take(moves)

    def _program(self, reach: int, *, jumps: bool) -> Program:
        """All that the attacker knows of these columns, as differences within `reach`.

        jumps: let a whole be an answer that is shown or at least k more; else it keeps its side.
        """
        program, system = Program(), self.system
        for column in self.component.columns:
            low, high = self._bounds(column, reach, jumps=jumps)
            program.add_column(low, high, whole=True)
        for number in self.component.sums:
            total, parts = system.sums[number]
            entries = [(self.place[part], 1.0) for part in parts if part in self.place]
            if total in self.place:
                entries.append((self.place[total], -1.0))
            program.add_row(entries)
        for answer, whole in self.component.answers:
            entries = [(self.place[answer], 1.0), (self.place[whole], -1.0)]
            program.add_row(entries, -np.inf, system.room(answer, whole))
        if jumps:
            for whole in self.jumps:
                self._jump(program, whole, reach)
        return program

    def _bounds(self, column: int, reach: int, *, jumps: bool) -> tuple[int, int]:
        system = self.system
        low, high = max(-reach, system.floor(column)), reach
        for whole in system.wholes_of.get(column, ()):
            if whole not in self.unknown:
                high = min(high, system.room(column, whole))
        for answer in self._known_answers(column):
            room = system.room(answer, column)
            if jumps or not system.k:
                low = max(low, -room)
            elif room == 0:
                low, high = 0, 0
            else:
                low = max(low, min(0, system.k - room))
        return low, max(low, high)

    def _known_answers(self, whole: int) -> Sequence[int]:
        answers = self.system.answers_of.get(whole, ())
        return [answer for answer in answers if answer not in self.unknown]

    def _jump(self, program: Program, whole: int, reach: int) -> None:
        """The whole is the largest known answer, or at least k more than it."""
        k = self.system.k
        rooms = {self.system.room(answer, whole) for answer in self._known_answers(whole)}
        least = min(rooms)  # The largest answer is this far below the whole.
        if not k:
            return
        if any(least < room < least + k for room in rooms):
            program.lower[self.place[whole]] = max(program.lower[self.place[whole]], k - least)
            return
        is_above = program.add_column(0, 1, whole=True)
        at = self.place[whole]
        program.add_row([(at, 1.0), (is_above, -float(k))], -least, np.inf)
        program.add_row([(at, 1.0), (is_above, -float(reach + least))], -np.inf, -least)

    def _some_small(self, program: Program, reach: int) -> None:
        """Nothing is hidden without a reason: one of these numbers is small by the rules."""
        system, k = self.system, self.system.k
        if not k:
            return
        marks = []
        for column in self.component.columns:
            base = system.base[column]
            marks.append(self._mark(program, column, 1 - base, reach))
            for whole in system.wholes_of.get(column, ()):
                if whole not in self.unknown:
                    room = system.room(column, whole)
                    marks.append(self._mark(program, column, room - k + 1, reach))
        program.add_row(marks, 1.0, np.inf)

    def _mark(self, program: Program, column: int, least: int, reach: int) -> tuple[int, float]:
        """A column that is 1 only where another moves by `least` to `least` + k - 2."""
        at, is_one = self.place[column], program.add_column(0, 1, whole=True)
        most = least + self.system.k - 2
        below, above = float(max(0, least + reach)), float(max(0, reach - most))
        program.add_row([(at, 1.0), (is_one, -below)], least - below, np.inf)
        program.add_row([(at, 1.0), (is_one, above)], -np.inf, most + above)
        return is_one, 1.0

    def is_lawful(self, moves: Mapping[int, int]) -> bool:
        """Check an answer in whole numbers against everything that the attacker knows."""
        system = self.system
        value = {column: system.base[column] + move * system.unit for column, move in moves.items()}
        if min(value.values()) < 0:
            return False
        for number in self.component.sums:
            total, parts = system.sums[number]
            if moves.get(total, 0) != sum(moves.get(part, 0) for part in parts):
                return False
        return self._answers_hold(value) and self._has_reason(value)

    def _answers_hold(self, value: Mapping[int, int]) -> bool:
        system, k = self.system, self.system.k
        for column, amount in value.items():
            for whole in system.wholes_of.get(column, ()):
                if amount > value.get(whole, system.base[whole]):
                    return False
            for answer in system.answers_of.get(column, ()):
                rest = amount - value.get(answer, system.base[answer])
                if rest < 0 or (answer not in self.unknown and is_small(rest, k)):
                    return False
        return True

    def _has_reason(self, value: Mapping[int, int]) -> bool:
        """Whether one of the numbers is small, so that the others can be its company."""
        if not self.system.k:
            return True
        return any(self._is_reason(column, amount, value) for column, amount in value.items())

    def _is_reason(self, column: int, amount: int, value: Mapping[int, int]) -> bool:
        system, k = self.system, self.system.k
        wholes = system.wholes_of.get(column, ())
        return is_small(amount, k) or any(
            is_small(value.get(whole, system.base[whole]) - amount, k) for whole in wholes
        )
