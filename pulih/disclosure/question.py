"""What is asked of hidden numbers that depend on each other, with all that a proof may use.

Two groups of numbers that look the same ask the same question, in any area and release, so one
proof serves both.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pulih.disclosure.primary import is_small
from pulih.disclosure.system import Component, System, Unknown


@dataclass(frozen=True)
class Question:
    """Numbers go by their place in `base`; a total or whole that is known has the place None.

    needs: the width asked for, in units; 1 where no width is needed, which `is_needed` tells.
    sums: (total, parts); answers: (answer, whole), both hidden.
    known_answers: (whole, amount of a known answer); known_wholes: (answer, amount of its whole).
    within: (part, larger), both hidden; least, most: (number, amount) where the other one is shown.
    hanging: numbers of which one is small, beside one of all: within a release, say, where only
    a hidden whole joins it to another.
    """

    base: tuple[int, ...]
    needs: tuple[int, ...]
    is_needed: tuple[bool, ...]
    is_rising: tuple[bool, ...]
    sums: tuple[tuple[int | None, tuple[int, ...]], ...]
    answers: tuple[tuple[int, int], ...]
    known_answers: tuple[tuple[int, int], ...]
    known_wholes: tuple[tuple[int, int], ...]
    k: int
    unit: int
    hanging: tuple[tuple[int, ...], ...] = ()
    within: tuple[tuple[int, int], ...] = ()
    least: tuple[tuple[int, int], ...] = ()
    most: tuple[tuple[int, int], ...] = ()

    @cached_property
    def known_answers_of(self) -> Mapping[int, Sequence[int]]:
        return _by_place(self.known_answers)

    @cached_property
    def known_wholes_of(self) -> Mapping[int, Sequence[int]]:
        return _by_place(self.known_wholes)

    @cached_property
    def wholes_of(self) -> Mapping[int, Sequence[int]]:
        return _by_place(self.answers)

    def is_lawful(self, moves: Sequence[int]) -> bool:
        """Check an answer in whole numbers against everything that the attacker knows."""
        value = [base + move * self.unit for base, move in zip(self.base, moves, strict=True)]
        if min(value) < 0:
            return False
        for total, parts in self.sums:
            if (0 if total is None else moves[total]) != sum(moves[part] for part in parts):
                return False
        is_within = (
            all(value[part] <= value[larger] for part, larger in self.within)
            and all(value[place] >= amount for place, amount in self.least)
            and all(value[place] <= amount for place, amount in self.most)
        )
        return is_within and self._answers_hold(value) and self._has_reason(value)

    def _answers_hold(self, value: Sequence[int]) -> bool:
        if any(value[answer] > value[whole] for answer, whole in self.answers):
            return False
        if any(value[answer] > whole for answer, whole in self.known_wholes):
            return False
        rests = [value[whole] - answer for whole, answer in self.known_answers]
        return not any(rest < 0 or is_small(rest, self.k) for rest in rests)

    def _has_reason(self, value: Sequence[int]) -> bool:
        """Whether one of the numbers is small, so that the others can be its company."""
        return not self.k or all(
            any(self.is_reason(place, value) for place in group) for group in self.groups
        )

    @cached_property
    def groups(self) -> Sequence[Sequence[int]]:
        """Numbers that hang together: each group holds a small one."""
        return (range(len(self.base)), *self.hanging)

    def is_reason(self, place: int, value: Sequence[int]) -> bool:
        """Whether a number is small by the rules, where all have these values."""
        wholes = [*self.known_wholes_of.get(place, ())]
        wholes += [value[whole] for whole in self.wholes_of.get(place, ())]
        return is_small(value[place], self.k) or any(
            is_small(whole - value[place], self.k) for whole in wholes
        )


def _by_place(pairs: Sequence[tuple[int, int]]) -> Mapping[int, Sequence[int]]:
    found: dict[int, list[int]] = {}
    for place, other in pairs:
        found.setdefault(place, []).append(other)
    return found


def question_of(
    system: System, unknown: Unknown, component: Component, needs: Mapping[int, int]
) -> Question:
    columns = component.columns
    place = {column: at for at, column in enumerate(columns)}
    sums = [system.sums[number] for number in component.sums]
    return Question(
        base=tuple(system.base[each] for each in columns),
        needs=tuple(needs.get(each, 1) for each in columns),
        is_needed=tuple(each in needs for each in columns),
        is_rising=tuple(each in system.rising for each in columns),
        sums=tuple(
            (place.get(total), tuple(place[part] for part in parts if part in place))
            for total, parts in sums
        ),
        answers=tuple((place[answer], place[whole]) for answer, whole in component.answers),
        known_answers=tuple(
            (place[each], system.base[answer])
            for each in columns
            for answer in system.answers_of.get(each, ())
            if answer not in unknown
        ),
        known_wholes=tuple(
            (place[each], system.base[whole])
            for each in columns
            for whole in system.wholes_of.get(each, ())
            if whole not in unknown
        ),
        k=system.k,
        unit=system.unit,
        hanging=tuple(
            tuple(sorted(place[each] for each in group))
            for group in system.hanging
            if group < place.keys()
        ),
        within=tuple((place[part], place[larger]) for part, larger in component.within),
        least=_bounds(system, unknown, columns, system.parts_of, max),
        most=_bounds(system, unknown, columns, system.larger_of, min),
    )


def _bounds(
    system: System,
    unknown: Unknown,
    columns: Sequence[int],
    others_of: Mapping[int, Sequence[int]],
    tightest: Callable[[Sequence[int]], int],
) -> tuple[tuple[int, int], ...]:
    """The tightest bound of each number by shown numbers of other measures."""
    found = []
    for place, column in enumerate(columns):
        shown = [system.base[other] for other in others_of.get(column, ()) if other not in unknown]
        if shown:
            found.append((place, tightest(shown)))
    return tuple(found)
