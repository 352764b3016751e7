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

from pulih.refocusing.cheapest import cheapest_apart, quick_plan
from pulih.refocusing.grid import Grid
from pulih.refocusing.lawful_plan import lawful_plan
from pulih.refocusing.parts import (
    Cheapest,
    Part,
    Prices,
    Proof,
    assembled,
    cheapest,
    eased,
    joining_rules,
    parts_of,
    plain_proof,
)
from pulih.refocusing.provinces import TOGETHER, Apart, eased_as
from pulih.refocusing.task import Reached, Task

FIRST_SECONDS = 3.0  # Per province and probe, once quick plans and relaxations are exhausted.
ENOUGH = 0.7  # Of what was open before a probe: leaving more, it was in vain.
PROBES = 400
# Where to probe first, between a plan and the bound of the plain relaxation. Relaxations of plans
# prove most near the answer, and in a large grid that is far below the plain one.
FIRST_PROBE, FIRST_PROBE_OF_SMALL = 0.1, 0.85
QUICK_PROBES, QUICK_RANGE = 3, 0.25  # Of quick plans, up to so far from the plan to the bound.
OF_OPEN = 0.1  # Share of what the stage leaves open, that answers of provinces may leave open.
FIRST_ASIDE = 2e-3  # Relative to a coverage guessed from quick plans.
# Where the least money mostly lies between a relaxation and a quick plan: plain ones prove less.
QUICK, QUICK_OF_PLAIN = 0.35, 0.75
USUAL = 0.02  # How much a relaxation mostly lacks where there is no plan.


@dataclass
class Tally:
    """What is known of one province: every answer at the coverage it was asked for."""

    part: Part
    begin: list[int]  # Batches that the limits allow.
    known: Apart | None = None  # Where the grid is large.
    answers: list[Cheapest] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)

    def least(self, coverage: float) -> float:
        """Return rupiah that any plan of this coverage needs at least."""
        least = max((proof.at(coverage) for proof in self.proofs), default=0.0)
        return self.part.held(max(0.0, least))

    @property
    def rate(self) -> float:
        """Return rupiah per coverage more by the latest relaxation, 0 where none tells it."""
        return next((proof.rate for proof in reversed(self.proofs) if proof.rate), 0.0)

    def plan(self, coverage: float) -> Cheapest | None:
        """Return the cheapest plan known to reach this coverage."""
        fit = [a for a in self.answers if a.batches is not None and a.coverage >= coverage]
        return min(fit, key=lambda answer: (answer.money, -answer.coverage), default=None)

    def is_open_by(self, coverage: float) -> float:
        """Return by how many rupiah the cheapest plan known may be too dear."""
        known = self.plan(coverage)
        return float("inf") if known is None else known.money - self.least(coverage)

    def is_settled(self, coverage: float, gap: float) -> bool:
        known, least = self.plan(coverage), self.least(coverage)
        return least == float("inf") or (known is not None and known.money <= least * (1 + gap))

    def ask(
        self, coverage: float, seconds: float, gap: float, left: Callable[[], float], even: float
    ) -> None:
        if left() <= 0:
            return
        if self.known is None:
            ask: Callable[..., Cheapest] = partial(cheapest, self.part)
        else:
            ask = partial(cheapest_apart, self.known, even=even)
        found = ask(self.begin, coverage, seconds=seconds, gap=gap, left=left)
        self.answers.append(found)
        self.proofs += found.proofs


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
    begin = task.lawful.batches
    parts = [eased(part) for part in parts_of(grid, prices)]
    tallies = [Tally(part, part.batches_of(begin)) for part in parts]
    for tally, known in zip(tallies, every, strict=False):
        tally.known = eased_as(tally.part, known)
    search, step = Search(grid, tallies, prices.budget), _smallest_step(grid)
    if every:
        reached = _begun(search, reached, task)
        _prove_plainly(tallies, reached, task)
    joined, gap = len(joining_rules(grid)) > 1, task.gap * (0.3 if every else 0.1)
    rest = task.seconds() * (0.4 if joined else 0.02 if every else 0.15)
    begin_at = FIRST_PROBE if every else FIRST_PROBE_OF_SMALL
    probe = reached.value + begin_at * (reached.bound - reached.value)
    for _ in range(PROBES):
        if reached.gap <= task.gap or task.seconds() <= rest:
            break
        probe, before = probe if reached.value else max(probe, step), reached
        near = max(gap, OF_OPEN * reached.gap) if every else gap
        _ask_all(tallies, probe, search.seconds, near, task, prices.budget)
        reached = search.closed_in(reached)
        if not reached.value and reached.bound <= step:
            return replace(reached, bound=reached.value)
        task.tell(reached)
        if joined and reached.value < probe < reached.bound and _settled(tallies, probe, gap):
            return reached  # Rules across provinces decide: not a matter of each alone.
        probe = search.next_probe(probe, before, reached, task.gap)
    return reached


