"""Column generation: plans of regencies and cuts of pools, until the relaxation is as tight as
it gets. Its bound is true at every step, for the oracle says what no plan can exceed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import highspy
import numpy as np

from pulih.refocusing.columns import Aim, PlanModel, Plans, no_plans, plan_model
from pulih.refocusing.grid import Floats, Grid, Whole
from pulih.refocusing.oracle import Oracle, rank_within
from pulih.refocusing.parts import joining_rules
from pulih.refocusing.pools import PoolCut, Till, till_of
from pulih.refocusing.program import Answer, run
from pulih.refocusing.purchases import Asked, Joined, cuts_of
from pulih.refocusing.regencies import Prices, Regencies, regencies_of
from pulih.refocusing.states import NO_POOL

ROUNDS = 60  # Of plans, between two rounds of cuts.
CUT_ROUNDS = 12
LIFTED = 0.5  # Of the gap asked for, that a round of cuts must bring to be followed by another.
CENTRE = 0.6  # Weight of the best duals against the last ones (Wentges 1997).
FAR = 0.1  # A gap from where on the last duals are wild, and wild duals take long to price.
WHEN_FAR = 0.9
PLANS_AT_ONCE = 2  # Per regency and round.
CUTS_KEPT = 6  # Per pool.
NEAR = 30  # Plans per regency that cuts are made with.
LEAST_VIOLATION = 1e-5


@dataclass
class Country:
    """What is known of a grid whatever is aimed at: its plans at hand, cuts, and oracle."""

    grid: Grid
    regencies: Regencies
    plans: Plans
    oracle: Oracle
    cuts: list[PoolCut] = field(default_factory=list)
    is_sown: bool = False
    rate: float = 1.0  # Firms' relief per solver unit of money, where money is just spent.


def country_of(grid: Grid) -> Country:
    """Return a country that knows no plans yet but the idle ones."""
    regencies = regencies_of(grid)
    return Country(grid, regencies, no_plans(regencies), Oracle(regencies))


def sown(country: Country, seconds: Callable[[], float]) -> None:
    """Give a country the plans that regencies like at falling rates of relief per money."""
    grid, regencies = country.grid, country.regencies
    if country.is_sown:
        return
    country.is_sown = True
    floors = sum(purse.floor - purse.blocked for purse in grid.purses)
    spare = grid.case.settings.ceiling - sum(purse.floor for purse in grid.purses)
    money = (floors + spare) / grid.scale
    highest = _best_rate(regencies)
    for rate in highest * 0.8 ** np.arange(1, 40):
        prices = Prices(np.ones(len(regencies)), regencies.step * rate, regencies.setup * rate)
        found = country.oracle.best(prices, seconds=seconds)
        country.plans.add(found.regency, found.batches)
        country.rate = float(rate)
        first = rank_within(found.regency) == 0
        place, measure = np.nonzero(found.batches * first[:, None])
        spent = regencies.step[found.regency[place], measure] * found.batches[place, measure]
        if spent.sum() > money or seconds() <= 0:
            return


def _best_rate(regencies: Regencies) -> float:
    """Return the most relief that any single batch brings per unit of money."""
    batch = np.einsum("rmn,rn->rm", regencies.gain, regencies.slope.max(axis=2, initial=0.0))
    cost = regencies.step + regencies.setup
    rates = np.where((regencies.most > 0) & (cost > 0), batch / np.maximum(cost, 1e-12), 0.0)
    return float(np.quantile(rates.max(axis=1, initial=0.0), 0.95)) or 1.0


@dataclass(frozen=True)
class Relaxed:
    """A relaxation solved over the plans at hand; `bound` holds for all plans there are."""

    model: PlanModel
    value: float
    bound: float
    duals: Floats
    columns: Floats
    centre: Floats  # The duals that prove the bound, regencies' rows paid by their best plans.

    def short(self, worth: Floats, regency: Whole) -> Floats:
        """By how much plans of this worth fall short of what their regency's row pays."""
        return np.asarray(-self.duals[self.model.one_rows][regency] - worth)


