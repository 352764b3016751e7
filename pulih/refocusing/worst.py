"""The first stage province by province: what does each need to reach a coverage?

The smallest coverage c can be reached by all exactly when the least money of every province
for c adds up to no more than the ceiling. So c is closed in from both sides: by plans whose
money fits, and by proofs that the least money does not.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from pulih.refocusing.cheapest import cheapest_apart
from pulih.refocusing.grid import Grid
from pulih.refocusing.parts import (
    Cheapest,
    Part,
    Prices,
    assembled,
    cheapest,
    joining_rules,
    parts_of,
)
from pulih.refocusing.provinces import TOGETHER, Apart
from pulih.refocusing.standing import standing
from pulih.refocusing.task import Reached, Task

FIRST_SECONDS = 1.0  # Per province and probe, once quick plans and relaxations are exhausted.
FIRST_WIDTH = 0.02  # Relative width of what those may leave on either side.


@dataclass
class Ledger:
    """What is known of one province: every answer at the coverage it was asked for."""

    part: Part
    begin: list[int]  # Batches that the limits allow.
    known: Apart | None = None  # Where the grid is large.
    answers: list[tuple[float, Cheapest]] = field(default_factory=list)

    def least(self, coverage: float) -> float:
        """Return rupiah that any plan of this coverage needs at least."""
        return max((a.least for asked, a in self.answers if asked <= coverage), default=0.0)

    def plan(self, coverage: float) -> Cheapest | None:
        """Return the cheapest plan known to reach this coverage."""
        fit = [a for _, a in self.answers if a.batches is not None and a.coverage >= coverage]
        return min(fit, key=lambda answer: (answer.money, -answer.coverage), default=None)

    def is_settled(self, coverage: float, gap: float) -> bool:
        known, least = self.plan(coverage), self.least(coverage)
        return least == float("inf") or (known is not None and known.money <= least * (1 + gap))

    def ask(self, coverage: float, seconds: float, gap: float) -> None:
        if self.known is None:
            found = cheapest(self.part, self.begin, coverage, seconds=seconds, gap=gap)
        else:
            found = cheapest_apart(self.known, self.begin, coverage, seconds=seconds, gap=gap)
        self.answers.append((coverage, found))


def worst_by_provinces(
    grid: Grid,
    reached: Reached,
    task: Task,
    prices: Prices,
    every: Sequence[Apart] = (),
) -> Reached:
    """Return the first stage closed in as far as its time and its gap ask.

    prices: what joins the provinces, as one budget; every: provinces apart, of a large grid.
    """
    begin = reached.best.batches
    ledgers = [Ledger(part, part.batches_of(begin)) for part in parts_of(grid, prices)]
    for ledger, known in zip(ledgers, every, strict=False):
        ledger.known = replace(known, part=ledger.part)
    search, step = Search(grid, ledgers, prices), _smallest_step(grid)
    joined, gap = len(joining_rules(grid)) > 1, task.gap * (0.3 if every else 0.1)
    rest = task.seconds() * (0.4 if joined else 0.02 if every else 0.15)
    probe = reached.value + 0.85 * (reached.bound - reached.value)
    while reached.gap > task.gap and task.seconds() > rest:
        probe = probe if reached.value else max(probe, step)
        _ask_all(ledgers, probe, search.seconds, gap, task, prices.budget)
        reached = _judged(grid, ledgers, probe, reached, prices.budget)
        if not reached.value and reached.bound <= step:
            return replace(reached, bound=reached.value)
        task.hear(reached.value, reached.bound)
        if joined and reached.value < probe < reached.bound and _settled(ledgers, probe, gap):
            return reached  # Rules across provinces decide: not a matter of each alone.
        probe = search.next_probe(probe, reached, task.gap)
    return reached


def _smallest_step(grid: Grid) -> float:
    """Return a coverage below which no plan's smallest one can lie without being 0."""
    needs, (width, weight) = grid.needs, grid.steps[0] if grid.steps else (1.0, 0.0)
    full = np.array([float(grid.full[p]) for p in grid.provinces])[needs.province]
    gains = needs.weight[needs.pair_need] * np.minimum(needs.pair_share, width) * weight
    return float(np.min(gains / full[needs.pair_need], initial=1.0)) * (1 - 1e-6)


def _settled(ledgers: Sequence[Ledger], coverage: float, gap: float) -> bool:
    return all(ledger.is_settled(coverage, gap) for ledger in ledgers)


