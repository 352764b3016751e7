"""Why each application was chosen or not, in the terms of the contract."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pulih.selection.case import FREE, Case, Flags, Whole
from pulih.selection.groups import Groups, groups_of
from pulih.selection.partners import partners_of
from pulih.selection.plan import Plan
from pulih.selection.rules import Lines, lines_of


@dataclass(frozen=True, slots=True)
class Decision:
    """group and place count from 1; place is None for the fixed; line is millionths or None.

    reason: fixed, score, draw, partner or full; by: who or which rules stand in the way.
    """

    application: str
    is_chosen: bool
    group: int
    place: int | None
    line: int | None
    reason: str
    by: tuple[str, ...]


def decisions_of(case: Case, plan: Plan) -> Iterator[Decision]:
    """Give every application's decision, in the order of the applications."""
    return _Reasons(case, plan, groups_of(case)).every()


class _Reasons:
    def __init__(self, case: Case, plan: Plan, groups: Groups) -> None:
        self.case, self.groups = case, groups
        self.codes, self.score = case.applications.codes, case.applications.score
        self.is_free = case.applications.fixed == FREE
        self.is_chosen = np.zeros(len(self.codes), dtype=bool)
        self.is_chosen[plan.chosen] = True
        self.partners = partners_of(case)
        self.holders = self.partners.holders(plan.chosen)
        self.line = self._line()

    def every(self) -> Iterator[Decision]:
        place, group, line = self._places(), self.groups.group, self.line
        is_beside = self.partners.chosen_beside(self.holders, len(self.codes))
        is_split = self._is_split()
        none = np.iinfo(np.int64).max
        for one, code in enumerate(self.codes):
            mine, lowest = int(group[one]), int(line[group[one]])
            reason, by = self._reason(one, lowest == none, bool(is_beside[one]), is_split)
            yield Decision(
                code,
                bool(self.is_chosen[one]),
                mine + 1,
                int(place[one]) if self.is_free[one] else None,
                None if lowest == none else lowest,
                reason,
                by,
            )

    def _reason(
        self, one: int, has_no_line: bool, is_beside: bool, is_split: Flags
    ) -> tuple[str, tuple[str, ...]]:
        group = int(self.groups.group[one])
        if not self.is_free[one]:
            return "fixed", ()
        is_at_line = self.score[one] == self.line[group]
        if self.is_chosen[one]:
            return ("draw" if is_at_line and is_split[group] else "score"), ()
        if is_beside:
            return "partner", self._beside(one)
        if has_no_line:
            return "full", self._broken_by(group)
        return ("draw" if is_at_line else "score"), ()

    def _line(self) -> Whole:
        """The lowest score chosen in each group, the fixed left out."""
        line = np.full(self.groups.count, np.iinfo(np.int64).max, dtype=np.int64)
        taken = self.is_chosen & self.is_free
        np.minimum.at(line, self.groups.group[taken], self.score[taken])
        return line

    def _is_split(self) -> Flags:
        """For each group: is somebody at its line, not fixed, not chosen?"""
        split = np.zeros(self.groups.count, dtype=bool)
        is_at_line = self.score == self.line[self.groups.group]
        split[self.groups.group[is_at_line & self.is_free & ~self.is_chosen]] = True
        return split

    def _places(self) -> Whole:
        """The place in its group of each that is not fixed, from 1."""
        order, group = self.groups.order, self.groups.group
        counted = np.cumsum(self.is_free[order])
        start = self.groups.start[:-1]
        before = np.concatenate(([0], counted))[start]
        place = np.empty_like(order)
        place[order] = counted - before[group[order]]
        return place

    def _beside(self, one: int) -> tuple[str, ...]:
        pairs = zip(self.partners.value, self.holders, strict=True)
        found = {int(holder[value[one]]) for value, holder in pairs if value[one] >= 0}
        return tuple(self.codes[other] for other in sorted(found - {-1, one}))

    @cached_property
    def _broken_by(self) -> Callable[[int], tuple[str, ...]]:
        lines = Lines(lines_of(self.case, self.groups), self.groups.count)
        counts = np.bincount(self.groups.group[self.is_chosen], minlength=self.groups.count)
        slack, known = lines.slack(counts), dict[int, tuple[str, ...]]()

        def broken_by(group: int) -> tuple[str, ...]:
            if group not in known:
                pairs = zip(*lines.of_group(group), strict=True)
                broken = {lines.lines[line].rule for line, each in pairs if slack[line] + each < 0}
                known[group] = tuple(sorted(broken))
            return known[group]

        return broken_by