def _begun(search: "Search", reached: Reached, task: Task) -> Reached:
    """Return the stage with a plan of quick plans, which later probes guess from as well."""
    low, high = reached.value, reached.value + QUICK_RANGE * (reached.bound - reached.value)
    for _ in range(QUICK_PROBES):
        middle = (low + high) / 2
        for tally in search.tallies:
            if tally.known is not None and task.seconds() > 0:
                tally.answers.append(quick_plan(tally.known, tally.begin, middle))
        is_too_dear = search.known(middle) > search.budget
        low, high = (low, middle) if is_too_dear else (middle, high)
    reached = search.closed_in(reached)
    task.tell(reached)
    return reached


def _prove_plainly(tallies: Sequence[Tally], reached: Reached, task: Task) -> None:
    """Let something be known of every province, should time end before all are asked."""
    for tally in tallies:
        proof = plain_proof(tally.part, reached.bound, task.seconds())
        tally.proofs += [] if proof is None else [proof]


def _smallest_step(grid: Grid) -> float:
    """Return a coverage below which no plan's smallest one can lie without being 0."""
    needs, (width, weight) = grid.needs, grid.steps[0] if grid.steps else (1.0, 0.0)
    full = np.array([float(grid.full[p]) for p in grid.provinces])[needs.province]
    gains = needs.weight[needs.pair_need] * np.minimum(needs.pair_share, width) * weight
    return float(np.min(gains / full[needs.pair_need], initial=1.0)) * (1 - 1e-6)


def _settled(tallies: Sequence[Tally], coverage: float, gap: float) -> bool:
    return all(tally.is_settled(coverage, gap) for tally in tallies)


@dataclass
class Search:
    """Closes the first stage in from both sides, and says where and how hard to probe next."""

    grid: Grid
    tallies: Sequence[Tally]
    budget: float
    effort: int = 0
    aside: float = FIRST_ASIDE  # How far from a guess to probe, so that the answer is sure.

    @property
    def seconds(self) -> float:
        """Return what a province may take: none for a quick plan and the relaxation alone."""
        return 0.0 if not self.effort else FIRST_SECONDS * 4.0 ** (self.effort - 1)

    @property
    def _quick(self) -> float:
        is_plain = any(tally.known is None for tally in self.tallies)
        return QUICK_OF_PLAIN if is_plain else QUICK

    def closed_in(self, reached: Reached) -> Reached:
        """Return the stage with the best plan that fits and the least coverage out of reach."""
        low, high = reached.value, reached.bound
        if self.is_beyond(high):
            bound = _first(self.is_beyond, low, high)
            reached = replace(reached, bound=max(reached.value, bound))
        if self.known(np.nextafter(low, 1.0)) > self.budget:
            return reached
        fitting = _first(lambda coverage: self.known(coverage) > self.budget, low, 1.0)
        return _with_plans(self.grid, self.tallies, fitting, reached)

    def known(self, coverage: float) -> float:
        return sum(_known(tally, coverage) for tally in self.tallies)

    def least(self, coverage: float) -> float:
        return sum(tally.least(coverage) for tally in self.tallies)

    def is_beyond(self, coverage: float) -> bool:
        return _is_beyond(self.least(coverage), self.budget)

    def next_probe(self, probe: float, before: Reached, reached: Reached, gap: float) -> float:
        low, high = reached.value, reached.bound
        guess = self._guess(probe)
        has_told = high - low <= ENOUGH * (before.bound - before.value)
        if self.effort:
            is_nearer = low > before.value or has_told
            self.aside = max(gap / 4, self.aside / 4) if is_nearer else 2 * self.aside
        is_in_vain = not has_told if self.effort else low < probe < high
        if is_in_vain or self.effort == 1:
            self.effort += 1
        if self.effort > 1 and low < guess * (1 - max(gap, 2 * self.aside)):
            self.effort = 1  # A better plan is cheaper to find than a proof.
        guess *= 1 - self.aside if self.effort == 1 else 1 + max(gap / 2, 2 * self.aside)
        if not self.effort or not low < guess < high:
            guess = (low + high) / 2  # Relaxations alone say more about the bound than of plans.
        margin = 0.1 * (high - low)
        return min(max(guess, low + margin), high - margin)

    def _guess(self, probe: float) -> float:
        """Return the coverage for which the money should just suffice, from how it was at a probe.

        Quick plans are further from the truth than relaxations are; others mostly are the truth.
        """
        known, least = self.known(probe), self.least(probe)
        if known == np.inf:
            known = least * (1 + USUAL)
        spent = known if self.effort else least + self._quick * (known - least)
        floors = sum(tally.part.worth(_floors(tally.part)) for tally in self.tallies)
        rate = sum(tally.rate for tally in self.tallies)
        rate = rate if 0 < rate < np.inf else (spent - floors) / probe
        return probe + (self.budget - spent) / rate if 0 < rate < np.inf else probe