@dataclass
class Search:
    """Where to probe next; `below` to `above` is what stayed undecided in the time given."""

    grid: Grid
    ledgers: Sequence[Ledger]
    prices: Prices
    seconds: float = 0.0
    width: float = FIRST_WIDTH
    below: float = float("inf")
    above: float = 0.0

    def next_probe(self, probe: float, reached: Reached, gap: float) -> float:
        low, high = reached.value, reached.bound
        if low < probe < high:
            self.below, self.above = min(self.below, probe), max(self.above, probe)
        if self.above <= low or self.below >= high or self._is_narrow(low, high, gap):
            if low < self.above and self.below < high:
                self.seconds = 4 * self.seconds or FIRST_SECONDS
                self.width /= 4
            self.below, self.above = float("inf"), 0.0
        if self.above == 0.0:
            return self._guess(_middle, probe, low, high)
        below, above = max(self.below, low), min(self.above, high)
        if below - low >= high - above:
            return self._guess(_known, below, low, below)
        return self._guess(_proven, above, above, high)

    def _is_narrow(self, low: float, high: float, gap: float) -> bool:
        """Say whether both sides of the undecided are too narrow to be worth a probe."""
        width = max(self.below - low, high - self.above)
        return width <= max(gap, self.width) * max(low, 1e-9)

    def _guess(
        self, money: Callable[[Ledger, float], float], probe: float, low: float, high: float
    ) -> float:
        """Return the coverage where money as it was at a probe would just suffice."""
        margin = 0.1 * (high - low)
        spent = sum(money(ledger, probe) for ledger in self.ledgers)
        floors = sum(ledger.part.worth(_floors(ledger.part)) for ledger in self.ledgers)
        if not floors < spent < float("inf"):
            return (low + high) / 2
        guess = probe * (self.prices.budget - floors) / (spent - floors)
        return min(max(guess, low + margin), high - margin)


def _floors(part: Part) -> list[int]:
    return [purse.floor for purse in part.grid.purses]


def _known(ledger: Ledger, coverage: float) -> float:
    known = ledger.plan(coverage)
    return float("inf") if known is None else known.money


def _proven(ledger: Ledger, coverage: float) -> float:
    return ledger.least(coverage)


def _middle(ledger: Ledger, coverage: float) -> float:
    known, least = ledger.plan(coverage), ledger.least(coverage)
    return least if known is None else (known.money + least) / 2


def _ask_all(
    ledgers: Sequence[Ledger],
    coverage: float,
    seconds: float,
    gap: float,
    task: Task,
    budget: float,
) -> None:
    """Ask every province that is not settled, until the answers decide the probe."""
    waiting = list(ledgers)
    with ThreadPoolExecutor(TOGETHER) as pool:
        while waiting and task.seconds() > 0:
            known = sum(_known(other, coverage) for other in ledgers)
            least = sum(other.least(coverage) for other in ledgers)
            if known <= budget or _is_beyond(least, budget):
                return
            waiting = [ledger for ledger in waiting if not ledger.is_settled(coverage, gap)]
            now, waiting = waiting[:TOGETHER], waiting[TOGETHER:]
            list(pool.map(partial(_ask, coverage, min(seconds, task.seconds()), gap), now))


def _ask(coverage: float, seconds: float, gap: float, ledger: Ledger) -> None:
    ledger.ask(coverage, seconds, gap)


def _is_beyond(least: float, budget: float) -> bool:
    return least > budget * (1 + 1e-9) + 0.5


def _judged(
    grid: Grid, ledgers: Sequence[Ledger], coverage: float, reached: Reached, budget: float
) -> Reached:
    """Return the stage after a probe: a better plan, a lower bound, or as it was."""
    if _is_beyond(sum(ledger.least(coverage) for ledger in ledgers), budget):
        return replace(reached, bound=max(reached.value, min(reached.bound, coverage)))
    plans = [ledger.plan(coverage) for ledger in ledgers]
    chosen = [plan.batches for plan in plans if plan is not None and plan.batches is not None]
    if len(chosen) < len(ledgers):
        return reached
    batches = assembled(grid, [ledger.part for ledger in ledgers], chosen)
    found = standing(grid, batches, least_change=False)
    if found is None or float(found.worst or 0) <= reached.value:
        return reached
    return replace(
        reached,
        best=found,
        value=float(found.worst or 0),
        bound=max(reached.bound, float(found.worst or 0)),
    )
