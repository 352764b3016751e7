"""The second stage's quick plan: each province's cheapest lawful coverage, then the best buys."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pulih.refocusing.greedy import Greedy, sizes_up_to
from pulih.refocusing.grid import Floats, Grid
from pulih.refocusing.lawful_plan import Kept, LawfulPlan, lawful_plan
from pulih.refocusing.parts import assembled, cheapest, parts_of
from pulih.refocusing.rules import Pool


def best_buys(
    grid: Grid, begin: LawfulPlan, kept: Kept, lawful: LawfulPlan, seconds: Callable[[], float]
) -> LawfulPlan:
    """Return a plan of more relief than `begin`, or `begin` when none was found in time.

    lawful: the plan of least money, whose batches the limits allow.
    """
    found = begin
    for batches in (list(begin.batches), _thriftiest(grid, begin, kept, lawful, seconds)):
        plan = lawful_plan(grid, with_best_buys(grid, batches, seconds), least_change=False)
        if plan is not None and kept.by(plan) and plan.relief > found.relief:
            found = plan
    return found


def _thriftiest(
    grid: Grid, begin: LawfulPlan, kept: Kept, lawful: LawfulPlan, seconds: Callable[[], float]
) -> list[int]:
    """Return batches that keep the least coverage in every province with little money."""
    parts, chosen = parts_of(grid), []
    for part in parts:
        own = part.batches_of(begin.batches)
        if seconds() > 0:
            first = part.batches_of(lawful.batches)
            answer = cheapest(part, first, float(kept.worst), seconds=0.0, gap=0.0, left=seconds)
            if answer.batches is not None:
                own = min(
                    own, list(answer.batches), key=lambda b: part.worth(part.grid.spending(b))
                )
        chosen.append(own)
    return assembled(grid, parts, chosen)


@dataclass(frozen=True)
class Only:
    """Buy from these pools alone, until they hold so many rupiah."""

    pools: Collection[Pool]
    rupiah: int


def with_best_buys(
    grid: Grid, begin: list[int], seconds: Callable[[], float], only: Only | None = None
) -> list[int]:
    """Return batches with money that is left spent where a rupiah relieves most.

    What is left is what the ceiling and every cap leave. Shares are not looked at.
    """
    if not len(grid.needs):
        return begin
    search, batches = Greedy(grid, np.ones(len(grid.purses))), np.array(begin, dtype=np.float64)
    rooms = _rooms(grid, only)
    while seconds() > 0:
        room, spent = search.room(batches), search.money(batches)
        left = rooms.left(spent)[grid.cell_purse]
        more = np.minimum(room, sizes_up_to(float(room.max(initial=0.0)))[:, None])
        price = search.prices(batches, more, spent)
        gain = search.gains(batches, more)
        worth = np.where((more > 0) & (price <= left + 1e-9), gain / price, 0.0)
        if worth.max(initial=0.0) <= 0:
            break
        size, cell = np.unravel_index(int(np.argmax(worth)), worth.shape)
        batches[cell] += more[size, cell]
    return [round(value) for value in batches]


@dataclass(frozen=True)
class Rooms:
    """The caps on money: which purses each joins, and the most that they may hold together.

    Money in solver units. What a rule makes some purses hold beyond their spending lies idle, so
    that nobody else may spend it and they may at no cost to a cap around them.
    """

    joined: Floats  # One row a cap, 1 for each of its purses.
    most: Floats
    asked: Floats  # One row a rule that asks for money, 1 for each of its purses; none overlap.
    least: Floats
    floor: Floats
    blocked: Floats
    closed: Floats  # Purses that nothing may be bought from.

    @cached_property
    def inside(self) -> Floats:
        """1 where a cap is around all that a rule asks of."""
        around = self.joined @ self.asked.T >= self.asked.sum(axis=1)
        return np.asarray(around, dtype=np.float64)

    @cached_property
    def near(self) -> Floats:
        """The same for every purse of such a rule."""
        return np.asarray(self.inside @ self.asked)

    def left(self, spent: Floats) -> Floats:
        """Return how much more each purse may hold once so much is spent."""
        held = np.maximum(self.floor, spent + self.blocked)
        idle = np.maximum(0.0, self.least - self.asked @ held)
        left = self.most - self.joined @ held - self.inside @ idle
        eased = left[:, None] + self.near * (idle @ self.asked)
        found = np.where(self.joined > 0, eased, np.inf).min(axis=0)
        return np.where(self.closed > 0, -np.inf, found)


def _rooms(grid: Grid, only: Only | None) -> Rooms:
    caps = [
        (set(rule.coefficients), -rule.least)
        for rule in grid.rules
        if all(count == -1 for count in rule.coefficients.values())
    ]
    if only is not None:
        caps.append((set(only.pools), only.rupiah))
    allowed = None if only is None else set(only.pools)
    pools = [purse.pool for purse in grid.purses]
    asked = _apart(grid)
    return Rooms(
        np.array([[float(pool in joined) for pool in pools] for joined, _ in caps]),
        np.array([float(most) for _, most in caps]) / grid.scale,
        np.array([[float(pool in some) for pool in pools] for some, _ in asked]).reshape(
            len(asked), len(pools)
        ),
        np.array([float(least) for _, least in asked]) / grid.scale,
        np.array([purse.floor for purse in grid.purses]) / grid.scale,
        np.array([purse.blocked for purse in grid.purses]) / grid.scale,
        np.array([float(allowed is not None and pool not in allowed) for pool in pools]),
    )


def _asked_for(grid: Grid) -> list[tuple[set[Pool], int]]:
    """Return the pools of which rules ask for money, and how much."""
    return [
        (set(rule.coefficients), rule.least)
        for rule in grid.rules
        if rule.least > 0 and all(count == 1 for count in rule.coefficients.values())
    ]


def _apart(grid: Grid) -> list[tuple[set[Pool], int]]:
    """Return the same without those that share a pool with a wider one."""
    found: list[tuple[set[Pool], int]] = []
    for pools, least in sorted(_asked_for(grid), key=lambda f: (-len(f[0]), sorted(f[0]))):
        if all(pools.isdisjoint(other) for other, _ in found):
            found.append((pools, least))
    return found


def with_floors_spent(grid: Grid, begin: list[int], seconds: Callable[[], float]) -> list[int]:
    """Return batches that use the money which rules make pools hold anyway.

    The narrowest rules first: what is bought for them counts for the wider ones as well.
    """
    for pools, least in sorted(_asked_for(grid), key=lambda f: (len(f[0]), sorted(f[0]))):
        begin = with_best_buys(grid, begin, seconds, Only(pools, least))
    return begin
