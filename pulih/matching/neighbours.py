"""Better answers from a good one: a few needs are matched anew while the others stand.

Small enough for the solver to end, and wide enough to move a maker from one need to another. It
proves nothing: bounds come from the relaxation.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pulih.matching.answer import Answer, add_lawfully
from pulih.matching.draft import Draft, Key
from pulih.matching.goal import Goal, program_for
from pulih.matching.greedy import unit_cost, units_by_supplier
from pulih.matching.grid import Floats, Grid, Whole
from pulih.matching.model import Way, start_of
from pulih.matching.program import run
from pulih.matching.ways import Ways

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
    for chosen in _groups(field):
        if seconds() <= 0 or is_done(best) or without_gain > 2 * needs:
            return best
        without_gain += len(chosen)
        found = _matched_anew(field, goal, draft, chosen, gap=gap, seconds=seconds)
        if found is None:
            continue
        if goal.is_better(found, best) and goal.kept.by(found):
            if _gain(goal, found, best) > gap / 10:
                without_gain = 0
            best = found
            heard(best)
        else:
            draft = Draft(field.grid, best.lots)
    return best


def _gain(goal: Goal, found: Answer, best: Answer) -> float:
    return float(abs(goal.worth(found) - goal.worth(best))) / max(float(goal.worth(best)), 1e-9)


def _matched_anew(
    field: Field,
    goal: Goal,
    draft: Draft,
    chosen: Sequence[int],
    *,
    gap: float,
    seconds: Callable[[], float],
) -> Answer | None:
    """Return the answer with these needs matched anew; the draft becomes it."""
    before = {key: lots for place in chosen for key, lots in draft.lots_of(place)}
    for key, lots in before.items():
        draft.add(key, -lots)
    now = set(before)
    ways = [w for place in chosen for w in field.some_ways(place, draft, now, OF_A_NEED)]
    model = program_for(goal, field.grid, draft, chosen, ways)
    answer = run(
        model.program,
        seconds=min(SECONDS_AT_ONCE, seconds()),
        gap=gap,
        start=start_of(model, before),
        nodes=NODES,
    )
    if answer.columns is None:
        for key, lots in before.items():
            draft.add(key, lots)
        return None
    add_lawfully(draft, model.draft_of(answer.columns), {way.key: way for way in ways})
    return Answer(field.grid, dict(draft.lots))


def _groups(field: Field) -> Iterator[list[int]]:
    """Yield needs to match anew together, in an order that always repeats."""
    grid, chance = field.grid, np.random.default_rng(0)
    needs = [place for place in range(len(grid.case.needs)) if len(field.ways[place])]
    product = {place: grid.case.needs[place].product for place in needs}
    width = 1.0
    while needs:
        order = [int(place) for place in chance.permutation(needs)]
        if width <= 2:  # Needs of one product fight over the same makers.
            order.sort(key=lambda place: product[place])
        chosen: list[int] = []
        size = 0
        for place in order:
            count = min(len(field.ways[place]), 3 * OF_A_NEED)
            if chosen and size + count > WAYS_AT_ONCE * width:
                yield sorted(chosen)
                chosen, size = [], 0
            chosen.append(place)
            size += count
        yield sorted(chosen)
        width = min(4.0, width * 1.3)
