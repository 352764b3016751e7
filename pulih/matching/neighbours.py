"""Better answers from a good one: a few needs are matched again while the others stand.

Small enough for the solver to end, and wide enough to move a maker from one need to another. It
proves nothing: bounds come from the relaxation.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from pulih.matching.answer import Answer, add_lawfully
from pulih.matching.draft import Draft, Key
from pulih.matching.goal import Goal, program_for
from pulih.matching.greedy import unit_cost, units_by_supplier
from pulih.matching.grid import Floats, Grid, Whole
from pulih.matching.model import Way, start_of
from pulih.matching.program import run
from pulih.matching.ways import Ways
from pulih.matching.worth import fill_of

WAYS_AT_ONCE = 450
OF_A_NEED = 24  # Ways of a need by each of the orders, beside those of the relaxation.
NODES = 400
SECONDS_AT_ONCE = 4.0


@dataclass(frozen=True)
class Field:
    """Where to look: every need's ways, and which of them the relaxation uses."""

    grid: Grid
    ways: Sequence[Ways]
    used: frozenset[Key]

    def way(self, place: int, row: int) -> Way:
        ways = self.ways[place]
        return Way(
            (place, int(ways.group[row]), int(ways.capacity[row])),
            int(ways.distance[row]),
            int(ways.latest[row]),
            int(ways.top[row]),
            int(ways.least[row]),
        )

    def every_way(self, needs: Sequence[int]) -> list[Way]:
        return [self.way(place, row) for place in needs for row in range(len(self.ways[place]))]

    def some_ways(self, place: int, around: Draft, now: set[Key], most: int) -> list[Way]:
        """Return the ways of a need worth trying: used now or by the relaxation, large, cheap."""
        ways = self.ways[place]
        if not len(ways):
            return []
        rows = np.flatnonzero(around.may_have_room(ways))
        chosen = {
            row
            for row in range(len(ways))
            if (key := (place, int(ways.group[row]), int(ways.capacity[row]))) in now
            or key in self.used
        }
        if len(rows) + len(chosen) <= 2 * most:
            chosen.update(rows.tolist())
        else:
            grid = self.grid
            for keys in (-units_by_supplier(grid, ways), unit_cost(grid, ways)):
                chosen.update(_best(rows, keys[rows], most))
        return [self.way(place, row) for row in sorted(chosen)]


def _best(rows: Whole, keys: Floats, most: int) -> list[int]:
    found: list[int] = rows[np.lexsort((rows, keys))][:most].tolist()
    return found


def improved(
    field: Field,
    goal: Goal,
    begin: Answer,
    *,
    gap: float,
    seconds: Callable[[], float],
    heard: Callable[[Answer], None],
    is_done: Callable[[Answer], bool],
) -> Answer:
    """Return the best answer found in time, never a worse one than `begin`."""
    best, without_gain, needs = begin, 0, len(field.grid.case.needs)
    draft = Draft(field.grid, begin.lots)
    for chosen, more in _groups(field):
        if seconds() <= 0 or is_done(best) or without_gain > 2 * needs:
            return best
        without_gain += len(chosen)
        before = dict(pair for place in chosen for pair in draft.lots_of(place))
        if not _match_anew(field, goal, draft, chosen, more, gap=gap, seconds=seconds):
            _put_back(draft, chosen, before)
            continue
        found = Answer(field.grid, dict(draft.lots))
        if goal.is_better(found, best) and goal.kept.by(found):
            if _gain(goal, found, best) > gap / 10:
                without_gain = 0
            best = found
            heard(best)
        else:
            _put_back(draft, chosen, before)
    return best


def _gain(goal: Goal, found: Answer, best: Answer) -> float:
    return float(abs(goal.worth(found) - goal.worth(best))) / max(float(goal.worth(best)), 1e-9)


def _put_back(draft: Draft, chosen: Sequence[int], before: Mapping[Key, int]) -> None:
    """Let these needs get what they got before."""
    now = dict(pair for place in chosen for pair in draft.lots_of(place))
    for key in sorted(now.keys() | before.keys()):
        change = before.get(key, 0) - now.get(key, 0)
        if change:
            draft.add(key, change)


def _match_anew(
    field: Field,
    goal: Goal,
    draft: Draft,
    chosen: Sequence[int],
    more: int,
    *,
    gap: float,
    seconds: Callable[[], float],
) -> bool:
    """Match these needs again in the draft; say whether that may be an improvement.

    more: ways of a need by each order, beside those of the relaxation and of the draft.
    """
    had = _fill(draft, chosen)
    before = dict(pair for place in chosen for pair in draft.lots_of(place))
    _put_back(draft, chosen, {})
    now = set(before)
    ways = [w for place in chosen for w in field.some_ways(place, draft, now, more)]
    model = program_for(goal, field.grid, draft, chosen, ways)
    answer = run(
        model.program,
        seconds=min(SECONDS_AT_ONCE, seconds()),
        gap=gap,
        start=start_of(model, before),
        nodes=NODES,
    )
    if answer.columns is None:
        return False
    add_lawfully(draft, model.draft_of(answer.columns), {way.key: way for way in ways})
    # Looking at a few needs is quicker than looking at all, which the other stages do.
    return goal.name != "fill" or _fill(draft, chosen) > had


def _fill(draft: Draft, chosen: Sequence[int]) -> Fraction:
    case = draft.grid.case
    needs = ((case.needs[place], draft.left[place]) for place in chosen)
    fills = (fill_of(case, need, need.quantity - left) for need, left in needs)
    return sum(fills, Fraction(0))


def _groups(field: Field) -> Iterator[tuple[list[int], int]]:
    """Yield needs to match again together, in an order that always repeats, and ways to try.

    At first many needs at once with the ways of the relaxation alone, then few with others too.
    """
    grid, chance = field.grid, np.random.default_rng(0)
    needs = [place for place in range(len(grid.case.needs)) if len(field.ways[place])]
    used = Counter(place for place, _, _ in field.used)
    if used:
        by_product = sorted(needs, key=lambda place: grid.case.needs[place].product)
        for chosen in _in_turn(by_product, lambda place: 2 * used[place] + 1, WAYS_AT_ONCE):
            yield chosen, 0
    width = 1.0
    while needs:
        order = [int(place) for place in chance.permutation(needs)]
        if width <= 2:  # Needs of one product fight over the same makers.
            order.sort(key=lambda place: grid.case.needs[place].product)
        for chosen in _in_turn(
            order, lambda place: min(len(field.ways[place]), 3 * OF_A_NEED), WAYS_AT_ONCE * width
        ):
            yield chosen, OF_A_NEED
        width = min(4.0, width * 1.3)


def _in_turn(order: Sequence[int], size: Callable[[int], int], most: float) -> Iterator[list[int]]:
    """Yield needs in this order, as many at once as their ways allow."""
    chosen: list[int] = []
    total = 0
    for place in order:
        if chosen and total + size(place) > most:
            yield sorted(chosen)
            chosen, total = [], 0
        chosen.append(place)
        total += size(place)
    if chosen:
        yield sorted(chosen)