def _first(is_so: Callable[[float], bool], low: float, high: float) -> float:
    """Return the least coverage, from above, where what holds at `high` holds."""
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if is_so(middle) else (middle, high)
    return high


def _floors(part: Part) -> list[int]:
    return [purse.floor for purse in part.grid.purses]


def _known(tally: Tally, coverage: float) -> float:
    known = tally.plan(coverage)
    return float("inf") if known is None else known.money


def _ask_all(
    tallies: Sequence[Tally],
    coverage: float,
    seconds: float,
    gap: float,
    task: Task,
    budget: float,
) -> None:
    """Ask provinces that are not settled, those first that may decide most, until they do."""
    waiting, even = list(tallies), task.seconds() * TOGETHER / len(tallies)
    with ThreadPoolExecutor(TOGETHER) as pool:
        while waiting and task.seconds() > 0:
            known = sum(_known(other, coverage) for other in tallies)
            least = sum(other.least(coverage) for other in tallies)
            if known <= budget or _is_beyond(least, budget):
                return
            waiting = [tally for tally in waiting if not tally.is_settled(coverage, gap)]
            waiting.sort(key=lambda tally: -tally.is_open_by(coverage))
            now, waiting = waiting[:TOGETHER], waiting[TOGETHER:]
            asked = partial(_ask, coverage, min(seconds, task.seconds()), gap, task.seconds, even)
            list(pool.map(asked, now))


def _ask(
    coverage: float,
    seconds: float,
    gap: float,
    left: Callable[[], float],
    even: float,
    tally: Tally,
) -> None:
    tally.ask(coverage, seconds, gap, left, even)


def _is_beyond(least: float, budget: float) -> bool:
    return least > budget * (1 + 1e-9) + 0.5


def _with_plans(grid: Grid, tallies: Sequence[Tally], coverage: float, reached: Reached) -> Reached:
    """Return the stage with the cheapest plans that reach a coverage, if they are better."""
    below = coverage * (1 - 1e-12)
    plans = [tally.plan(below) for tally in tallies]
    chosen = [plan.batches for plan in plans if plan is not None and plan.batches is not None]
    if len(chosen) < len(tallies):
        return reached
    batches = assembled(grid, [tally.part for tally in tallies], chosen)
    found = lawful_plan(grid, batches, least_change=False)
    if found is None or float(found.worst or 0) <= reached.value:
        return reached
    return replace(
        reached,
        best=found,
        value=float(found.worst or 0),
        bound=max(reached.bound, float(found.worst or 0)),
    )
