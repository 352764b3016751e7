"""Join a table with the releases before it, as an attacker would.

He takes a row (a total and its parts) for unchanged when its total and every part that both
releases show stayed the same, and then takes hidden parts for the same numbers too.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pulih.disclosure.base import Base, Classes, Relation, Solved, add_relations, base_of, place_of
from pulih.disclosure.beside import Beside
from pulih.disclosure.program import Program, Solver
from pulih.disclosure.system import Groups, System
from pulih.disclosure.views import Link, View, links_between, links_to_last

LEFT_LAST = 1e6  # The cost of a row whose total is shown, beside 1 of the others.


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


class Past:
    """Earlier releases of a table, with all that stays the same whatever the table hides.

    A node is a place in a view. The nodes of the table come first, so that they are roots.
    earlier: also other measures of this release.
    """

    def __init__(
        self,
        table: View,
        beside: Beside,
        k: int,
        unit: int,
        solver: Solver,
    ) -> None:
        self.table, self.beside, self.earlier = table, beside, beside.views
        earlier = self.earlier
        self.guess = [
            truth.get(spot)
            for view, truth in zip((table, *earlier), beside.truths, strict=True)
            for spot in view.structure.spots
        ]
        self.solved: Solved = {}
        self.k, self.unit, self.solver = k, unit, solver
        at, self.offsets = len(table.values), list[int]()
        for view in earlier:
            self.offsets.append(at)
            at += len(view.values)
        self.offsets.append(0)
        self.links = links_between(earlier)
        self.relations = [*self._relations()]

    def node(self, view: int, place: int) -> int:
        return self.offsets[view] + place

    def pairs(self, link: Link) -> list[tuple[int, int]]:
        return [
            (self.node(link.first, one), self.node(link.second, other)) for one, other in link.pairs
        ]

    def _relations(self) -> Iterator[Relation]:
        """What holds between numbers of earlier releases of which one is hidden."""
        for number, view in enumerate(self.earlier):
            offset = self.offsets[number]
            hidden = {at for at, value in enumerate(view.values) if value is None}
            for relation in _relations(view, hidden):
                yield Relation(tuple(offset + at for at in relation.nodes), relation.adds_up)
        yield from self._inclusions([*self.earlier], is_last=False)

    def inclusions(self, hidden: frozenset[int]) -> Iterator[Relation]:
        """What holds between the table and other measures; never what both show otherwise."""
        yield from self._inclusions([*self.earlier, self.table.with_hidden(hidden)], is_last=True)

    def _inclusions(self, views: Sequence[View], *, is_last: bool) -> Iterator[Relation]:
        last = len(self.earlier)
        for first, second in self.beside.within:
            if (last in (first, second)) != is_last:
                continue
            is_known = {first, second} <= self.beside.new
            part, larger = views[first], views[second]
            for spot, at in part.structure.place.items():
                other = larger.structure.place.get(spot)
                if other is None or None not in (part.values[at], larger.values[other]):
                    continue
                nodes = self.node(first, at), self.node(second, other)
                is_part = (first, second) not in self.beside.rests or larger.values[other] is None
                if not (is_known and self._is_false(*nodes)):
                    yield Relation(nodes, adds_up=False, is_part=is_part)

    def _is_false(self, part: int, larger: int) -> bool:
        """Whether a part is truly above its larger number, as where firms moved between areas."""
        below, above = self.guess[part], self.guess[larger]
        return below is not None and above is not None and below > above

    def join(self, hidden: frozenset[int] | set[int]) -> Join:
        """hidden: places of the table that are not shown."""
        if self.earlier:
            return _Joining(self, frozenset(hidden)).result()
        values, structure = self.table.values, self.table.structure
        system = System(
            [value or 0 for value in values],
            [(row.total, row.parts) for row in structure.sums],
            structure.answers,
            self.k,
            len(values),
            self.unit,
        )
        return Join(system, [{at: at for at in range(len(values))}], frozenset(hidden), 0)


def _relations(view: View, hidden: set[int] | frozenset[int]) -> Iterator[Relation]:
    for row in view.structure.sums:
        if not hidden.isdisjoint((row.total, *row.parts)):
            yield Relation((row.total, *row.parts), adds_up=True)
    for pair in view.structure.answers:
        if not hidden.isdisjoint(pair):
            yield Relation(pair, adds_up=False)


class _Joining:
    def __init__(self, past: Past, hidden: frozenset[int]) -> None:
        self.past, self.hidden, self.table = past, hidden, past.table
        self.shown = past.table.with_hidden(hidden)
        own = (*_relations(past.table, hidden), *past.inclusions(hidden))
        self.relations = [*past.relations, *own]
        self.values: list[int | None] = [*self.shown.values]
        for view in past.earlier:
            self.values += view.values

    def result(self) -> Join:
        """Where rows only seem unchanged, take for true what cannot be contradicted."""
        last = len(self.past.earlier)
        links = [*self.past.links, *links_to_last([*self.past.earlier, self.shown], last)]
        kept: Sequence[Link] = links
        is_last = False
        while True:
            classes, kept = self._classes(kept)
            base = self._base(classes)
            if not base.contradicted:
                return self._joined(classes, base, kept, len(links) - len(kept))
            kept, before = self._uncontradicted(kept, base, everything=is_last), len(kept)
            is_last = not is_last
            if len(kept) == before and not is_last:
                self._doubt_inclusions(base)

    def _doubt_inclusions(self, base: Base) -> None:
        """Give up parts of other measures on which a contradiction rests: of some areas alone."""
        doubted = {each for group in base.contradicted for each in group if each.is_part}
        assert doubted, "an earlier release contradicts itself"
        self.relations = [each for each in self.relations if each not in doubted]

    def _base(self, classes: Classes) -> Base:
        past, own = self.past, len(self.table.values)
        return base_of(self.relations, classes, past.guess, own, past.k, past.solver, past.solved)

    def _blank(self) -> Classes:
        return Classes(list(range(len(self.values))), [*self.values])

    def _classes(self, links: Sequence[Link]) -> tuple[Classes, list[Link]]:
        """What the links make one, but for those that two shown numbers contradict."""
        classes = self._blank()
        return classes, [link for link in links if classes.join(self.past.pairs(link))]

    def _uncontradicted(
        self, links: Sequence[Link], base: Base, *, everything: bool
    ) -> Sequence[Link]:
        """Drop the fewest links, roughly, on which contradictions rest; or all of these."""
        relations = [relation for group in base.contradicted for relation in group]
        nodes = {node for relation in relations for node in relation.nodes}
        near = {link for link in links if any(not nodes.isdisjoint(e) for e in self._pairs(link))}
        if everything:
            doubted = {link for link in near if not link.is_seen} or near
            return [link for link in links if link not in doubted]
        classes, program, places = self._blank(), Program(), dict[int, int]()
        linked = {node for link in near for pair in self._pairs(link) for node in pair}
        also = [value for node in linked if (value := self.values[node]) is not None]
        add_relations(program, places, relations, classes.term, self.past.k, also=also)
        slacks = {link: self._soft(program, places, link) for link in links if link in near}
        found = self.past.solver.minimise(program)
        if found is None:
            return [link for link in links if link not in near]
        false = {link for link, slack in slacks.items() if slack and found[slack] > 1e-6}
        return [link for link in links if link not in false]

    def _pairs(self, link: Link) -> list[tuple[int, int]]:
        return self.past.pairs(link)

    def _soft(self, program: Program, places: dict[int, int], link: Link) -> int | None:
        """Let the numbers of a link differ by its slack, at a cost.

        Whoever believes only rows whose total is shown must not be left out of the proof because
        somebody who believes more would see a contradiction: those are doubted last.
        """
        slack: int | None = None
        for pair in self._pairs(link):
            values = [self.values[node] for node in pair]
            if None not in values:
                continue
            if slack is None:
                slack = program.add_column(0, float("inf"), LEFT_LAST if link.is_seen else 1.0)
            entries, rest = [], 0.0
            for node, value, sign in zip(pair, values, (1.0, -1.0), strict=True):
                if value is None:
                    entries.append((place_of(program, places, node), sign))
                else:
                    rest -= sign * value
            program.add_row([*entries, (slack, -1.0)], float("-inf"), rest)
            program.add_row([*entries, (slack, 1.0)], rest, float("inf"))
        return slack

    def _joined(self, classes: Classes, base: Base, links: Sequence[Link], refuted: int) -> Join:
        cells = len(self.table.values)
        numbers: list[int] = []
        column_of_root: dict[int, int] = {}

        def column(node: int) -> int:
            root = classes.root(node)
            if root not in column_of_root:
                column_of_root[root] = len(numbers)
                value = classes.value[root]
                truth = self.table.values[root] or 0 if root < cells else 0
                numbers.append(base.value.get(root, truth) if value is None else value)
            return column_of_root[root]

        column_of: list[Mapping[int, int]] = [{at: column(at) for at in range(cells)}]
        for number, view in enumerate(self.past.earlier):
            hidden = [at for at, value in enumerate(view.values) if value is None]
            column_of.append({at: column(self.past.node(number, at)) for at in hidden})
        column_of = [*column_of[1:], column_of[0]]
        system = self._system(numbers, column, frozenset(self._known(classes)))
        unknown = {each for places in column_of[:-1] for each in places.values()}
        shown = {at for at in range(cells) if at not in self.hidden}
        unknown = (unknown | self.hidden) - system.fixed - shown
        system = replace(system, hanging=self._hanging(links, column, frozenset(unknown)))
        return Join(system, column_of, frozenset(unknown), refuted)

    def _hanging(
        self, links: Sequence[Link], column: Callable[[int], int], unknown: frozenset[int]
    ) -> list[frozenset[int]]:
        """Unknown columns that hang together by sums, answers and rows that seem unchanged.

        A whole that is only believed to be the same number gives no reason in another release.
        A group with a number that is known by now is left out: that may have been the small one.
        """
        groups = Groups()
        joins = [relation.nodes for relation in self.relations if not relation.is_part]
        joins += [pair for link in links if not link.is_whole for pair in self._pairs(link)]
        for nodes in joins:
            groups.join([node for node in nodes if self.values[node] is None])
        found: dict[int, set[int]] = defaultdict(set)
        for node in list(groups.above):
            found[groups.root(node)].add(column(node))
        together = {frozenset(columns) for columns in found.values() if columns <= unknown}
        return sorted(together, key=sorted)

    def _system(
        self, numbers: list[int], column: Callable[[int], int], known: frozenset[int]
    ) -> System:
        own = self.table.structure
        sums = [(row.total, row.parts) for row in own.sums]
        sums += [(each.nodes[0], each.nodes[1:]) for each in self.past.relations if each.adds_up]
        others = [each for each in self.relations if not each.adds_up]
        answers = [*own.answers, *((e.nodes[0], e.nodes[1]) for e in others if not e.is_part)]
        within = [(column(e.nodes[0]), column(e.nodes[1])) for e in others if e.is_part]
        found = [(column(total), tuple(map(column, parts))) for total, parts in sums]
        pairs = [(column(answer), column(whole)) for answer, whole in answers]
        cells = len(self.table.values)
        return System(
            numbers,
            [*dict.fromkeys(found)],
            [*dict.fromkeys(pairs)],
            self.past.k,
            cells,
            self.past.unit,
            known,
            within=[*dict.fromkeys(within)],
        )

    def _known(self, classes: Classes) -> Iterator[int]:
        """Current cells that an earlier release shows as the same number."""
        cells = len(self.table.values)
        for number, view in enumerate(self.past.earlier):
            for at, value in enumerate(view.values):
                if value is not None:
                    root = classes.root(self.past.node(number, at))
                    if root < cells:
                        yield root
