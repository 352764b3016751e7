"""Prove how far each hidden number can move: lawful answers, found by linear programs and, where
those do not settle it, by integer programs.

A cell is proven wide by two answers that lie far enough apart. Every answer is checked in whole
numbers against all that the attacker knows before it counts, so no proof rests on the solver.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

import numpy as np

from pulih.disclosure import lawful
from pulih.disclosure.primary import is_small
from pulih.disclosure.program import Floats, Program, Solver
from pulih.disclosure.question import Question, question_of
from pulih.disclosure.system import System, Unknown, components

ROUNDS = 24  # Answers sought for many cells at once, before each is asked for alone.
FEW = 0.02  # A round that widens a smaller share of the cells is the last one.
FAR = 10_000_000  # Further than any number of firms can move.
REACH = 30  # How many times its need a number may move while a cell is asked for alone.
FEW_NUMBERS = 8  # In a smaller question each number is tried as the small one.


@dataclass
class Ranges:
    """How far each unknown column is proven to move from `System.base`, in units."""

    low: dict[int, int] = field(default_factory=dict)
    high: dict[int, int] = field(default_factory=dict)

    def width(self, system: System, column: int) -> int:
        return system.width(column, self.low.get(column, 0), self.high.get(column, 0))


@dataclass(frozen=True)
class Spans:
    """How far the numbers of a question are proven to move, by place, in units.

    is_whole: whether each was asked for alone, too, where that was needed.
    """

    low: list[int]
    high: list[int]
    is_whole: bool = False

    def take(self, moves: Sequence[int]) -> None:
        self.low[:] = map(min, self.low, moves)
        self.high[:] = map(max, self.high, moves)


Proofs = dict[Question, Spans]
Bound = tuple[int, float, float]  # Place, lowest and highest move.


def prove(
    system: System, unknown: Unknown, needs: Mapping[int, int], solver: Solver, known: Proofs
) -> Ranges:
    """Widen each unknown column to its need, where any lawful answer allows it.

    needs: units by column; other unknown columns are asked for one unit. known: proofs of earlier
    calls, which grow.
    """

    def proof(question: Question) -> Spans:
        if question not in known or not known[question].is_whole:
            known[question] = _Proof(question, solver, known.get(question)).run()
        return known[question]

    return _ranges(system, unknown, needs, proof)


def glance(
    system: System, unknown: Unknown, needs: Mapping[int, int], solver: Solver, known: Proofs
) -> Ranges:
    """As `prove`, but without asking for any cell alone where there is no proof yet."""

    def proof(question: Question) -> Spans:
        if question not in known:
            known[question] = _Proof(question, solver).glance()
        return known[question]

    return _ranges(system, unknown, needs, proof)


def surely_large(
    system: System, unknown: Unknown, columns: Iterable[int], solver: Solver
) -> set[int]:
    """Columns of counts that no lawful answer makes small, so that they are company for certain.

    Whoever confines one of them learns of no few firms: not of those in it, nor of those beside it.
    """
    asked, hidden = set(columns) if system.k else set[int](), frozenset(unknown)
    found = {each for each in asked - hidden if not _is_told_small(system, hidden, each)}
    for component in components(system, unknown):
        inside = [(at, each) for at, each in enumerate(component.columns) if each in asked]
        if inside:
            question = question_of(system, hidden, component, {})
            found |= {each for at, each in inside if not _may_be_small(question, at, solver)}
    return found


def _is_told_small(system: System, hidden: Set[int], column: int) -> bool:
    """Whether a number that everybody knows is small, or may be beside a whole that is hidden."""
    base, wholes = system.base[column], system.wholes_of.get(column, ())
    return is_small(base, system.k) or any(
        whole in hidden or is_small(system.base[whole] - base, system.k) for whole in wholes
    )


def _may_be_small(question: Question, place: int, solver: Solver) -> bool:
    """Whether more than all lawful answers hold one in which a number is small by the rules."""
    base, most = question.base, question.k - 1
    wholes: list[tuple[int | None, int]] = [
        *((None, whole) for whole in question.known_wholes_of.get(place, ())),
        *((whole, base[whole]) for whole in question.wholes_of.get(place, ())),
    ]
    programs = [_program_with(question, [(place, 1.0)], 1 - base[place], most - base[place])]
    for whole, value in wholes:
        beside, rest = [(place, -1.0)], base[place] - value
        beside += [] if whole is None else [(whole, 1.0)]
        programs.append(_program_with(question, beside, 1 + rest, most + rest))
    return not all(solver.is_impossible(each) for each in programs)


def _program_with(
    question: Question, entries: Sequence[tuple[int, float]], least: int, most: int
) -> Program:
    program = lawful.relaxed(question, FAR)
    program.add_row(entries, least, most)
    return program


def _ranges(
    system: System,
    unknown: Unknown,
    needs: Mapping[int, int],
    proof: Callable[[Question], Spans],
) -> Ranges:
    ranges, hidden = Ranges(), frozenset(unknown)
    for component in components(system, unknown):
        spans = proof(question_of(system, hidden, component, needs))
        ranges.low.update(zip(component.columns, spans.low, strict=True))
        ranges.high.update(zip(component.columns, spans.high, strict=True))
    return ranges


class _Proof:
    def __init__(self, question: Question, solver: Solver, seen: Spans | None = None) -> None:
        self.question, self.solver, self.seen = question, solver, seen
        self.size = len(question.base)
        self.most = max(question.needs)
        self.spans = seen or Spans([0] * self.size, [0] * self.size)
        is_base = not any(self.spans.low) and not any(self.spans.high)
        self.is_empty = is_base and not question.is_lawful([0] * self.size)  # It has no reason.
        self.loaded: Program | None = None  # Where numbers may go far, as the solver has it.

    def glance(self) -> Spans:
        self._together()
        return self.spans

    def run(self) -> Spans:
        if self.size > 3 and self.seen is None:
            self._together()
        for place in range(self.size):
            if not self._is_wide(place):
                self._alone(place)
        return replace(self.spans, is_whole=True)

    def _is_wide(self, place: int) -> bool:
        low, high = self.spans.low[place], self.spans.high[place]
        width = high if self.question.is_rising[place] else high - low
        return width >= self.question.needs[place]

    def _together(self) -> None:
        program = lawful.convex(self.question, 2 * self.most)
        self.solver.load(program)
        for kept in ((), *self._small_ones()):  # Without a small number no answer is lawful.
            for place in kept:
                self.solver.rebound(place, 0, 0)
            if self._is_done_in_rounds(set(kept)):
                return
            for place in kept:
                self.solver.rebound(place, program.lower[place], program.upper[place])

    def _small_ones(self) -> Iterator[Sequence[int]]:
        """A small number of each group: the first of each, then the last."""
        base = self.question.base
        groups = self.question.groups if self.question.k else ()
        small = [
            [each for each in group if self.question.is_reason(each, base)] for group in groups
        ]
        yield sorted({each[0] for each in small if each})
        yield sorted({each[-1] for each in small if each})

    def _is_done_in_rounds(self, kept: Set[int]) -> bool:
        for number in range(ROUNDS):
            still_open = [each for each in range(self.size) if not self._is_wide(each)]
            if not still_open:
                return True
            still_open = [each for each in still_open if each not in kept]
            self.solver.reprice(self._directions(still_open, number))
            self._take(self.solver.run())
            widened = sum(self._is_wide(each) for each in still_open)
            if widened < max(1, FEW * len(still_open)):
                return False
        return False

    def _directions(self, places: Iterable[int], number: int) -> Floats:
        """Push some up and others down; each round otherwise, and always the same."""
        cost = np.zeros(self.size)
        for place in places:
            turn = (place * 2654435761 + number * 40503) >> 7 & 1 if number > 1 else number & 1
            cost[place] = 1.0 if turn else -1.0
        return cost

    def _alone(self, place: int) -> None:
        if not self._fits_convexly(place) and self.question.is_needed[place]:
            reach = REACH * self.most
            if self._may_be_wide(place, reach):
                any(
                    self._fits_whole(place, sign, program)
                    for sign in (1, -1)
                    for program in self._programs(place, reach)
                )

    def _programs(self, place: int, reach: int) -> Iterator[Program]:
        """The lawful answers: first those, found sooner, in which a small number stays as it is."""
        for kept in self._small_ones():
            if place not in kept:
                program = lawful.convex(self.question, reach)
                for each in kept:
                    program.lower[each] = program.upper[each] = 0
                yield program
        yield lawful.exact(self.question, reach)

    def _fits_convexly(self, place: int) -> bool:
        """Whether the number moves far enough while one number stays small."""
        if self.loaded is None:
            self.loaded = lawful.convex(self.question, REACH * self.most)
            self.solver.load(self.loaded)
        return any(self._fits_within(place, bounds) for bounds in self._reasons(place, self.loaded))

    def _fits_within(self, place: int, bounds: Sequence[Bound]) -> bool:
        program = self.loaded
        assert program is not None, "nothing is loaded"
        for kept, low, high in bounds:
            self.solver.rebound(kept, low, high)
        for sign in (-1.0, 1.0):
            self._take(self._seek(place, sign))
            if self._is_wide(place):
                break
        for kept, _low, _high in bounds:
            self.solver.rebound(kept, program.lower[kept], program.upper[kept])
        return self._is_wide(place)

    def _reasons(self, place: int, program: Program) -> Iterator[Sequence[Bound]]:
        """Bounds under which a number of each group is small, or all may move."""
        if self.question.hanging:
            yield [*self._kept(place)]
        for bound in self._reason(place, program):
            yield [bound]

    def _kept(self, place: int) -> Iterator[Bound]:
        """The first small number of each group, another than the one that is to move, as it is."""
        base = self.question.base
        for group in self.question.groups:
            small = (each for each in group if each != place)
            for kept in small:
                if self.question.is_reason(kept, base):
                    yield kept, 0, 0
                    break

    def _reason(self, place: int, program: Program) -> Iterator[Bound]:
        """Bounds, one number at a time, under which that number is small, or all may move."""
        base, k = self.question.base, self.question.k
        small = [each for each in range(self.size) if self.question.is_reason(each, base)]
        small = [each for each in small if each != place]
        for kept in small if len(small) < 2 else (small[0], small[-1]):
            yield kept, 0, 0
        yield place, program.lower[place], program.upper[place]
        places = range(self.size) if self.size <= FEW_NUMBERS else (place,)
        for each in places if k else ():
            low = max(program.lower[each], 1 - base[each])
            high = min(program.upper[each], k - 1 - base[each])
            if low <= high:
                yield each, low, high

    def _seek(self, place: int, sign: float) -> Floats | None:
        cost = np.zeros(self.size)
        cost[place] = -sign
        self.solver.reprice(cost)
        return self.solver.run()

    def _may_be_wide(self, place: int, reach: int) -> bool:
        """Whether the number moves far enough where not all that is known is heeded."""
        self.loaded = None
        self.solver.load(lawful.relaxed(self.question, reach))
        lowest, highest = self._seek(place, -1.0), self._seek(place, 1.0)
        if lowest is None or highest is None:
            return True
        width = highest[place] - (0 if self.question.is_rising[place] else lowest[place])
        return bool(width > self.question.needs[place] - 1e-6)

    def _fits_whole(self, place: int, sign: int, program: Program) -> bool:
        program.cost[place] = -float(sign)
        need = self.question.needs[place]  # Further than that nothing is asked for.
        if sign > 0:
            low = 0 if self.question.is_rising[place] else self.spans.low[place]
            program.upper[place] = min(program.upper[place], need + low)
        else:
            program.lower[place] = max(program.lower[place], self.spans.high[place] - need)
        found = self.solver.minimise(program, whole=True)
        self._take(None if found is None else found[: self.size])
        return self._is_wide(place)

    def _take(self, found: Floats | None) -> None:
        if found is None:
            return
        whole = np.rint(found)
        if np.abs(found - whole).max(initial=0.0) > 1e-5:
            return
        moves = [int(each) for each in whole]
        if self.question.is_lawful(moves):
            if self.is_empty:
                self.spans, self.is_empty = Spans([*moves], [*moves]), False
            self.spans.take(moves)
