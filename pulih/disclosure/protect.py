"""Protect a whole case: hide what is small, choose its company, prove that both suffice."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import log10

from pulih.disclosure.beside import beside, depth
from pulih.disclosure.case import WHOLE, Case, Cell, Key, Rule
from pulih.disclosure.check import groups
from pulih.disclosure.company import NEAR, TIERS, Search
from pulih.disclosure.outcome import Audit, Finding, Protected
from pulih.disclosure.primary import nearly_all, small_cells
from pulih.disclosure.program import Solver
from pulih.disclosure.prove import Proofs, Ranges, glance, prove, surely_large
from pulih.disclosure.releases import Join, Past
from pulih.disclosure.structure import Spot, depths, structure_of
from pulih.disclosure.views import View, common_rows, moved, seems_unchanged
from pulih.disclosure.withholding import Reach

ROUNDS = 8  # Of choosing company and proving it.

Progress = Callable[[str, int, int], None]


def protect(case: Case, progress: Progress | None = None) -> Protected:
    """Hide cells of a case so that no attacker confines a small one; the same for the same case."""
    done, solver, counts = Protected(case), Solver(), _Counts()
    tables = groups(case.cells)
    ordered = sorted(
        tables,
        key=lambda name: (case.rules[name[0]].kind == "sum", depth(case.rules, name[0]), name),
    )
    for place, name in enumerate(ordered):
        table = _Table(case, name, tables[name], counts, done, solver)
        table.run()
        counts.take(tables[name], done.audits)
        if progress is not None:
            progress(" ".join(name), place + 1, len(ordered))
    return done


@dataclass
class _Counts:
    """What the protected counts tell of the sums that belong to them, and all of other tables."""

    hidden: set[Key] = field(default_factory=set)
    nobody: set[Key] = field(default_factory=set)  # Shown as 0.
    shown: dict[Key, int | None] = field(default_factory=dict)
    proofs: Proofs = field(default_factory=dict)  # Tables that look alike ask the same.
    views: dict[tuple[int, tuple[str, str]], View] = field(default_factory=dict)

    def take(self, cells: Sequence[Cell], audits: Mapping[Key, Audit]) -> None:
        for cell in cells:
            self.shown[cell.key] = None if cell.key in audits else cell.value
            if cell.key in audits:
                self.hidden.add(cell.key)
            elif not cell.value:
                self.nobody.add(cell.key)

    def tell(self, cell: Cell, rule: Rule) -> bool:
        """Whether anybody can see that a sum is one of nobody."""
        count = cell.key._replace(measure=rule.belongs_to or "")
        return not cell.value and not cell.contributors and count in self.nobody


class _Table:
    """One measure and period on its way. known: sums of nobody, which no blank can hide."""

    def __init__(
        self,
        case: Case,
        name: tuple[str, str],
        cells: Sequence[Cell],
        counts: _Counts,
        done: Protected,
        solver: Solver,
    ) -> None:
        self.case, self.name, self.cells = case, name, cells
        self.rule: Rule = case.rules[name[0]]
        self.done, self.solver, self.counts = done, solver, counts
        spots = [Spot(*cell.key[2:]) for cell in cells]
        structure = structure_of(spots, case.parents, self.rule)
        self.view = View(structure, tuple(cell.value for cell in cells), name[0])
        self.beside = beside(case, name, counts.shown, counts.views)
        self.others = self.beside.views
        self.earlier = self.others[: self.beside.same]
        small = small_cells(replace(case, cells=tuple(cells)), counts.hidden)
        self.known = {at for at, cell in enumerate(cells) if counts.tell(cell, self.rule)}
        places = {self.view.structure.place[Spot(*key[2:])]: each for key, each in small.items()}
        nearly = nearly_all(cells, self.rule, counts.shown)  # What was told before stays told.
        places |= {at: self.rule.k for at in nearly if not self._is_told(spots[at])}
        self.small = {at: width for at, width in places.items() if at not in self.known}
        self.unit = _unit(self.small.values()) if self.rule.kind == "sum" else 1
        self.k = self.rule.k if self.rule.kind == "count" else 0
        self.hidden = set(self.small)
        self.past = self._past(self.view)
        self.costs = self._costs()
        self.tiers = NEAR if self.earlier else TIERS
        self.stuck: set[int] = set()  # Columns that no company helps, as long as none is added.
        self.never = set[int]()  # Cells that another look at the same table keeps from company.
        self.owed: dict[tuple[int, int], int] = {}  # Widths that earlier hidden cells had.

    def _past(self, table: View) -> Past:
        return Past(table, self.beside, self.k, self.unit, self.solver)

    def run(self) -> None:
        self._begin()
        alone = self._alone() if self.beside.is_later else None
        narrow = alone.protect_as(self) if alone else {}
        joined, ranges, failing = self._settle()
        while alone and alone.hidden != self.hidden:
            narrow, before = alone.protect_as(self), len(self.hidden)
            if len(self.hidden) > before:
                joined, ranges, failing = self._settle()
        failing = {**narrow, **failing}
        self._report(joined, ranges, failing)

    def _begin(self) -> None:
        began = time.perf_counter()
        if self.others:
            self._inherit()
            self._recall()
        self.done.seconds["protect"] += time.perf_counter() - began

    def _alone(self) -> "_Table":
        """The same for whoever reads this release by itself, and learns no more either."""
        case = replace(self.case, earlier=())
        table = _Table(case, self.name, self.cells, self.counts, self.done, self.solver)
        table.small, table.hidden = self.small, set(self.small)
        table._begin()
        return table

    def protect_as(self, joint: "_Table") -> Mapping[int, int]:
        """Hide the same as beside other releases, and what is missing; needs that nothing meets.

        It goes first, since what serves here mostly serves there as well, and is found sooner.
        """
        self.hidden |= joint.hidden
        self.never = joint._banned()
        narrow = {at: need for at, need in self._settle()[2].items() if at in self.small}
        joint.hidden |= self.hidden
        return narrow

    def _settle(self) -> tuple[Join, Ranges, Mapping[int, int]]:
        """Hide company until every cell is proven wide; the needs that nothing meets are left."""
        began = time.perf_counter()
        joined, ranges = self._join(), Ranges()
        failing: Mapping[int, int] = self._needs(joined)
        if self.owed or len(self.hidden) > len(self.small):  # Most have their company already.
            ranges = glance(joined.system, joined.unknown, failing, self.solver, self.counts.proofs)
        self.done.seconds["protect"] += time.perf_counter() - began
        for number in range(ROUNDS):
            before = len(self.hidden)
            joined = self._choose(joined, ranges, failing, number)
            ranges, failing = self._prove(joined)
            is_same = number > 1 and len(self.hidden) == before
            if failing and (is_same or failing.keys() <= self.stuck):
                if self._unlink(joined, failing):
                    joined = self._join()
                    ranges, failing = self._prove(joined)
                elif self.tiers == TIERS:
                    break
                else:
                    self.tiers = TIERS
                self.stuck.clear()
            if not failing:
                break
        return self._withhold(joined, ranges, failing)

    def _inherit(self) -> None:
        """Keep hidden what earlier releases hide in rows that seem unchanged."""
        while True:
            shown = self.view.with_hidden(self.hidden)
            more: set[int] = set()
            for view in self.earlier:
                for total, parts in common_rows(view, shown):
                    if seems_unchanged(view, shown, total, parts):
                        more |= {other for one, other in parts if view.values[one] is None}
            more -= self.known
            if more <= self.hidden:
                return
            self.hidden |= more

    def _recall(self) -> None:
        """Find how wide the hidden cells of earlier releases were before this one."""
        nothing = View(structure_of([], {}, self.rule), ())
        joined = self._past(nothing).join(frozenset())
        needs = dict.fromkeys(joined.unknown, self._least_need())
        ranges = prove(joined.system, joined.unknown, needs, self.solver, self.counts.proofs)
        for number, places in enumerate(joined.column_of[:-1]):
            for at, column in places.items():
                if (
                    column in joined.unknown
                    and ranges.width(joined.system, column) >= needs[column]
                ):
                    self.owed[number, at] = needs[column]

    def _least_need(self) -> int:
        return -(-self.rule.k // self.unit)

    def _needs(self, joined: Join) -> dict[int, int]:
        """The width that columns need, in units."""
        needs: dict[int, int] = {}
        for (number, at), width in self.owed.items():
            column = joined.column_of[number][at]
            needs[column] = max(needs.get(column, 0), width)
        for at, width in self.small.items():
            needs[at] = max(needs.get(at, 0), -(-width // self.unit))
        return dict(sorted(needs.items()))

    def _choose(
        self, joined: Join, ranges: Ranges, failing: Mapping[int, int], number: int
    ) -> Join:
        """failing: the needs to meet; ranges: how far columns are proven to move already."""
        began = time.perf_counter()
        search = Search(
            joined.system,
            self.costs,
            self._kinds(joined),
            set(joined.unknown),
            self._banned(),
            self.solver,
            dict(ranges.low),
            dict(ranges.high),
            tiers=self.tiers,
        )
        for column, need in failing.items():
            if column not in joined.unknown or column in self.stuck:
                continue
            if number == 0:
                is_wide = search.widen(column, need)
            else:
                is_wide = search.widen_with_reason(column, need + number - 1, sorted(self.small))
            if not is_wide:
                self.stuck.add(column)
        chosen = {column for column in search.hidden if column < joined.system.cells}
        if not chosen <= self.hidden:
            self.hidden |= chosen
            self.stuck.clear()
            joined = self._join()
        self.done.seconds["protect"] += time.perf_counter() - began
        return joined

    def _join(self) -> Join:
        joined = self.past.join(self.hidden)
        if self.rule.kind == "sum":
            joined.system = replace(joined.system, rising=frozenset(self.small))
        return joined

    def _kinds(self, joined: Join) -> list[str]:
        kinds = [spot.dimension for spot in self.view.structure.spots]
        kinds += [""] * (len(joined.system.base) - len(kinds))
        for view, places in zip(self.others, joined.column_of, strict=False):
            for at, column in places.items():
                kinds[column] = view.structure.spots[at].dimension
        return kinds

    def _banned(self) -> set[int]:
        """What the counts tell, and cells whose movement alone shows that a row has changed."""
        shown, banned = self.view.with_hidden(self.hidden), self.known | self.never
        for view in self.earlier:
            for total, parts in common_rows(view, shown):
                before, movers = view.values[total[0]], moved(view, shown, parts)
                is_told = before is not None and before != shown.values[total[1]]
                if len(movers) == 1 and not is_told:  # Its total tells it, and so it would hidden.
                    banned.add(movers[0][1])
        return banned

    def _prove(self, joined: Join) -> tuple[Ranges, dict[int, int]]:
        began = time.perf_counter()
        needs = self._needs(joined)
        ranges = prove(joined.system, joined.unknown, needs, self.solver, self.counts.proofs)
        failing = {
            column: need
            for column, need in needs.items()
            if ranges.width(joined.system, column) < need
        }
        owed = failing.keys() - self.small.keys()  # Hidden before, of which nobody knows why.
        for column in surely_large(joined.system, joined.unknown, owed, self.solver):
            del failing[column]
        self.done.seconds["prove"] += time.perf_counter() - began
        return ranges, failing

    def _unlink(self, joined: Join, failing: Mapping[int, int]) -> bool:
        """Hide totals of rows that seem unchanged and so narrow a cell; False where none is left.

        A row whose total only one of two releases shows is not taken for unchanged.
        """
        shown, country = self.view.with_hidden(self.hidden), set[int]()
        near, more = self._near(joined, failing), set[int]()
        for view in self.earlier:
            for total, parts in common_rows(view, shown):
                spots = {view.structure.spots[one] for one, _ in (total, *parts)}
                if spots.isdisjoint(near) or not seems_unchanged(view, shown, total, parts):
                    continue
                if shown.values[total[1]] is None:
                    seen = {other for one, other in parts if view.values[one] is not None}
                    more |= seen - self.hidden
                elif self.case.parents[self.view.structure.spots[total[1]].area]:
                    more.add(total[1])
                else:
                    country.add(total[1])
        found = (more or country) - self.known
        self.hidden |= found
        return bool(found)

    def _is_told(self, spot: Spot) -> bool:
        """Whether an earlier release shows a cell as it is today."""
        today = self.view.values[self.view.structure.place[spot]]
        views = (view for view in self.earlier if spot in view.structure.place)
        return any(view.values[view.structure.place[spot]] == today for view in views)

    def _near(self, joined: Join, failing: Mapping[int, int]) -> set[Spot]:
        """Cells that fail in any release and are not told already, and what is hidden beside."""
        views = [*self.others, self.view.with_hidden(self.hidden)]
        found: set[Spot] = set()
        for view, column_of in zip(views, joined.column_of, strict=True):
            if view.of != self.view.of:
                continue
            places = {
                at
                for at, column in column_of.items()
                if column in failing and not self._is_told(view.structure.spots[at])
            }
            for row in view.structure.rows:
                inside = (row.total, *row.parts)
                if not places.isdisjoint(inside):
                    found |= {view.structure.spots[at] for at in inside if view.values[at] is None}
        return found

    def _withhold(
        self, joined: Join, ranges: Ranges, failing: Mapping[int, int]
    ) -> tuple[Join, Ranges, Mapping[int, int]]:
        """Hide what `Reach` says around each cell; what an earlier release tells stays told."""
        spots = self.view.structure.spots
        for reach in Reach:
            own = [column for column in failing if column < joined.system.cells]
            if not failing or (reach.is_wider and any(self._is_told(spots[at]) for at in own)):
                break
            self._hide(reach, own)
            joined = self._join()
            ranges, failing = self._prove(joined)
        return joined, ranges, failing

    def _hide(self, reach: Reach, failing: Iterable[int]) -> None:
        spots = self.view.structure.spots
        for column in failing:
            for at, spot in enumerate(spots):
                if at not in self.known and reach.takes(spot, spots[column], self.case.parents):
                    self.hidden.add(at)
                    self.done.withheld.add(Key(*self.name, *spot))

    def _report(self, joined: Join, ranges: Ranges, failing: Mapping[int, int]) -> None:
        system, done = joined.system, self.done
        done.refuted += joined.refuted

        def span(column: int) -> tuple[int, int]:
            base = system.base[column]
            low, high = ranges.low.get(column, 0), ranges.high.get(column, 0)
            return base + low * system.unit, base + high * system.unit

        for at in sorted(self.hidden):
            key = self.cells[at].key
            done.audits[key] = Audit(key, *span(at), at in self.small)
        for number in sorted(self.beside.new - {len(self.others)}):  # Less is lawful of them now.
            _, name = self.beside.tables[number]
            for at, column in joined.column_of[number].items():
                key = Key(*name, *self.others[number].structure.spots[at])
                done.audits[key] = Audit(key, *span(column), done.audits[key].is_small)
        for column, need in failing.items():
            width = need * system.unit
            if column < system.cells and column in self.small:
                key = self.cells[column].key
                done.findings.append(Finding(key, "", *span(column), width))
        for (number, at), _ in sorted(self.owed.items()):
            column = joined.column_of[number][at]
            if column in failing and column not in self.small:
                spot = self.others[number].structure.spots[at]
                release, name = self.beside.tables[number]
                key = Key(*name, *spot)
                done.findings.append(Finding(key, release.name, *span(column), failing[column]))

    def _costs(self) -> list[float]:
        """Large areas and wholes are missed most; among equals the smaller number is hidden."""
        depth = depths(self.case.parents)
        deepest = max(depth.values(), default=0)
        spots = self.view.structure.spots
        return [
            4.0 ** (deepest - depth[spot.area])
            * (3.0 if spot.dimension == WHOLE else 1.0)
            * (1 + log10(1 + value) / 100)
            for spot, value in zip(spots, self.view.values, strict=True)
            if value is not None
        ]


def _unit(widths: Iterable[int]) -> int:
    """A power of ten in which every width counts at least ten."""
    return int(10 ** max(0, len(str(min(widths, default=1))) - 2))
