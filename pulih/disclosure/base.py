"""One lawful answer to begin from: a whole number for every hidden number of all releases."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pulih.disclosure.program import Floats, Program, Solver
from pulih.disclosure.system import Groups

INFINITY = float("inf")


@dataclass
class Classes:
    """Numbers that are taken for the same: nodes joined, with their value where it is known."""

    above: list[int]
    value: list[int | None]

    def root(self, node: int) -> int:
        while self.above[node] != node:
            self.above[node] = self.above[self.above[node]]
            node = self.above[node]
        return node

    def term(self, node: int) -> tuple[int | None, int]:
        """The root of an unknown node, and 0; or None, and what is known of it."""
        root = self.root(node)
        value = self.value[root]
        return (root, 0) if value is None else (None, value)

    def terms(self) -> "Terms":
        """What `term` says of every node."""
        return [*map(self.term, range(len(self.above)))]

    def join(self, pairs: Sequence[tuple[int, int]]) -> bool:
        """Join every pair; or none, where two known values differ."""
        roots = [(self.root(one), self.root(other)) for one, other in pairs]
        for first, second in roots:
            if len({self.value[first], self.value[second]} - {None}) > 1:
                return False
        for one, other in roots:
            first, second = sorted((self.root(one), self.root(other)))
            if first != second:
                self.above[second] = first
                if self.value[first] is None:
                    self.value[first] = self.value[second]
        return True


Terms = Sequence[tuple[int | None, int]]  # By node.


@dataclass(frozen=True)
class Relation:
    """A sum (first is the total) or an answer up to its whole (nodes are answer, whole).

    is_part: of another measure, up to the same of a larger one; it may be all of it but a few.
    """

    nodes: tuple[int, ...]
    adds_up: bool
    is_part: bool = False


# Numbers by root of a group of relations, None where there are none; by the group and its terms.
Solved = dict[tuple[object, object], Mapping[int, int] | None]


@dataclass
class Base:
    """value: by root; contradicted: groups of relations that no numbers satisfy."""

    value: dict[int, int] = field(default_factory=dict)
    contradicted: list[list[Relation]] = field(default_factory=list)


def base_of(
    relations: Sequence[Relation],
    classes: Classes,
    guess: Sequence[int | None],
    own: int,
    k: int,
    solver: Solver,
    solved: Solved,
) -> Base:
    """Numbers for all unknown roots.

    guess: by node, taken wherever that is lawful; own: how many nodes at first are guessed truly.
    solved: solutions of earlier calls, which grow.
    """
    base, terms = Base(), classes.terms()
    for roots, group in _groups(relations, terms):
        guessed = {root: number for root in roots if (number := guess[root]) is not None}
        if len(guessed) == len(roots) and _all_hold(group, terms, guessed, k):
            base.value.update(guessed)
            continue
        name = (tuple(group), tuple(terms[node] for each in group for node in each.nodes))
        if name not in solved:
            sure = {root: number for root, number in guessed.items() if root < own}
            found = _solved(group, terms, sure, k, solver) if sure else None
            solved[name] = found or _solved(group, terms, {}, k, solver)
        if (numbers := solved[name]) is None:
            base.contradicted.append(group)
        else:
            base.value.update(numbers)
    return base


def _groups(
    relations: Sequence[Relation], terms: Terms
) -> Sequence[tuple[list[int], list[Relation]]]:
    """Unknown roots that depend on each other, and what relates them; knowns each alone."""
    groups, known = Groups(), []
    inside: list[tuple[Relation, list[int]]] = []
    for relation in relations:
        unknown = sorted({root for node in relation.nodes if (root := terms[node][0]) is not None})
        if unknown:
            groups.join(unknown)
            inside.append((relation, unknown))
        else:
            known.append(relation)
    found: dict[int, tuple[set[int], list[Relation]]] = {}
    for relation, unknown in inside:
        roots, group = found.setdefault(groups.root(unknown[0]), (set(), []))
        roots.update(unknown)
        group.append(relation)
    related = [(sorted(roots), group) for roots, group in found.values()]
    return [*related, *((list[int](), [relation]) for relation in known)]


def _all_hold(group: Sequence[Relation], terms: Terms, numbers: Mapping[int, int], k: int) -> bool:
    def value(node: int) -> int:
        root, known = terms[node]
        return known if root is None else numbers[root]

    for relation in group:
        first, *others = relation.nodes
        if relation.adds_up:
            if value(first) != sum(map(value, others)):
                return False
            continue
        rest = value(others[0]) - value(first)
        is_told = terms[first][0] is None and terms[others[0]][0] is not None
        if rest < 0 or (is_told and not relation.is_part and 0 < rest < k):
            return False
    return True


class Jump(NamedTuple):
    """Columns of a whole and of its side of a shown answer."""

    is_above: int
    whole: int
    answer: int


def _solved(
    group: Sequence[Relation],
    terms: Terms,
    fixed: Mapping[int, int],
    k: int,
    solver: Solver,
) -> Mapping[int, int] | None:
    """fixed: numbers by root that are to stay."""
    program, places = Program(), dict[int, int]()
    jumps = add_relations(program, places, group, terms.__getitem__, k, also=fixed.values())
    for root, number in fixed.items():
        program.lower[places[root]] = program.upper[places[root]] = number
    if not places:
        return {} if _all_hold(group, terms, {}, k) else None
    found = solver.minimise(program, whole=True)
    for _ in range(2):
        if found is None:
            return None
        numbers = {root: round(found[place]) for root, place in places.items()}
        if _all_hold(group, terms, numbers, k):
            return numbers
        _settle(program, jumps, found)
        found = solver.minimise(program, whole=True)
    return None


def _settle(program: Program, jumps: Sequence[Jump], found: Floats) -> None:
    """Say of each whole on which side it is: a large factor times a tolerance is not nothing."""
    for jump in jumps:
        side = float(round(found[jump.whole]) > jump.answer)
        program.lower[jump.is_above] = program.upper[jump.is_above] = side


def add_relations(
    program: Program,
    places: dict[int, int],
    relations: Sequence[Relation],
    term: Callable[[int], tuple[int | None, int]],
    k: int,
    *,
    also: Iterable[int] = (),
) -> list[Jump]:
    """places: the column of each root, grows. also: what else is known of the numbers related."""
    jumps = []
    known = {node: term(node)[1] for relation in relations for node in relation.nodes}
    # No number that these relations ask for lies further than all that is known together.
    far = float(k * len(relations) + sum(known.values()) + sum(also))

    def placed(node: int) -> tuple[int | None, int]:
        root, value = term(node)
        return (None if root is None else place_of(program, places, root)), value

    for relation in relations:
        (first, value), *others = map(placed, relation.nodes)
        if relation.adds_up:
            rest = value - sum(known for _, known in others)
            entries = [(place, 1.0) for place, _ in others if place is not None]
            entries += [(first, -1.0)] if first is not None else []
            program.add_row(entries, rest, rest)
            continue
        ((whole, above),) = others
        entries = [(first, 1.0)] if first is not None else []
        entries += [(whole, -1.0)] if whole is not None else []
        program.add_row(entries, -INFINITY, above - value)
        if first is None and whole is not None and k and not relation.is_part:
            jumps.append(_all_or_k_fewer(program, whole, value, k, far))
    return jumps


def place_of(program: Program, places: dict[int, int], root: int) -> int:
    if root not in places:
        places[root] = program.add_column(0, INFINITY, whole=True)
    return places[root]


def _all_or_k_fewer(program: Program, whole: int, answer: int, k: int, far: float) -> Jump:
    """A shown answer was given by all of a hidden whole, or at least k did not give it."""
    is_above = program.add_column(0, 1, whole=True)
    program.add_row([(whole, 1.0), (is_above, -float(k))], answer, INFINITY)
    program.add_row([(whole, 1.0), (is_above, -far)], -INFINITY, answer)
    return Jump(is_above, whole, answer)
