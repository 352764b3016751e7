"""What would bring more of a need: the same answer with one rule given way, needs topped up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pulih.matching.case import Case, Need
from pulih.matching.draft import Draft, Key
from pulih.matching.greedy import cheapest_first, largest_first, serve
from pulih.matching.grid import Grid
from pulih.matching.plan import Parts, Word
from pulih.matching.ways import ALONE, ways_to

WEEK = 7
MOST_DAYS = 366


Apply = Callable[[Case, frozenset[str]], Case]


@dataclass(frozen=True)
class Change:
    """A rule that gives way: for some needs, or for the whole case."""

    word: Word
    apply: Apply


def of_needs(change: Callable[[Need], Need]) -> Apply:
    def apply(case: Case, needs: frozenset[str]) -> Case:
        changed = (change(need) if need.code in needs else need for need in case.needs)
        return replace(case, needs=tuple(changed))

    return apply


def later(days: int) -> Apply:
    def shifted(need: Need) -> Need:
        return replace(need, due=min(need.due, date.max - timedelta(days)) + timedelta(days))

    return of_needs(shifted)


def _without_lots(case: Case, needs: frozenset[str]) -> Case:
    return replace(
        of_needs(lambda need: replace(need, min_order=1))(case, needs),
        capacities=tuple(replace(each, lot=1, min_order=0) for each in case.capacities),
        groups=tuple(replace(group, min_order=0) for group in case.groups),
    )


def _without_firm_share(case: Case, needs: frozenset[str]) -> Case:
    return replace(case, settings=replace(case.settings, firm_share=None))


def _without_regency_share(case: Case, needs: frozenset[str]) -> Case:
    return replace(case, settings=replace(case.settings, regency_share=None))


def nothing(case: Case, needs: frozenset[str]) -> Case:
    return case


# In the order in which one of two that bring the same is named: what people set before time.
CHANGES = (
    Change("suppliers", of_needs(lambda need: replace(need, max_suppliers=None))),
    Change("firm_share", _without_firm_share),
    Change("regency_share", _without_regency_share),
    Change("price", of_needs(lambda need: replace(need, max_price=None))),
    Change("lots", _without_lots),
    Change("weeks", later(WEEK)),
    Change("makers", of_needs(lambda need: replace(need, standard=""))),
)


def all_together(case: Case, needs: frozenset[str]) -> Case:
    for change in CHANGES:
        case = change.apply(case, needs)
    return case


def is_possible(case: Case, change: Change, need: Need) -> bool:
    """Say whether the rule holds for the need at all."""
    match change.word:
        case "price":
            return need.max_price is not None
        case "suppliers":
            return need.max_suppliers is not None
        case "firm_share":
            return case.settings.firm_share is not None
        case "regency_share":
            return case.settings.regency_share is not None
        case "makers":
            return bool(need.standard)
        case _:
            return True


class Trial:
    """An answer under a changed case: how many units more each need could then get.

    Of the needs tried, one at a time is due when the changed case says; a day more for all of
    them together would give each the time of the others.
    """

    def __init__(self, case: Case, parts: Parts, needs: frozenset[str], apply: Apply) -> None:
        self.grid = Grid(apply(case, needs))
        self.need_at = {need.code: place for place, need in enumerate(self.grid.case.needs)}
        self.due = Grid(case).due
        self.draft = Draft(self.grid, lots_of(self.grid, parts), self.due)

    def brings(self, code: str) -> int:
        """Return the units more, all else as it stands: at least so many would come."""
        place, draft = self.need_at[code], self.draft
        ways = ways_to(self.grid, place)
        before, left = dict(draft.lots_of(place)), draft.left[place]
        best = 0
        _set(draft, place, {})
        draft.due[place] = self.grid.due[place]
        for begin in (before, {}):
            for order in (largest_first, cheapest_first):
                _set(draft, place, begin)
                serve(draft, ways, order(self.grid, ways))
                best = max(best, left - draft.left[place])
        _set(draft, place, {})
        draft.due[place] = self.due[place]
        _set(draft, place, before)
        return best


def lots_of(grid: Grid, parts: Parts) -> dict[Key, int]:
    needs = {need.code: place for place, need in enumerate(grid.case.needs)}
    found = {}
    for (need, supplier, firm), units in parts.items():
        capacity = grid.capacity_at[firm, grid.case.need[need].product]
        group = ALONE if supplier == firm else grid.group_at[supplier]
        found[needs[need], group, capacity] = units // grid.lot_of[capacity]
    return found


def _set(draft: Draft, place: int, lots: Mapping[Key, int]) -> None:
    for key, count in draft.lots_of(place):
        draft.add(key, -count)
    for key, count in lots.items():
        draft.add(key, count)


def days_that_do(case: Case, parts: Parts, need: Need, missing: int) -> int | None:
    """Return the fewest days later by which a need would be filled; None beyond a year."""

    def would_do(days: int) -> bool:
        trial = Trial(case, parts, frozenset({need.code}), later(days))
        return trial.brings(need.code) >= missing

    low, high = 0, 1
    while not would_do(high):
        low, high = high, high * 2
        if low >= MOST_DAYS:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if would_do(middle) else (middle, high)
    return high
