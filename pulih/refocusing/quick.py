"""A lawful plan within a second, and what no plan can pass: for thinking with, not for adopting.

A coverage is guessed from relaxations, quick plans say what money it takes, and a few guesses
close in on the ceiling. Unless it is given one, nothing here looks at a clock, so that the same
case gives the same plan.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from pulih.refocusing.case import Case
from pulih.refocusing.check import breaches
from pulih.refocusing.greedy import Greedy, reaching
from pulih.refocusing.grid import Grid, grid_of
from pulih.refocusing.lawful_plan import LawfulPlan, lawful_plan
from pulih.refocusing.model import (
    minimise_money,
    model_of,
)
from pulih.refocusing.money import least_money
from pulih.refocusing.parts import (
    Part,
    RelaxedWorst,
    assembled,
    eased,
    even_prices,
    parts_of,
    reached_coverage,
    relaxed_worst,
)
from pulih.refocusing.plan import Binding, Options, Solved, Stage, StageName, relative_gap
from pulih.refocusing.prices import priced
from pulih.refocusing.program import run
from pulih.refocusing.spend import with_best_buys, with_floors_spent

NO_LIMIT = 1e9  # Seconds: the relaxations end of themselves.
GUESSES = 6  # With time to spare;
FEW_GUESSES = 3  # within a second;
# before provinces of few regencies are asked, whose programs gain more in the time of two.
SOME_GUESSES, FEW_REGENCIES = 4, 3
SLIGHTLY_LESS = 1 - 1e-9  # So that the plan at hand is among those that the relaxation looks at.
FIRST_GUESS = 0.85  # Of the bound: where quick plans mostly end.
LEVEL_RISE = 0.02  # Coverage by which the lowest province rises, on the way to a level.
FOR_BOUND = 0.6  # Of the time, where a bound is likely by then:
CELLS = 10_000  # so many a second, on an idle core.
MOST_TOPPED = 300  # Batches that the worst-off provinces get of what is left.
SMALL_RISE = 1e-9
NEARER = 0.02  # A guess keeps so far from both ends of what is open, as a share of it.


@dataclass(frozen=True)
class Quick:
    """A plan, the highest lowest coverage that any plan could reach, and relief likewise.

    worst_most: a share, None where no province has need. relief_most: in firms, of plans that
    keep this plan's lowest coverage as far as the tolerance asks.
    """

    best: LawfulPlan
    worst_most: float | None
    relief_most: float
    binding: tuple[Binding, ...]

    @property
    def worst(self) -> float | None:
        return None if self.best.worst is None else float(self.best.worst)

    @property
    def relief(self) -> float:
        return float(self.best.relief)

    def as_solved(self, case: Case | None = None) -> Solved:
        """Return the plan as an outcome: lawful, with the gaps that the relaxations leave.

        case: another one in which the plan is lawful too; that of the plan else.
        """
        plan, grid, of = self.best, self.best.grid, case or self.best.grid.case
        assert not breaches(of, plan.plan)
        falls = sum(purse.before for purse in grid.purses) - of.settings.ceiling
        stages = (
            _stage("worst", self.worst, self.worst_most),
            _stage("relief", self.relief, self.relief_most),
            _stage("change", float(plan.change), float(max(0, falls))),
        )
        options = Options(gap=0.0, time_limit=0.0)
        return Solved("feasible", of, plan.plan, options, stages, {}, self.binding, 0.0)


def _stage(name: StageName, value: float | None, bound: float | None) -> Stage:
    if value is None or bound is None:
        return Stage(name, None, None, None, 0.0)
    return Stage(name, value, bound, relative_gap(value, bound), 0.0)


def _always() -> float:
    return NO_LIMIT


def quick(case: Case, *, guesses: int = GUESSES, first: float = FIRST_GUESS) -> Quick | None:
    """Return a lawful plan with its bounds; None where none was found, or there is none.

    first: the share of the bound to try first, such as what a like case reached.
    """
    grid = grid_of(case)
    begin = _lawful(grid)
    if begin is None:
        return None
    worst_most, parts, budget = _bound(grid, NO_LIMIT)
    chosen = _searched(grid, begin, (worst_most, parts, budget), guesses, first, _always)
    best = lawful_plan(grid, chosen.batches, least_change=True) or chosen
    kept = float(best.worst or 0) * (1 - float(case.settings.tolerance[0])) * SLIGHTLY_LESS
    held = priced(grid, kept, NO_LIMIT)
    if worst_most is not None:
        worst_most = max(worst_most, float(best.worst or 0))  # The solver's dust.
    return Quick(best, worst_most, max(float(best.relief), held.most), held.binding)


def in_time(
    grid: Grid,
    begin: LawfulPlan,
    seconds: Callable[[], float],
    longest: Callable[[], float],
) -> tuple[LawfulPlan, float] | None:
    """Return the plan of `quick` and what no lowest coverage passes; None without any need.

    begin: the lawful plan of least money. Once a guess fits, no other begins after the time.
    longest: what may be taken for the first guess where there is no time for a relaxation.
    """
    for_bound = FOR_BOUND * seconds()
    most, parts, budget = _bound(grid, for_bound if for_bound > len(grid.cells) / CELLS else 0.0)
    if most is None:
        return None
    relaxed = (most, parts, budget)
    level = None if grid.relaxed_worst else longest
    is_few = len(grid.case.regencies) <= FEW_REGENCIES * len(grid.case.provinces)
    guesses = SOME_GUESSES if is_few else GUESSES
    found = _searched(grid, begin, relaxed, guesses, FIRST_GUESS, seconds, level)
    return found, max(most, float(found.worst or 0))


Relaxed = tuple[float | None, list[Part], float]


def _searched(
    grid: Grid,
    begin: LawfulPlan,
    relaxed: Relaxed,
    guesses: int,
    first: float,
    seconds: Callable[[], float],
    level: Callable[[], float] | None = None,
) -> LawfulPlan:
    """Return the best plan of a few guesses.

    relaxed: as `_bound` returns it; level: what there is for the first guess, where that is a
    level which needs no bound.
    """
    worst_most, parts, budget = relaxed
    spent = with_floors_spent(grid, list(begin.batches), seconds)
    base = (
        spent if lawful_plan(grid, spent, least_change=False) is not None else list(begin.batches)
    )
    search = Search(grid, parts, base, budget, seconds)
    if level is not None:
        search.level(level)
    return _spent_on(grid, search, search.highest(worst_most or 0.0, guesses, first), begin)


def _lawful(grid: Grid) -> LawfulPlan | None:
    """Return the lawful plan of least money."""
    idle = lawful_plan(grid, [0] * len(grid.cells), least_change=False)
    if idle is not None or sum(purse.floor for purse in grid.purses) > grid.case.settings.ceiling:
        return idle
    model = model_of(grid)
    minimise_money(model)
    answer = run(model.program, seconds=NO_LIMIT, gap=1e-3)
    if answer.columns is None:
        return None
    return lawful_plan(grid, model.batches_in(answer.columns), least_change=False)


def _bound(grid: Grid, seconds: float) -> Relaxed:
    """Return the highest lowest coverage of the relaxation, and provinces at its prices.

    Without it in time, that is 1, and a rupiah is a rupiah.
    """
    if not grid.provinces:
        return None, parts_of(grid), float(grid.case.settings.ceiling)
    found = relaxed_worst(grid, seconds) or RelaxedWorst(1.0, even_prices(grid))
    parts = [eased(part) for part in parts_of(grid, found.prices)]
    return found.most, parts, found.prices.budget


Reaching = tuple[list[int] | None, float]


@dataclass(frozen=True)
class Search:
    """Looks for the highest coverage that quick plans of all provinces reach within the budget.

    base: batches that rules ask for anyway, to add to.
    """

    grid: Grid
    parts: Sequence[Part]
    base: list[int]
    budget: float
    seconds: Callable[[], float] = _always
    answers: dict[float, Reaching] = field(default_factory=dict)

    def reaching(self, coverage: float) -> Reaching:
        """Return batches that reach a coverage everywhere and what they cost, at the prices.

        None where there are none, time is over, or rules refuse a plan that money would do for.
        """
        if coverage not in self.answers:
            self.answers[coverage] = self._reaching(coverage)
        return self.answers[coverage]

    @property
    def is_over(self) -> bool:
        """Whether time is over; never before a guess fits, for nothing else could begin so well."""
        fits = any(guess and cost <= self.budget for guess, (_, cost) in self.answers.items())
        return fits and self.seconds() <= 0

    def _reaching(self, coverage: float) -> Reaching:
        chosen, cost = [], 0.0
        for part in self.parts:
            grid, own = part.grid, part.batches_of(self.base)
            target = coverage * sum(map(float, grid.full.values()))
            batches = reaching(grid, own, target, part.prices)
            own_cost = float("inf") if batches is None else self._cost(part, batches)
            if batches is None or own_cost == float("inf") or self.is_over:
                return None, float("inf")
            chosen.append(batches)
            cost += own_cost
        return self._if_lawful(assembled(self.grid, self.parts, chosen), cost)

    def _if_lawful(self, batches: list[int], cost: float) -> Reaching:
        """Return a guess that fits; None at no price where rules that prices forget refuse it."""
        fits = cost <= self.budget
        if fits and lawful_plan(self.grid, batches, least_change=False) is None:
            return None, float("inf")
        return batches, cost

    def level(self, seconds: Callable[[], float]) -> float:
        """Return a coverage that all reach where the lowest province always buys next.

        Until it can buy nothing, or money or time is over: one pass, and no bound is needed. Its
        batches become the answer for that coverage; late or not, every province has some.
        """
        every = [part for part in self.parts if part.grid.provinces and len(part.grid.needs)]
        named = {part.province for part in every}
        searches = [Greedy(part.grid, part.prices) for part in every]
        full = [float(sum(part.grid.full.values())) for part in every]
        own = [np.array(part.batches_of(self.base), dtype=np.float64) for part in every]
        costs = [search.cost(batches) for search, batches in zip(searches, own, strict=True)]
        others = sum(part.worth(_floors(part)) for part in self.parts if part.province not in named)
        firms = [search.relief(batches) for search, batches in zip(searches, own, strict=True)]
        while every and (seconds() > 0 or not min(firms)):
            lowest = min(range(len(every)), key=lambda place: firms[place] / full[place])
            before = own[lowest].copy()
            if not searches[lowest].buy(own[lowest], LEVEL_RISE * full[lowest]):
                break
            cost = searches[lowest].cost(own[lowest])
            if sum(costs) - costs[lowest] + cost + others > self.budget:
                own[lowest] = before
                break
            costs[lowest], firms[lowest] = cost, searches[lowest].relief(own[lowest])
        reached = min((a / b for a, b in zip(firms, full, strict=True)), default=0.0)
        chosen = dict(zip((part.province for part in every), own, strict=True))
        batches = [
            [round(n) for n in chosen.get(part.province, part.batches_of(self.base))]
            for part in self.parts
        ]
        if reached > 0:
            found = assembled(self.grid, self.parts, batches)
            self.answers[reached] = self._if_lawful(found, sum(costs) + others)
        return reached

    def topped(self, batches: list[int]) -> list[int]:
        """Return batches with money that is left spent on the province that is worst off.

        Batch by batch, until there is no money or the worst-off province can buy nothing.
        """
        own = [part.batches_of(batches) for part in self.parts]
        costs = [self._cost(part, mine) for part, mine in zip(self.parts, own, strict=True)]
        reached = [reached_coverage(p.grid, b) for p, b in zip(self.parts, own, strict=True)]
        for _ in range(MOST_TOPPED):
            worst = int(np.argmin(reached))
            more, cost = self._raised(self.parts[worst], own[worst], reached[worst])
            dear = sum(costs) - costs[worst] + cost > self.budget
            if more is None or dear or self.is_over:
                break
            own[worst], costs[worst] = more, cost
            reached[worst] = reached_coverage(self.parts[worst].grid, more)
        return assembled(self.grid, self.parts, own)

    def _raised(self, part: Part, own: list[int], coverage: float) -> Reaching:
        """Return a province's batches with the best buy more, and what they cost."""
        full = sum(map(float, part.grid.full.values()))
        target = (coverage + SMALL_RISE) * full
        more = reaching(part.grid, own, target, part.prices) if coverage < 1 else None
        return more, float("inf") if more is None else self._cost(part, more)

    def _cost(self, part: Part, batches: list[int]) -> float:
        money = least_money(part.grid, part.grid.spending(batches))
        return float("inf") if money is None else part.worth(money)

    def highest(self, most: float, guesses: int, first: float) -> float:
        """Return the highest coverage found to fit; 0 where none does."""
        low, low_cost = 0.0, self.reaching(0.0)[1]
        high, high_cost = most, float("inf")
        fit = {g: cost for g, (_, cost) in self.answers.items() if cost <= self.budget}
        guess = first * most
        if any(fit):  # A level is known.
            low, low_cost = max(fit.items())
            guess = _between(low, high, self._share(low, low_cost, high, high_cost))
        for _ in range(guesses if most > 0 else 0):
            if self.is_over or low >= high:
                break
            batches, cost = self.reaching(guess)
            if batches is not None and cost <= self.budget:
                low, low_cost = guess, cost
            else:
                high, high_cost = guess, cost
            guess = _between(low, high, self._share(low, low_cost, high, high_cost))
        return low

    def _share(self, low: float, low_cost: float, high: float, high_cost: float) -> float:
        """Return how far from the lower to the higher guess the money should reach.

        Costs rise ever faster: as fast as up to the lower guess is too far, then it is near.
        """
        if low_cost < high_cost < float("inf"):
            return (self.budget - low_cost) / (high_cost - low_cost)
        rise = low_cost - self.answers[0.0][1]
        if high_cost == float("inf") and 0 < low < high and rise > 0:
            return min(0.5, low * (self.budget - low_cost) / rise / (high - low))
        return 0.5


def _floors(part: Part) -> list[int]:
    return [purse.floor for purse in part.grid.purses]


def _between(low: float, high: float, share: float) -> float:
    return low + min(max(share, NEARER), 1 - NEARER) * (high - low)


def _spent_on(grid: Grid, search: Search, coverage: float, begin: LawfulPlan) -> LawfulPlan:
    """Return the best lawful plan of those that reach a coverage, first with all money spent.

    What the first tolerance lets go of the lowest coverage goes to relief in all.
    """
    whole, _ = search.reaching(coverage)
    eased, _ = search.reaching(coverage * (1 - float(grid.case.settings.tolerance[0])))
    found = None if whole is None else lawful_plan(grid, whole, least_change=False)
    if whole is None or found is None:
        return begin
    best = lawful_plan(grid, search.topped(whole), least_change=False) or found
    floor = (best.worst or 0) * (1 - grid.case.settings.tolerance[0])
    for batches in (list(best.batches), eased):
        if batches is None:
            continue
        bought = with_best_buys(grid, batches, search.seconds)
        more = lawful_plan(grid, bought, least_change=False)
        if more is not None and (more.worst or 0) >= floor and more.relief > best.relief:
            best = more
    return best
