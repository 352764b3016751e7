"""A lawful answer near a relaxed one: its parts rounded to lots, then topped up."""

from collections.abc import Callable, Mapping, Sequence

from pulih.matching.draft import Draft, Key
from pulih.matching.greedy import (
    Order,
    send_alone,
    send_together,
    share_out,
)
from pulih.matching.grid import Grid
from pulih.matching.ways import ALONE, Ways

ENOUGH = 0.4  # Share of a smallest consignment that the relaxation must send for it to be tried.


def rounded(
    grid: Grid,
    ways: Sequence[Ways],
    used: Mapping[Key, float],
    order: Order,
    seconds: Callable[[], float],
) -> Draft:
    """Return an answer whose suppliers are those of the relaxation as far as rules allow.

    used: lots by part, not whole. order: who tops up what is left.
    """
    draft = Draft(grid)
    by_need: dict[int, list[Key]] = {}
    for key in used:
        by_need.setdefault(key[0], []).append(key)
    needs = sorted(by_need, key=lambda place: (-grid.case.needs[place].weight, place))
    for place in needs:
        _take_over(draft, ways[place], {key: used[key] for key in sorted(by_need[place])})
    share_out(draft, ways, order, seconds=seconds, needs=needs)
    return draft


def _take_over(draft: Draft, ways: Ways, used: Mapping[Key, float]) -> None:
    """Let the suppliers of one need send about as much as in the relaxation, largest first."""
    grid, place = draft.grid, ways.need
    row_of = {
        (place, int(group), int(capacity)): row
        for row, (group, capacity) in enumerate(zip(ways.group, ways.capacity, strict=True))
    }
    units: dict[tuple[int, int], float] = {}
    rows: dict[tuple[int, int], dict[int, int]] = {}
    for key, lots in used.items():
        _, group, capacity = key
        supplier = (group, ALONE if group != ALONE else capacity)
        least = int(ways.least[row_of[key]])
        if lots >= ENOUGH * least:
            units[supplier] = units.get(supplier, 0.0) + lots * grid.lot_of[capacity]
            rows.setdefault(supplier, {})[row_of[key]] = max(least, round(lots))
    for supplier in sorted(units, key=lambda each: (-units[each], each)):
        first = next(iter(rows[supplier]))
        capacity = int(ways.capacity[first])
        if not draft.may_open(place, supplier[0], grid.firm_of[capacity]):
            return
        if supplier[0] == ALONE:
            send_alone(draft, ways, first, rows[supplier][first])
        else:
            send_together(draft, ways, list(rows[supplier]), rows[supplier])