def relaxed(
    country: Country,
    aim: Aim,
    *,
    gap: float,
    seconds: Callable[[], float],
    cut: bool = True,
    duals: Floats | None = None,
) -> Relaxed | None:
    """Return the relaxation of an aim; None when the plans at hand reach no lawful one in time.

    gap: relative to the value; new plans and cuts stay with the country. duals: to begin with, of
    the rows that `own_rows` counts.
    """
    sown(country, seconds)
    country.cuts = latest(country.cuts, CUTS_KEPT)
    search = Search(country, aim, seconds, begin=duals)
    before = -np.inf
    for _ in range(CUT_ROUNDS if cut else 1):
        search.close(gap)
        if search.best is None or not cut or seconds() <= 0:
            break
        if search.bound - before <= LIFTED * gap * abs(search.best.value):
            break
        before = search.bound
        if not _cut(country, search.best, seconds):
            break
    return search.best


def latest(cuts: list[PoolCut], count: int) -> list[PoolCut]:
    """Return the last few cuts of every pool, in order."""
    kept: list[PoolCut] = []
    seen: dict[tuple[int, bool], int] = {}
    for cut in reversed(cuts):
        key = cut.purse, cut.change > 0
        seen[key] = seen.get(key, 0) + 1
        if seen[key] <= count:
            kept.append(cut)
    return kept[::-1]


@dataclass
class Search:
    """One column generation: plans are priced between the best duals known and the last ones."""

    country: Country
    aim: Aim
    seconds: Callable[[], float]
    begin: Floats | None = None
    best: Relaxed | None = None
    bound: float = -np.inf
    centre: Floats | None = None
    basis: highspy.HighsBasis | None = None

    def close(self, gap: float) -> None:
        """Add plans until the bound is within the gap or nothing is left to add."""
        for _ in range(ROUNDS):
            if self.seconds() <= 0 or not self._step():
                return
            assert self.best is not None
            if self.best.value - self.bound <= gap * abs(self.best.value):
                return

    def _step(self) -> bool:
        """Solve, price, add. Returns whether there was anything to add."""
        country = self.country
        model = plan_model(country.grid, country.plans, country.cuts, self.aim, whole=False)
        answer = run(model.program, seconds=self.seconds(), relaxed=True, basis=self.basis)
        if answer.columns is None or answer.row_duals is None:
            return False
        self.basis = answer.basis
        if self.centre is None:
            self.centre = self._guess(model)
        missing = model.program.height - len(self.centre)
        self.centre = np.concatenate((self.centre, np.zeros(missing)))
        added = 0
        is_far = answer.value - self.bound > FAR * abs(answer.value)
        for weight in (WHEN_FAR, CENTRE, CENTRE / 2, 0.0) if is_far else (CENTRE, 0.0):
            duals = weight * self.centre + (1 - weight) * answer.row_duals
            added = self._priced(model, duals, answer)
            if added:
                break
        self.best = Relaxed(
            model, answer.value, self.bound, answer.row_duals, answer.columns, self.centre
        )
        return added > 0

    def _priced(self, model: PlanModel, duals: Floats, answer: Answer) -> int:
        """Learn the bound at these duals; add the plans that are better at the last ones."""
        assert answer.row_duals is not None
        country, prices = self.country, model.prices(duals)
        found = country.oracle.best(prices, seconds=self.seconds)
        paid = duals.copy()
        paid[model.one_rows] = -found.most
        bound = model.program.least_at(paid, int(model.chosen[0]))
        if bound > self.bound:
            self.bound, self.centre = bound, paid
        relief = country.regencies.relief(found.regency, found.batches)
        worth = model.prices(answer.row_duals).worth(found.regency, found.batches, relief)
        short = -answer.row_duals[model.one_rows][found.regency] - worth
        better = np.flatnonzero(short < -1e-9 * max(1e-12, abs(answer.value)) / len(prices.relief))
        better = better[np.lexsort((short[better], found.regency[better]))]
        better = better[rank_within(found.regency[better]) < PLANS_AT_ONCE]
        return country.plans.add(found.regency[better], found.batches[better])

    def _guess(self, model: PlanModel) -> Floats:
        """Return the duals to begin with, else those of a fair plan, even in all pools."""
        own = own_rows(model)
        if self.begin is not None and len(self.begin) == len(own):
            known = np.zeros(model.program.height)
            known[own], known[model.relief_row] = self.begin, self.aim.relief_price
            return known
        duals, rate = np.zeros(model.program.height), self.country.rate
        if self.aim.tops is not None:
            duals[model.pool_rows], duals[model.relief_row] = 1.0, 1.0 / rate
        elif self.aim.coverage is None:
            firms = float(sum(self.country.grid.full.values()))
            duals[model.pool_rows], duals[model.coverage_rows] = rate / firms, 1.0 / firms
        elif self.aim.relief_price:
            duals[model.pool_rows] = rate * self.aim.relief_price
            duals[model.relief_row] = self.aim.relief_price
        else:
            duals[model.pool_rows], duals[model.coverage_rows] = 1.0, 1.0 / rate
        for row, rule in zip(model.rule_rows, self.country.grid.rules, strict=True):
            if rule.name == "ceiling" and self.aim.money is None:
                duals[row] = duals[model.pool_rows][0]
        return duals


