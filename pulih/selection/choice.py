"""A lawful selection in hand: exchange for those ahead, add whom no rule keeps out.

Both of the contract's promises are kept here, exactly: nobody is passed over by one who is
alike and stands behind, and nobody with a score is left out for nothing.
"""

from collections.abc import Iterator

import numpy as np

from pulih.selection.case import FREE, Case, Whole
from pulih.selection.groups import Groups
from pulih.selection.partners import Partners
from pulih.selection.rules import Lines


class Choice:
    """The chosen with what each line has left; only ever changed from lawful to lawful."""

    def __init__(
        self, case: Case, groups: Groups, lines: Lines, partners: Partners, chosen: Whole
    ) -> None:
        self.case, self.groups, self.lines, self.partners = case, groups, lines, partners
        self.is_chosen = np.zeros(len(case.applications), dtype=bool)
        self.is_chosen[chosen] = True
        self.is_free = case.applications.fixed == FREE
        self.slack = lines.slack(self.counts())
        self.holders = partners.holders(chosen)

    def counts(self) -> Whole:
        """How many of each group are chosen."""
        return np.bincount(self.groups.group[self.is_chosen], minlength=self.groups.count)

    @property
    def chosen(self) -> Whole:
        return np.flatnonzero(self.is_chosen)

    @property
    def value(self) -> int:
        """The sum of scores in millionths."""
        return int(self.case.applications.score[self.is_chosen].sum())

    def is_lawful(self) -> bool:
        return min(self.slack, default=0) >= 0 and not self.partners.are_doubled(self.chosen)

    def settle(self) -> None:
        """Exchange and add until neither is possible; the value only rises."""
        while self._exchange() | self._add():
            pass

    def beside(self, one: int) -> set[int]:
        """The chosen that exclude one."""
        found = {
            int(holder[value[one]])
            for value, holder in zip(self.partners.value, self.holders, strict=True)
            if value[one] >= 0
        }
        return found - {-1, one}

    def _exchange(self) -> bool:
        """Give the seats of those behind to alike ones ahead; say whether any changed."""
        has_changed, position = False, self.groups.position
        while True:
            last = self._last()
            ahead = self.is_free & ~self.is_chosen & (position < last[self.groups.group])
            places = np.flatnonzero(ahead)
            pairs = self._pairs(places[np.argsort(position[places])], last)
            moved = [self._replace(out, into) for out, into in pairs]
            if not moved:
                return has_changed
            has_changed = True

    def _last(self) -> Whole:
        """The last position that is chosen and free, by group; -1 for none."""
        last = np.full(self.groups.count, -1, dtype=np.int64)
        taken = np.flatnonzero(self.is_chosen & self.is_free)
        np.maximum.at(last, self.groups.group[taken], self.groups.position[taken])
        return last

    def _pairs(self, ahead: Whole, last: Whole) -> Iterator[tuple[int, int]]:
        """Yield who must give way to whom; the choice may change in between."""
        position, order = self.groups.position, self.groups.order
        start = self.groups.start
        for into in ahead.tolist():
            beside, group = self.beside(into), int(self.groups.group[into])
            if not beside:
                while last[group] >= start[group] and not self._may_leave(order[last[group]]):
                    last[group] -= 1
                out = int(order[last[group]]) if last[group] >= start[group] else into
            elif len(beside) == 1:
                (out,) = beside
            else:
                continue
            is_alike = self.groups.group[out] == group and self.is_free[out]
            if is_alike and self.is_chosen[out] and position[out] > position[into]:
                yield out, into

    def _may_leave(self, one: int) -> bool:
        return bool(self.is_chosen[one] and self.is_free[one])

    def _replace(self, out: int, into: int) -> bool:
        self._set(out, False)
        self._set(into, True)
        return True

    def _set(self, one: int, is_chosen: bool) -> None:
        self.is_chosen[one] = is_chosen
        for value, holder in zip(self.partners.value, self.holders, strict=True):
            if value[one] >= 0:
                holder[value[one]] = one if is_chosen else -1

    def _add(self) -> bool:
        """Add whom no rule keeps out, the highest score first; say whether any was."""
        has_changed = False
        while added := self._added_once():
            has_changed = bool(added)
        return has_changed

    def _added_once(self) -> int:
        scores, groups = self.case.applications.score, self.groups
        open_groups = self.lines.may_add(self.slack)
        could = self.is_free & ~self.is_chosen & (scores > 0) & open_groups[groups.group]
        could &= ~self.partners.chosen_beside(self.holders, len(could))
        places = np.flatnonzero(could)
        added, closed = 0, set()
        for one in places[np.lexsort((groups.position[places], -scores[places]))].tolist():
            group = int(groups.group[one])
            if group in closed or self.beside(one):
                continue
            if self._take(one, group):
                added += 1
            else:
                closed.add(group)
        return added

    def _take(self, one: int, group: int) -> bool:
        lines, coefficients = self.lines.of_group(group)
        slack = self.slack
        if any(slack[line] + each < 0 for line, each in zip(lines, coefficients, strict=True)):
            return False
        for line, each in zip(lines, coefficients, strict=True):
            slack[line] += each
        self._set(one, True)
        return True
