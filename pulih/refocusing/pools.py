"""Cuts for pools: the money that a pool holds anyway buys whole batches only.

A relaxation in plans of regencies forgets this, and loses 5 to 10 % of a province by it. So the
plans of a province's regencies are joined with whole purchases of its pools: what regencies run
must be bought. At the prices of that program every pool gives one inequality,

    cost of its money >= sum(first x runs + more x further batches) - worth of the best purchase,

true at any prices, because the last term is found exactly (Lagrangian decomposition).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pulih.refocusing.case import Line
from pulih.refocusing.grid import Floats, Purse, Whole

MOST_STATES = 400  # Half-made purchases kept; more are merged, which only weakens a cut.
FEW = 60  # States from where on they are looked at as arrays.
DUST = 1e-9


@dataclass(frozen=True)
class PoolCut:
    """money x M[purse] + change x its change - sum(first x [runs] + more x further) >= least."""

    purse: int
    measure: int
    regencies: Whole
    first: Floats
    more: Floats
    money: float
    change: float
    least: float

    def by_regency(self, count: int) -> tuple[Floats, Floats]:
        first, more = np.zeros(count), np.zeros(count)
        first[self.regencies], more[self.regencies] = self.first, self.more
        return first, more


@dataclass(frozen=True)
class Till:
    """What a pool's spending costs, in solver money.

    free: what may be spent without more money than before; corners: (flat, low, slope), each a
    way to pay up to `free` that costs `low`, and `slope` per unit spent beyond `flat`; over: the
    cost just beyond `free`, None where it may not go there; price: per unit from there on.
    """

    free: float
    corners: tuple[tuple[float, float, float], ...]
    over: float | None
    price: float

    def cost(self, spent: float) -> float:
        if spent > self.free + DUST:
            return np.inf if self.over is None else self.over + self.price * (spent - self.free)
        return min(low + slope * max(0.0, spent - flat) for flat, low, slope in self.corners)


class Item(NamedTuple):
    """A cell as something a pool may buy, and what one run and one batch are worth."""

    place: int
    setup: float
    step: float
    most: int
    run: float
    batch: float


class Purchase(NamedTuple):
    """Batches by place, and worth after cost."""

    worth: float
    counts: tuple[tuple[int, int], ...]


class State(NamedTuple):
    spent: float
    worth: float
    counts: tuple[tuple[int, int], ...]


class Purchases:
    """What a pool may buy of some items: states within its free money, and the best beyond."""

    def __init__(self, till: Till, items: Sequence[Item] = ()) -> None:
        self.till = till
        self.within = [State(0.0, 0.0, ())]
        self.beyond: State | None = None
        for item in items:
            self.add(item)

    def add(self, item: Item) -> None:
        """Let the pool buy one more item, or not."""
        till = self.till
        self.beyond = _gone_beyond(till, item, self.within, self.beyond)
        if len(self.within) * _most_within(till, item) > FEW:
            self.within = _grown_in_bulk(till, item, self.within)
        else:
            grown = self.within + [new for old in self.within for new in _bought(till, item, old)]
            self.within = _undominated(grown)
        if len(self.within) > MOST_STATES:
            self.within = _merged(self.within, till.free / MOST_STATES)

    def best(self) -> Purchase:
        """Return a best purchase; none is worth more than it says."""
        best = max(
            (Purchase(old.worth - self.till.cost(old.spent), old.counts) for old in self.within),
            key=lambda purchase: purchase.worth,
        )
        if self.beyond is not None and self.beyond.worth > best.worth:
            return Purchase(self.beyond.worth, self.beyond.counts)
        return best

    def worth_beside(self, spent: float) -> float:
        """Return the most that a purchase is worth beside one that spends so much."""
        till = self.till
        best = max(old.worth - till.cost(old.spent + spent) for old in self.within)
        if self.beyond is not None:
            best = max(best, self.beyond.worth - till.price * spent)
        return best


def lifted(purchases: Purchases, item: Item) -> Item:
    """Return an item worth as much as changes nothing of what the best purchase is worth."""
    most = purchases.best().worth
    counts = _counts_to_look_at(item)
    gains = [most - purchases.worth_beside(item.setup + item.step * count) for count in counts]
    first, rates = gains[0], [purchases.till.price * item.step]
    later = zip(counts[1:], gains[1:], strict=True)
    rates += [(gain - first) / (count - 1) for count, gain in later]
    batch = max(0.0, min(rates))
    return item._replace(run=max(0.0, first - batch), batch=min(batch, max(0.0, first)))


def _counts_to_look_at(item: Item) -> list[int]:
    """Return counts of batches, closer together where they are few; the most may be off."""
    some = {1, 2, 3, item.most, *(int(1.5**power) for power in range(4, 40))}
    return sorted(count for count in some if count <= item.most)


def _bought(till: Till, item: Item, old: State) -> Iterator[State]:
    """Yield a state with 1, 2, 3, … batches more, as far as free money goes."""
    spent, worth = old.spent + item.setup, old.worth + item.run
    for count in range(1, item.most + 1):
        spent, worth = spent + item.step, worth + item.batch
        if spent > till.free + DUST:
            return
        if worth > old.worth:
            yield State(spent, worth, (*old.counts, (item.place, count)))
        if item.batch <= 0:
            return


def _most_within(till: Till, item: Item) -> int:
    """Return how many batches of an item free money could pay."""
    left = till.free + DUST - item.setup
    if left < item.step:
        return 0
    return item.most if item.step * item.most <= left else int(left // item.step)


def _grown_in_bulk(till: Till, item: Item, states: list[State]) -> list[State]:
    """Return what `_undominated` of all that `_bought` yields would, as arrays."""
    count = np.arange(_most_within(till, item) + 1)
    spent = np.array([state.spent for state in states])[:, None] + item.step * count
    worth = np.array([state.worth for state in states])[:, None] + item.batch * count
    spent[:, 1:] += item.setup
    worth[:, 1:] += item.run
    spent, worth = spent.ravel(), worth.ravel()
    order = np.lexsort((-worth, spent))
    order = order[spent[order] <= till.free + DUST]
    before = np.maximum.accumulate(np.concatenate(([-np.inf], worth[order][:-1])))
    kept = order[worth[order] > before + 1e-12]
    found = []
    for place in kept:
        old, times = states[place // len(count)], int(count[place % len(count)])
        counts = (*old.counts, (item.place, times)) if times else old.counts
        found.append(State(float(spent[place]), float(worth[place]), counts))
    return found


def _gone_beyond(
    till: Till, item: Item, within: Sequence[State], beyond: State | None
) -> State | None:
    """Return the best state that spends more than is free; its worth is after cost."""
    if till.over is None:
        return None
    best = beyond
    if beyond is not None:
        for count in {1, item.most}:
            cost = till.price * (item.setup + item.step * count)
            worth = beyond.worth + item.run + item.batch * count - cost
            best = _better(best, worth, beyond.counts, item.place, count)
    for old in within:
        left = till.free + DUST - old.spent - item.setup
        least = 1 if left < item.step or not item.step else int(left // item.step) + 1
        for count in {least, item.most}:
            if count <= item.most:
                spent = old.spent + item.setup + item.step * count
                if spent > till.free + DUST:
                    cost = till.over + till.price * (spent - till.free)
                    worth = old.worth + item.run + item.batch * count - cost
                    best = _better(best, worth, old.counts, item.place, count)
    return best


def _better(
    best: State | None, worth: float, counts: tuple[tuple[int, int], ...], place: int, count: int
) -> State | None:
    if best is not None and worth <= best.worth + 1e-12:
        return best
    return State(np.inf, worth, (*counts, (place, count)))


def _undominated(states: list[State]) -> list[State]:
    states.sort(key=lambda state: (state.spent, -state.worth))
    kept: list[State] = []
    for state in states:
        if not kept or state.worth > kept[-1].worth + 1e-12:
            kept.append(state)
    return kept


def _merged(states: list[State], width: float) -> list[State]:
    """Return fewer states, each spending what the least of some did for the worth of the best."""
    kept: dict[int, State] = {}
    for state in states:
        place = int(state.spent / width)
        first = kept.get(place, state)
        kept[place] = State(first.spent, state.worth, state.counts)
    return list(kept.values())


def till_of(purse: Purse, scale: float, price: float, change_cost: float | None) -> Till | None:
    """Return what spending costs a pool; None where more money would cost nothing.

    price: of a solver unit that the pool holds; change_cost: per line, where change counts.
    """
    floor, blocked, before = (m / scale for m in (purse.floor, purse.blocked, purse.before))
    if change_cost is None:
        if price <= 0 and not purse.is_fixed:
            return None
        over = None if purse.is_fixed else 0.0
        return Till(floor - blocked, ((floor - blocked, 0.0, 0.0),), over, price)
    if purse.is_fixed:
        return Till(floor - blocked, ((floor - blocked, price * floor, 0.0),), None, price)
    if 1 + price <= 0:
        return None
    free = before - blocked
    corners, depth = [(free, price * before, 0.0)], 0.0
    for count, line in enumerate(sorted(purse.lines, key=_room), start=1):
        depth -= _room(line) / scale
        if price > 1 and depth > 0:
            low = price * before + change_cost * count - (price - 1) * depth
            corners.append((free - depth, low, price - 1))
    return Till(free, tuple(corners), price * before + change_cost, 1 + price)


def _room(line: Line) -> int:
    return line.floor - line.ceiling