def own_rows(model: PlanModel) -> Whole:
    """Return the rows of a program that those of its provinces have too, in the same order."""
    is_own = np.ones(model.program.height, dtype=bool)
    joining = {rule.name for rule in joining_rules(model.grid)}
    rules = zip(model.rule_rows, model.grid.rules, strict=True)
    is_own[[model.relief_row, *(row for row, rule in rules if rule.name in joining)]] = False
    is_own[model.cut_rows] = False
    return np.flatnonzero(is_own)


def _cut(country: Country, relaxed: Relaxed, seconds: Callable[[], float]) -> int:
    """Add the cuts that a relaxation breaks. Returns how many."""
    fresh = []
    for province in np.unique(country.regencies.province):
        fresh += _cuts_in(country, relaxed, int(province), seconds)
    fresh = [cut for cut in fresh if _is_broken(country, relaxed, cut)]
    country.cuts += fresh
    return len(fresh)


def _cuts_in(
    country: Country, relaxed: Relaxed, province: int, seconds: Callable[[], float]
) -> list[PoolCut]:
    grid, model = country.grid, relaxed.model
    measures = country.regencies.most.shape[1]
    purses = province * measures + np.arange(measures)
    is_cut = model.states.of_purse[purses] == NO_POOL
    if not is_cut.any():
        return []
    cost = None
    if model.changes is not None:
        cost = model.changes.per_line
    prices = model.money_prices(relaxed.duals)[purses]
    tills = [
        till_of(grid.purses[purse], grid.scale, float(price), cost) if is_open else None
        for purse, price, is_open in zip(purses, prices, is_cut, strict=True)
    ]
    asked = _asked(relaxed, province, tills)
    bought = Joined(asked).solved(seconds)
    return [] if bought is None else cuts_of(grid, asked, bought, purses, cost, prices)


def _asked(relaxed: Relaxed, province: int, tills: list[Till | None]) -> Asked:
    """Return the plans of a province that may be part of something good, and what they earn."""
    model, plans, duals = relaxed.model, relaxed.model.plans, relaxed.duals
    regencies = plans.regencies
    count = len(relaxed.columns[model.chosen])
    inside = np.flatnonzero(regencies.province[plans.regency[:count]] == province)
    worth = model.prices(duals).worth(
        plans.regency[inside], plans.batches[inside], plans.relief[inside]
    )
    short = relaxed.short(worth, plans.regency[inside])
    order = np.lexsort((short, plans.regency[inside]))
    near = inside[order[rank_within(plans.regency[inside[order]]) < NEAR]]
    idle = inside[(plans.batches[inside] == 0).all(axis=1)]
    near = np.unique(np.concatenate((near, idle)))
    regency, batches, relief = plans.regency[near], plans.batches[near], plans.relief[near]
    limits = model.limit_prices(duals)[regencies.cell[regency]]
    earned = max(0.0, float(duals[model.relief_row])) * relief - (limits * batches).sum(axis=1)
    full = float(country_full(model, province))
    least = min(1.0, float(relaxed.columns[model.worst])) * full
    return Asked(regencies, regency, batches, relief, earned, least, tills)


def country_full(model: PlanModel, province: int) -> float:
    return float(model.grid.full[model.grid.case.provinces[province]])


def _is_broken(country: Country, relaxed: Relaxed, cut: PoolCut) -> bool:
    model, plans = relaxed.model, relaxed.model.plans
    share = relaxed.columns[model.chosen]
    used = np.flatnonzero(share > 1e-9)
    first, more = cut.by_regency(len(country.regencies))
    counts, regency = plans.batches[used, cut.measure], plans.regency[used]
    taken = np.where(counts > 0, first[regency] + more[regency] * (counts - 1), 0.0)
    cost = cut.money * relaxed.columns[model.money[cut.purse]]
    if model.changes is not None and cut.change:
        columns, costs = model.changes.of_purse(cut.purse)
        cost += cut.change * costs @ relaxed.columns[columns]
    return bool(cut.least + share[used] @ taken - cost > LEAST_VIOLATION * max(1.0, abs(cut.least)))
