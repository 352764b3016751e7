"""Other ways to share the same needs out: nearest first, cheapest first, in proportion."""

import time
from collections import Counter
from dataclasses import dataclass

from pulih.matching import Case, greedy, worth
from pulih.matching.draft import Draft
from pulih.matching.grid import Grid
from pulih.matching.plan import Parts
from pulih.matching.ways import EveryWay

SECONDS = 10.0
ORDERS = {"nearest_first": greedy.nearest_first, "cheapest_first": greedy.cheapest_first}
WAYS = (*ORDERS, "in_proportion")


@dataclass(frozen=True)
class Sharing:
    """What one way of sharing reaches. share: of the units asked for; units, cost: whole.

    largest: the share of all money for goods that the firm with the most of it gets.
    """

    way: str
    share: float
    firms: int
    units: int
    cost: int
    largest: float

    @property
    def unit_cost(self) -> int | None:
        return self.cost // self.units if self.units else None


def sharing(way: str, case: Case, parts: Parts) -> Sharing:
    """Say what an answer reaches."""
    asked = sum(need.quantity for need in case.needs)
    units = sum(parts.values())
    price = {(one.firm, one.product): one.price for one in case.capacities}
    product = {need.code: need.product for need in case.needs}
    earned: Counter[str] = Counter()
    for (need, _supplier, firm), quantity in parts.items():
        earned[firm] += quantity * price[firm, product[need]]
    largest = max(earned.values(), default=0) / (earned.total() or 1)
    share = units / asked if asked else 0.0
    return Sharing(way, share, len(earned), units, worth.cost(case, parts), largest)


def baselines(case: Case) -> list[Sharing]:
    """Share the case out in each plain way; one that time cuts short is left out."""
    grid = Grid(case)
    ways, found = EveryWay(grid), []
    for name in WAYS:
        draft, until = Draft(grid), time.monotonic() + SECONDS

        def seconds(until: float = until) -> float:
            return until - time.monotonic()

        if name == "in_proportion":
            is_whole = greedy.share_in_proportion(draft, ways, seconds=seconds)
        else:
            is_whole = greedy.share_out(draft, ways, ORDERS[name], seconds=seconds)
        if is_whole:
            found.append(sharing(name, case, draft.parts()))
    return found
